"""`recommendarr run` as a process: it says what it serves, finishes what is in hand, and stands alone in its home."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, models_dir: Path) -> Path:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(models_dir)
    return tmp_path


async def begun(folder: Path, *args: str, port: int = 0) -> asyncio.subprocess.Process:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("RECOMMENDARR_")}
    environment = {
        **clean,
        "PYTHONPATH": str(ROOT),
        "RECOMMENDARR_HOME": str(folder / "home"),
        "RECOMMENDARR_TELEGRAM__TOKEN": "123:secret-of-the-bot",
        "RECOMMENDARR_WEB__PORT": str(port),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.e2e.serving_program",
        *args,
        env=environment,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


@asynccontextmanager
async def serving(folder: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await begun(folder, "run", port=port)
    try:
        async with asyncio.timeout(60):
            yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def line(process: asyncio.subprocess.Process, beginning: str) -> str:
    """The next line that begins so."""
    assert process.stdout is not None
    while True:
        read = (await process.stdout.readline()).decode()
        assert read, f"it ended before saying {beginning}"
        if read.startswith(beginning):
            return read


async def appears(path: Path) -> None:
    while not path.exists():  # noqa: ASYNC110, ASYNC240 - another process writes it
        await asyncio.sleep(0.02)


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


async def test_a_signal_lets_it_finish_and_whatever_is_left_is_done_at_the_next_start(folder: Path) -> None:
    port = free_port()
    async with serving(folder, port) as process:
        await line(process, "Serving telegram from")
        second = await begun(folder, "run")
        refusal, _nothing = await second.communicate()
        assert (second.returncode, refusal.decode().count("\n")) == (1, 1)
        assert "serves" in refusal.decode()
        (folder / "say").write_text("/help\n")
        await appears(folder / "answering")
        async with aiohttp.ClientSession() as web, web.get(f"http://127.0.0.1:{port}/ready") as answer:
            ready = await answer.json()
        assert ready["status"] == "ready"
        assert set(ready["services"]) >= {"telegram", "answers", "web"}
        process.send_signal(signal.SIGTERM)
        await line(process, "Stopping")
        (folder / "answers").write_text("go on\n")
        await line(process, "Stopped; everything in hand was finished.")
        assert await process.wait() == 0
    assert (folder / "heard").read_text() == "0 1\n"

    (folder / "answers").unlink()
    (folder / "answering").unlink()
    (folder / "say").write_text("/help\n/help\n")
    async with serving(folder, port) as process:
        await appears(folder / "answering")
        process.send_signal(signal.SIGINT)
        await line(process, "Stopping")
        process.send_signal(signal.SIGINT)
        await line(process, "Stopped at once")
        assert await process.wait() == 130
    assert (folder / "heard").read_text() == "0 1\n"

    (folder / "answers").write_text("go on\n")
    async with serving(folder, port) as process:
        await appears(folder / "answering")
        while (folder / "heard").read_text() != "0 1\n1 1\n":  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        await line(process, "Stopped")
        assert await process.wait() == 0
