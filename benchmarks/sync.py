"""How long a sync of a whole household takes, what it asks of each source, and how much memory it needs.

    python -m benchmarks.sync --titles 3000 --output benchmarks/results/sync.json

Plex, Tautulli, TMDB and Seerr answer from this process; the sync runs in a process of its own with the real database.
Neither embedding nor the wait that TMDB's limit of requests a second imposes is part of it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import multiprocessing
import resource
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import structlog

from adapters.storage import open_storage
from bot.bootstrap_sources import sources_on
from bot.model.recommendation import Mode
from bot.services.sync import Sources, SyncService
from bot.settings import load_settings
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.storage import FakeStorage
from tests.scenario import program
from tests.scenario.bounds import requests_at_most
from tests.scenario.household import build
from tests.scenario.kills import settings_of
from tests.scenario.recommending import everybodys_picks
from tests.scenario.running import impatient, open_services
from tests.scenario.services import together

_PROCESSES = multiprocessing.get_context("spawn")
_MODES = (Mode.TONIGHT, Mode.REDISCOVER, Mode.GRAB)
_CHECKED = 500  # of so many answers the fakes check one
_VIEWINGS = 20_000


class _Memory:
    """What this process holds, in megabytes: at first, and at most."""

    def __init__(self) -> None:
        self.before = self.peak = self._now()

    def look(self, *_progress: object) -> None:
        """Called whenever the sync tells how far it is."""
        self.peak = max(self.peak, self._now())

    @staticmethod
    def _now() -> float:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return round(pages * resource.getpagesize() / 2**20, 1)


async def _measured() -> dict[str, Any]:
    settings, clock = load_settings(), FakeClock()
    told: dict[str, Any] = {}
    async with open_storage(settings.home, clock=clock) as storage:
        memory = _Memory()
        for name in ("first", "nothing_new"):
            async with impatient() as http:
                began, worked = perf_counter(), process_time()
                summary = await SyncService(storage, clock, sources_on(http, settings)).run(
                    embed=False, progress=memory.look
                )
                told[name] = {
                    "seconds": round(perf_counter() - began, 2),
                    "processor_seconds": round(process_time() - worked, 2),
                    "requests": {source.source: source.requests for source in summary.sources},
                    "failed": [source.source for source in summary.failed],
                }
    return {**told, "memory_mb": {"before": memory.before, "peak": memory.peak}}


def _child(home: str, settings: dict[str, str], plex_tv: str, connection: Connection) -> None:
    program.settle(home, settings, plex_tv)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    connection.send(asyncio.run(_measured()))


async def _household(titles: int) -> dict[str, Any]:
    household = build(1, titles=titles, viewings=_VIEWINGS)
    with tempfile.TemporaryDirectory() as folder:
        async with open_services(household, check_answers=_CHECKED) as services:
            here, there = _PROCESSES.Pipe()
            settings = {key: value for key, value in settings_of(services).items() if "JELLYFIN" not in key}
            arguments = (folder, settings, services.plex_tv.server.url, there)
            process = _PROCESSES.Process(target=_child, args=arguments)
            process.start()
            there.close()
            told: dict[str, Any] = await asyncio.to_thread(here.recv)
            await asyncio.to_thread(process.join)
    return {
        "titles": titles,
        "viewings": len(household.viewings),
        "requests_at_most": requests_at_most(household),
        **told,
    }


async def _equal(titles: int) -> dict[str, Any]:
    """Whether everybody is recommended the same from Plex with Tautulli as from Jellyfin."""
    household = together(build(1, titles=titles, viewings=_VIEWINGS))
    async with open_services(household, check_answers=_CHECKED) as services, impatient() as http:
        sources = (services.plex_sources(http), services.jellyfin_sources(http))
        first, second = [await everybodys_picks(await _synced(each), _MODES, NOON) for each in sources]
    return {"lists": len(first), "equal": sum(first[place] == second[place] for place in first)}


async def _synced(sources: Sources) -> FakeStorage:
    storage = FakeStorage(FakeClock())
    await SyncService(storage, FakeClock(), sources).run(embed=False)
    return storage


def main() -> None:
    """Measure and keep the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--titles", type=int, nargs="+", default=[3000, 12_000])
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    report: dict[str, Any] = {"households": [asyncio.run(_household(titles)) for titles in given.titles]}
    report["either_server_recommends_the_same"] = asyncio.run(_equal(given.titles[0]))
    text = json.dumps(report, indent=2)
    if given.output:
        given.output.parent.mkdir(parents=True, exist_ok=True)
        given.output.write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
