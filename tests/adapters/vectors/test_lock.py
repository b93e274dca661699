"""One writer per state directory, also across processes; a dead one holds nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.vectors.lock import WriterLock
from bot.errors import Locked, Unavailable

_HOLDER = """
import asyncio, sys
from pathlib import Path
from adapters.vectors.lock import WriterLock

async def hold():
    async with WriterLock(Path(sys.argv[1])).hold():
        print("held", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold())
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path / "writer.lock")],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


async def test_a_second_process_gets_one_sentence(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(Locked, match="Another process is writing") as caught:
        async with WriterLock(tmp_path / "writer.lock").hold():
            pass
    assert "\n" not in str(caught.value)


async def test_a_killed_holder_frees_the_lock(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait(timeout=20)
    async with WriterLock(tmp_path / "writer.lock").hold():
        pass


async def test_it_is_held_for_the_block_only(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "deep" / "writer.lock")
    assert not lock.held
    async with lock.hold():
        assert lock.held
        with pytest.raises(Locked):
            async with lock.hold():
                pass
        assert lock.held
    assert not lock.held


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot be written"):
        async with WriterLock(tmp_path / "file" / "writer.lock").hold():
            pass
