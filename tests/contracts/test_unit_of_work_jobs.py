"""What every implementation promises about background work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.model.jobs import JobRow, JobRun
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.clock import NOON

MINUTE = timedelta(minutes=1)
ROW = JobRow("plays", {"source": "plex", "text": "hé \ud83d"}, NOON, NOON, "plex")


async def kept(storage: UnitOfWorkFactory, *rows: JobRow) -> list[int | None]:
    async with storage() as uow:
        numbers = [await uow.jobs.add(row) for row in rows]
        await uow.commit()
    return numbers


async def test_a_job_comes_back_as_it_was_asked_for_once_it_is_due(storage: UnitOfWorkFactory) -> None:
    later = replace(ROW, key=None, due_at=NOON + MINUTE)
    first, second = await kept(storage, ROW, later)
    async with storage() as uow:
        assert await uow.jobs.due(NOON) == [replace(ROW, number=first or 0)]
        assert [row.number for row in await uow.jobs.due(NOON + MINUTE)] == [first, second]
        assert [row.number for row in await uow.jobs.due(NOON + MINUTE, limit=1)] == [first]
        assert (await uow.jobs.next_due(), await uow.jobs.count()) == (NOON, 2)


async def test_one_of_a_key_waits_and_is_due_when_the_first_of_them_is(storage: UnitOfWorkFactory) -> None:
    late = replace(ROW, due_at=NOON + MINUTE)
    kept_numbers = await kept(storage, late, ROW, late, replace(ROW, job="titles"), replace(ROW, key="jellyfin"))
    assert [number is None for number in kept_numbers] == [False, True, True, False, False]
    async with storage() as uow:
        assert [(row.job, row.key) for row in await uow.jobs.due(NOON)] == [
            ("plays", "plex"), ("titles", "plex"), ("plays", "jellyfin"),
        ]  # fmt: skip


async def test_one_that_is_worked_on_stands_in_no_ones_way_and_is_nobody_elses(storage: UnitOfWorkFactory) -> None:
    (number,) = await kept(storage, ROW)
    assert number is not None
    async with storage() as uow:
        assert await uow.jobs.claim(number, NOON + MINUTE, NOON)
        assert not await uow.jobs.claim(number, NOON + MINUTE, NOON)
        assert await uow.jobs.add(ROW) is not None
        await uow.commit()
    async with storage() as uow:
        assert [row.number for row in await uow.jobs.due(NOON)] != [number]
        assert number in [row.number for row in await uow.jobs.due(NOON + MINUTE)]  # given up
        await uow.jobs.renew(number, NOON + 2 * MINUTE)
        assert number not in [row.number for row in await uow.jobs.due(NOON + MINUTE)]
        await uow.jobs.release_all()
        assert number in [row.number for row in await uow.jobs.due(NOON)]


async def test_what_failed_waits_again_and_what_is_done_is_gone(storage: UnitOfWorkFactory) -> None:
    (number,) = await kept(storage, ROW)
    assert number is not None
    async with storage() as uow:
        await uow.jobs.claim(number, NOON + MINUTE, NOON)
        await uow.jobs.retry(number, NOON + MINUTE)
        assert (await uow.jobs.due(NOON), await uow.jobs.next_due()) == ([], NOON + MINUTE)
        await uow.jobs.retry(number, NOON, failed=False)
        (row,) = await uow.jobs.due(NOON)
        assert (row.attempts, row.claimed_until) == (1, None)
        await uow.jobs.finish(number)
        await uow.commit()
    async with storage() as uow:
        assert (await uow.jobs.count(), await uow.jobs.next_due()) == (0, None)
        assert not await uow.jobs.claim(number, NOON + MINUTE, NOON)


async def test_how_a_job_went_is_kept_by_its_name(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        await uow.jobs.record(JobRun("sync", asked_at=NOON))
        await uow.jobs.record(JobRun("sync", NOON, NOON + MINUTE, "Plex cannot be reached."))
        await uow.jobs.record(JobRun("purge"))
        await uow.commit()
    async with storage() as uow:
        runs = await uow.jobs.runs()
    assert list(runs.values()) == [JobRun("purge"), JobRun("sync", NOON, NOON + MINUTE, "Plex cannot be reached.")]


async def test_nothing_is_kept_without_commit(storage: UnitOfWorkFactory) -> None:
    async with storage() as uow:
        await uow.jobs.add(ROW)
    async with storage() as uow:
        assert await uow.jobs.count() == 0
