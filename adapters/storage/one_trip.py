"""SQLite's driver with one trip to its thread for each statement.

SQLAlchemy opens a cursor, executes, fetches and closes, then rolls back twice: each is a trip from the event loop to
the connection's thread and back, and a turn of a conversation has some twenty transactions. While other threads
compute, every trip also waits for the interpreter. So a statement and the first of its rows make one trip here, and
what is known without asking, that nothing is to be rolled back or closed, makes none.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

from aiosqlite import Connection

FETCHED = 512  # rows that come along with a statement; a statement with more of them is asked again

T = TypeVar("T")


class OneTripConnection(Connection):
    """An aiosqlite connection that knows when its thread has nothing under way."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=FETCHED)
        self._asked = 0  # counted by the loop alone
        self._done = 0  # counted by the thread alone

    def cursor(self) -> OneTripCursor:  # type: ignore[override]  # no trip for what has not asked anything yet
        """A cursor that is opened by its first statement."""
        return OneTripCursor(self)

    async def commit(self) -> None:
        """Commit, if anything was begun."""
        if not self._is_idle():
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, if anything was begun."""
        if not self._is_idle():
            await super().rollback()

    async def ask(self, function: Callable[..., T], *args: Any) -> T:
        """Run a function of the driver on the connection's thread."""
        self._asked += 1
        result: T = await self._execute(self._counted, partial(function, *args))  # type: ignore[no-untyped-call]
        return result

    def _counted(self, function: Callable[[], T]) -> T:
        try:
            return function()
        finally:
            self._done += 1

    def _is_idle(self) -> bool:
        """Whether no transaction is open, and no statement under way that might open one: whoever asked for it may
        have been cancelled."""
        return self._asked == self._done and not self.in_transaction


class OneTripCursor:
    """What SQLAlchemy needs of a cursor. Rows beyond the first ones stay in SQLite until they are fetched."""

    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: deque[Any] = deque()
        self._has_more = False

    async def __aenter__(self) -> OneTripCursor:
        return self

    @property
    def description(self) -> Any:
        """The columns, as the driver tells them; None, when a statement has none."""
        return None if self._cursor is None else self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows a statement changed; -1: it changes none."""
        return -1 if self._cursor is None else self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that was inserted last."""
        return None if self._cursor is None else self._cursor.lastrowid

    async def execute(self, operation: str, parameters: Any = ()) -> OneTripCursor:
        """Run one statement and fetch its first rows."""
        await self._connection.ask(self._run, operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Iterable[Any]) -> OneTripCursor:
        """Run one statement for each of the parameters."""
        await self._connection.ask(self._run_many, operation, parameters)
        return self

    async def fetchone(self) -> Any:
        """The next row, or None."""
        if not self._rows and self._has_more:
            await self._connection.ask(self._fetch)
        return self._rows.popleft() if self._rows else None

    async def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """At most that many rows."""
        wanted = self.arraysize if size is None else size
        while len(self._rows) < wanted and self._has_more:
            await self._connection.ask(self._fetch)
        return [self._rows.popleft() for _ in range(min(wanted, len(self._rows)))]

    async def fetchall(self) -> Sequence[Any]:
        """All rows that are left."""
        if self._has_more:
            await self._connection.ask(self._fetch_all)
        rows = list(self._rows)
        self._rows.clear()
        return rows

    async def close(self) -> None:
        """Leave off reading; a statement that was read to its end has closed itself."""
        if self._has_more and self._cursor is not None:
            await self._connection.ask(self._cursor.close)
        self._has_more = False

    # What follows runs on the connection's thread.

    def _run(self, operation: str, parameters: Any) -> None:
        self._open().execute(operation, parameters)
        if self.description is not None:
            self._fetch()

    def _run_many(self, operation: str, parameters: Iterable[Any]) -> None:
        self._open().executemany(operation, parameters)

    def _open(self) -> sqlite3.Cursor:
        if self._cursor is None:
            self._cursor = self._connection._conn.cursor()
        self._rows.clear()
        self._has_more = False
        return self._cursor

    def _fetch(self) -> None:
        assert self._cursor is not None
        rows = self._cursor.fetchmany(FETCHED)
        self._rows.extend(rows)
        self._has_more = len(rows) == FETCHED

    def _fetch_all(self) -> None:
        assert self._cursor is not None
        self._rows.extend(self._cursor.fetchall())
        self._has_more = False


def connect(database: str, **options: Any) -> OneTripConnection:
    """A connection to a file, to be awaited; `options` as `sqlite3.connect` takes them."""
    connection = OneTripConnection(partial(sqlite3.connect, database, **options))
    connection._thread.daemon = True  # as SQLAlchemy does: a connection that was lost keeps no process alive
    return connection
