"""Memory: kept as JSON, bounded, forgotten in time, apart for people and places."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat.incoming import Place
from bot.model.conversations import Conversation
from bot.model.recommendation import Ask, Mode
from bot.model.titles import Kind
from bot.ports.storage import UnitOfWorkFactory
from bot.services.conversations import MAX_EXCLUDED, MAX_KEY, ConversationsService, Memory, conversation_key
from tests.bot.household import START, place

FULL = Memory(
    ask=Ask(Mode.MOOD, query="cozy", kind=Kind.SERIES, genres=("Crime",), companions=(2, 3), year_min=1970, limit=3),
    shown=("movie:1", "series:2"),
    excluded=(1, 2),
    numbers={"1a": "token"},
    focus="movie:1",
    liked=(4, 2),
)


@pytest.fixture
async def anna(storage: UnitOfWorkFactory) -> int:
    async with storage() as uow:
        member = await uow.members.add("Anna")
        await uow.commit()
    return member.id


@pytest.fixture
def service(storage: UnitOfWorkFactory) -> ConversationsService:
    return ConversationsService(storage)


async def test_memory_is_read_back_as_it_was(service: ConversationsService, anna: int) -> None:
    opened = await service.open(place(), anna, START)
    assert opened.memory == Memory()
    opened.memory = FULL
    await service.save(opened, START)
    assert (await service.open(place(), anna, START + timedelta(hours=11))).memory == FULL
    assert (await service.open(place(), anna, START + timedelta(hours=12))).memory == Memory()
    assert await service.purge(START + timedelta(hours=11)) == 0
    assert await service.purge(START + timedelta(hours=13)) == 1


@pytest.mark.parametrize(
    "state", [{}, {"ask": 5}, {"shown": None}, {"ask": {"mode": "loud"}, "shown": []}, {"ask": {}}]
)
async def test_what_cannot_be_read_is_forgotten(
    service: ConversationsService, storage: UnitOfWorkFactory, anna: int, state: dict[str, object]
) -> None:
    async with storage() as uow:
        await uow.conversations.save(Conversation(conversation_key(place(), anna), anna, state, START))
        await uow.commit()
    assert (await service.open(place(), anna, START)).memory == Memory()


def test_memory_does_not_grow_without_end() -> None:
    memory = Memory()
    for turn in range(300):
        ids = tuple((turn * 5 + i, f"movie:{turn * 5 + i}") for i in range(5))
        memory = memory.after_answer(Ask(exclude=frozenset(memory.excluded)), ids)
    assert len(memory.excluded) == MAX_EXCLUDED
    assert len(memory.shown) == 5
    assert not memory.ask or not memory.ask.exclude


def test_a_question_takes_the_numbers_but_not_the_buttons() -> None:
    memory = Memory(numbers={"1a": "why", "6": "more"})
    assert memory.with_numbers({}, new_list=False).numbers == {"1a": "why", "6": "more"}
    assert memory.with_numbers({"1": "yes"}, new_list=False).numbers == {"1a": "why", "1": "yes"}
    assert memory.with_numbers({"2b": "x"}, new_list=True).numbers == {"2b": "x"}
    assert memory.with_numbers({"1a": "again"}, new_list=False).numbers == {"1a": "again", "6": "more"}


def test_keys_are_short_and_tell_people_and_places_apart() -> None:
    keys = {
        conversation_key(Place("discord", room, thread), member)
        for room in ("a", "b" * 500, "b" * 501)
        for thread in (None, "t")
        for member in (1, 2)
    }
    assert len(keys) == 12
    assert all(len(key) <= MAX_KEY for key in keys)
