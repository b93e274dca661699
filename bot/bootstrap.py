"""The one place that builds everything. Nothing else knows which concrete class stands behind a port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from adapters.clock import SystemClock
from adapters.memory import give_back_memory
from adapters.models.chat import AvailableModels
from adapters.models.minilm import MiniLmEmbedder
from adapters.models.public_knowledge import PublicKnowledgeFile
from adapters.rules_file import RulesFile
from adapters.shelf import FileShelf
from adapters.storage import open_storage
from adapters.vectors.chroma import BULK_BATCH, ChromaVectors
from bot.agent.conversation import Conversationalist
from bot.agent.modelled import Limits
from bot.agent.talk import Summaries
from bot.agent.understanding import Understanding
from bot.bootstrap_models import LanguageModelling, check_prompts, language_models, with_models
from bot.bootstrap_requests import Requests, open_requests
from bot.chat.capabilities import Capabilities
from bot.commands import COMMANDS, HIDDEN
from bot.commands.context import Command, Services
from bot.dispatch import Dispatch
from bot.explanations.chain import ExplanationChain
from bot.explanations.templates import TemplateExplainer
from bot.jobs.queue import DurableQueue
from bot.model.members import Member
from bot.ports.ai import Embedder, VectorStore
from bot.ports.chat import Handler
from bot.ports.clock import Clock
from bot.ports.jobs import JobQueue
from bot.ports.storage import UnitOfWorkFactory
from bot.services.accounts import AccountsService
from bot.services.actions import ActionsService
from bot.services.catalogue import CatalogueService
from bot.services.community import CommunityService
from bot.services.conversations import ConversationsService
from bot.services.decks import DecksService
from bot.services.feedback import FeedbackService
from bot.services.indexing import IndexingService
from bot.services.influences import InfluencesService
from bot.services.linking import LinkingService
from bot.services.lookup import TitleLookup
from bot.services.model_fetching import ModelFetching
from bot.services.mood import MoodService
from bot.services.preferences import PreferencesService
from bot.services.privacy import PrivacyService
from bot.services.profiles import ProfilesService
from bot.services.quiz import QuizService
from bot.services.recommending import RecommendingService
from bot.services.records import RecordsService
from bot.services.rules import RulesService
from bot.services.watchlists import WatchlistsService
from bot.settings import Settings
from engine.profile import ProfileConfig

_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Core:
    """What maintenance needs: the database and the clock."""

    settings: Settings
    uow: UnitOfWorkFactory
    clock: Clock


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that answers people."""

    settings: Settings
    uow: UnitOfWorkFactory
    clock: Clock
    embedder: Embedder
    vectors: VectorStore
    services: Services
    dispatch: Dispatch
    specs: tuple[Command, ...]
    requests: Requests | None
    jobs: DurableQueue
    conversations: ConversationsService
    understanding: Understanding
    language: LanguageModelling | None = None

    def handler(self, capabilities: Capabilities) -> Handler:
        """What a platform with these capabilities calls for everything that comes in."""
        return self.dispatch.handler(capabilities)

    def title_completer(self, member: Member) -> Callable[[str], Awaitable[Sequence[tuple[str, str]]]]:
        """From the beginning of a title to (label, reference) pairs that this member may see, the best known first."""

        async def complete(text: str) -> list[tuple[str, str]]:
            clearance = await self.services.accounts.clearance(member)
            titles = await self.services.titles.complete(text, clearance)
            return [(title.name, str(title.ref)) for title in titles]

        return complete


@asynccontextmanager
async def open_core(settings: Settings) -> AsyncIterator[Core]:
    """Open the database alone. Raises: Unavailable, InvalidSettings."""
    clock = SystemClock()
    url = settings.database_url.get_secret_value() if settings.database_url else None
    async with open_storage(settings.home, url, clock=clock) as uow:
        yield Core(settings, uow, clock)


@asynccontextmanager
async def open_indexing(core: Core) -> AsyncIterator[IndexingService]:
    """The indexing of a command line, which serves nobody meanwhile and so writes in large batches."""
    async with _models_and_vectors(core.settings, BULK_BATCH) as (embedder, vectors):
        yield IndexingService(core.uow, embedder, vectors)


async def lay_out(core: Core) -> None:
    """Make what answering reads and put it on the shelf, so that the next start finds it. Does little when it is there.

    Raises: Unavailable.
    """
    async with _models_and_vectors(core.settings, BULK_BATCH) as (embedder, vectors):
        shelf = FileShelf(core.settings.shelf_dir)
        view = await CatalogueService(core.uow, vectors, embedder.id, shelf=shelf).view()
        await _community(core, shelf).resources(view, core.clock.now())


@asynccontextmanager
async def open_application(
    settings: Settings, adapted: Callable[[Services], Services] = lambda services: services
) -> AsyncIterator[Application]:
    """Open everything; closed in reverse order at the end of the block. Raises: Unavailable, InvalidSettings.

    `adapted`: the services as the conversation is to see them; a measurement puts itself between.
    """
    async with AsyncExitStack() as stack:
        core = await stack.enter_async_context(open_core(settings))
        embedder, vectors = await stack.enter_async_context(_models_and_vectors(settings, settings.vectors.batch))
        shelf = FileShelf(settings.shelf_dir)
        catalogue = CatalogueService(core.uow, vectors, embedder.id, shelf=shelf, tidy=give_back_memory)
        community = _community(core, shelf)
        stack.push_async_callback(community.close)
        jobs = DurableQueue(core.uow, core.clock)
        services = _services(core, embedder, catalogue, community, jobs)
        requests = await stack.enter_async_context(open_requests(settings, core.uow, core.clock, services.titles))
        if requests is not None:
            services = replace(services, requesting=requests.requesting, deciding=requests.deciding)
        check_prompts()
        language = language_models(settings)
        models = language.available if language else None
        if language is not None:
            stack.push_async_callback(language.ledger.write)
            services = replace(services, models=language.care, fetching=ModelFetching(language.care))
        services = with_models(settings, services, models, stack, embedder=embedder, vectors=vectors, shelf=shelf)
        services = adapted(services)
        conversations = ConversationsService(core.uow)
        await conversations.purge(core.clock.now())
        await services.decks.purge(core.clock.now())
        understanding = Understanding(catalogue.view)
        dispatch = Dispatch(
            services=services,
            actions=ActionsService(core.uow),
            conversations=conversations,
            understanding=understanding,
            conversationalist=_conversationalist(
                settings, models, understanding, catalogue, conversations, stack, services.explainer
            ),
            commands=(*COMMANDS, *HIDDEN),
            clock=core.clock,
            locale=settings.locale,
        )
        yield Application(
            settings=settings,
            uow=core.uow,
            clock=core.clock,
            embedder=embedder,
            vectors=vectors,
            services=services,
            dispatch=dispatch,
            specs=COMMANDS,
            requests=requests,
            jobs=jobs,
            conversations=conversations,
            understanding=understanding,
            language=language,
        )


@asynccontextmanager
async def _models_and_vectors(settings: Settings, batch: int) -> AsyncIterator[tuple[MiniLmEmbedder, ChromaVectors]]:
    async with AsyncExitStack() as stack:
        embedder = MiniLmEmbedder(settings.models_dir)
        stack.push_async_callback(asyncio.to_thread, embedder.close)
        vectors = ChromaVectors(settings.vectors_dir, url=settings.vectors.url, batch=batch)
        stack.push_async_callback(asyncio.to_thread, vectors.close)
        yield embedder, vectors


def _services(
    core: Core, embedder: Embedder, catalogue: CatalogueService, community: CommunityService, jobs: JobQueue
) -> Services:
    """The use cases, built from the inside out."""
    settings = core.settings
    accounts = AccountsService(core.uow, admins=settings.admins)
    profiles = ProfilesService(core.uow, _profile_config(settings))
    return Services(
        recommending=RecommendingService(
            core.uow,
            catalogue=catalogue,
            profiles=profiles,
            accounts=accounts,
            mood=MoodService(embedder, tidy=give_back_memory),
            community=community,
            rules=RulesService(core.uow, RulesFile(settings.rules_path)),
            pipeline=settings.recommend.pipeline,
        ),
        titles=TitleLookup(core.uow, catalogue),
        feedback=FeedbackService(core.uow, hide_days=settings.recommend.hide_days),
        quiz=QuizService(core.uow, catalogue=catalogue, profiles=profiles),
        influences=InfluencesService(core.uow, catalogue),
        accounts=accounts,
        decks=DecksService(core.uow),
        preferences=PreferencesService(core.uow),
        watchlists=WatchlistsService(core.uow),
        records=RecordsService(core.uow),
        explainer=TemplateExplainer(),
        linking=LinkingService(core.uow, core.clock),
        privacy=PrivacyService(core.uow),
        picks=settings.recommend.picks,
        jobs=jobs
        if any((settings.plex, settings.tautulli, settings.jellyfin, settings.tmdb, settings.seerr))
        else None,
    )


def _conversationalist(
    settings: Settings,
    models: AvailableModels | None,
    understanding: Understanding,
    catalogue: CatalogueService,
    conversations: ConversationsService,
    stack: AsyncExitStack,
    explainer: TemplateExplainer,
) -> Conversationalist | None:
    if models is None:
        return None
    failed = explainer.leave_alone if isinstance(explainer, ExplanationChain) else lambda _names: None
    ai = settings.ai
    summaries = Summaries(models, conversations, ai.talk_tokens)
    stack.push_async_callback(summaries.close)
    limits = Limits(ai.call_seconds, ai.turn_seconds, ai.talk_tokens)
    return Conversationalist(understanding, catalogue.view, models, limits, summaries, failed)


def _community(core: Core, shelf: FileShelf) -> CommunityService:
    public = PublicKnowledgeFile(core.settings.public_knowledge_path)
    private = core.settings.recommend.keep_private
    return CommunityService(core.uow, shelf=shelf, public=public, keep_private=private, tidy=give_back_memory)


def _profile_config(settings: Settings) -> ProfileConfig:
    months = settings.recommend.history_months
    return ProfileConfig(depth_days=None if months is None else months * _DAYS_A_MONTH)
