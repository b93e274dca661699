"""Where the database is, and the engine that speaks to it."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from adapters.storage.failures import unavailable
from adapters.storage.one_trip import connect
from bot.errors import InvalidSettings
from bot.i18n import gettext as _

BUSY_SECONDS = 10.0  # how long a writer waits for another before it gives up
SIDE_BY_SIDE = 16  # connections to SQLite kept open, as many as turns run at once: each begins with a thread of its own

_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")
_SQLITE = ("sqlite", "sqlite+aiosqlite")


def locate(home: Path, name: str, url: str | None) -> URL:
    """The URL of the database: SQLite in `home` unless told otherwise. Raises: InvalidSettings, without the URL."""
    if url is None:
        return URL.create("sqlite", database=str(home / name))
    try:
        given = make_url(url)
    except (ArgumentError, ValueError):
        raise InvalidSettings(_("The database URL cannot be read; write postgresql://user@host/name.")) from None
    if given.drivername in _POSTGRES and given.database:
        return given.set(drivername="postgresql+psycopg")
    if given.drivername in _SQLITE and given.database and not given.database.startswith((":memory:", "file:")):
        return URL.create("sqlite", database=str(Path(given.database).expanduser().absolute()))
    raise InvalidSettings(_("The database URL must be sqlite:///file or postgresql://user@host/name."))


def sqlite_path(url: URL) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def async_engine(url: URL) -> AsyncEngine:
    """The engine for serving. Raises: Unavailable, when the driver for PostgreSQL is not installed."""
    if sqlite_path(url) is None:
        try:
            return create_async_engine(
                url, pool_pre_ping=True, hide_parameters=True, connect_args=_postgres_options(url)
            )
        except ModuleNotFoundError:
            raise _no_driver() from None
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        hide_parameters=True,
        pool_size=SIDE_BY_SIDE,
        connect_args={"async_creator_fn": connect, **_SQLITE_OPTIONS},
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    return engine


def sync_engine(url: URL) -> Engine:
    """An engine without a pool for migrations and backups, to be used off the event loop. Raises: Unavailable."""
    if sqlite_path(url) is None:
        try:
            return create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=_postgres_options(url))
        except ModuleNotFoundError:
            raise _no_driver() from None
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=_SQLITE_OPTIONS)
    event.listen(engine, "connect", _enter_wal)
    event.listen(engine, "connect", _set_pragmas)
    return engine


# Transactions are begun by hand (`Transaction.write`), since the driver would begin them without the write lock.
_SQLITE_OPTIONS: dict[str, Any] = {"isolation_level": None, "timeout": BUSY_SECONDS}


def _postgres_options(url: URL) -> dict[str, Any]:
    given = url.query.get("options", "")
    own = f"-c timezone=UTC -c lock_timeout={int(BUSY_SECONDS)}s"
    return {
        "connect_timeout": 10,
        # A prepared statement is planned without its values, which makes a long IN list a hundred times slower.
        "prepare_threshold": None,
        "application_name": "recommendarr",
        "options": f"{given if isinstance(given, str) else ' '.join(given)} {own}".strip(),
    }


def _enter_wal(connection: Any, _record: object) -> None:
    """Write ahead from now on, which the file remembers. SQLite waits for nobody on the way there, whatever the
    time-out says, so of several first starts at once the later ones try again."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # With WAL, NORMAL can lose the last commits in a power cut but never damages the file.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _no_driver() -> Exception:
    return unavailable(
        _("The driver for PostgreSQL is missing; install it with: pip install 'recommendarr[postgres]'.")
    )
