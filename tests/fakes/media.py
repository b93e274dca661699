"""Fakes of a media server and its history. `down` stands for a service that cannot be reached."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import Unavailable
from bot.model.titles import TitleRef
from bot.ports.media import Health, ServerItem, ServerLibrary, ServerRating, ServerUser, ServerWatch


@dataclass(slots=True)
class FakeMediaServer:
    """A media server that lists what it was given, and its history. `gone`: references of titles that have left."""

    source: str = "fake"
    items_of: str = "fake"
    library_list: Sequence[ServerLibrary] = ()
    user_list: Sequence[ServerUser] = ()
    item_list: Sequence[ServerItem] = ()
    watch_list: Sequence[ServerWatch] = ()
    rating_list: Sequence[ServerRating] = ()
    gone: Mapping[str, Sequence[TitleRef]] = field(default_factory=dict)
    page: int = 2
    down: bool = False
    requests: int = 0

    async def check(self) -> Health:
        self._reach()
        return Health("Fake", "1.0")

    async def libraries(self) -> Sequence[ServerLibrary]:
        self._reach()
        return self.library_list

    async def users(self) -> Sequence[ServerUser]:
        self._reach()
        return self.user_list

    async def items(self, library: str, *, since: datetime | None = None) -> AsyncIterator[Sequence[ServerItem]]:
        """As every server: an item without dates may have changed at any time."""
        wanted = [item for item in self.item_list if item.library == library]
        if since is not None:
            wanted = [item for item in wanted if max(_dates(item), default=since) >= since]
        for start in range(0, max(len(wanted), 1), self.page):
            self._reach()
            yield wanted[start : start + self.page]

    async def keys(self, library: str) -> AsyncIterator[Sequence[str]]:
        keys = [item.key for item in self.item_list if item.library == library]
        for start in range(0, max(len(keys), 1), self.page):
            self._reach()
            yield keys[start : start + self.page]

    async def watches(self, since: datetime | None = None) -> AsyncIterator[Sequence[ServerWatch]]:
        wanted = [watch for watch in self.watch_list if since is None or watch.watched_at >= since]
        for start in range(0, max(len(wanted), 1), self.page):
            self._reach()
            yield wanted[start : start + self.page]

    async def ratings(self) -> Sequence[ServerRating]:
        self._reach()
        return self.rating_list

    async def refs(self, item: str) -> Sequence[TitleRef]:
        self._reach()
        return self.gone.get(item, ())

    def _reach(self) -> None:
        self.requests += 1
        if self.down:
            raise Unavailable(self.source, "The media server cannot be reached.")


def _dates(item: ServerItem) -> list[datetime]:
    return [moment for moment in (item.added_at, item.updated_at) if moment is not None]
