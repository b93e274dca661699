"""The part of the database that people fill themselves: their settings, their lists, rooms, and cards to draw again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model.decks import Deck
from bot.model.preferences import Preferences, Room
from bot.model.watchlists import Watchlist


class Decks(Protocol):
    """Cards that were handed out."""

    async def add(self, deck: Deck) -> None: ...

    async def load(self, key: str, *, change: bool = False) -> Deck | None:
        """`change`: nobody else changes it until this transaction ends."""
        ...

    async def save(self, deck: Deck) -> None:
        """Replace the state of a deck; one that is gone stays gone."""
        ...

    async def purge(self, before: datetime) -> int:
        """Forget decks handed out before; returns the rows deleted."""
        ...


class PreferencesOf(Protocol):
    """What members set for themselves."""

    async def of(self, member_id: int) -> Preferences:
        """The defaults, for a member who set nothing."""
        ...

    async def save(self, member_id: int, preferences: Preferences) -> None: ...


class Rooms(Protocol):
    """What admins set for rooms."""

    async def get(self, key: str) -> Room | None: ...

    async def save(self, room: Room) -> None: ...

    async def all(self) -> Sequence[Room]:
        """Ordered by key."""
        ...


class Watchlists(Protocol):
    """Named lists of members."""

    async def of(self, member_id: int) -> Sequence[Watchlist]:
        """With their counts, oldest first."""
        ...

    async def ensure(self, member_id: int, name: str, at: datetime) -> Watchlist:
        """The list of that name (case-folded), made when it is new."""
        ...

    async def delete(self, list_id: int) -> None: ...

    async def add(self, list_id: int, title_id: int, at: datetime) -> bool:
        """False, when it is on the list already."""
        ...

    async def remove(self, list_id: int, title_id: int) -> bool:
        """False, when it was not on the list."""
        ...

    async def titles(self, list_id: int) -> Sequence[int]:
        """Title ids in the order in which they were added."""
        ...
