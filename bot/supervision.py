"""Keeps services running beside each other: one that fails is started again and touches none of the others.

Stopping goes in two steps: what can finish by itself is asked to and given a while; then everything is cancelled.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.errors import InvalidSettings, RecommendarrError, Rejected
from bot.i18n import gettext as _
from bot.model.running import ServiceState, ServiceStatus
from bot.ports.clock import Clock
from bot.ports.metrics import Meter, NoMeter

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """Something that runs until it is cancelled. `close`: asks it to finish what is in hand and end by itself."""

    name: str
    run: Callable[[], Awaitable[None]]
    close: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class SupervisionConfig:
    """Seconds."""

    first_pause: float = 1.0  # before a failed service is started again; doubles
    last_pause: float = 60.0
    refused_pause: float = 300.0  # after a refusal, such as of a wrong token, which time does not heal
    refused_last: float = 3600.0
    well_after: float = 30.0  # a service that ran so long has recovered
    grace: float = 20.0  # for what is in hand when stopping


class Supervisor:
    """Runs services until `stop`."""

    def __init__(
        self,
        services: Sequence[Service],
        clock: Clock,
        *,
        meter: Meter | None = None,
        config: SupervisionConfig | None = None,
    ) -> None:
        self._services = tuple(services)
        self._clock = clock
        self._meter: Meter = meter or NoMeter()
        self._config = config or SupervisionConfig()
        self._stopping = asyncio.Event()
        now = clock.now()
        self._status = {each.name: ServiceStatus(each.name, ServiceState.STARTING, now) for each in self._services}

    def statuses(self) -> tuple[ServiceStatus, ...]:
        """Every service, in the order in which they were given."""
        self._notice_recovery()
        return tuple(self._status[service.name] for service in self._services)

    @property
    def stopping(self) -> bool:
        """Whether everything is on its way down."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Let `run` end: finish what is in hand, then stop every service."""
        self._stopping.set()

    async def run(self) -> bool:
        """Run everything until `stop`; False, when something in hand could not be finished in time."""
        async with asyncio.TaskGroup() as group:
            tasks = {service.name: group.create_task(self._keep(service)) for service in self._services}
            await self._stopping.wait()
            finished = await self._finish(tasks)
            for task in tasks.values():
                task.cancel()
        return finished

    async def _finish(self, tasks: dict[str, asyncio.Task[None]]) -> bool:
        closable = [service for service in self._services if service.close is not None]
        for service in closable:
            if service.close is not None:
                service.close()
        waited = [tasks[service.name] for service in closable]
        if not waited:
            return True
        _done, late = await asyncio.wait(waited, timeout=self._config.grace)
        return not late

    async def _keep(self, service: Service) -> None:
        """Run one service, again and again while it fails."""
        try:
            failures = 0
            while True:
                self._set(service, ServiceState.RUNNING)
                began = asyncio.get_running_loop().time()
                problem, refused = await self._once(service)
                if self._stopping.is_set():
                    return
                ran = asyncio.get_running_loop().time() - began
                failures = 1 if ran >= self._config.well_after else failures + 1
                pause = self._pause(failures, refused=refused)
                self._set(service, ServiceState.WAITING, problem=problem, restarts=1)
                self._meter.restarted(service.name)
                log.warning("service_waits", service=service.name, seconds=round(pause, 1), problem=problem)
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._stopping.wait()
                    return
        finally:
            self._set(service, ServiceState.STOPPED)

    async def _once(self, service: Service) -> tuple[str, bool]:
        """Run a service until it fails; how, in a sentence, and whether time alone will not heal it."""
        try:
            await service.run()
        except (Rejected, InvalidSettings) as error:
            return str(error), True
        except RecommendarrError as error:
            return str(error), False
        except ExceptionGroup as group:
            ours, foreign = group.split(RecommendarrError)
            if ours is not None and foreign is None:
                first = _leaf(ours)
                return str(first), isinstance(first, Rejected | InvalidSettings)
            log.exception("service_failed", service=service.name)
            return _("It failed unexpectedly; the log has the details."), False
        except Exception:
            # The net under a whole service: the others go on, the owner gets the traceback.
            log.exception("service_failed", service=service.name)
            return _("It failed unexpectedly; the log has the details."), False
        return _("It ended by itself."), False

    def _pause(self, failures: int, *, refused: bool) -> float:
        """Seconds to wait, with jitter, so that many installations do not come back at the same moment."""
        first, last = self._config.first_pause, self._config.last_pause
        if refused:
            first, last = self._config.refused_pause, self._config.refused_last
        return float(min(last, first * 2 ** min(failures - 1, 16)) * random.uniform(0.75, 1.25))

    def _set(self, service: Service, state: ServiceState, *, problem: str | None = None, restarts: int = 0) -> None:
        before = self._status[service.name]
        self._status[service.name] = replace(
            before,
            state=state,
            since=self._clock.now(),
            restarts=before.restarts + restarts,
            problem=problem or before.problem,
        )

    def _notice_recovery(self) -> None:
        """Forget the problem of what has been running well for a while."""
        well = timedelta(seconds=self._config.well_after)
        for name, status in self._status.items():
            running = status.state is ServiceState.RUNNING and self._clock.now() - status.since >= well
            if status.problem is not None and running:
                self._status[name] = replace(status, problem=None)


def _leaf(error: BaseException) -> BaseException:
    """The first error of a group, and of groups in it."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
