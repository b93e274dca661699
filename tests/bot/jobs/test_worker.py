"""Jobs: kept, worked on, tried again, taken up after a kill."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from adapters.jobs import local_bell
from bot.errors import Locked, Rejected, Unavailable
from bot.jobs.queue import DurableQueue
from bot.jobs.worker import Job, Worker, WorkerConfig
from bot.model.jobs import JobRow
from bot.ports.metrics import NoMeter
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.storage import FakeStorage

QUICK = WorkerConfig(look=0.005, first_pause=10.0, last_pause=1000.0, locked_pause=1.0)


class DeafBell:
    """A broker that is down."""

    async def ring(self) -> None:
        raise Unavailable("jobs", "The broker cannot be reached.")

    async def listen(self, heard: Callable[[], None]) -> None:
        raise Unavailable("jobs", "The broker cannot be reached.")


class Counting(NoMeter):
    """Remembers how jobs ended."""

    def __init__(self) -> None:
        self.outcomes: list[tuple[str, str]] = []

    def worked(self, job: str, outcome: str) -> None:
        self.outcomes.append((job, outcome))


class Script:
    """A job that ends as it is told, one end after another, then well; remembers with what it ran."""

    def __init__(self, *ends: float | Exception | None) -> None:
        self._ends = list(ends)
        self.ran: list[JobRow] = []

    async def __call__(self, row: JobRow) -> float | None:
        self.ran.append(row)
        end = self._ends.pop(0) if self._ends else None
        if isinstance(end, Exception):
            raise end
        return end


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(true: Callable[[], bool | Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while True:
            found = true()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.002)


async def left(storage: UnitOfWorkFactory) -> int:
    async with storage() as uow:
        return await uow.jobs.count()


def emptied(storage: UnitOfWorkFactory) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        return await left(storage) == 0

    return check


@pytest.mark.parametrize("down", [False, True])
async def test_a_job_is_done_once_with_what_was_asked_and_forgotten(
    storage: UnitOfWorkFactory, clock: FakeClock, down: bool
) -> None:
    """Also when the broker is down: then it is found by looking."""
    bell = DeafBell() if down else local_bell()
    job = Script()
    queue = DurableQueue(storage, clock, bell)
    async with working(Worker(storage, clock, bell, [Job("plays", job)], config=QUICK)):
        await queue.enqueue("plays", {"source": "plex"}, key="plex")
        await until(emptied(storage))
    assert [(row.job, row.args) for row in job.ran] == [("plays", {"source": "plex"})]
    async with storage() as uow:
        run = (await uow.jobs.runs())["plays"]
    assert (run.done_at, run.problem) == (clock.now(), None)


async def test_what_fails_is_tried_again_after_a_while_that_grows_and_given_up_in_the_end(
    fake_storage: FakeStorage, clock: FakeClock
) -> None:
    bell = local_bell()
    down = Unavailable("plex", "Plex cannot be reached.")
    job, fine = Script(down, Rejected("plex", "Plex refused."), ValueError("wrong"), down), Script()
    queue, meter = DurableQueue(fake_storage, clock, bell), Counting()
    jobs = [Job("plays", job, attempts=4), Job("fine", fine)]
    async with working(Worker(fake_storage, clock, bell, jobs, meter=meter, config=QUICK)):
        await queue.enqueue("plays", {})
        pauses = []
        for number in range(1, 4):
            await until(lambda number=number: len(job.ran) == number)  # type: ignore[misc]
            await until(lambda: _waits(fake_storage))
            pauses.append((await _next(fake_storage)) - clock.now().timestamp())
            clock.advance(timedelta(seconds=pauses[-1]))
        await queue.enqueue("fine", {})
        await until(emptied(fake_storage))
    assert len(fine.ran) == 1
    assert sorted(meter.outcomes) == [("fine", "done"), *[("plays", "failed")] * 3, ("plays", "given up")]
    assert [7 < pauses[0] < 13, 14 < pauses[1] < 26, 29 < pauses[2] < 51] == [True, True, True]
    assert [row.attempts for row in job.ran] == [0, 1, 2, 3]
    async with fake_storage() as uow:
        assert (await uow.jobs.runs())["plays"].problem == "Plex cannot be reached."


async def _waits(storage: FakeStorage) -> bool:
    """Nobody works on anything."""
    return all(row.claimed_until is None for row in await _rows(storage))


async def _rows(storage: FakeStorage) -> list[JobRow]:
    async with storage() as uow:
        return list(await uow.jobs.due(NOON + timedelta(days=999)))


async def _next(storage: FakeStorage) -> float:
    async with storage() as uow:
        moment = await uow.jobs.next_due()
    assert moment is not None
    return moment.timestamp()


async def test_waiting_for_another_sync_is_no_failure(fake_storage: FakeStorage, clock: FakeClock) -> None:
    bell = local_bell()
    job = Script(*[Locked("sync", "Another sync is running.")] * 30)
    queue = DurableQueue(fake_storage, clock, bell)
    async with working(Worker(fake_storage, clock, bell, [Job("sync", job, attempts=2)], config=QUICK)):
        await queue.enqueue("sync", {})
        for _second in range(31):
            before = len(job.ran)
            await until(lambda before=before: len(job.ran) > before)  # type: ignore[misc]
            await until(lambda: _waits(fake_storage))
            clock.advance(timedelta(seconds=1))
        await until(emptied(fake_storage))
    assert len(job.ran) == 31


async def test_a_job_that_wants_to_run_again_does(fake_storage: FakeStorage, clock: FakeClock) -> None:
    bell = local_bell()
    job = Script(0.01, 0.0)
    queue = DurableQueue(fake_storage, clock, bell)
    async with working(Worker(fake_storage, clock, bell, [Job("plays", job)], config=QUICK)):
        await queue.enqueue("plays", {})
        await until(lambda: len(job.ran) == 1)
        clock.advance(timedelta(seconds=1))
        await until(emptied(fake_storage))
    assert [row.attempts for row in job.ran] == [0, 0, 0]


async def test_jobs_of_a_lane_run_one_at_a_time_and_the_urgent_first(
    fake_storage: FakeStorage, clock: FakeClock
) -> None:
    bell = local_bell()
    order: list[str] = []
    at_once = {"sync": 0, "most": 0}

    async def sync(row: JobRow) -> None:
        at_once["sync"] += 1
        at_once["most"] = max(at_once["most"], at_once["sync"])
        await asyncio.sleep(0)
        order.append(row.job)
        at_once["sync"] -= 1

    jobs = [Job("sync", sync, "sync"), Job("plays", sync, "sync", rank=3)]
    queue = DurableQueue(fake_storage, clock, bell)
    for number in range(3):
        await queue.enqueue("sync", {"number": number})
        await queue.enqueue("plays", {"number": number})
    async with working(Worker(fake_storage, clock, bell, jobs, config=QUICK)):
        await until(emptied(fake_storage))
    assert (order, at_once["most"]) == (["plays"] * 3 + ["sync"] * 3, 1)


@pytest.mark.parametrize("alone", [True, False])
async def test_what_a_killed_worker_held_is_taken_up(storage: UnitOfWorkFactory, clock: FakeClock, alone: bool) -> None:
    bell, begun = local_bell(), asyncio.Event()

    async def endless(_row: JobRow) -> None:
        begun.set()
        await asyncio.Event().wait()

    queue = DurableQueue(storage, clock, bell)
    await queue.enqueue("plays", {"source": "plex"})
    async with working(Worker(storage, clock, bell, [Job("plays", endless)], config=QUICK)):
        await begun.wait()
    assert await left(storage) == 1
    job = Script()
    if not alone:
        clock.advance(timedelta(minutes=2))  # until then it may be another process that works on it
    async with working(Worker(storage, clock, bell, [Job("plays", job)], alone=alone, config=QUICK)):
        await until(emptied(storage))
    assert [row.args for row in job.ran] == [{"source": "plex"}]


async def test_two_workers_never_do_one_job_twice(storage: UnitOfWorkFactory, clock: FakeClock) -> None:
    bells = [local_bell(), local_bell()]
    job = Script()
    queue = DurableQueue(storage, clock, bells[0])
    for number in range(20):
        await queue.enqueue("plays", {"number": number})
    workers = [Worker(storage, clock, bell, [Job("plays", job)], alone=False, config=QUICK) for bell in bells]
    async with working(workers[0]), working(workers[1]):
        await until(emptied(storage))
    assert sorted(row.args["number"] for row in job.ran) == list(range(20))


async def test_too_much_is_refused_and_an_unknown_job_is_dropped(fake_storage: FakeStorage, clock: FakeClock) -> None:
    bell = local_bell()
    queue = DurableQueue(fake_storage, clock, bell, most=3)
    for number in range(3):
        await queue.enqueue("gone", {"number": number})
    with pytest.raises(Unavailable):
        await queue.enqueue("gone", {"number": 4})
    async with working(Worker(fake_storage, clock, bell, [], config=QUICK)):
        await until(emptied(fake_storage))
