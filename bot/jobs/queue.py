"""Takes jobs: first a row, then a ring. A job that was taken survives a kill."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog

from bot.errors import Unavailable
from bot.i18n import gettext as _
from bot.model.jobs import JobRow
from bot.ports.clock import Clock
from bot.ports.jobs import Bell
from bot.ports.storage import UnitOfWorkFactory

MOST_WAITING = 1000  # more than a household can mean

log = structlog.get_logger(__name__)


class DurableQueue:
    """`bot.ports.jobs.JobQueue` on the database."""

    def __init__(
        self, uow: UnitOfWorkFactory, clock: Clock, bell: Bell | None = None, *, most: int = MOST_WAITING
    ) -> None:
        """`bell` None: nobody in this process works; whoever does elsewhere finds the job when looking."""
        self._uow = uow
        self._clock = clock
        self._bell = bell
        self._most = most

    def use(self, bell: Bell) -> None:
        """Ring this one from now on."""
        self._bell = bell

    async def enqueue(self, job: str, args: Mapping[str, Any], *, key: str | None = None, after: float = 0.0) -> None:
        """Ask for a job. Raises: Unavailable, when it cannot be kept, or when too many wait."""
        now = self._clock.now()
        row = JobRow(job, args, now, now + timedelta(seconds=after), key)
        async with self._uow() as uow:
            number = await uow.jobs.add(row)
            if number is not None and await uow.jobs.count() > self._most:
                raise Unavailable("jobs", _("Too much is waiting to be done; try again later."))
            await uow.commit()
        if self._bell is None:
            return
        try:
            await self._bell.ring()
        except Unavailable as error:
            # The row is there: whoever looks next finds it.
            log.warning("job_bell_silent", job=job, error=str(error))
