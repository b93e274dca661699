"""What language models do beside talking: they write explanations and put picks in order, where the settings say so."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AsyncExitStack
from dataclasses import replace

from bot.commands.context import Services
from bot.explanations.chain import ExplanationChain, TierLimits
from bot.explanations.memory import SentenceMemory
from bot.ports.ai import ChatModels, Embedder, VectorStore
from bot.ports.shelf import Shelf
from bot.services.reranking import RerankingRecommender, SmallReranker, TextReranker
from bot.settings import Settings


def with_models(
    settings: Settings,
    services: Services,
    models: ChatModels | None,
    stack: AsyncExitStack,
    *,
    embedder: Embedder,
    vectors: VectorStore,
    shelf: Shelf,
) -> Services:
    """The services with these models at work, closed with the stack; the same services where nothing is to be done."""

    async def members() -> Collection[str]:
        return [member.name for member in await services.accounts.all()]

    wanted = settings.explanations
    if models is not None and wanted.mode != "template":
        chain = ExplanationChain(
            models,
            mode=wanted.mode,
            limits=TierLimits(wanted.local_seconds, wanted.remote_seconds),
            memory=SentenceMemory(shelf),
            members=members,
        )
        stack.push_async_callback(chain.close)
        services = replace(services, explainer=chain)
    rerank = settings.rerank
    order: SmallReranker | TextReranker | None = None
    if rerank.by == "small":
        order = SmallReranker(embedder, vectors, rank_weight=rerank.rank_weight)
    elif rerank.by == "llm" and models is not None:
        order = TextReranker(models, members=members)
    if order is None:
        return services
    again = RerankingRecommender(services.recommending, order, window=rerank.window, seconds=rerank.seconds)
    return replace(services, recommending=again)
