"""What every implementation promises about settings, rooms, lists and cards to draw again."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.errors import Unavailable
from bot.model.decks import Deck
from bot.model.preferences import EVERYTHING, Preferences, Room
from bot.model.titles import Domain, Kind, TitleFacts
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.clock import NOON
from tests.samples import film, ref

DAY = timedelta(days=1)


async def test_settings_are_the_defaults_until_they_are_saved(storage: UnitOfWorkFactory) -> None:
    chosen = Preferences(EVERYTHING, frozenset([Domain.ANIME, Domain.SERIES]), False, "Europe/Berlin")
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna"), await uow.members.add("Ben")
        assert await uow.preferences.of(anna.id) == Preferences()
        await uow.preferences.save(anna.id, Preferences(history_months=6))
        await uow.preferences.save(anna.id, chosen)
        await uow.commit()
    async with storage() as uow:
        assert await uow.preferences.of(anna.id) == chosen
        assert await uow.preferences.of(ben.id) == Preferences()
        with pytest.raises(Unavailable):
            await uow.preferences.save(4711, chosen)


async def test_rooms_are_replaced_whole(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        assert await uow.rooms.get("discord|1") is None
        await uow.rooms.save(Room("discord|2", frozenset([3, 1]), 12, updated_at=NOON))
        await uow.rooms.save(Room("discord|1", frozenset(), None, True, NOON))
        await uow.rooms.save(Room("discord|2", None, 16, updated_at=NOON + DAY))
        await uow.commit()
    async with storage() as uow:
        assert list(await uow.rooms.all()) == [
            Room("discord|1", frozenset(), None, True, NOON),
            Room("discord|2", None, 16, False, NOON + DAY),
        ]


async def test_a_deck_is_kept_changed_and_forgotten_when_old(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna = await uow.members.add("Anna")
        await uow.decks.add(Deck("a", anna.id, NOON, {"cards": [{"title": "Ä"}]}))
        await uow.decks.add(Deck("b", anna.id, NOON + DAY))
        await uow.decks.save(Deck("b", anna.id, NOON, {"open": 1}))
        await uow.decks.save(Deck("c", anna.id, NOON, {}))  # one that is gone stays gone
        await uow.commit()
    async with storage() as uow:
        assert await uow.decks.load("a") == Deck("a", anna.id, NOON, {"cards": [{"title": "Ä"}]})
        assert await uow.decks.load("b", change=True) == Deck("b", anna.id, NOON + DAY, {"open": 1})
        assert await uow.decks.load("c") is None
        assert await uow.decks.purge(NOON + DAY) == 1
        await uow.commit()
    async with storage() as uow:
        assert await uow.decks.load("a") is None
        assert await uow.decks.load("b") is not None


async def test_two_who_change_a_deck_at_once_lose_nothing(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna = await uow.members.add("Anna")
        await uow.decks.add(Deck("a", anna.id, NOON, {"n": 0}))
        await uow.commit()

    async def count() -> None:
        async with storage() as uow:
            deck = await uow.decks.load("a", change=True)
            assert deck is not None
            await uow.decks.save(Deck("a", anna.id, NOON, {"n": deck.state["n"] + 1}))
            await uow.commit()

    await asyncio.gather(*(count() for _ in range(5)))
    async with storage() as uow:
        deck = await uow.decks.load("a")
        assert deck is not None
        assert deck.state == {"n": 5}


async def test_lists_are_named_once_and_keep_their_order(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna, ben = await uow.members.add("Anna"), await uow.members.add("Ben")
        one, two = await uow.titles.upsert([film(1), film(2)])
        sunday = await uow.watchlists.ensure(anna.id, "Sunday", NOON)
        assert await uow.watchlists.ensure(anna.id, "SUNDAY", NOON + DAY) == sunday
        theirs = await uow.watchlists.ensure(ben.id, "Sunday", NOON)
        assert theirs.id != sunday.id
        assert await uow.watchlists.add(sunday.id, two, NOON)
        assert await uow.watchlists.add(sunday.id, one, NOON + DAY)
        assert not await uow.watchlists.add(sunday.id, two, NOON + 2 * DAY)
        assert not await uow.watchlists.add(sunday.id, two, NOON)
        await uow.commit()
    async with storage() as uow:
        assert await uow.watchlists.titles(sunday.id) == [two, one]
        assert await uow.watchlists.titles(theirs.id) == []
        assert [(each.name, each.count) for each in await uow.watchlists.of(anna.id)] == [("Sunday", 2)]
        assert await uow.watchlists.remove(sunday.id, two)
        assert not await uow.watchlists.remove(sunday.id, two)
        await uow.watchlists.delete(theirs.id)
        await uow.commit()
    async with storage() as uow:
        assert await uow.watchlists.of(ben.id) == []
        assert await uow.watchlists.titles(sunday.id) == [one]
        with pytest.raises(Unavailable):
            await uow.watchlists.add(sunday.id, 4711, NOON)


async def test_lists_follow_titles_that_merge(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        anna = await uow.members.add("Anna")
        one, other, third = await uow.titles.upsert([film(1), film(2), film(3)])
        both = await uow.watchlists.ensure(anna.id, "both", NOON)
        only = await uow.watchlists.ensure(anna.id, "only", NOON)
        await uow.watchlists.add(both.id, one, NOON + DAY)
        await uow.watchlists.add(both.id, third, NOON)
        await uow.watchlists.add(both.id, other, NOON - DAY)
        await uow.watchlists.add(only.id, other, NOON)
        await uow.titles.upsert([TitleFacts((ref(1), ref(2)), Kind.MOVIE, "Both")])
        assert await uow.watchlists.titles(both.id) == [one, third]
        assert await uow.watchlists.titles(only.id) == [one]
