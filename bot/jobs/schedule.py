"""Asks for jobs at their times. When each was asked for last is kept, so a restart neither repeats nor skips one.

Times are those of the clock on the wall, looked at anew twice a minute: after a suspended night or a corrected clock
everything goes on as it should.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.errors import Unavailable
from bot.model.jobs import JobRun
from bot.ports.clock import Clock
from bot.ports.jobs import JobQueue
from bot.ports.storage import UnitOfWorkFactory

SETTLE = 5.0  # seconds after a start in which people are answered first
LOOK = 30.0  # seconds between two looks at the clock
_JITTER = 0.05  # of an interval, so that not everybody asks the same service at the same moment

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A job that is asked for again and again."""

    job: str
    every: timedelta
    args: Mapping[str, Any] = field(default_factory=dict)


class Schedule:
    """Runs until cancelled."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        clock: Clock,
        queue: JobQueue,
        entries: Sequence[Scheduled],
        *,
        jitter: float = _JITTER,
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._queue = queue
        self._entries = tuple(entries)
        self._intervals = {each.job: each.every * random.uniform(1 - jitter, 1 + jitter) for each in entries}

    async def run(self) -> None:
        """Ask for what is due, for ever; a database that fails for a moment is asked again."""
        await asyncio.sleep(SETTLE)
        while True:
            try:
                await self.tick()
            except Unavailable as error:
                log.warning("schedule_waits", error=str(error))
            await asyncio.sleep(LOOK)

    async def tick(self) -> None:
        """Ask for everything that is due now. Raises: Unavailable."""
        now = self._clock.now()
        async with self._uow() as uow:
            runs = await uow.jobs.runs()
        for entry in self._entries:
            run = runs.get(entry.job) or JobRun(entry.job)
            if not self._is_due(entry, run.asked_at, now):
                continue
            await self._queue.enqueue(entry.job, entry.args, key=entry.job)
            async with self._uow() as uow:
                latest = (await uow.jobs.runs()).get(entry.job) or run
                await uow.jobs.record(replace(latest, asked_at=now))
                await uow.commit()

    def _is_due(self, entry: Scheduled, asked_at: datetime | None, now: datetime) -> bool:
        """One that was asked for in the future was asked for by a wrong clock."""
        return asked_at is None or asked_at > now or now - asked_at >= self._intervals[entry.job]
