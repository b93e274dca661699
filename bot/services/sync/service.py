"""The order of a sync: people and titles of every server, then plays, ratings, metadata, requests, and the index."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from time import perf_counter

import structlog

from bot.errors import InvalidInput, Locked, Rejected, Unavailable
from bot.i18n import gettext as _
from bot.ports.clock import Clock
from bot.ports.media import MediaServer
from bot.ports.metadata import MetadataSource
from bot.ports.requests import Requester
from bot.ports.storage import UnitOfWorkFactory
from bot.services.sync import items, plays, requested
from bot.services.sync.items import ItemsStage
from bot.services.sync.metadata import MetadataStage
from bot.services.sync.people import PeopleStage
from bot.services.sync.plays import PlaysStage
from bot.services.sync.requested import RequestsStage
from bot.services.sync.sources import METADATA, Sources
from bot.services.sync.summary import Progress, SourceResult, StageResult, SyncSummary, no_progress

INDEX = "index"  # under which name it is reported that titles could not be understood
FULL_EVERY = timedelta(hours=24)

_log = structlog.get_logger()

Index = Callable[[], Awaitable[int]]
"""Brings the vectors up to date; returns how many titles were newly understood."""
Lock = Callable[[], AbstractAsyncContextManager[None]]
"""Held while a sync runs; raises Locked when another does."""


class SyncService:
    """Syncs everything that is configured. One source that fails does not stop the others."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        clock: Clock,
        sources: Sources,
        *,
        index: Index | None = None,
        lock: Lock | None = None,
        full_every: timedelta = FULL_EVERY,
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._sources = sources
        self._index = index
        self._lock = lock or _own_lock()
        self._full_every = full_every
        self._people = PeopleStage(uow)
        self._items = ItemsStage(uow)
        self._plays = PlaysStage(uow)
        self._metadata = MetadataStage(uow)
        self._requests = RequestsStage(uow)

    async def run(
        self, *, only: str | None = None, full: bool = False, embed: bool = True, progress: Progress = no_progress
    ) -> SyncSummary:
        """Sync all sources, or one by its name; `full` reads everything again, as happens once a day by itself.

        Raises: InvalidInput, for a name that is not configured; Locked, while another sync runs; Unavailable, when
        the database fails. What a source, or the index, fails with stands in the summary.
        """
        if only is not None and only not in self._sources.names:
            names = ", ".join(self._sources.names) or _("nothing")
            sentence = _("“{name}” is not configured; configured: {names}.")
            raise InvalidInput(sentence.format(name=only[:60], names=names))
        started = perf_counter()
        async with self._lock():
            reports = _Reports(progress)
            for server in self._sources.servers:
                if only in (None, server.source):
                    await self._server(server, reports, full=full)
            await self._histories(reports, only, full=full)
            if self._sources.metadata is not None and only in (None, METADATA):
                await self._describe(self._sources.metadata, reports)
            for requester in self._sources.requesters:
                if only in (None, requester.source):
                    await self._requested(requester, reports, full=full)
            if self._sources.requesters and self._sources.metadata is not None and only is None:
                await self._describe(self._sources.metadata, reports)  # what was requested only now
            embedded: int | None = None
            if embed and self._index is not None:
                async with reports.of(INDEX, self._index):  # what was stored is stored, whatever the model says
                    embedded = await self._index()
        return SyncSummary(reports.results(), perf_counter() - started, embedded)

    async def permissions(self, *, progress: Progress = no_progress) -> SyncSummary:
        """Only people and what they may see. Raises as `run`."""
        started = perf_counter()
        async with self._lock():
            reports = _Reports(progress)
            for server in self._sources.servers:
                async with reports.of(server.source, server) as report:
                    report.stages.append(await self._people.run(server, self._clock.now(), progress))
        return SyncSummary(reports.results(), perf_counter() - started)

    async def plays(self, source: str, *, progress: Progress = no_progress) -> SyncSummary:
        """Only what was watched lately, as one source tells it: after a webhook. Raises as `run`."""
        started = perf_counter()
        async with self._lock():
            reports = _Reports(progress)
            await self._histories(reports, source, full=False)
        return SyncSummary(reports.results(), perf_counter() - started)

    async def _server(self, server: MediaServer, reports: _Reports, *, full: bool) -> None:
        """Titles do not wait for people: who may see what can come from another service than the server itself."""
        async with reports.of(server.source, server) as report:
            report.stages.append(await self._people.run(server, self._clock.now(), reports.progress))
        async with reports.of(server.source, server) as report:
            full = full or await self._full_is_due(server.source, items.STAGE)
            report.stages.append(await self._items.run(server, self._clock.now(), reports.progress, full=full))

    async def _histories(self, reports: _Reports, only: str | None, *, full: bool) -> None:
        """Watchers first; a server that has one tells its own plays only on full runs: few are missing by then."""
        tellers = self._sources.play_tellers()
        for history in sorted(self._sources.histories, key=lambda each: each not in tellers):
            if only not in (None, history.source) or reports.unreachable(history.source):
                continue
            async with reports.of(history.source, history) as report:
                whole = full or await self._full_is_due(history.source, plays.STAGE)
                if whole or history in tellers:
                    stage = await self._plays.run(history, self._clock.now(), reports.progress, full=whole)
                    report.stages.append(stage)
                report.stages.append(await self._plays.ratings(history, reports.progress, full=whole))

    async def _describe(self, source: MetadataSource, reports: _Reports) -> None:
        async with reports.of(METADATA, source) as report:
            stage = await self._metadata.run(source, self._sources.locales, self._clock.now(), reports.progress)
            if stage.told or not report.stages:
                report.stages.append(stage)

    async def _requested(self, requester: Requester, reports: _Reports, *, full: bool) -> None:
        async with reports.of(requester.source, requester) as report:
            full = full or await self._full_is_due(requester.source, requested.STAGE)
            report.stages.append(await self._requests.run(requester, self._clock.now(), reports.progress, full=full))

    async def _full_is_due(self, source: str, stage: str) -> bool:
        async with self._uow() as uow:
            state = await uow.sync_states.get(source, stage)
        return state.full_at is None or self._clock.now() - state.full_at >= self._full_every


@dataclass(slots=True)
class _Report:
    source: str
    stages: list[StageResult] = field(default_factory=list)
    requests: int = 0
    error: str | None = None


class _Reports:
    """What is told of each source while the sync runs."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self._reports: dict[str, _Report] = {}

    @asynccontextmanager
    async def of(self, source: str, counting: object) -> AsyncIterator[_Report]:
        """Report on one source; what it fails with is kept, and the sync goes on."""
        report = self._reports.setdefault(source, _Report(source))
        before = _requests(counting)
        try:
            yield report
        except (Unavailable, Rejected) as error:
            if getattr(error, "service", "") == "database":
                raise
            _log.warning("sync_source_failed", source=source, error=str(error))
            report.error = report.error or str(error)
        finally:
            report.requests += _requests(counting) - before

    def unreachable(self, source: str) -> bool:
        """Whether nothing at all came from a source so far: then it need not be asked for more."""
        report = self._reports.get(source)
        return report is not None and report.error is not None and not report.stages

    def results(self) -> tuple[SourceResult, ...]:
        """The reports, in the order in which the sources were begun; the index only when it failed."""
        told = [report for report in self._reports.values() if report.source != INDEX or report.error]
        return tuple(SourceResult(r.source, tuple(r.stages), r.requests, r.error) for r in told)


def _requests(counting: object) -> int:
    return int(getattr(counting, "requests", 0))


def _own_lock() -> Lock:
    """One sync at a time within this process."""
    running = asyncio.Lock()

    @asynccontextmanager
    async def hold() -> AsyncIterator[None]:
        if running.locked():
            raise busy()
        async with running:
            yield

    return hold


def busy() -> Locked:
    """What a second sync is told."""
    return Locked("sync", _("Another sync is running; wait until it is done."))
