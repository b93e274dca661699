"""Media servers and the histories of what was watched on them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.titles import Kind, TitleFacts, TitleRef


@dataclass(frozen=True, slots=True)
class ServerLibrary:
    """A library as the server tells it. `kind` None: mixed or unknown."""

    key: str
    name: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class ServerUser:
    """A person as the server tells it; `libraries` None means all."""

    account: str
    name: str
    libraries: tuple[str, ...] | None
    age_limit: int | None = None
    is_admin: bool = False  # owns or administers the server
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """The best file of a title: "2160p", "HDR", "hevc", "5.1"; empty when not told."""

    resolution: str = ""
    dynamic_range: str = ""
    video: str = ""
    audio: str = ""


@dataclass(frozen=True, slots=True)
class ServerItem:
    """A title in a library. `key` is the server's own id of it; a series is one item, whatever its episodes."""

    key: str
    library: str | None  # None: known to the catalogue, in no library
    facts: TitleFacts
    added_at: datetime | None = None
    updated_at: datetime | None = None  # when the server last changed anything about it
    quality: Quality | None = None
    page_url: str | None = None  # opens the title in the server's own player


@dataclass(frozen=True, slots=True)
class ServerWatch:
    """A play as the server tells it. `key` is unique per source and stays the same whenever it is told again.

    What was played is named by `item`, the key of a film or series on the media server, by `refs`, or by both. Servers
    that keep counts instead of events tell one watch per title or episode: `plays` and the last time.
    """

    account: str
    key: str
    watched_at: datetime
    item: str | None = None
    refs: tuple[TitleRef, ...] = ()
    completion: float | None = None
    duration: int | None = None
    episode: str | None = None
    plays: int = 1
    title: str = ""  # for reports about plays that belong to nothing known
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class ServerRating:
    """A rating as the server tells it, 1-10; `item` and `refs` as in `ServerWatch`."""

    account: str
    value: float
    rated_at: datetime
    item: str | None = None
    refs: tuple[TitleRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """What a service says of itself: `problems` are sentences that name what is missing and what it costs."""

    name: str
    version: str = ""
    problems: tuple[str, ...] = ()


class MediaServer(Protocol):
    """Libraries, what is in them, and who may see them. Raises: Unavailable, Rejected."""

    @property
    def source(self) -> str:
        """The name under which its accounts, items and libraries are stored, such as "plex"."""
        ...

    @property
    def requests(self) -> int:
        """How many requests were sent so far, repeats included."""
        ...

    async def check(self) -> Health:
        """Whether it is reachable, authorised, of a supported version, and what the key may not do."""
        ...

    async def libraries(self) -> Sequence[ServerLibrary]: ...

    async def users(self) -> Sequence[ServerUser]: ...

    def items(self, library: str, *, since: datetime | None = None) -> AsyncIterator[Sequence[ServerItem]]:
        """The titles of one library, a page at a time; with `since` only those added or changed after it.

        An item may be told twice when the library changes meanwhile.
        """
        ...

    def keys(self, library: str) -> AsyncIterator[Sequence[str]]:
        """The keys of all titles of one library, with as little else as the server allows: to find what is gone."""
        ...


class HistoryProvider(Protocol):
    """What people watched. Raises: Unavailable, Rejected."""

    @property
    def source(self) -> str:
        """The name under which its plays are stored, such as "tautulli"."""
        ...

    @property
    def items_of(self) -> str:
        """The source of the media server whose keys `ServerWatch.item` holds, such as "plex"."""
        ...

    def watches(self, since: datetime | None = None) -> AsyncIterator[Sequence[ServerWatch]]:
        """Plays that ended at or after `since`, a page at a time, in no promised order."""
        ...

    async def ratings(self) -> Sequence[ServerRating]: ...

    async def refs(self, item: str) -> Sequence[TitleRef]:
        """References of a title that has left the libraries, where the service still knows them; else empty."""
        ...
