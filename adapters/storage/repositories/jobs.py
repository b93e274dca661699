"""Background work until it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, select, update

from adapters.storage.job_tables import job_runs, jobs
from adapters.storage.transaction import Transaction
from adapters.storage.types import from_json, to_json
from bot.model.jobs import JobRow, JobRun


class JobRepository:
    """Jobs by number."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, row: JobRow) -> int | None:
        """Keep a job; None, when one of its job and key waits already. Two processes at once may keep two."""
        await self._transaction.write()
        if row.key is not None:
            same = (jobs.c.job == row.job, jobs.c.key == row.key, jobs.c.claimed_until.is_(None))
            waiting = (await self._transaction.execute(select(jobs.c.id, jobs.c.due_at).where(*same))).first()
            if waiting is not None:
                if row.due_at < waiting.due_at:
                    sooner = update(jobs).where(jobs.c.id == waiting.id).values(due_at=row.due_at)
                    await self._transaction.execute(sooner)
                return None
        values = {**asdict(row), "args": to_json(dict(row.args))}
        del values["number"]
        statement = self._transaction.insert(jobs).values(values).returning(jobs.c.id)
        return int((await self._transaction.execute(statement)).scalar_one())

    async def due(self, now: datetime, *, limit: int = 100) -> Sequence[JobRow]:
        """Those that are due and nobody works on, the longest due first."""
        statement = select(jobs).where(jobs.c.due_at <= now, _free(now)).order_by(jobs.c.due_at, jobs.c.id)
        return [_job(row) for row in await self._transaction.execute(statement.limit(limit))]

    async def next_due(self) -> datetime | None:
        """When the next one is due, or given up by whoever works on it."""
        moment = func.min(func.coalesce(jobs.c.claimed_until, jobs.c.due_at), type_=jobs.c.due_at.type)
        found: datetime | None = (await self._transaction.execute(select(moment))).scalar_one()
        return found

    async def claim(self, number: int, until: datetime, now: datetime) -> bool:
        """Work on it until then; False, when somebody else does, or when it is done."""
        await self._transaction.write()
        statement = update(jobs).where(jobs.c.id == number, _free(now)).values(claimed_until=until)
        return bool((await self._transaction.execute(statement)).rowcount)

    async def renew(self, number: int, until: datetime) -> None:
        """Work on it for longer."""
        await self._change(number, claimed_until=until)

    async def release_all(self) -> None:
        """Nobody works on anything."""
        await self._transaction.write()
        await self._transaction.execute(update(jobs).values(claimed_until=None))

    async def retry(self, number: int, due_at: datetime, *, failed: bool = True) -> None:
        """Let it wait again."""
        await self._change(number, claimed_until=None, due_at=due_at, attempts=jobs.c.attempts + int(failed))

    async def finish(self, number: int) -> None:
        """It is done, or given up."""
        await self._transaction.write()
        await self._transaction.execute(delete(jobs).where(jobs.c.id == number))

    async def count(self) -> int:
        """How many there are."""
        return int((await self._transaction.execute(select(func.count()).select_from(jobs))).scalar_one())

    async def record(self, run: JobRun) -> None:
        """Store or replace how a job went."""
        await self._transaction.write()
        await self._transaction.replace(job_runs, [asdict(run)])

    async def runs(self) -> Mapping[str, JobRun]:
        """By name."""
        rows = await self._transaction.execute(select(job_runs).order_by(job_runs.c.job))
        return {row.job: JobRun(row.job, row.asked_at, row.done_at, row.problem) for row in rows}

    async def _change(self, number: int, **values: Any) -> None:
        await self._transaction.write()
        await self._transaction.execute(update(jobs).where(jobs.c.id == number).values(values))


def _free(now: datetime) -> Any:
    return or_(jobs.c.claimed_until.is_(None), jobs.c.claimed_until <= now)


def _job(row: Row[*tuple[Any, ...]]) -> JobRow:
    return JobRow(
        job=row.job,
        args=from_json(row.args),
        asked_at=row.asked_at,
        due_at=row.due_at,
        key=row.key,
        attempts=row.attempts,
        claimed_until=row.claimed_until,
        number=row.id,
    )
