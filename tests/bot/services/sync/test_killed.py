"""A process that is killed in the middle of a sync, as by `kill -9`, on a real database."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from adapters.storage import open_storage
from tests.bot.services.sync.house import House
from tests.databases import dump
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage

_ROOT = Path(__file__).parents[4]
_SYNC = """
import asyncio, os, signal, sys
from pathlib import Path
from adapters.storage import open_storage
from tests.bot.services.sync.house import House
from tests.fakes.clock import FakeClock

pages = iter(range(int(sys.argv[2]) - 1, -1, -1))

def die(*_told):
    if next(pages) == 0:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    clock = FakeClock()
    async with open_storage(Path(sys.argv[1]), clock=clock) as storage:
        await House(storage, clock).sync.run(progress=die)

asyncio.run(main())
"""


@pytest.mark.parametrize("pages", [2, 6, 9])
async def test_a_killed_sync_is_finished_by_the_next(sqlite_home: Path, pages: int) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _SYNC, str(sqlite_home), str(pages), cwd=_ROOT)
    assert await process.wait() == -signal.SIGKILL
    quiet = FakeStorage()
    await House(quiet, FakeClock()).sync.run()
    async with open_storage(sqlite_home, clock=FakeClock()) as storage:
        await House(storage, FakeClock()).sync.run()
        assert await dump(storage) == await dump(quiet)
