"""The driver with one trip for each statement gives what SQLite holds, and leaves no transaction open."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.engine import SIDE_BY_SIDE, async_engine, locate
from adapters.storage.one_trip import FETCHED, OneTripConnection


@asynccontextmanager
async def connected(home: Path) -> AsyncIterator[tuple[AsyncConnection, OneTripConnection]]:
    """A connection to a database with a table of numbers, and the driver's below it."""
    engine = async_engine(locate(home, "numbers.db", None))
    try:
        async with engine.connect() as connection:
            await connection.execute(text("CREATE TABLE numbers (number INTEGER PRIMARY KEY)"))
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            assert isinstance(driver, OneTripConnection)
            yield connection, driver
    finally:
        await engine.dispose()


async def fill(connection: AsyncConnection, count: int) -> None:
    """The numbers from 0, by one statement, for each would wait for the disk."""
    counted = "WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < :count)"
    await connection.execute(text(f"{counted} INSERT INTO numbers SELECT n FROM counted"), {"count": count})


@pytest.mark.parametrize("count", [0, 1, FETCHED - 1, FETCHED, FETCHED + 1, 3 * FETCHED])
async def test_all_rows_come_whatever_their_number(tmp_path: Path, count: int) -> None:
    async with connected(tmp_path) as (connection, _driver):
        await fill(connection, count) if count else None
        rows = await connection.execute(text("SELECT number FROM numbers ORDER BY number"))
        assert [row[0] for row in rows] == list(range(count))


async def test_a_stream_is_read_piece_by_piece_and_may_be_left(tmp_path: Path) -> None:
    async with connected(tmp_path) as (connection, _driver):
        await fill(connection, 3 * FETCHED)
        statement = text("SELECT number FROM numbers ORDER BY number")
        async with connection.stream(statement) as rows:
            assert [row[0] async for row in rows] == list(range(3 * FETCHED))
        async with connection.stream(statement) as rows:
            assert [row[0] for row in await rows.fetchmany(3)] == [0, 1, 2]
        await connection.execute(text("DROP TABLE numbers"))  # SQLite refuses while a statement reads from it


async def test_what_a_statement_did_is_told(tmp_path: Path) -> None:
    async with connected(tmp_path) as (connection, _driver):
        await fill(connection, 10)
        await connection.execute(text("INSERT INTO numbers VALUES (:n)"), [{"n": 10}, {"n": 11}])
        changed = await connection.execute(text("DELETE FROM numbers WHERE number >= 4"))
        assert changed.rowcount == 8
        added = await connection.execute(text("INSERT INTO numbers VALUES (77) RETURNING number"))
        assert added.scalar_one() == 77
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO numbers VALUES (77)"))


async def test_a_reading_transaction_makes_one_trip_for_its_statement(tmp_path: Path) -> None:
    async with connected(tmp_path) as (connection, driver):
        before = driver._asked
        await connection.execute(text("SELECT number FROM numbers"))
        await connection.rollback()
        assert driver._asked == before + 1


async def test_what_was_begun_is_rolled_back_or_committed(tmp_path: Path) -> None:
    async with connected(tmp_path) as (connection, driver):
        for ends, count in ((connection.rollback, 0), (connection.commit, 1)):
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            await fill(connection, 1)
            assert driver.in_transaction
            await ends()
            assert not driver.in_transaction
            rows = await connection.execute(text("SELECT number FROM numbers"))
            assert len(rows.all()) == count


async def test_a_beginning_whose_asker_was_cancelled_is_rolled_back_too(tmp_path: Path) -> None:
    """It waits for its turn on the thread when its asker goes, so no transaction is open yet."""
    async with connected(tmp_path) as (_connection, driver):
        busy = asyncio.create_task(driver.ask(time.sleep, 0.05))
        beginning = asyncio.create_task(driver.cursor().execute("BEGIN IMMEDIATE"))
        await asyncio.sleep(0)
        beginning.cancel()
        with suppress(asyncio.CancelledError):
            await beginning
        assert not driver.in_transaction
        await driver.rollback()
        await busy
        assert not driver.in_transaction


async def test_connections_of_a_busy_moment_are_kept_for_the_next(tmp_path: Path) -> None:
    engine = async_engine(locate(tmp_path, "numbers.db", None))
    opened: list[object] = []
    event.listen(engine.sync_engine, "connect", lambda connection, _record: opened.append(connection))
    try:
        for _moment in range(3):
            async with AsyncExitStack() as stack:
                for _turn in range(SIDE_BY_SIDE):
                    await stack.enter_async_context(engine.connect())
        assert len(opened) == SIDE_BY_SIDE
    finally:
        await engine.dispose()
