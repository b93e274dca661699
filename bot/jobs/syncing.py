"""Jobs that follow servers and services: on schedule, and right after they told something."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from bot.errors import Unavailable
from bot.jobs.worker import Job
from bot.model.jobs import JobRow
from bot.ports.clock import Clock
from bot.ports.jobs import JobQueue
from bot.ports.requests import MediaState
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.live import PLAYS, REQUESTS, TITLES
from bot.services.sync import Sources, SyncService, SyncSummary
from bot.services.sync import items as titles_stage
from bot.services.sync.sources import METADATA

SYNC, PERMISSIONS, AVAILABILITY, FOLLOW = "sync", "permissions", "availability", "follow-requests"
LANE = "sync"
_CLOCKS = timedelta(seconds=90)  # by which the clocks of services are off
# While a play is younger than the first (seconds), its service is asked again after the second.
_PATIENCE = ((4.0, 0.6), (15.0, 3.0), (60.0, 15.0), (300.0, 60.0))
_HERE = frozenset({MediaState.AVAILABLE, MediaState.PARTIAL})
_PLEX_OWNER = "1"  # how a Plex server itself numbers its owner


class SyncJobs:
    """The jobs of one installation. What a source fails with is raised, so that it is tried again."""

    def __init__(
        self, sync: SyncService, sources: Sources, uow: UnitOfWorkFactory, clock: Clock, queue: JobQueue
    ) -> None:
        self._sync = sync
        self._sources = sources
        self._uow = uow
        self._clock = clock
        self._queue = queue

    def declared(self) -> tuple[Job, ...]:
        """All of them, to be given to a worker."""
        return (
            Job(PLAYS, self.plays, LANE, rank=3, seconds=900),
            Job(REQUESTS, self.requests, LANE, rank=2, seconds=900),
            Job(TITLES, self.titles, LANE, rank=1),
            Job(PERMISSIONS, self.permissions, LANE, attempts=4, seconds=1800),
            Job(SYNC, self.sync, LANE, attempts=3),
        )

    async def plays(self, row: JobRow) -> float | None:
        """What was watched lately, as one source tells it; again, until it tells the play that was announced."""
        source, account, item = (str(row.args.get(name) or "") for name in ("source", "account", "item"))
        server = {history.source: history.items_of for history in self._sources.histories}.get(source)
        if server is None:
            return None
        _check(await self._sync.plays(source), source)
        if not item:
            return None
        async with self._uow() as uow:
            title = (await uow.server_items.get(server, [item])).get(item)
            told = (await uow.sync_states.get(server, titles_stage.STAGE)).done_at
        if title is None:
            # Played before a sync knew of it. One sync settles that, or nothing does.
            if server in {each.source for each in self._sources.servers} and (told is None or told < row.asked_at):
                await self._queue.enqueue(TITLES, {"source": server}, key=f"{TITLES}:{server}")
            return None
        if not row.args.get("kept") or await self._is_known(source, server, account, title.title_id, row):
            return None
        age = (self._clock.now() - row.asked_at).total_seconds()
        return next((pause for limit, pause in _PATIENCE if age < limit), None)

    async def titles(self, row: JobRow) -> None:
        """The people and titles of one server, then what is known of new titles, and plays that waited for them."""
        source = str(row.args.get("source") or "")
        if source not in {server.source for server in self._sources.servers}:
            return
        _check(await self._sync.run(only=source, embed=self._sources.metadata is None), source)
        if self._sources.metadata is not None:
            _check(await self._sync.run(only=METADATA), METADATA)
        for history in self._sources.play_tellers():
            if history.items_of == source:
                await self._queue.enqueue(PLAYS, {"source": history.source}, key=f"{PLAYS}:{history.source}")

    async def requests(self, row: JobRow) -> None:
        """What became of requests, as one service tells it."""
        source = str(row.args.get("source") or "")
        sources = [each.source for each in self._sources.requesters if source in ("", each.source)]
        for each in sources:
            before = await self._here([each])
            _check(await self._sync.run(only=each, embed=False), each)
            await self._announce(before, [each])
            await self._queue.enqueue(FOLLOW, {}, key=FOLLOW)

    async def permissions(self, row: JobRow) -> None:  # noqa: ARG002 - as every job
        """People and what they may see."""
        _check(await self._sync.permissions())

    async def sync(self, row: JobRow) -> None:
        """Everything; `full`: from the beginning."""
        requesters = [each.source for each in self._sources.requesters]
        before = await self._here(requesters)
        summary = await self._sync.run(full=bool(row.args.get("full")))
        await self._announce(before, requesters)
        _check(summary)

    async def _is_known(self, source: str, server: str, account: str, title_id: int, row: JobRow) -> bool:
        """Whether the play is there; that of a stranger never will be."""
        async with self._uow() as uow:
            linked = await uow.members.by_account(server, account)
            member_id = linked.id if linked else await _owner(uow, server, account)
            if member_id is None:
                return True
            history = await uow.histories.of(member_id)
        since = row.asked_at - _CLOCKS
        return any(
            (event.source, event.title_id) == (source, title_id) and event.watched_at >= since
            for event in history.events
        )

    async def _here(self, requesters: Iterable[str]) -> frozenset[int]:
        """The requested titles that can be watched."""
        async with self._uow() as uow:
            return frozenset(
                [
                    each.title_id
                    for source in requesters
                    for each in await uow.request_states.all(source)
                    if each.state in _HERE
                ]
            )

    async def _announce(self, before: Collection[int], requesters: Iterable[str]) -> None:
        for title_id in sorted(await self._here(requesters) - frozenset(before)):
            await self._queue.enqueue(AVAILABILITY, {"title": title_id}, key=f"{AVAILABILITY}:{title_id}")


async def _owner(uow: UnitOfWork, server: str, account: str) -> int | None:
    """The owner of a Plex server, whose account has another number there."""
    if account != _PLEX_OWNER:
        return None
    accounts = await uow.server_accounts.of_source(server)
    return next((each.member_id for each in accounts if each.is_admin and each.active), None)


def _check(summary: SyncSummary, *named: str) -> None:
    """Raises: Unavailable, for the first source that failed, of those named or of all."""
    for failed in summary.failed:
        if not named or failed.source in named:
            raise Unavailable(failed.source, failed.error or failed.source)
