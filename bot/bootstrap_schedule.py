"""Builds what a running installation does by itself: webhooks taken, jobs worked on, the schedule kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from adapters.jobs import TaskiqBell, local_bell, redis_bell
from adapters.web import Router
from adapters.web.webhooks import webhooks_router
from bot.bootstrap import Application, Core
from bot.bootstrap_sources import open_sources
from bot.bootstrap_sync import open_sync
from bot.jobs.notices import Notices, notice_jobs
from bot.jobs.schedule import Schedule, Scheduled
from bot.jobs.syncing import PERMISSIONS, SYNC, SyncJobs
from bot.jobs.worker import Job, Worker
from bot.model.jobs import JobRow
from bot.ports.jobs import JobQueue
from bot.ports.metrics import Meter
from bot.services.conversations import ConversationsService
from bot.services.indexing import IndexingService
from bot.services.live import REQUESTS, LiveService
from bot.services.sync import Sources
from bot.settings import ScheduleSettings
from bot.supervision import Service

SCHEDULE = "schedule"
PURGE = "purge"
_POLL = timedelta(minutes=10)  # of requests, where the request service tells nothing by itself
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Background:
    """`service`: for the supervisor; `router`: the webhooks, None without a secret; `queue`: for whoever asks."""

    service: Service
    router: Router | None
    queue: JobQueue


@asynccontextmanager
async def open_background(
    application: Application,
    *,
    meter: Meter | None = None,
    notices: Notices | None = None,
    refreshed: Callable[[], Awaitable[None]] | None = None,
) -> AsyncIterator[Background]:
    """Everything, on open sources. `refreshed` is called once the catalogue has new vectors. Raises: InvalidSettings.

    `notices`: told of what can be watched now.
    """
    settings, uow, clock = application.settings, application.uow, application.clock
    async with AsyncExitStack() as stack:
        sources = await stack.enter_async_context(open_sources(settings, clock))
        bell = bell_of(settings.schedule)
        stack.push_async_callback(bell.close)
        queue = application.jobs
        queue.use(bell)
        sync = open_sync(Core(settings, uow, clock), sources, index=_index(application, refreshed))
        jobs = [*SyncJobs(sync, sources, uow, clock, queue).declared(), _purge(application)]
        if notices is not None:
            jobs += notice_jobs(notices)
        worker = Worker(uow, clock, bell, jobs, alone=settings.schedule.broker_url is None, meter=meter)
        schedule = Schedule(uow, clock, queue, scheduled(settings.schedule, sources))
        secret = settings.web.webhook_secret
        router = webhooks_router(secret.get_secret_value(), LiveService(queue, sources)) if secret else None

        async def run() -> None:
            async with asyncio.TaskGroup() as group:
                group.create_task(worker.run())
                group.create_task(schedule.run())

        yield Background(Service(SCHEDULE, run), router, queue)


def bell_of(settings: ScheduleSettings) -> TaskiqBell:
    """Through Redis where several processes share the work. Raises: InvalidSettings."""
    return redis_bell(settings.broker_url.get_secret_value()) if settings.broker_url else local_bell()


def scheduled(settings: ScheduleSettings, sources: Sources) -> tuple[Scheduled, ...]:
    """What is asked for again and again: of what is configured."""
    entries = [Scheduled(PURGE, _DAY)]
    if sources.names:
        entries.append(Scheduled(SYNC, timedelta(minutes=settings.sync_minutes)))
    if sources.servers:
        entries.append(Scheduled(PERMISSIONS, timedelta(hours=settings.permissions_hours)))
    if sources.requesters:
        entries.append(Scheduled(REQUESTS, _POLL))
    return tuple(entries)


def _index(application: Application, refreshed: Callable[[], Awaitable[None]] | None) -> Callable[[], Awaitable[int]]:
    """Brings the vectors up to date beside those who are being served."""
    indexing = IndexingService(application.uow, application.embedder, application.vectors)

    async def run() -> int:
        report = await indexing.run()
        if report.rebuilt and refreshed is not None:
            await refreshed()
        return report.embedded

    return run


def _purge(application: Application) -> Job:
    conversations = ConversationsService(application.uow)

    async def run(_row: JobRow) -> None:
        """Forget buttons, pages and conversations that nobody can use any more."""
        now = application.clock.now()
        await conversations.purge(now)
        await application.services.decks.purge(now)

    return Job(PURGE, run)
