"""What a fake Jellyfin holds, as plain values that tests and generators fill and change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.fakes.clock import NOON

US_RATINGS = {
    **dict.fromkeys(("G", "TV-G", "TV-Y"), (0, 0)),
    "TV-Y7": (7, 0),
    "PG": (10, 0),
    **dict.fromkeys(("PG-13", "TV-PG"), (13, 0)),
    "TV-14": (14, 0),
    "R": (17, 0),
    **dict.fromkeys(("NC-17", "TV-MA"), (17, 1)),
}


def guid(number: int) -> str:
    """An id as Jellyfin writes it."""
    return f"{number:032x}"


@dataclass(slots=True)
class Library:
    """A library; `collection` None: mixed."""

    id: str
    name: str
    collection: str | None = None


@dataclass(slots=True)
class Item:
    """A film, series or episode. `told`: further fields of the answer, by their names."""

    id: str
    type: str
    name: str
    library: str
    created: datetime | None = NOON
    saved: datetime = NOON
    series: str | None = None
    season: int | None = None
    episode: int | None = None
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class PlayState:
    """One person's data about one film or episode."""

    plays: int = 1
    last: datetime | None = NOON
    played: bool = True
    percentage: float | None = None
    rating: float | None = None
    likes: bool | None = None
    favourite: bool = False


@dataclass(slots=True)
class Account:
    """A person; `policy` overrides what an ordinary account may do."""

    id: str
    name: str
    policy: dict[str, Any] = field(default_factory=dict)

    @property
    def is_disabled(self) -> bool:
        return bool(self.policy.get("IsDisabled"))

    def may_open(self, library: str) -> bool:
        """Whether the policy opens a library."""
        if library in self.policy.get("BlockedMediaFolders", ()):
            return False
        return bool(self.policy.get("EnableAllFolders", True)) or library in self.policy.get("EnabledFolders", ())


@dataclass(slots=True)
class QuickConnect:
    """One code; `account`: who entered it."""

    code: str
    secret: str
    account: str | None = None


@dataclass(slots=True)
class JellyfinWorld:
    """The whole server. `states`: by person and item."""

    key: str = "0123456789abcdef0123456789abcdef"
    id: str = guid(0xCAFE)
    version: str = "10.11.11"
    libraries: list[Library] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    states: dict[tuple[str, str], PlayState] = field(default_factory=dict)
    ratings: dict[str, tuple[int, int]] = field(default_factory=lambda: dict(US_RATINGS))
    quick_connect: bool = True
    set_up: bool = True
    key_is_admin: bool = True
    sign_ins: dict[str, QuickConnect] = field(default_factory=dict)  # by secret
    tokens: dict[str, str] = field(default_factory=dict)  # token → account

    def add(self, items: Iterable[Item]) -> None:
        """Put items into the libraries."""
        self.items.update((item.id, item) for item in items)

    def remove(self, item: str) -> None:
        """Delete an item, what belongs to it, and what people did with it."""
        gone = {item} | {other.id for other in self.items.values() if other.series == item}
        self.items = {key: value for key, value in self.items.items() if key not in gone}
        self.states = {key: value for key, value in self.states.items() if key[1] not in gone}

    def watch(self, account: str, item: str, at: datetime) -> None:
        """Somebody watches something to its end: the count grows, the last time moves."""
        before = self.states.get((account, item))
        self.states[(account, item)] = PlayState(plays=(before.plays if before else 0) + 1, last=at)

    def account(self, account: str) -> Account:
        return next(one for one in self.accounts if one.id == account)

    def enter(self, code: str, account: str) -> None:
        """A signed-in person enters a Quick Connect code."""
        next(one for one in self.sign_ins.values() if one.code == code).account = account


def stamp(moment: datetime) -> str:
    """A moment as Jellyfin writes it: seven digits after the point."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0Z")
