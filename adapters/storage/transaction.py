"""One connection and the transaction on it, as the repositories share it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.storage.engine import BUSY_SECONDS
from adapters.storage.failures import translated, unavailable
from adapters.storage.tables import counters
from bot.i18n import gettext as _

CHUNK = 500  # values in one statement; SQLite before 3.32 takes 999 at most

T = TypeVar("T")


class Transaction:
    """Reads see what is committed; the first write takes SQLite's write lock before it reads what it depends on.

    Within one process writers of SQLite queue at `turnstile`, in order and without polling.
    """

    def __init__(self, connection: AsyncConnection, turnstile: asyncio.Lock | None) -> None:
        self._connection = connection
        self._turnstile = turnstile
        self._writing = False

    @property
    def writing(self) -> bool:
        """Whether this transaction holds the turn to write to SQLite."""
        return self._writing

    async def write(self) -> None:
        """Begin writing, unless begun. Every writing method of a repository calls this first. Raises: Unavailable."""
        if self._writing or self._turnstile is None:
            return
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self._turnstile.acquire()
        except TimeoutError:
            raise unavailable(_("The database is busy with another change; try again in a moment.")) from None
        try:
            with translated():
                await self._connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            self._turnstile.release()
            raise
        self._writing = True

    async def execute(
        self, statement: Executable, rows: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement, for each of the rows if given. Raises: Unavailable."""
        with translated():
            return await self._connection.execute(statement, rows)

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT."""
        return sqlite.insert(table) if self._turnstile is not None else postgresql.insert(table)

    async def replace(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store rows; one of the same primary key is replaced. All rows name the same columns."""
        for chunk in chunks(rows):
            statement = self.insert(table)
            keys = [column.name for column in table.primary_key]
            changed = {name: statement.excluded[name] for name in chunk[0] if name not in keys}
            await self.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), chunk)

    async def lock_counter(self, name: str) -> int:
        """The value of a counter, which nobody else can change until the end of the transaction."""
        statement = select(counters.c.value).where(counters.c.name == name).with_for_update()
        return int((await self.execute(statement)).scalar_one())

    async def advance_counter(self, name: str, by: int = 1) -> int:
        """Advance a counter and return its new value."""
        statement = update(counters).where(counters.c.name == name).values(value=counters.c.value + by)
        return int((await self.execute(statement.returning(counters.c.value))).scalar_one())

    async def commit(self) -> None:
        """Make everything durable. Raises: Unavailable."""
        try:
            with translated():
                await self._connection.commit()
        finally:
            self._released()

    async def rollback(self) -> None:
        """Undo everything since the last commit. Raises: Unavailable."""
        try:
            with translated():
                await self._connection.rollback()
        finally:
            self._released()

    def _released(self) -> None:
        if self._writing and self._turnstile is not None:
            self._turnstile.release()
            self._writing = False


@asynccontextmanager
async def transaction(engine: AsyncEngine, turnstile: asyncio.Lock | None) -> AsyncIterator[Transaction]:
    """A transaction that is rolled back at the end of the block, unless committed. Raises: Unavailable."""
    with translated():
        connection = await engine.connect()
    current = Transaction(connection, turnstile)
    try:
        yield current
    finally:
        # Shielded, so that a cancelled task still gives its connection and its turn back.
        await asyncio.shield(asyncio.ensure_future(_close(connection, current)))


async def _close(connection: AsyncConnection, current: Transaction) -> None:
    try:
        if current.writing:  # else closing does it
            await current.rollback()
    finally:
        with translated():
            await connection.close()


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterable[list[T]]:
    """The values in lists of at most `size`."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk
