"""Opens the database: where it is, brought up to date, as a factory of units of work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.clock import SystemClock
from adapters.storage.engine import async_engine, locate, sqlite_path
from adapters.storage.migrate import prepare
from adapters.storage.unit_of_work import unit_of_work_factory
from bot.ports.clock import Clock
from bot.ports.storage import UnitOfWorkFactory

DATABASE_NAME = "recommendarr.db"


@asynccontextmanager
async def open_storage(
    home: Path, url: str | None = None, *, clock: Clock | None = None
) -> AsyncIterator[UnitOfWorkFactory]:
    """The database of this installation, created or migrated first; connections are closed at the end of the block.

    `url` None: SQLite in `home`. Before a migration a copy goes into `backups`, beside a SQLite file, else in `home`.
    Raises: Unavailable("database"), InvalidSettings.
    """
    location = locate(home, DATABASE_NAME, url)
    path = sqlite_path(location)
    await asyncio.to_thread(prepare, location, (home if path is None else path.parent) / "backups")
    engine = async_engine(location)
    try:
        yield unit_of_work_factory(engine, clock or SystemClock())
    finally:
        await engine.dispose()
