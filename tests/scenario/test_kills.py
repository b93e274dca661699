"""`recommendarr sync`, killed anywhere and started again, ends with the database of a run that nobody disturbed."""

from __future__ import annotations

from pathlib import Path

from tests.scenario.household import build
from tests.scenario.kills import killed_and_finished, left, new_home, requests_of_a_quiet_run
from tests.scenario.running import open_services

SEEDS = range(5)  # many more: benchmarks.sync_kills
HOUSEHOLD = build(5, titles=12, viewings=40)


async def test_killed_anywhere_the_sync_ends_as_if_nothing_had_been(tmp_path: Path, sqlite_template: Path) -> None:
    async with open_services(HOUSEHOLD, check_answers=20) as services:
        first = new_home(tmp_path / "quiet", sqlite_template)
        requests = await requests_of_a_quiet_run(services, first)
        clean = await left(first)
        assert clean["items"]
        assert all(person["events"] for person in clean["people"].values())
        for seed in SEEDS:
            home = new_home(tmp_path / str(seed), sqlite_template)
            assert await killed_and_finished(services, home, seed, requests, kills=1) == clean, seed
