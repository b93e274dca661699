"""Buckets, and how people are told that theirs is empty."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import Limits
from bot.delivery.limits import MAX_BUCKETS, Buckets, Rate, Verdict
from tests.bot.delivery.scripted import Echo, Scripted, delivering, press, say
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.storage import FakeStorage

SECOND = timedelta(seconds=1)
TIGHT = Limits(person=Rate(2, 6), conversation=Rate(3, 6))  # one more every ten seconds


def test_a_bucket_serves_a_burst_then_tells_once_and_fills_with_time() -> None:
    buckets = Buckets(Rate(2, 6))
    verdicts = [buckets.take("anna", NOON) for _ in range(5)]
    assert verdicts == [Verdict.SERVE, Verdict.SERVE, Verdict.SAY_SO, Verdict.IGNORE, Verdict.IGNORE]
    assert buckets.wait("anna", NOON) == 10
    assert buckets.take("jonas", NOON) is Verdict.SERVE
    assert buckets.take("anna", NOON + 9 * SECOND) is Verdict.IGNORE
    assert buckets.take("anna", NOON + 10 * SECOND) is Verdict.SERVE
    assert buckets.take("anna", NOON + 11 * SECOND) is Verdict.IGNORE
    assert buckets.take("anna", NOON + 60 * SECOND) is Verdict.SERVE


def test_somebody_who_goes_on_is_told_again_after_a_minute_and_after_a_rest() -> None:
    buckets = Buckets(Rate(1, 0.1))
    assert buckets.take("a", NOON) is Verdict.SERVE
    assert buckets.take("a", NOON) is Verdict.SAY_SO
    assert buckets.take("a", NOON + 59 * SECOND) is Verdict.IGNORE
    assert buckets.take("a", NOON + 61 * SECOND) is Verdict.SAY_SO
    rested = NOON + 900 * SECOND
    assert [buckets.take("a", rested) for _ in range(2)] == [Verdict.SERVE, Verdict.SAY_SO]


def test_a_clock_that_goes_back_fills_nothing_and_breaks_nothing() -> None:
    buckets = Buckets(Rate(1, 60))
    assert buckets.take("a", NOON) is Verdict.SERVE
    assert buckets.take("a", NOON - 3600 * SECOND) is Verdict.SAY_SO
    assert buckets.take("a", NOON + SECOND) is Verdict.SERVE


@given(st.lists(st.floats(0, 20), max_size=60))
def test_never_more_is_served_than_the_burst_and_what_flowed_in(pauses: list[float]) -> None:
    buckets, now, served = Buckets(Rate(3, 30)), NOON, 0
    for pause in pauses:
        now += timedelta(seconds=pause)
        served += buckets.take("a", now) is Verdict.SERVE
    assert served <= 3 + (now - NOON).total_seconds() / 2 + 1e-6


def test_many_strangers_do_not_fill_the_memory() -> None:
    buckets = Buckets(Rate(1, 1))
    for number in range(2 * MAX_BUCKETS + 10):
        buckets.take(str(number), NOON)
    assert len(buckets) <= MAX_BUCKETS


async def test_a_person_is_told_once_and_others_are_served(fake_storage: FakeStorage, clock: FakeClock) -> None:
    platform, echo = Scripted(), Echo()
    async with delivering(fake_storage, platform, echo, clock, limits=TIGHT) as delivery:
        for number in range(6):
            assert await delivery.accept(say(f"a{number}"), {})
        await delivery.accept(say("b0", account="2"), {})
        await delivery.accept(say("c0", account="3", room="other"), {})
    heard = dict(platform.heard)
    assert set(heard) == {"a0", "a1", "a2", "b0", "c0"}
    assert heard["a2"] == "That is a lot at once; ask me again in 10 seconds."
    assert echo.handled == ["a0", "a1", "b0", "c0"] or sorted(echo.handled) == ["a0", "a1", "b0", "c0"]


async def test_a_room_has_a_limit_of_its_own(fake_storage: FakeStorage, clock: FakeClock) -> None:
    platform, echo = Scripted(), Echo()
    async with delivering(fake_storage, platform, echo, clock, limits=TIGHT) as delivery:
        for number in range(6):
            await delivery.accept(say(str(number), account=str(number)), {})
    assert echo.handled == ["0", "1", "2"]
    assert [id for id, _text in platform.heard] == ["0", "1", "2", "3"]


async def test_a_press_over_the_limit_is_acknowledged_in_silence(fake_storage: FakeStorage, clock: FakeClock) -> None:
    platform, echo = Scripted(), Echo()
    async with delivering(fake_storage, platform, echo, clock, limits=TIGHT) as delivery:
        for number in range(5):
            await delivery.accept(press(str(number)), {})
    assert echo.handled == ["0", "1"]
    assert platform.heard[3:] == [("3", ""), ("4", "")]


async def test_the_word_is_in_the_language_of_who_asked(fake_storage: FakeStorage, clock: FakeClock) -> None:
    from dataclasses import replace

    platform = Scripted()
    author = replace(say("x").author, locale="de-AT")
    async with delivering(fake_storage, platform, Echo(), clock, limits=TIGHT) as delivery:
        for number in range(3):
            await delivery.accept(replace(say(str(number)), author=author), {})
    assert platform.heard[-1] == ("2", "Das ist viel auf einmal; frag mich in 10 Sekunden wieder.")
