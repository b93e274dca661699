"""kill -9 of `recommendarr sync` at random moments, with many seeds: how often the database ended as it should.

python -m benchmarks.sync_kills --seeds 50 --output benchmarks/results/sync-kills.json
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import tempfile
from pathlib import Path

import structlog
from sqlalchemy import URL

from adapters.storage.migrate import prepare
from tests.scenario.household import build
from tests.scenario.kills import killed_and_finished, left, new_home, requests_of_a_quiet_run
from tests.scenario.running import open_services

_KILLS = 2  # of one database, one after the other
_CHECKED = 50


async def _soak(folder: Path, seeds: int) -> dict[str, object]:
    template = folder / "template.db"
    prepare(URL.create("sqlite", database=str(template)), folder)
    different = []
    async with open_services(build(5, titles=24, viewings=60), check_answers=_CHECKED) as services:
        requests = await requests_of_a_quiet_run(services, new_home(folder / "quiet", template))
        clean = await left(folder / "quiet")
        for seed in range(seeds):
            home = new_home(folder / str(seed), template)
            if await killed_and_finished(services, home, seed, requests, _KILLS) != clean:
                different.append(seed)
    return {"seeds": seeds, "kills_of_each": _KILLS, "requests_of_a_quiet_run": requests, "different": different}


def main() -> None:
    """Kill and keep the report; the exit code says whether anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(_soak(Path(folder), given.seeds))
    text = json.dumps(report, indent=2)
    if given.output:
        given.output.parent.mkdir(parents=True, exist_ok=True)
        given.output.write_text(text + "\n")
    print(text)
    sys.exit(bool(report["different"]))


if __name__ == "__main__":
    main()
