"""Requests for missing titles, filed with the rights of the person who asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.model.titles import TitleFacts, TitleRef
from bot.ports.media import Health


class RequestState(StrEnum):
    """What became of a request."""

    PENDING = "pending"  # waits for approval
    APPROVED = "approved"  # is being got
    DECLINED = "declined"
    FAILED = "failed"
    COMPLETED = "completed"


class MediaState(StrEnum):
    """What the request service knows about a title."""

    UNKNOWN = "unknown"
    PENDING = "pending"
    PROCESSING = "processing"
    PARTIAL = "partial"
    AVAILABLE = "available"
    BLOCKED = "blocked"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class RequestUser:
    """A user of the request service. The chat ids are what people typed themselves: claims, not proof."""

    account: str
    name: str
    is_admin: bool = False  # may approve and decline
    plex_account: str | None = None
    jellyfin_account: str | None = None
    discord_ids: tuple[str, ...] = ()
    telegram_id: str | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many requests are allowed in how many days; `limit` None: no limit. Series count seasons."""

    limit: int | None
    used: int
    remaining: int | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Quotas:
    """One person's quotas."""

    movies: Quota
    seasons: Quota


@dataclass(frozen=True, slots=True)
class TitleStatus:
    """What the request service knows about one title. `seasons`: number → state, of a series."""

    ref: TitleRef
    state: MediaState
    seasons: tuple[tuple[int, MediaState], ...] = ()
    requests: tuple[FiledRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class FiledRequest:
    """A request as the service holds it; `account` is who it is for."""

    id: str
    ref: TitleRef
    account: str
    state: RequestState
    media: MediaState = MediaState.UNKNOWN
    seasons: tuple[int, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    title: str = ""


class Requester(Protocol):
    """A request service such as Seerr. Raises: Unavailable, Rejected.

    Everything that is done for a person is done under that person's own account: the service's own rules on
    permission, quota and approval apply. `Unavailable` after sending means that the outcome is unknown: read back.
    """

    @property
    def source(self) -> str:
        """The name under which its accounts are stored, such as "seerr"."""
        ...

    @property
    def requests(self) -> int:
        """How many requests were sent over the wire so far, repeats included."""
        ...

    async def check(self) -> Health: ...

    def users(self) -> AsyncIterator[Sequence[RequestUser]]:
        """All users with the chat ids of their settings, a page at a time."""
        ...

    async def search(self, text: str, *, locale: str | None = None) -> Sequence[TitleFacts]: ...

    async def status(self, ref: TitleRef) -> TitleStatus:
        """What is known about a title (a TMDB reference). Raises: NotFound, when there is no such title."""
        ...

    async def quotas(self, account: str) -> Quotas: ...

    async def request(self, ref: TitleRef, *, account: str, seasons: Sequence[int] | None = None) -> FiledRequest:
        """Ask for a title as that account; `seasons` for series only, None: all.

        Sent once and never repeated by itself.
        Raises: QuotaReached, AlreadyRequested, NotAllowed, each with the service's own words.
        """
        ...

    async def decide(self, request_id: str, *, approve: bool, account: str) -> FiledRequest:
        """Approve or decline as that account. Raises: NotAllowed, NotFound."""
        ...

    async def get(self, request_id: str) -> FiledRequest:
        """One request as it is now. Raises: NotFound."""
        ...

    def listed(self, *, since: datetime | None = None) -> AsyncIterator[Sequence[FiledRequest]]:
        """Requests changed at or after `since`, the latest first, a page at a time."""
        ...
