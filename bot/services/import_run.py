"""What every import does alike: batches from a thread, a checkpoint with each, a report, and progress.

An import that was stopped half-way goes on behind its last durable batch. One that was finished starts over when it is
asked for again: everything is there already, unless the catalogue or the database has changed since.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import islice
from typing import TypeVar

from bot.ports.imports import ImportFile, Progress, Record
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.import_report import ImportReport

BATCH = 1000  # records per transaction

Value = TypeVar("Value")


class NoProgress:
    """Progress that nobody watches."""

    def start(self, name: str, size: int) -> None:
        """Nothing."""

    def advance(self, name: str, position: int) -> None:
        """Nothing."""

    def finish(self, name: str) -> None:
        """Nothing."""


async def run(
    unit_of_work: UnitOfWorkFactory,
    file: ImportFile[Value],
    source: str,
    report: ImportReport,
    progress: Progress,
    store: Callable[[UnitOfWork, list[Record[Value]]], Awaitable[None]],
    *,
    batch: int = BATCH,
) -> tuple[int, int]:
    """Hand every batch that is not durable yet to `store`, inside a transaction that also holds the checkpoint.

    Returns how many records earlier runs had stored, and how many there are. Raises: InvalidFile, Unavailable.
    """
    async with unit_of_work() as uow:
        skipped = await uow.imports.checkpoint(source, file.digest)
    await asyncio.to_thread(report.resume, skipped)
    progress.start(file.name, file.size)
    done = skipped
    async for records in _batches(file, skipped, batch):
        async with unit_of_work() as uow:
            await store(uow, records)
            await asyncio.to_thread(report.flush)
            await uow.imports.advance(source, file.digest, records[-1].number)
            await uow.commit()
        done = records[-1].number
        progress.advance(file.name, records[-1].position)
    async with unit_of_work() as uow:
        await uow.imports.advance(source, file.digest, 0, note={"file": file.name, "records": done})
        await uow.commit()
    progress.finish(file.name)
    return skipped, done


async def _batches(file: ImportFile[Value], skipped: int, size: int) -> AsyncIterator[list[Record[Value]]]:
    records = file.records()
    while batch := await asyncio.to_thread(_next_batch, records, skipped, size):
        yield batch


def _next_batch(records: Iterator[Record[Value]], skipped: int, size: int) -> list[Record[Value]]:
    return list(islice((record for record in records if record.number > skipped), size))
