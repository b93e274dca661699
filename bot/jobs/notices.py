"""The seam of notices: what happens when something that was requested can be watched."""

from __future__ import annotations

from typing import Protocol

from bot.jobs.syncing import AVAILABILITY, FOLLOW
from bot.jobs.worker import Job
from bot.model.jobs import JobRow


class Notices(Protocol):
    """Tells people. Called at least once for each title, so whoever was told is not told again."""

    async def availability(self, title_id: int) -> None:
        """A title that was requested can be watched now. Raises: Unavailable, to be called again later."""
        ...

    async def changed(self) -> None:
        """Something became of some request. Raises: Unavailable, to be called again later."""
        ...


def notice_jobs(notices: Notices) -> tuple[Job, Job]:
    """The jobs that the sync of requests asks for."""

    async def run(row: JobRow) -> None:
        title_id = row.args.get("title")
        if isinstance(title_id, int):
            await notices.availability(title_id)

    async def follow(_row: JobRow) -> None:
        await notices.changed()

    return Job(AVAILABILITY, run), Job(FOLLOW, follow)
