"""What every clock promises."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.clock import SystemClock
from bot.ports.clock import Clock
from tests.fakes.clock import NOON, FakeClock


@pytest.mark.parametrize("clock", [SystemClock(), FakeClock()])
def test_time_is_aware_in_utc_and_never_goes_back(clock: Clock) -> None:
    first, second = clock.now(), clock.now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second


def test_the_fake_goes_on_when_told() -> None:
    clock = FakeClock()
    clock.advance(timedelta(hours=1))
    assert clock.now() == NOON + timedelta(hours=1)
    clock.set(NOON)
    assert clock.now() == NOON
