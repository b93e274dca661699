"""What every implementation promises about conversations and action tokens."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Unavailable
from bot.model.conversations import ActionToken, Conversation
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.clock import NOON, FakeClock

DAY = timedelta(days=1)
TOKEN = ActionToken("t0", "rate", {"ref": "movie:603", "n": [1, None]}, "terminal/here", None, NOON, NOON + DAY)


async def test_a_conversation_is_remembered(storage: UnitOfWorkFactory, clock: FakeClock) -> None:
    async with storage() as uow:
        member = await uow.members.add("Anna")
        state = {"shown": [1, 2], "query": "„Überfall“ \0", "nested": {"a": None}}
        await uow.conversations.save(Conversation("terminal/here", member.id, state))
        await uow.commit()
    async with storage() as uow:
        assert await uow.conversations.load("terminal/here") == Conversation(
            "terminal/here", member.id, state, clock.now()
        )
        assert await uow.conversations.load("elsewhere") is None
        newer = Conversation("terminal/here", member.id, {}, NOON + DAY)
        await uow.conversations.save(newer)
        assert await uow.conversations.load("terminal/here") == newer


async def test_a_conversation_is_amended_only_as_it_was_read(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        member = await uow.members.add("Anna")
        old = Conversation("terminal/here", member.id, {"n": 1}, NOON)
        assert not await uow.conversations.amend(old)
        await uow.conversations.save(old)
        assert await uow.conversations.amend(replace(old, state={"n": 2}))
        await uow.commit()
    async with storage() as uow:
        assert await uow.conversations.load("terminal/here") == replace(old, state={"n": 2})
        await uow.conversations.save(replace(old, updated_at=NOON + DAY))
        assert not await uow.conversations.amend(replace(old, state={"n": 3}))
        assert await uow.conversations.load("terminal/here") == replace(old, updated_at=NOON + DAY)


async def test_a_token_survives(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        member = await uow.members.add("Anna")
        bound = replace(TOKEN, token="t1", member_id=member.id, once=True)
        await uow.conversations.add_tokens([TOKEN, bound])
        await uow.conversations.add_tokens([])
        await uow.commit()
    async with storage() as uow:
        assert await uow.conversations.token("t0") == TOKEN
        assert await uow.conversations.token("t1") == bound
        assert await uow.conversations.token("T1") is None
        with pytest.raises(Unavailable):
            await uow.conversations.add_tokens([TOKEN])


async def test_one_of_twenty_callers_spends_a_token(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        await uow.conversations.add_tokens([TOKEN])
        await uow.commit()

    async def spend(number: int) -> bool:
        async with storage() as uow:
            spent = await uow.conversations.spend("t0", NOON + timedelta(seconds=number))
            await uow.commit()
            return spent

    assert sorted(await asyncio.gather(*(spend(number) for number in range(20)))) == [False] * 19 + [True]
    async with storage() as uow:
        token = await uow.conversations.token("t0")
        assert token is not None
        assert token.spent_at is not None


async def test_a_token_is_unspent_after_a_rollback(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        await uow.conversations.add_tokens([TOKEN])
        await uow.commit()
        assert await uow.conversations.spend("t0", NOON)
        assert not await uow.conversations.spend("t0", NOON)
    async with storage() as uow:
        assert await uow.conversations.spend("t0", NOON)
        assert not await uow.conversations.spend("unknown", NOON)


async def test_purging_forgets_what_is_over(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        member = await uow.members.add("Anna")
        expired = replace(TOKEN, token="old", expires_at=NOON - timedelta(microseconds=1))
        await uow.conversations.add_tokens([replace(TOKEN, expires_at=NOON), expired])
        await uow.conversations.save(Conversation("new", member.id, {}, NOON))
        await uow.conversations.save(Conversation("old", member.id, {}, NOON - DAY))
        await uow.commit()
        assert await uow.conversations.purge(NOON) == 2
        assert await uow.conversations.purge(NOON) == 0
        assert await uow.conversations.token("old") is None
        assert await uow.conversations.token("t0") is not None
        assert await uow.conversations.load("old") is None
        assert await uow.conversations.load("new") is not None
