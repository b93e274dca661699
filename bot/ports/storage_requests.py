"""The part of the database about requests: what was asked for, who is told what, and the accounts it is done under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.chat.incoming import Place
from bot.model.titles import TitleRef
from bot.ports.requests import RequestUser


class FilingState(StrEnum):
    """What became of what somebody asked for here."""

    SENDING = "sending"  # on its way; whether it arrived is known only by asking the service
    PENDING = "pending"  # waits for approval
    APPROVED = "approved"  # is being got
    WAITING = "waiting"  # somebody else's request, of which this person wants to hear
    AVAILABLE = "available"
    DECLINED = "declined"
    FAILED = "failed"
    REFUSED = "refused"  # the service said no
    LOST = "lost"  # the service never got it
    GONE = "gone"  # deleted at the service


OPEN = frozenset({FilingState.SENDING, FilingState.PENDING, FilingState.APPROVED, FilingState.WAITING})
HOLDING = OPEN - {FilingState.WAITING}
"""While one of these lasts, nobody here asks for the same film or season again."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One person's request, or their wish to hear of one. `key` names the confirmation that it came from.

    `account`: at the service, whose rights apply. `known`: requests that the service held before. `reason`: why the
    title was suggested. `place`, `locale`: where and in which language the person is told.
    """

    key: str
    member_id: int
    source: str
    ref: TitleRef
    title: str
    state: FilingState
    asked_at: datetime
    place: Place
    locale: str
    account: str = ""
    seasons: tuple[int, ...] = ()
    reason: str = ""
    request_id: str | None = None
    words: str = ""  # the service's own, of a refusal
    known: tuple[str, ...] = ()
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person is still to be told: how their filing stands, as `kind` says. `key` is said once."""

    key: str
    member_id: int
    filing: str
    kind: str
    place: Place
    locale: str
    due_at: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody who decides on requests hears of new ones."""

    member_id: int
    place: Place
    locale: str


class Filings(Protocol):
    """What was asked for, by its key. One film or season is asked for once at a time, by whomever."""

    async def add(self, filing: Filing) -> Filing | None:
        """Keep a new one; else the one in its way: of the same key, or one that holds the film or a season."""
        ...

    async def get(self, key: str) -> Filing | None: ...

    async def change(self, filing: Filing, *, was: FilingState) -> bool:
        """Replace one that is in that state still; what is no longer asked for may be asked for again."""
        ...

    async def open(self) -> Sequence[Filing]:
        """All whose end is not known, the oldest first."""
        ...

    async def of_member(self, member_id: int, *, limit: int = 20) -> Sequence[Filing]:
        """The newest first."""
        ...

    async def of_request(self, source: str, request_id: str) -> Filing | None: ...

    async def purge(self, before: datetime) -> int:
        """Forget what ended and was asked for before then; returns how many."""
        ...


class Notices(Protocol):
    """What is to be told."""

    async def add(self, notice: Notice) -> bool:
        """Keep one; False, when one of its key was kept before, told or not."""
        ...

    async def due(self, now: datetime, *, limit: int = 50) -> Sequence[Notice]:
        """Those that are due and not told, the longest due first."""
        ...

    async def told(self, key: str, now: datetime) -> None:
        """It was told, or never can be."""
        ...

    async def later(self, key: str, due_at: datetime) -> None:
        """Try again then."""
        ...

    async def put_desk(self, desk: Desk) -> None:
        """Store or replace, by member."""
        ...

    async def drop_desk(self, member_id: int) -> bool: ...

    async def desks(self) -> Sequence[Desk]:
        """Ordered by member."""
        ...


class RequestAccounts(Protocol):
    """The users of request services, as they last told them."""

    async def replace(self, source: str, users: Sequence[RequestUser]) -> None:
        """Store these, and forget the others of this source."""
        ...

    async def of_source(self, source: str) -> Sequence[RequestUser]:
        """Ordered by account."""
        ...
