"""What people set, list and were shown, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import Unavailable
from bot.model.decks import Deck
from bot.model.preferences import Preferences, Room
from bot.model.watchlists import Watchlist
from bot.ports.clock import Clock
from tests.fakes.storage.state import Session


class FakeDecks:
    """Decks by key."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, deck: Deck) -> None:
        state = await self._session.write()
        state.require(member=deck.member_id)
        if deck.key in state.decks:
            raise Unavailable("database", "The key is taken.")
        state.decks[deck.key] = deck

    async def load(self, key: str, *, change: bool = False) -> Deck | None:
        state = await self._session.write() if change else self._session.state
        return state.decks.get(key)

    async def save(self, deck: Deck) -> None:
        state = await self._session.write()
        if deck.key in state.decks:
            state.decks[deck.key] = replace(state.decks[deck.key], state=deck.state)

    async def purge(self, before: datetime) -> int:
        state = await self._session.write()
        old = [key for key, deck in state.decks.items() if deck.created_at < before]
        for key in old:
            del state.decks[key]
        return len(old)


class FakePreferences:
    """Settings by member."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member_id: int) -> Preferences:
        return self._session.state.preferences.get(member_id, Preferences())

    async def save(self, member_id: int, preferences: Preferences) -> None:
        state = await self._session.write()
        state.require(member=member_id)
        state.preferences[member_id] = preferences


class FakeRooms:
    """Rooms by key."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def get(self, key: str) -> Room | None:
        return self._session.state.rooms.get(key)

    async def save(self, room: Room) -> None:
        state = await self._session.write()
        state.rooms[room.key] = replace(room, updated_at=room.updated_at or self._clock.now())

    async def all(self) -> Sequence[Room]:
        return [room for _key, room in sorted(self._session.state.rooms.items())]


class FakeWatchlists:
    """Lists by id, titles by list."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member_id: int) -> Sequence[Watchlist]:
        state = self._session.state
        counts = [key[0] for key in state.listed]
        mine = [each for each in state.watchlists.values() if each.member_id == member_id]
        return [replace(each, count=counts.count(each.id)) for each in sorted(mine, key=lambda each: each.id)]

    async def ensure(self, member_id: int, name: str, at: datetime) -> Watchlist:
        state = await self._session.write()
        state.require(member=member_id)
        for known in await self.of(member_id):
            if known.name.casefold() == name.casefold():
                return known
        state.counters["list_id"] += 1
        made = Watchlist(state.counters["list_id"], member_id, name, at)
        state.watchlists[made.id] = made
        return made

    async def delete(self, list_id: int) -> None:
        state = await self._session.write()
        state.watchlists.pop(list_id, None)
        state.listed = {key: at for key, at in state.listed.items() if key[0] != list_id}

    async def add(self, list_id: int, title_id: int, at: datetime) -> bool:
        state = await self._session.write()
        state.require(title=title_id)
        if list_id not in state.watchlists:
            raise Unavailable("database", "This change names something that is no longer there.")
        if (list_id, title_id) in state.listed:
            return False
        state.listed[list_id, title_id] = at
        return True

    async def remove(self, list_id: int, title_id: int) -> bool:
        state = await self._session.write()
        return state.listed.pop((list_id, title_id), None) is not None

    async def titles(self, list_id: int) -> Sequence[int]:
        listed = self._session.state.listed
        return [title for _at, title in sorted((at, key[1]) for key, at in listed.items() if key[0] == list_id)]
