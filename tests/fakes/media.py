"""Fakes of media servers, histories, requests and metadata. `down` stands for a service that cannot be reached."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import AlreadyRequested, NotAllowed, QuotaReached, Unavailable
from bot.model.titles import TitleFacts, TitleRef
from bot.ports.media import ServerItem, ServerLibrary, ServerRating, ServerUser, ServerWatch


@dataclass(slots=True)
class FakeMediaServer:
    """A media server that lists what it was given, and its history."""

    source: str = "fake"
    library_list: Sequence[ServerLibrary] = ()
    user_list: Sequence[ServerUser] = ()
    item_list: Sequence[ServerItem] = ()
    watch_list: Sequence[ServerWatch] = ()
    rating_list: Sequence[ServerRating] = ()
    page: int = 2
    down: bool = False

    async def libraries(self) -> Sequence[ServerLibrary]:
        self._reach()
        return self.library_list

    async def users(self) -> Sequence[ServerUser]:
        self._reach()
        return self.user_list

    async def items(self) -> AsyncIterator[Sequence[ServerItem]]:
        for start in range(0, len(self.item_list), self.page):
            self._reach()
            yield self.item_list[start : start + self.page]

    async def watches(self, since: datetime | None = None) -> AsyncIterator[Sequence[ServerWatch]]:
        wanted = [watch for watch in self.watch_list if since is None or watch.watched_at >= since]
        wanted.sort(key=lambda watch: watch.watched_at)
        for start in range(0, len(wanted), self.page):
            self._reach()
            yield wanted[start : start + self.page]

    async def ratings(self) -> Sequence[ServerRating]:
        self._reach()
        return self.rating_list

    def _reach(self) -> None:
        if self.down:
            raise Unavailable(self.source, "The media server cannot be reached.")


@dataclass(slots=True)
class FakeRequester:
    """A request service with a quota per account; `strangers` may not request."""

    available: set[TitleRef] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)
    quota: int = 10
    down: bool = False
    requests: list[tuple[TitleRef, str, tuple[int, ...] | None]] = field(default_factory=list)

    async def status(self, ref: TitleRef) -> str:
        self._reach()
        if ref in self.available:
            return "available"
        return "pending" if any(requested == ref for requested, _, _ in self.requests) else "none"

    async def request(self, ref: TitleRef, *, account: str, seasons: Sequence[int] | None = None) -> str:
        self._reach()
        if account in self.strangers:
            raise NotAllowed("You may not request titles.")
        if await self.status(ref) != "none":
            raise AlreadyRequested("Somebody has asked for it before.")
        if sum(1 for _, by, _ in self.requests if by == account) >= self.quota:
            raise QuotaReached("Your request quota is used up.")
        self.requests.append((ref, account, None if seasons is None else tuple(seasons)))
        return "pending"

    def _reach(self) -> None:
        if self.down:
            raise Unavailable("requests", "The request service cannot be reached.")


class FakeMetadataSource:
    """A metadata service that knows the titles it was given."""

    def __init__(self, titles: Iterable[TitleFacts] = ()) -> None:
        self._titles = tuple(titles)
        self.down = False

    async def facts(self, ref: TitleRef, *, locales: Sequence[str] = ()) -> TitleFacts | None:
        self._reach()
        return next((facts for facts in self._titles if ref in facts.refs), None)

    async def search(self, text: str, *, limit: int = 10) -> Sequence[TitleFacts]:
        self._reach()
        words = text.casefold().split()
        found = [facts for facts in self._titles if words and all(word in facts.title.casefold() for word in words)]
        return found[:limit]

    def _reach(self) -> None:
        if self.down:
            raise Unavailable("metadata", "The metadata service cannot be reached.")
