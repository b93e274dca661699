"""The part of the database that keeps what servers and services told, so that a sync changes only what is new."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.ports.media import Quality, ServerWatch
from bot.ports.metadata import Season, Trailer
from bot.ports.requests import FiledRequest, MediaState


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item of a media server and the title that it is. `digest` changes with anything that the server says of it."""

    source: str
    key: str
    title_id: int
    library_id: int | None
    digest: str
    added_at: datetime | None = None
    updated_at: datetime | None = None
    quality: Quality | None = None
    page_url: str | None = None


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """A person as one server last told it; `active` False once the server tells it no more."""

    source: str
    account: str
    member_id: int
    name: str
    age_limit: int | None = None
    is_admin: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class SyncState:
    """How far one stage of one source came. `cursor`: the newest moment told; `note` is JSON."""

    source: str
    stage: str
    cursor: datetime | None = None
    done_at: datetime | None = None  # of the last run that came to its end
    full_at: datetime | None = None  # of the last full run that came to its end
    note: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TitleMetadata:
    """What a metadata service says of a title beside its facts. `found` False: it does not know the title.

    `linked` says whether the titles that it names with this one were kept.
    """

    title_id: int
    fetched_at: datetime
    locales: tuple[str, ...] = ()
    found: bool = True
    linked: bool = False
    trailers: tuple[Trailer, ...] = ()
    seasons: tuple[Season, ...] = ()
    providers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Relation(StrEnum):
    """Why a metadata service names one title with another."""

    SIMILAR = "similar"
    RECOMMENDED = "recommended"


@dataclass(frozen=True, slots=True)
class TitleRequests:
    """What the request service knows of a title; `seasons`: number → state."""

    title_id: int
    source: str
    state: MediaState
    requests: tuple[FiledRequest, ...] = ()
    seasons: tuple[tuple[int, MediaState], ...] = ()
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PendingPlay:
    """A play of a title or by a person that nobody knows yet. `items_of`: whose item its key is."""

    source: str
    items_of: str
    watch: ServerWatch


class ServerItems(Protocol):
    """Items of media servers by (source, key)."""

    async def put(self, items: Collection[StoredItem]) -> None:
        """Store or replace."""
        ...

    async def get(self, source: str, keys: Collection[str]) -> Mapping[str, StoredItem]:
        """Those that are known, by key."""
        ...

    async def keys(self, source: str, library_id: int) -> Sequence[str]:
        """The keys of all items of a library, in order."""
        ...

    async def remove(self, source: str, keys: Collection[str]) -> None: ...

    async def of_titles(self, title_ids: Collection[int]) -> Mapping[int, Sequence[StoredItem]]:
        """The items of titles, ordered by source and key; titles without any are left out."""
        ...


class ServerAccounts(Protocol):
    """People as their servers tell them."""

    async def put(self, account: ServerAccount) -> None:
        """Store or replace."""
        ...

    async def of_source(self, source: str) -> Sequence[ServerAccount]:
        """Ordered by account."""
        ...

    async def of_member(self, member_id: int) -> Sequence[ServerAccount]:
        """Ordered by source and account."""
        ...


class SyncStates(Protocol):
    """How far each stage came."""

    async def get(self, source: str, stage: str) -> SyncState:
        """An empty state, where none is stored."""
        ...

    async def save(self, state: SyncState) -> None: ...

    async def all(self) -> Sequence[SyncState]:
        """Ordered by source and stage."""
        ...


class MetadataStates(Protocol):
    """What metadata services told, and which titles belong together."""

    async def due(self, before: datetime, locales: Sequence[str], *, after: int = 0, limit: int = 100) -> Sequence[int]:
        """Ids above `after` of titles that matter and whose metadata is older, in other locales, or without links.

        A title matters when it is in a library, watched, rated or requested; links matter to what is watched or rated.
        """
        ...

    async def put(self, told: Collection[TitleMetadata]) -> None: ...

    async def of(self, title_ids: Collection[int]) -> Mapping[int, TitleMetadata]: ...

    async def watched(self, title_ids: Collection[int]) -> frozenset[int]:
        """Those among the titles that somebody watched or rated."""
        ...

    async def link(self, title_id: int, relation: Relation, others: Sequence[int]) -> None:
        """Replace the titles named with a title, the closest first; the title itself is left out."""
        ...

    async def linked(self, title_ids: Collection[int], relation: Relation) -> Mapping[int, Sequence[int]]:
        """The titles named with each, the closest first."""
        ...


class RequestStates(Protocol):
    """What request services know of titles."""

    async def put(self, told: Collection[TitleRequests]) -> None: ...

    async def of(self, title_ids: Collection[int]) -> Mapping[int, TitleRequests]: ...

    async def all(self, source: str) -> Sequence[TitleRequests]:
        """Ordered by title id."""
        ...

    async def remove(self, source: str, title_ids: Collection[int]) -> None: ...


class PendingPlays(Protocol):
    """Plays that wait for their title or their person."""

    async def put(self, plays: Collection[PendingPlay]) -> None:
        """Store or replace, by (source, key)."""
        ...

    async def after(self, source: str, key: str = "", *, limit: int = 500) -> Sequence[PendingPlay]:
        """Plays of a source whose key comes after `key`, in order of the key."""
        ...

    async def known(self, source: str, keys: Collection[str]) -> frozenset[str]:
        """The keys among these that wait."""
        ...

    async def remove(self, source: str, keys: Collection[str]) -> None: ...
