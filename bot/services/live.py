"""Turns what services tell by themselves into jobs that read from the services what is true."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ports.jobs import JobQueue
from bot.ports.live import LibraryTold, PlayTold, RatingTold, RequestTold, Told
from bot.services.sync import Sources

PLAYS, TITLES, REQUESTS = "plays", "titles", "requests"
_SETTLE = 5.0  # seconds in which a server that adds a season tells of every episode
_SCAN = 60.0  # seconds in which a media server notices a file that was put into its folder


class LiveService:
    """`bot.ports.live.Live`: asks for jobs; hints that mean the same work are one job."""

    def __init__(self, queue: JobQueue, sources: Sources) -> None:
        self._queue = queue
        self._sources = sources

    async def tell(self, told: Sequence[Told]) -> None:
        """Raises: Unavailable, when it cannot be kept."""
        for each in told:
            match each:
                case PlayTold():
                    await self._play(each)
                case RatingTold():
                    if each.server in {history.source for history in self._sources.histories}:
                        await self._queue.enqueue(PLAYS, {"source": each.server}, key=f"{PLAYS}:{each.server}")
                case LibraryTold():
                    await self._library(each)
                case RequestTold():
                    for requester in self._sources.requesters:
                        await self._queue.enqueue(
                            REQUESTS, {"source": requester.source}, key=f"{REQUESTS}:{requester.source}"
                        )

    async def _play(self, told: PlayTold) -> None:
        """A server writes a play down once it counts as watched; a watcher of its own once it has ended."""
        for history in self._sources.play_tellers():
            if history.items_of != told.server:
                continue
            kept = told.kept if history.source == told.server else told.stopped
            args = {"source": history.source, "account": told.account, "item": told.item, "kept": kept}
            key = f"{PLAYS}:{history.source}/{told.account}/{told.item}"[:300]
            await self._queue.enqueue(PLAYS, args, key=key)

    async def _library(self, told: LibraryTold) -> None:
        for server in self._sources.servers:
            if told.server in (None, server.source):
                after = _SCAN if told.server is None else _SETTLE
                await self._queue.enqueue(
                    TITLES, {"source": server.source}, key=f"{TITLES}:{server.source}", after=after
                )
