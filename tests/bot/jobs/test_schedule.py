"""The schedule: each job at its time, once, whatever happens to the process or the clock."""

from __future__ import annotations

from datetime import timedelta

from bot.jobs.schedule import Schedule, Scheduled
from tests.fakes.clock import FakeClock
from tests.fakes.jobs import FakeJobQueue
from tests.fakes.storage import FakeStorage

HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)
ENTRIES = [Scheduled("sync", HALF_HOUR), Scheduled("purge", DAY)]


class Watch:
    """A schedule, and what it asked for since the last look."""

    def __init__(self, storage: FakeStorage, clock: FakeClock) -> None:
        self.clock = clock
        self._storage = storage
        self._queue = FakeJobQueue()
        self.restart()

    def restart(self) -> None:
        self._schedule = Schedule(self._storage, self.clock, self._queue, ENTRIES, jitter=0.0)

    async def after(self, time: timedelta) -> list[str]:
        self.clock.advance(time)
        await self._schedule.tick()
        asked = [job.job for job in self._queue.waiting]
        self._queue.waiting.clear()
        return asked


async def test_what_never_ran_runs_soon_and_then_at_its_times(fake_storage: FakeStorage, clock: FakeClock) -> None:
    watch = Watch(fake_storage, clock)
    assert await watch.after(timedelta(0)) == ["sync", "purge"]
    assert await watch.after(timedelta(minutes=29)) == []
    assert await watch.after(timedelta(minutes=1)) == ["sync"]
    assert await watch.after(DAY) == ["sync", "purge"]


async def test_a_restart_neither_repeats_nor_skips(fake_storage: FakeStorage, clock: FakeClock) -> None:
    watch = Watch(fake_storage, clock)
    await watch.after(timedelta(0))
    watch.restart()
    assert await watch.after(timedelta(minutes=1)) == []
    watch.restart()
    assert await watch.after(timedelta(hours=3)) == ["sync"]  # once, not six times


async def test_a_clock_that_is_put_back_stops_nothing(fake_storage: FakeStorage, clock: FakeClock) -> None:
    watch = Watch(fake_storage, clock)
    await watch.after(timedelta(days=400))
    assert await watch.after(-timedelta(days=400)) == ["sync", "purge"]
    assert await watch.after(timedelta(minutes=10)) == []


async def test_intervals_differ_a_little_between_installations(fake_storage: FakeStorage, clock: FakeClock) -> None:
    schedules = [Schedule(fake_storage, clock, FakeJobQueue(), ENTRIES) for _one in range(20)]
    intervals = {schedule._intervals["sync"] for schedule in schedules}
    assert len(intervals) > 10
    assert all(HALF_HOUR * 0.95 <= each <= HALF_HOUR * 1.05 for each in intervals)
