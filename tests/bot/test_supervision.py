"""Services beside each other: one that fails comes back and touches none of the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.errors import InvalidSettings, Rejected, Unavailable
from bot.model.running import ServiceState
from bot.ports.metrics import NoMeter
from bot.supervision import Service, SupervisionConfig, Supervisor
from tests.fakes.clock import FakeClock

AT_ONCE = SupervisionConfig(first_pause=0.0, last_pause=0.0, refused_pause=0.0, refused_last=0.0, grace=5.0)
NEVER_AGAIN = SupervisionConfig(first_pause=3600.0, last_pause=3600.0, refused_pause=7200.0, grace=5.0)


async def for_ever() -> None:
    await asyncio.Event().wait()


class Failing:
    """Fails with each of the errors in turn, then runs on."""

    def __init__(self, *errors: BaseException) -> None:
        self._errors = list(errors)
        self.starts = 0
        self.well = asyncio.Event()

    async def __call__(self) -> None:
        self.starts += 1
        if self._errors:
            raise self._errors.pop(0)
        self.well.set()
        await for_ever()


class Counting(NoMeter):
    def __init__(self) -> None:
        self.services: list[str] = []

    def restarted(self, service: str) -> None:
        self.services.append(service)


@asynccontextmanager
async def supervised(supervisor: Supervisor) -> AsyncIterator[asyncio.Task[bool]]:
    task = asyncio.create_task(supervisor.run())
    try:
        yield task
        supervisor.stop()
        async with asyncio.timeout(5):
            await task
    finally:
        task.cancel()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0)


def states(supervisor: Supervisor) -> dict[str, ServiceState]:
    return {status.name: status.state for status in supervisor.statuses()}


async def test_a_service_that_fails_is_started_again_and_the_others_never_notice(clock: FakeClock) -> None:
    failing = Failing(
        Unavailable("chat", "Gone."),
        RuntimeError("a defect"),
        Rejected("chat", "No."),
        ExceptionGroup("inside", [Unavailable("chat", "Gone.")]),
    )
    steady, meter = Failing(), Counting()
    services = [Service("failing", failing), Service("steady", steady)]
    supervisor = Supervisor(services, clock, meter=meter, config=AT_ONCE)
    async with supervised(supervisor):
        await failing.well.wait()
    assert (failing.starts, steady.starts) == (5, 1)
    assert meter.services == ["failing"] * 4


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (Unavailable("chat", "The platform is gone."), "The platform is gone."),
        (Rejected("chat", "The token is wrong."), "The token is wrong."),
        (ExceptionGroup("inside", [Rejected("chat", "The token is wrong.")]), "The token is wrong."),
        (InvalidSettings("The setting is wrong."), "The setting is wrong."),
        (ValueError("secret=hunter2"), "It failed unexpectedly; the log has the details."),
    ],
)
async def test_how_a_service_failed_is_shown_in_one_sentence(clock: FakeClock, error: Exception, problem: str) -> None:
    supervisor = Supervisor([Service("bad", Failing(error)), Service("good", for_ever)], clock, config=NEVER_AGAIN)
    async with supervised(supervisor):
        await until(lambda: states(supervisor)["bad"] is ServiceState.WAITING)
        bad, good = supervisor.statuses()
        assert (bad.problem, bad.restarts) == (problem, 1)
        assert (good.state, good.problem) == (ServiceState.RUNNING, None)
    assert set(states(supervisor).values()) == {ServiceState.STOPPED}


async def test_a_problem_is_forgotten_once_the_service_has_run_well_for_a_while(clock: FakeClock) -> None:
    failing = Failing(Unavailable("chat", "Gone."))
    supervisor = Supervisor([Service("failing", failing)], clock, config=AT_ONCE)
    async with supervised(supervisor):
        await failing.well.wait()
        assert supervisor.statuses()[0].problem == "Gone."
        clock.advance(timedelta(seconds=31))
        (status,) = supervisor.statuses()
        assert (status.problem, status.restarts) == (None, 1)


@pytest.mark.parametrize("refused", [False, True])
def test_pauses_grow_to_a_bound_and_are_longer_after_a_refusal(clock: FakeClock, refused: bool) -> None:
    supervisor = Supervisor([], clock)
    pauses = [supervisor._pause(failures, refused=refused) for failures in range(1, 40)]
    first, last = (300, 3600) if refused else (1, 60)
    assert 0.75 * first <= pauses[0] <= 1.25 * first
    assert all(0.75 * last <= pause <= 1.25 * last for pause in pauses[8:])
    assert len(set(pauses[8:])) > 10  # jitter


async def test_a_service_that_ends_by_itself_is_started_again(clock: FakeClock) -> None:
    starts: list[int] = []

    async def brief() -> None:
        starts.append(1)

    supervisor = Supervisor([Service("brief", brief)], clock, config=AT_ONCE)
    async with supervised(supervisor):
        await until(lambda: len(starts) > 2)


async def test_stopping_lets_what_is_in_hand_finish_before_the_others_are_cancelled(clock: FakeClock) -> None:
    asked, end, order = asyncio.Event(), asyncio.Event(), []

    async def answers() -> None:
        await end.wait()
        order.append("answers finished")

    async def platform() -> None:
        try:
            await for_ever()
        finally:
            order.append("platform stopped")

    services = [Service("platform", platform), Service("answers", answers, asked.set)]
    supervisor = Supervisor(services, clock, config=AT_ONCE)
    async with supervised(supervisor) as running:
        await until(lambda: set(states(supervisor).values()) == {ServiceState.RUNNING})
        supervisor.stop()
        await asked.wait()
        assert order == []
        end.set()
        assert await running is True
    assert order == ["answers finished", "platform stopped"]


async def test_stopping_does_not_wait_for_ever(clock: FakeClock) -> None:
    config = SupervisionConfig(grace=0.0)
    supervisor = Supervisor([Service("answers", for_ever, lambda: None)], clock, config=config)
    async with supervised(supervisor) as running:
        await asyncio.sleep(0)
        supervisor.stop()
        assert await running is False


async def test_stopping_does_not_wait_for_a_service_that_is_to_be_started_again(clock: FakeClock) -> None:
    failing = Failing(Unavailable("chat", "Gone."))
    supervisor = Supervisor([Service("failing", failing, lambda: None)], clock, config=NEVER_AGAIN)
    async with supervised(supervisor) as running:
        await until(lambda: states(supervisor)["failing"] is ServiceState.WAITING)
        supervisor.stop()
        assert await running is True
    assert failing.starts == 1
