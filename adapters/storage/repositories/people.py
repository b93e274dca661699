"""What people set for themselves and for rooms, and the cards they were shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from adapters.storage.people_tables import decks, preferences, rooms
from adapters.storage.transaction import Transaction
from adapters.storage.types import from_json, to_json
from bot.model.decks import Deck
from bot.model.preferences import Preferences, Room
from bot.model.titles import Domain
from bot.ports.clock import Clock


class DeckRepository:
    """Cards that were handed out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, deck: Deck) -> None:
        """Store a new deck."""
        await self._transaction.write()
        values = {
            "key": deck.key,
            "member_id": deck.member_id,
            "created_at": deck.created_at,
            "state": to_json(deck.state),
        }
        await self._transaction.execute(self._transaction.insert(decks).values(**values))

    async def load(self, key: str, *, change: bool = False) -> Deck | None:
        """The deck of that key; `change`: nobody else changes it until this transaction ends."""
        statement = select(decks).where(decks.c.key == key)
        if change:
            await self._transaction.write()
            statement = statement.with_for_update()
        row = (await self._transaction.execute(statement)).one_or_none()
        return None if row is None else Deck(row.key, row.member_id, row.created_at, from_json(row.state))

    async def save(self, deck: Deck) -> None:
        """Replace the state of a deck; one that is gone stays gone."""
        await self._transaction.write()
        await self._transaction.execute(update(decks).where(decks.c.key == deck.key).values(state=to_json(deck.state)))

    async def purge(self, before: datetime) -> int:
        """Forget decks handed out before; returns the rows deleted."""
        await self._transaction.write()
        return (await self._transaction.execute(delete(decks).where(decks.c.created_at < before))).rowcount


class PreferencesRepository:
    """Settings by member."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of(self, member_id: int) -> Preferences:
        """The settings of a member; the defaults, when nothing was set."""
        found = await self._transaction.execute(select(preferences).where(preferences.c.member_id == member_id))
        row = found.one_or_none()
        if row is None:
            return Preferences()
        known = {domain.value for domain in Domain}
        domains = frozenset(Domain(word) for word in from_json(row.domains_off) if word in known)
        return Preferences(row.history_months, domains, row.notifications, row.timezone)

    async def save(self, member_id: int, preferences_: Preferences) -> None:
        """Replace the settings of a member. Raises: Unavailable, when the member is gone."""
        await self._transaction.write()
        values = {
            "history_months": preferences_.history_months,
            "domains_off": to_json(sorted(preferences_.domains_off)),
            "notifications": preferences_.notifications,
            "timezone": preferences_.timezone,
        }
        statement = self._transaction.insert(preferences).values(member_id=member_id, **values)
        await self._transaction.execute(statement.on_conflict_do_update(index_elements=["member_id"], set_=values))


class RoomRepository:
    """Rooms by platform and room."""

    def __init__(self, transaction: Transaction, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def get(self, key: str) -> Room | None:
        """What was set for a room; None, when nothing was."""
        row = (await self._transaction.execute(select(rooms).where(rooms.c.key == key))).one_or_none()
        return None if row is None else _room(row)

    async def save(self, room: Room) -> None:
        """Replace what was set for a room."""
        await self._transaction.write()
        values = {
            "libraries": None if room.libraries is None else to_json(sorted(room.libraries)),
            "age_limit": room.age_limit,
            "private": room.private,
            "updated_at": room.updated_at or self._clock.now(),
        }
        statement = self._transaction.insert(rooms).values(key=room.key, **values)
        await self._transaction.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    async def all(self) -> Sequence[Room]:
        """Every room for which something was set, ordered by key."""
        return [_room(row) for row in await self._transaction.execute(select(rooms).order_by(rooms.c.key))]


def _room(row: Row[Any]) -> Room:
    libraries = None if row.libraries is None else frozenset(from_json(row.libraries))
    return Room(row.key, libraries, row.age_limit, row.private, row.updated_at)
