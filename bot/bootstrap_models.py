"""Language models: where the settings lead to, who looks after them, and what they do beside talking: they write
explanations and put picks in order, where the settings say so."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

from adapters.models.chat import AvailableModels, Ledger, LookedAfterModels, ModelSources, OllamaServer
from bot.agent.prompting import prompt
from bot.commands.context import Services
from bot.errors import InvalidSettings
from bot.explanations.chain import ExplanationChain, TierLimits
from bot.explanations.memory import SentenceMemory
from bot.ports.ai import ChatModels, Embedder, VectorStore
from bot.ports.shelf import Shelf
from bot.services.prompts import load_prompt
from bot.services.reranking import RerankingRecommender, SmallReranker, TextReranker
from bot.settings import Settings

PROMPTS = {
    "agent": {"language", "shown", "household", "earlier"},
    "explain": {"language", "address", "data"},
    "rerank": {"count", "data"},
    "summarise": {"language", "data"},
    "why": {"language", "address", "data"},
}


@dataclass(frozen=True, slots=True)
class LanguageModelling:
    """Which models talk, who looks after them, and what they use."""

    available: AvailableModels
    care: LookedAfterModels
    ledger: Ledger


def language_models(settings: Settings) -> LanguageModelling | None:
    """The models that the settings lead to; None, when they lead to none."""
    ai = settings.ai
    if ai.ollama_url is None and (ai.provider is None or ai.api_key is None):
        return None
    sources = ModelSources(
        ollama_url=ai.ollama_url,
        model=ai.model,
        provider=ai.provider,
        provider_model=ai.provider_model,
        api_key=ai.api_key.get_secret_value() if ai.api_key else None,
        base_url=ai.base_url,
        choice=settings.model_choice_path,
    )
    ledger = Ledger(settings.model_counts_path, ai.prices)
    available = AvailableModels(sources, ledger=ledger)
    server = OllamaServer(ai.ollama_url) if ai.ollama_url else None
    return LanguageModelling(
        available, LookedAfterModels(available, server, settings.model_choice_path, ledger), ledger
    )


def check_prompts() -> None:
    """Read every prompt, so that a broken one is found at the start and not in a conversation.

    Raises: InvalidSettings, naming the prompt.
    """
    for job, given in PROMPTS.items():
        try:
            inputs = prompt(job).inputs if job == "agent" else load_prompt(job).inputs
        except (ValueError, OSError) as error:
            raise InvalidSettings(f"prompts/{job}.md: {error}") from None
        if inputs != given:
            raise InvalidSettings(f"prompts/{job}.md: {', '.join(sorted(inputs ^ given))}")


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
