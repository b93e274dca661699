"""Works on jobs: side by side where they may be, again later when they fail, and never two of one lane at once.

A job belongs to whoever claimed it, for a minute at a time; one whose worker was killed is taken up by the next.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.errors import Locked, RecommendarrError, Unavailable
from bot.i18n import gettext as _
from bot.jobs.queue import MOST_WAITING
from bot.model.jobs import JobRow, JobRun
from bot.ports.clock import Clock
from bot.ports.jobs import Bell
from bot.ports.metrics import Meter, NoMeter
from bot.ports.storage import UnitOfWorkFactory

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A declared job. `run` returns None when it is done, or after how many seconds it wants to run again.

    Jobs of one `lane` run one at a time, those with a higher `rank` first.
    """

    name: str
    run: Callable[[JobRow], Awaitable[float | None]]
    lane: str = ""
    rank: int = 0
    attempts: int = 10  # failures after which it is given up
    seconds: float = 6 * 3600.0  # it may take


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """Seconds, but for `together`."""

    together: int = 4  # jobs at once
    look: float = 15.0  # between two looks at the database without a ring
    lease: float = 60.0  # for which a job is claimed, and claimed again
    first_pause: float = 2.0  # after a failure; doubles
    last_pause: float = 600.0
    locked_pause: float = 1.0  # while another process syncs
    deaf_pause: float = 5.0  # before listening again, when the connection to the broker is lost


class Worker:
    """Runs until cancelled; what was in hand is done again later."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        clock: Clock,
        bell: Bell,
        jobs: Sequence[Job],
        *,
        alone: bool = True,
        meter: Meter | None = None,
        config: WorkerConfig | None = None,
    ) -> None:
        """`alone`: no other process works on this database, so what is claimed at the start is nobody's."""
        self._uow = uow
        self._clock = clock
        self._bell = bell
        self._jobs = {job.name: job for job in jobs}
        self._alone = alone
        self._meter: Meter = meter or NoMeter()
        self._config = config or WorkerConfig()
        self._woken = asyncio.Event()
        self._lanes: set[str] = set()
        self._running = 0

    async def run(self) -> None:
        """Work until cancelled. Raises: Unavailable, when the database fails."""
        if self._alone:
            async with self._uow() as uow:
                await uow.jobs.release_all()
                await uow.commit()
        self._lanes, self._running = set(), 0
        async with asyncio.TaskGroup() as group:
            group.create_task(self._listen())
            while True:
                self._woken.clear()
                wait = await self._start_due(group)
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._woken.wait()

    async def _listen(self) -> None:
        while True:
            try:
                await self._bell.listen(self._woken.set)
            except Unavailable as error:
                log.warning("job_bell_lost", error=str(error))
            await asyncio.sleep(self._config.deaf_pause)

    async def _start_due(self, group: asyncio.TaskGroup) -> float:
        """Start what may start; returns after how many seconds to look again."""
        now = self._clock.now()
        async with self._uow() as uow:
            rows = await uow.jobs.due(now, limit=MOST_WAITING)
            following = await uow.jobs.next_due()
        rows = sorted(rows, key=lambda row: -self._rank(row))
        waiting = False
        for row in rows:
            job = self._jobs.get(row.job)
            if job is None:
                log.warning("job_unknown", job=row.job)
                await self._finish(row)
            elif self._running >= self._config.together or (job.lane and job.lane in self._lanes):
                waiting = True  # whoever ends wakes this loop
            elif await self._claim(row, now):
                self._running += 1
                self._lanes |= {job.lane} - {""}
                group.create_task(self._work(job, row))
        if waiting or following is None:
            return self._config.look
        return min(self._config.look, max(0.05, (following - self._clock.now()).total_seconds()))

    async def _work(self, job: Job, row: JobRow) -> None:
        """One job to its end."""
        try:
            renewing = asyncio.ensure_future(self._renew(row))
            try:
                again, problem, pause = await self._attempt(job, row)
            finally:
                renewing.cancel()
            await self._settle(job, row, again=again, problem=problem, pause=pause)
        finally:
            self._running -= 1
            self._lanes -= {job.lane}
            self._woken.set()

    async def _attempt(self, job: Job, row: JobRow) -> tuple[bool, str | None, float]:
        """Run it once: whether it runs again, its problem, and after how many seconds."""
        try:
            async with asyncio.timeout(job.seconds):
                wanted = await job.run(row)
        except Locked:
            return True, None, self._config.locked_pause
        except TimeoutError:
            problem = _("It took too long.")
        except RecommendarrError as error:
            problem = str(error)
        except Exception:
            # The net under one job: the others go on, the owner gets the traceback.
            log.exception("job_failed", job=job.name)
            problem = _("It failed unexpectedly; the log has the details.")
        else:
            return wanted is not None, None, wanted or 0.0
        return row.attempts + 1 < job.attempts, problem, self._pause(row.attempts)

    async def _settle(self, job: Job, row: JobRow, *, again: bool, problem: str | None, pause: float) -> None:
        now = self._clock.now()
        async with self._uow() as uow:
            if again:
                await uow.jobs.retry(row.number, now + timedelta(seconds=pause), failed=problem is not None)
            else:
                await uow.jobs.finish(row.number)
            if problem is not None or not again:
                before = (await uow.jobs.runs()).get(job.name) or JobRun(job.name)
                done_at = now if problem is None else before.done_at
                await uow.jobs.record(replace(before, done_at=done_at, problem=problem))
            await uow.commit()
        if problem is not None or not again:
            self._meter.worked(job.name, "done" if problem is None else "failed" if again else "given up")
        if problem is not None:
            log.warning("job_waits" if again else "job_given_up", job=job.name, problem=problem, seconds=round(pause))

    def _pause(self, attempts: int) -> float:
        """Seconds, with jitter."""
        doubled = self._config.first_pause * 2 ** min(attempts, 20)
        return float(min(self._config.last_pause, doubled) * random.uniform(0.75, 1.25))

    def _rank(self, row: JobRow) -> int:
        job = self._jobs.get(row.job)
        return job.rank if job else 0

    async def _claim(self, row: JobRow, now: datetime) -> bool:
        async with self._uow() as uow:
            claimed = await uow.jobs.claim(row.number, now + timedelta(seconds=self._config.lease), now)
            await uow.commit()
        return claimed

    async def _renew(self, row: JobRow) -> None:
        while True:
            await asyncio.sleep(self._config.lease / 3)
            try:
                async with self._uow() as uow:
                    await uow.jobs.renew(row.number, self._clock.now() + timedelta(seconds=self._config.lease))
                    await uow.commit()
            except Unavailable as error:
                log.warning("job_not_renewed", job=row.job, error=str(error))

    async def _finish(self, row: JobRow) -> None:
        async with self._uow() as uow:
            await uow.jobs.finish(row.number)
            await uow.commit()
