"""What was accepted is answered: in order, once, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.incoming import Incoming
from bot.chat.reply import Reply
from bot.delivery import Delivery
from bot.errors import Rejected, Unavailable
from bot.ports.chat import Envelope
from bot.ports.storage import UnitOfWorkFactory
from tests.bot.delivery.scripted import QUICK, Echo, Scripted, call, delivering, press, say
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage


async def finished(storage: UnitOfWorkFactory) -> bool:
    async with storage() as uow:
        return not await uow.inbox.unfinished()


async def closed(delivery: Delivery, running: asyncio.Task[None]) -> None:
    delivery.close()
    async with asyncio.timeout(10):
        await running


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0)


async def tidied(delivery: Delivery) -> None:
    await until(lambda: delivery.tidied > 0)


async def test_what_is_accepted_is_answered_and_then_forgotten(storage: UnitOfWorkFactory, clock: FakeClock) -> None:
    platform = Scripted()
    delivery = Delivery(storage, Echo(), clock, config=QUICK)
    delivery.attach(platform)
    running = asyncio.create_task(delivery.run())
    envelope = {"token": "abc", "nested": [1, None]}
    assert await delivery.accept(say("1", "hi"), envelope)
    await closed(delivery, running)
    assert platform.heard == [("1", "hi")]
    assert platform.envelopes == [envelope]
    assert await finished(storage)


async def test_answers_of_one_room_keep_the_order_and_rooms_do_not_wait_for_each_other(
    fake_storage: FakeStorage, clock: FakeClock
) -> None:
    platform, echo = Scripted(), Echo()
    echo.gate["slow"] = asyncio.Event()
    async with delivering(fake_storage, platform, echo, clock) as delivery:
        for number in range(5):
            await delivery.accept(say(f"s{number}", room="slow"), {})
            await delivery.accept(say(f"q{number}", room="quick"), {})
        await platform.until_heard(5)
        assert [id for id, _text in platform.heard] == [f"q{number}" for number in range(5)]
        echo.gate["slow"].set()
        await platform.until_heard(10)
    assert [id for id, _text in platform.heard[5:]] == [f"s{number}" for number in range(5)]


async def test_no_more_rooms_are_worked_on_at_once_than_allowed(fake_storage: FakeStorage, clock: FakeClock) -> None:
    platform, echo = Scripted(), Echo()
    config = replace(QUICK, side_by_side=3)
    async with delivering(fake_storage, platform, echo, clock, config=config) as delivery:
        for number in range(30):
            await delivery.accept(say(str(number), room=f"room {number}"), {})
        await platform.until_heard(30)
    assert echo.most_side_by_side == 3


async def test_a_duplicate_is_refused_also_after_a_restart(storage: UnitOfWorkFactory, clock: FakeClock) -> None:
    platform, echo = Scripted(), Echo()
    async with delivering(storage, platform, echo, clock) as delivery:
        assert await delivery.accept(say("1"), {})
        assert not await delivery.accept(say("1"), {})
        await platform.until_heard(1)
    async with delivering(storage, platform, echo, clock) as delivery:
        assert not await delivery.accept(say("1"), {})
        assert await delivery.accept(say("2"), {})
        await platform.until_heard(2)
    assert [id for id, _text in platform.heard] == ["1", "2"]


async def test_of_the_same_update_twice_at_once_one_is_answered(storage: UnitOfWorkFactory, clock: FakeClock) -> None:
    platform, echo = Scripted(), Echo()
    async with delivering(storage, platform, echo, clock) as delivery:
        accepted = await asyncio.gather(*(delivery.accept(say("same"), {}) for _ in range(5)))
        await platform.until_heard(1)
    assert sorted(accepted) == [False, False, False, False, True]
    assert len(echo.handled) == 1


@pytest.mark.parametrize("id", ["", "x" * 5000, "nul\0inside", "\ud800", "ключ 🎬"])
async def test_any_id_is_kept_apart_from_others(sqlite_storage: UnitOfWorkFactory, clock: FakeClock, id: str) -> None:
    platform = Scripted()
    async with delivering(sqlite_storage, platform, Echo(), clock) as delivery:
        assert await delivery.accept(say(id), {})
        assert await delivery.accept(say(id + "\0"), {})
        assert not await delivery.accept(say(id), {})
        await platform.until_heard(2)


async def test_an_unreachable_platform_is_tried_again_until_it_answers(
    fake_storage: FakeStorage, clock: FakeClock
) -> None:
    platform, echo = Scripted(), Echo()
    platform.failures = [Unavailable("fake", "Gone.") for _ in range(4)]
    async with delivering(fake_storage, platform, echo, clock) as delivery:
        await delivery.accept(say("1"), {})
        await platform.until_heard(1)
    assert echo.handled == ["1"]


async def test_a_refusal_and_a_fault_of_one_answer_do_not_hold_up_the_next(
    fake_storage: FakeStorage, clock: FakeClock
) -> None:
    platform = Scripted()
    platform.failures = [Rejected("fake", "No."), RuntimeError("a defect")]
    delivery = Delivery(fake_storage, Echo(), clock, config=QUICK)
    delivery.attach(platform)
    running = asyncio.create_task(delivery.run())
    for number in range(3):
        await delivery.accept(say(str(number)), {})
    await closed(delivery, running)
    assert platform.heard == [("2", "hello")]
    assert await finished(fake_storage)


async def test_closing_answers_what_is_in_hand_and_keeps_what_still_comes_in_for_the_next_start(
    storage: UnitOfWorkFactory, clock: FakeClock
) -> None:
    platform, echo = Scripted(), Echo()
    echo.gate["room"] = asyncio.Event()
    delivery = Delivery(storage, echo, clock, config=QUICK)
    delivery.attach(platform)
    running = asyncio.create_task(delivery.run())
    for number in range(3):
        await delivery.accept(say(str(number)), {})
    await until(lambda: bool(echo.handled))
    delivery.close()
    assert await delivery.accept(say("late"), {})
    echo.gate["room"].set()
    async with asyncio.timeout(10):
        await running
    assert [id for id, _text in platform.heard] == ["0", "1", "2"]
    async with delivering(storage, platform, echo, clock):
        await platform.until_heard(4)
    assert platform.heard[-1][0] == "late"


async def test_closing_gives_up_waiting_for_a_platform_that_is_gone(
    fake_storage: FakeStorage, clock: FakeClock
) -> None:
    platform = Scripted()
    platform.failures = [Unavailable("fake", "Gone.")]
    config = replace(QUICK, first_pause=3600.0, last_pause=3600.0)
    delivery = Delivery(fake_storage, Echo(), clock, config=config)
    delivery.attach(platform)
    running = asyncio.create_task(delivery.run())
    await delivery.accept(say("1", "hi"), {})
    await until(lambda: not platform.failures)
    await closed(delivery, running)
    assert platform.heard == []
    async with delivering(fake_storage, platform, Echo(), clock):
        await platform.until_heard(1)
    assert platform.heard == [("1", "hi")]


@pytest.mark.parametrize(
    ("incoming", "minutes", "answered"),
    [
        (say("1"), 59, True),
        (say("1"), 61, False),
        (press("1"), 14, True),
        (press("1"), 16, False),
        (call("1"), 16, False),
    ],
)
async def test_what_is_too_old_to_matter_is_dropped_at_the_next_start(
    fake_storage: FakeStorage, clock: FakeClock, incoming: Incoming, minutes: int, answered: bool
) -> None:
    stopped = Delivery(fake_storage, Echo(), clock, config=QUICK)
    await stopped.accept(incoming, {})  # killed before anything was done
    clock.advance(timedelta(minutes=minutes))
    platform = Scripted()
    delivery = Delivery(fake_storage, Echo(), clock, config=QUICK)
    delivery.attach(platform)
    running = asyncio.create_task(delivery.run())
    await closed(delivery, running)
    assert len(platform.heard) == int(answered)
    assert await finished(fake_storage)


async def test_what_takes_the_program_down_again_and_again_is_given_up(
    fake_storage: FakeStorage, clock: FakeClock
) -> None:
    echo = Echo()
    echo.gate["room"] = asyncio.Event()
    await Delivery(fake_storage, echo, clock).accept(say("poison"), {})
    for _start in range(5):
        async with delivering(fake_storage, Scripted(), echo, clock, killed=True):
            for _ in range(20):
                await asyncio.sleep(0)
    assert echo.handled == ["poison"] * 3
    assert await finished(fake_storage)


async def test_ids_are_forgotten_after_some_days_and_only_then(storage: UnitOfWorkFactory, clock: FakeClock) -> None:
    for days, fresh in ((0, True), (2, False), (2, True)):
        clock.advance(timedelta(days=days))
        platform = Scripted()
        delivery = Delivery(storage, Echo(), clock, config=QUICK)
        delivery.attach(platform)
        running = asyncio.create_task(delivery.run())
        await tidied(delivery)
        assert await delivery.accept(say("1"), {}) is fresh
        await closed(delivery, running)


async def test_more_than_can_wait_is_not_accepted_and_not_forgotten(
    fake_storage: FakeStorage, clock: FakeClock
) -> None:
    platform, echo = Scripted(), Echo()
    echo.gate["room"] = asyncio.Event()
    config = replace(QUICK, max_waiting=2)
    async with delivering(fake_storage, platform, echo, clock, config=config) as delivery:
        await delivery.accept(say("1"), {})
        await delivery.accept(say("2"), {})
        with pytest.raises(Unavailable):
            await delivery.accept(say("3"), {})
        assert delivery.waiting == 2
        echo.gate["room"].set()
        await platform.until_heard(2)
        await until(lambda: delivery.waiting == 0)
        assert await delivery.accept(say("3"), {})
        await platform.until_heard(3)


async def test_a_person_who_waits_sees_that_an_answer_is_made(fake_storage: FakeStorage, clock: FakeClock) -> None:
    platform, echo = Scripted(), Echo()
    echo.gate["room"] = asyncio.Event()
    async with delivering(fake_storage, platform, echo, clock) as delivery:
        await delivery.accept(say("1"), {})
        await until(lambda: bool(platform.worked_on))
        echo.gate["room"].set()
        await platform.until_heard(1)
    assert platform.worked_on == ["1"]


async def test_an_answer_that_is_never_made_is_given_up_with_a_word(
    fake_storage: FakeStorage, clock: FakeClock
) -> None:
    platform, echo = Scripted(), Echo()
    echo.gate["room"] = asyncio.Event()
    config = replace(QUICK, handle_within=0.0)
    async with delivering(fake_storage, platform, echo, clock, config=config) as delivery:
        await delivery.accept(say("1"), {})
        await delivery.accept(say("2", room="other"), {})
        await platform.until_heard(2)
    assert ("1", "That took too long; please ask me again.") in platform.heard
    assert await finished(fake_storage)


async def test_a_send_that_never_ends_is_tried_again(fake_storage: FakeStorage, clock: FakeClock) -> None:
    class Hanging(Scripted):
        hung = False

        async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
            if not self.hung:
                self.hung = True
                await asyncio.Event().wait()
            await super().answer(incoming, envelope, replies)

    platform = Hanging()
    config = replace(QUICK, answer_within=0.01)
    async with delivering(fake_storage, platform, Echo(), clock, config=config) as delivery:
        await delivery.accept(say("1"), {})
        await platform.until_heard(1)
    assert platform.hung


async def test_it_can_be_run_again_after_it_was_cut_off(storage: UnitOfWorkFactory, clock: FakeClock) -> None:
    platform, echo = Scripted(), Echo()
    echo.gate["room"] = asyncio.Event()
    delivery = Delivery(storage, echo, clock, config=QUICK)
    delivery.attach(platform)
    first = asyncio.create_task(delivery.run())
    await delivery.accept(say("1"), {})
    await until(lambda: bool(echo.handled))
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert await delivery.accept(say("2"), {})
    echo.gate["room"].set()
    second = asyncio.create_task(delivery.run())
    await platform.until_heard(2)
    await closed(delivery, second)
    assert [id for id, _text in platform.heard] == ["1", "2"]
    assert delivery.waiting == 0
