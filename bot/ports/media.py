"""Media servers, histories, requests and metadata."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.titles import TitleFacts, TitleRef


@dataclass(frozen=True, slots=True)
class ServerLibrary:
    """A library as the server tells it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ServerUser:
    """A person as the server tells it; `libraries` None means all."""

    account: str
    name: str
    libraries: tuple[str, ...] | None
    age_limit: int | None = None
    is_admin: bool = False
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class ServerItem:
    """A title in a library."""

    library: str | None  # None: known to the catalogue, in no library
    facts: TitleFacts
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ServerWatch:
    """A play as the server tells it. `key` is unique per server."""

    account: str
    ref: TitleRef
    key: str
    watched_at: datetime
    completion: float | None = None
    duration: int | None = None
    episode: str | None = None
    plays: int = 1


@dataclass(frozen=True, slots=True)
class ServerRating:
    """A rating as the server tells it, 1-10."""

    account: str
    ref: TitleRef
    value: float
    rated_at: datetime


class MediaServer(Protocol):
    """Libraries, what is in them, and who may see them. Raises: Unavailable, Rejected."""

    @property
    def source(self) -> str:
        """The name under which its accounts and libraries are stored, such as "plex"."""
        ...

    async def libraries(self) -> Sequence[ServerLibrary]: ...

    async def users(self) -> Sequence[ServerUser]: ...

    def items(self) -> AsyncIterator[Sequence[ServerItem]]:
        """All titles, a page at a time."""
        ...


class HistoryProvider(Protocol):
    """What people watched. Raises: Unavailable, Rejected."""

    def watches(self, since: datetime | None = None) -> AsyncIterator[Sequence[ServerWatch]]:
        """Plays, oldest first, a page at a time."""
        ...

    async def ratings(self) -> Sequence[ServerRating]: ...


class Requester(Protocol):
    """Files requests for missing titles, with the rights of the person who asks. Raises: Unavailable, Rejected."""

    async def status(self, ref: TitleRef) -> str:
        """ "none", "pending", "processing", "available" or "declined"."""
        ...

    async def request(self, ref: TitleRef, *, account: str, seasons: Sequence[int] | None = None) -> str:
        """Ask for the title as that account of the request service; returns the new status.

        Raises: QuotaReached, AlreadyRequested, NotAllowed.
        """
        ...


class MetadataSource(Protocol):
    """Facts about titles from a metadata service. Raises: Unavailable, Rejected."""

    async def facts(self, ref: TitleRef, *, locales: Sequence[str] = ()) -> TitleFacts | None:
        """Everything known, localised titles included; None when there is no such title."""
        ...

    async def search(self, text: str, *, limit: int = 10) -> Sequence[TitleFacts]: ...
