"""The part of the database that keeps background work until it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model.jobs import JobRow, JobRun


class Jobs(Protocol):
    """Jobs by number, and how those that repeat went last."""

    async def add(self, row: JobRow) -> int | None:
        """Keep a job and return its number; None, when one of its job and key waits already.

        One that waits and is due later than `row` becomes due when `row` is.
        """
        ...

    async def due(self, now: datetime, *, limit: int = 100) -> Sequence[JobRow]:
        """Those that are due and nobody works on, the longest due first."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next one is due, or given up by whoever works on it."""
        ...

    async def claim(self, number: int, until: datetime, now: datetime) -> bool:
        """Work on it until then; False, when somebody else does, or when it is done."""
        ...

    async def renew(self, number: int, until: datetime) -> None:
        """Work on it for longer."""
        ...

    async def release_all(self) -> None:
        """Nobody works on anything: after a start of the only process."""
        ...

    async def retry(self, number: int, due_at: datetime, *, failed: bool = True) -> None:
        """Let it wait again; when it `failed`, that counts."""
        ...

    async def finish(self, number: int) -> None:
        """It is done, or given up."""
        ...

    async def count(self) -> int:
        """How many there are."""
        ...

    async def record(self, run: JobRun) -> None:
        """Store or replace how a job went, by its name."""
        ...

    async def runs(self) -> Mapping[str, JobRun]:
        """By name."""
        ...
