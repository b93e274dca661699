"""Several processes on one SQLite file, and one that is killed in the middle of an import."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from adapters.storage import DATABASE_NAME, open_storage
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.clock import NOON
from tests.samples import film

_ROOT = Path(__file__).parents[3]

_IMPORT = """
import asyncio, sys
from pathlib import Path
from adapters.storage import open_storage
from bot.model.history import WatchEvent
from tests.fakes.clock import NOON
from tests.samples import film

async def main():
    async with open_storage(Path(sys.argv[1])) as factory:
        for part in range(1000):
            async with factory() as uow:
                member = await uow.members.add("Anna")
                ids = await uow.titles.upsert([film(part * 50 + n) for n in range(50)])
                await uow.histories.add_events(
                    WatchEvent(member.id, title, "ml", str(title), NOON) for title in ids
                )
                await uow.imports.advance("ml", "digest", (part + 1) * 50)
                print(part, flush=True)
                await uow.commit()

asyncio.run(main())
"""

_SPEND = """
import asyncio, sys
from pathlib import Path
from adapters.storage import open_storage
from tests.fakes.clock import NOON

async def main():
    async with open_storage(Path(sys.argv[1])) as factory, factory() as uow:
        print("ready", flush=True)
        sys.stdin.readline()
        spent = await uow.conversations.spend("t0", NOON)
        await uow.commit()
        print(spent, flush=True)

asyncio.run(main())
"""


@asynccontextmanager
async def process(program: str, home: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process that runs the program with the home as its argument; killed at the end of the block."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.communicate()


async def line(child: asyncio.subprocess.Process) -> str:
    """What the process prints next."""
    assert child.stdout is not None
    return (await asyncio.wait_for(child.stdout.readline(), 60)).decode().strip()


async def test_a_killed_import_leaves_a_consistent_database(sqlite_home: Path) -> None:
    async with process(_IMPORT, sqlite_home) as child:
        while int(await line(child)) < 4:
            pass
        child.send_signal(signal.SIGKILL)
        await child.wait()
    with closing(sqlite3.connect(sqlite_home / DATABASE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    async with open_storage(sqlite_home) as factory, factory() as uow:
        rows = await uow.imports.checkpoint("ml", "digest")
        assert rows >= 200
        assert await uow.titles.count() == rows
        (anna,) = await uow.members.all()
        assert len((await uow.histories.of(anna.id)).events) == rows
        await uow.titles.upsert([film(0), film(10**6)])
        await uow.commit()
        assert await uow.titles.count() == rows + 1


async def test_two_processes_spend_a_token_once(sqlite_home: Path, sqlite_storage: UnitOfWorkFactory) -> None:
    from bot.model.conversations import ActionToken

    async with sqlite_storage() as uow:
        await uow.conversations.add_tokens([ActionToken("t0", "rate", {}, "here", None, NOON, NOON)])
        await uow.commit()
    async with process(_SPEND, sqlite_home) as first, process(_SPEND, sqlite_home) as second:
        children = (first, second)
        assert [await line(child) for child in children] == ["ready", "ready"]
        for child in children:
            assert child.stdin is not None
            child.stdin.write(b"\n")
        assert sorted([await line(child) for child in children]) == ["False", "True"]
