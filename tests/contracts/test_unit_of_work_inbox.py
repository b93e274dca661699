"""What every implementation promises about the inbox, and about who spent a button."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.model.conversations import ActionToken
from bot.model.inbox import InboxRow, InboxState
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.clock import NOON

DAY = timedelta(days=1)
ROW = InboxRow("telegram", "1", "telegram|room|", {"text": "hé \ud83d"}, {"token": None, "n": [1]}, NOON)


async def kept(storage: UnitOfWorkFactory, *rows: InboxRow) -> list[int | None]:
    async with storage() as uow:
        numbers = [await uow.inbox.add(row) for row in rows]
        await uow.commit()
    return numbers


async def test_what_is_kept_comes_back_in_the_order_of_arrival(storage: UnitOfWorkFactory) -> None:
    rows = [replace(ROW, id=str(n), platform=platform) for n in (3, 1, 2) for platform in ("telegram", "discord")]
    numbers = await kept(storage, *rows)
    async with storage() as uow:
        found = await uow.inbox.unfinished()
    assert [replace(row, number=0) for row in found] == rows
    assert [row.number for row in found] == numbers == sorted(number or 0 for number in numbers)


async def test_an_id_is_kept_once_per_platform(storage: UnitOfWorkFactory) -> None:
    first, again, elsewhere = await kept(storage, ROW, replace(ROW, payload={}), replace(ROW, platform="discord"))
    assert (first is None, again is None, elsewhere is None) == (False, True, False)
    assert await kept(storage, ROW) == [None]
    async with storage() as uow:
        assert [row.payload for row in await uow.inbox.unfinished()] == [ROW.payload, ROW.payload]


async def test_of_two_who_keep_the_same_id_at_once_one_does(storage: UnitOfWorkFactory) -> None:
    numbers = await asyncio.gather(*(kept(storage, ROW) for _ in range(5)))
    assert sum(number is not None for (number,) in numbers) == 1


async def test_replies_are_kept_until_the_end_and_then_only_the_id(storage: UnitOfWorkFactory) -> None:
    (number, *_rest) = await kept(storage, ROW)
    assert number is not None
    async with storage() as uow:
        await uow.inbox.answered(number, [{"parts": []}])
        await uow.inbox.attempt([number])
        await uow.inbox.attempt([])
        await uow.commit()
    async with storage() as uow:
        (row,) = await uow.inbox.unfinished()
        assert (row.state, row.attempts, list(row.replies or ())) == (InboxState.ANSWERED, 1, [{"parts": []}])
        await uow.inbox.finish(number, InboxState.DONE)
        await uow.commit()
    async with storage() as uow:
        assert list(await uow.inbox.unfinished()) == []
    assert await kept(storage, ROW) == [None]


async def test_finished_ids_are_forgotten_by_age_and_unfinished_ones_never(storage: UnitOfWorkFactory) -> None:
    old, new, open_ = replace(ROW, id="old"), replace(ROW, id="new", received_at=NOON + DAY), replace(ROW, id="open")
    numbers = await kept(storage, old, new, open_)
    async with storage() as uow:
        for number in numbers[:2]:
            await uow.inbox.finish(number or 0, InboxState.DROPPED)
        assert await uow.inbox.purge(NOON + DAY) == 1
        await uow.commit()
    assert [number is None for number in await kept(storage, old, new, open_)] == [False, True, True]


async def test_a_button_is_spent_again_only_by_who_spent_it(storage: UnitOfWorkFactory) -> None:
    token = ActionToken("t", "rate", {}, "fake|room|", None, NOON, NOON + DAY, once=True)
    async with storage() as uow:
        await uow.conversations.add_tokens([token, replace(token, token="u")])
        assert [await uow.conversations.spend("t", NOON, by=by) for by in ("1", "1", "2", None)] == [
            True,
            True,
            False,
            False,
        ]
        assert [await uow.conversations.spend("u", NOON, by=by) for by in (None, None, "1")] == [True, False, False]
        await uow.commit()
