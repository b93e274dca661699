"""Background work in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.model.jobs import JobRow, JobRun
from tests.fakes.storage.state import Session


class FakeJobs:
    """Jobs by number."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, row: JobRow) -> int | None:
        state = await self._session.write()
        for number, each in state.jobs.items():
            if row.key is not None and (each.job, each.key, each.claimed_until) == (row.job, row.key, None):
                state.jobs[number] = replace(each, due_at=min(each.due_at, row.due_at))
                return None
        state.counters["jobs"] += 1
        number = state.counters["jobs"]
        # Through JSON, as a database would keep it.
        state.jobs[number] = replace(row, number=number, args=json.loads(json.dumps(dict(row.args))))
        return number

    async def due(self, now: datetime, *, limit: int = 100) -> Sequence[JobRow]:
        found = [row for row in self._session.state.jobs.values() if row.due_at <= now and _free(row, now)]
        return sorted(found, key=lambda row: (row.due_at, row.number))[:limit]

    async def next_due(self) -> datetime | None:
        return min((row.claimed_until or row.due_at for row in self._session.state.jobs.values()), default=None)

    async def claim(self, number: int, until: datetime, now: datetime) -> bool:
        row = (await self._session.write()).jobs.get(number)
        if row is None or not _free(row, now):
            return False
        await self._change(number, claimed_until=until)
        return True

    async def renew(self, number: int, until: datetime) -> None:
        await self._change(number, claimed_until=until)

    async def release_all(self) -> None:
        for number in list(self._session.state.jobs):
            await self._change(number, claimed_until=None)

    async def retry(self, number: int, due_at: datetime, *, failed: bool = True) -> None:
        row = self._session.state.jobs.get(number)
        if row is not None:
            await self._change(number, claimed_until=None, due_at=due_at, attempts=row.attempts + int(failed))

    async def finish(self, number: int) -> None:
        (await self._session.write()).jobs.pop(number, None)

    async def count(self) -> int:
        return len(self._session.state.jobs)

    async def record(self, run: JobRun) -> None:
        (await self._session.write()).job_runs[run.job] = run

    async def runs(self) -> Mapping[str, JobRun]:
        return dict(sorted(self._session.state.job_runs.items()))

    async def _change(self, number: int, **values: Any) -> None:
        state = await self._session.write()
        if number in state.jobs:
            state.jobs[number] = replace(state.jobs[number], **values)


def _free(row: JobRow, now: datetime) -> bool:
    return row.claimed_until is None or row.claimed_until <= now
