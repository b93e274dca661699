"""kill -9 of `recommendarr sync` at a random moment, as often as asked, and what the next sync makes of it."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.storage import DATABASE_NAME, open_storage
from tests.contracts.kit import Call, DescribedServer, Fault
from tests.databases import dump
from tests.fakes.services.plex_world import API_KEY, TOKEN
from tests.fakes.services.tmdb import READ_TOKEN
from tests.scenario import program
from tests.scenario.running import COUNTRY, LOCALES, Services

PROCESSES = multiprocessing.get_context("forkserver")  # what is imported once is started quickly
PROCESSES.set_forkserver_preload(["tests.scenario.program"])
_LASTS = 60  # seconds that one run may take


@dataclass(slots=True)
class Killer:
    """Kills a process when so many requests have come in, all servers together."""

    at: int
    process: Any
    seen: int = 0

    def look(self, _call: Call) -> bool:
        """One more request has come in; it is answered as ever."""
        self.seen += 1
        if self.seen == self.at:
            self.process.kill()
        return False


def settings_of(services: Services) -> dict[str, str]:
    """The environment in which the program finds the services."""
    return {
        "RECOMMENDARR_PLEX__URL": services.plex.server.url,
        "RECOMMENDARR_PLEX__TOKEN": TOKEN,
        "RECOMMENDARR_PLEX__CLIENT": "recommendarr-test",
        "RECOMMENDARR_TAUTULLI__URL": services.tautulli.server.url,
        "RECOMMENDARR_TAUTULLI__API_KEY": API_KEY,
        "RECOMMENDARR_JELLYFIN__URL": services.jellyfin.server.url,
        "RECOMMENDARR_JELLYFIN__API_KEY": services.jellyfin.world.key,
        "RECOMMENDARR_TMDB__URL": services.tmdb.url,
        "RECOMMENDARR_TMDB__TOKEN": READ_TOKEN,
        "RECOMMENDARR_TMDB__COUNTRY": COUNTRY,
        "RECOMMENDARR_TMDB__LOCALES": f'["{LOCALES[0]}"]',
        "RECOMMENDARR_SEERR__URL": services.seerr.server.url,
        "RECOMMENDARR_SEERR__API_KEY": services.seerr.world.key,
    }


async def run(services: Services, home: Path, *, kill_at: int | None = None) -> int | None:
    """One start of the program; its exit code, negative when a signal ended it."""
    arguments = (str(home), settings_of(services), services.plex_tv.server.url)
    process = PROCESSES.Process(target=program.start, args=arguments)
    killer = Killer(kill_at or 0, process)
    for server in services.servers.values():
        _watch(server, killer)
    process.start()
    await asyncio.to_thread(process.join, _LASTS)
    if process.is_alive():
        process.kill()
        await asyncio.to_thread(process.join)
        raise AssertionError("the program does not end")
    return process.exitcode


def _watch(server: DescribedServer, killer: Killer) -> None:
    server.faults.clear()
    server.faults.plan(Fault.SERVER_ERROR, at=(), matching=killer.look)


async def left(home: Path) -> dict[str, Any]:
    """What is in the database."""
    async with open_storage(home) as storage:
        return await dump(storage)


async def requests_of_a_quiet_run(services: Services, home: Path) -> int:
    """How many requests a run sends that nothing stops."""
    before = sum(len(server.requests) for server in services.servers.values())
    assert await run(services, home) == 0, (home / "told.txt").read_text()
    assert program.failed(home) == []
    return sum(len(server.requests) for server in services.servers.values()) - before


async def killed_and_finished(services: Services, home: Path, seed: int, requests: int, kills: int) -> dict[str, Any]:
    """Kill the program at random requests, then let it end; what is in the database then."""
    draw = random.Random(seed)
    for kill in range(kills):
        ended = await run(services, home, kill_at=draw.randint(1, requests))
        # A run that resumes sends fewer requests than the first one: it may end before it is to be killed.
        assert ended == -signal.SIGKILL or (kill and ended == 0), ended
    assert await run(services, home) == 0, (home / "told.txt").read_text()
    assert program.failed(home) == []
    return await left(home)


def new_home(folder: Path, template: Path) -> Path:
    """A state directory with an empty database."""
    folder.mkdir(parents=True)
    shutil.copy(template, folder / DATABASE_NAME)
    return folder
