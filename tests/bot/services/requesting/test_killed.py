"""A real process, killed between the press and Seerr's answer, and the next one on the same home.

`RECOMMENDARR_REQUEST_KILLS` says how often, `RECOMMENDARR_REQUEST_REPORT` in which folder the result is kept.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from adapters.storage import DATABASE_NAME, open_storage
from tests.bot.services.requesting.house import DUNE, a_house, token
from tests.contracts.kit import Fault
from tests.fakes.clock import FakeClock

SEEDS = int(os.environ.get("RECOMMENDARR_REQUEST_KILLS", "5"))
_REQUESTS = 5  # from the press to the answer: title, quota, who am I, title, the request itself
_POST = 5
_ANSWERING = _REQUESTS + 1


async def started(home: Path, url: str, minutes: int, *pressed: str) -> Process:
    program = "tests.bot.services.requesting.killed_program"
    arguments = ("-m", program, str(home), url, str(minutes), *pressed)
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=PIPE, stdout=PIPE)


async def until(process: Process, wanted: str) -> list[str]:
    """The lines up to the one that begins so."""
    assert process.stdout is not None
    lines: list[str] = []
    while line := (await process.stdout.readline()).decode():
        lines.append(line.strip())
        if line.startswith(wanted):
            return lines
    raise AssertionError(f"ended before {wanted}: {lines}")


async def test_a_kill_makes_no_second_request_and_hides_no_outcome(sqlite_template: Path, tmp_path: Path) -> None:
    together = asyncio.Semaphore(2)

    async def one(seed: int) -> int:
        home = tmp_path / str(seed)
        home.mkdir()
        shutil.copy(sqlite_template, home / DATABASE_NAME)
        async with together:
            return await killed(seed, home)

    told = await asyncio.gather(*(one(seed) for seed in range(SEEDS)))
    if folder := os.environ.get("RECOMMENDARR_REQUEST_REPORT"):
        report = {"kills": SEEDS, "told_once": told.count(1), "told_twice": told.count(2), "doubled_requests": 0}
        (Path(folder) / "request-kills.json").write_text(json.dumps(report, indent=2) + "\n")


async def killed(seed: int, home: Path) -> int:
    """One press, one kill, one more start; how often the person was told the outcome."""
    chance = random.Random(seed)
    at, effect, late = chance.randint(1, _ANSWERING), chance.random() < 0.5, chance.random() < 0.5
    if seed < 3:  # the moments that matter most come first
        at, effect, late = (_POST, True, False) if seed == 0 else (_POST, False, seed == 1)
    clock = FakeClock()
    async with open_storage(home, clock=clock) as uow, a_house(uow, clock) as house:
        pressed = token(await house.say(f"/request {DUNE}"), "Request it")
        plan = house.server.faults
        plan.plan(Fault.TIMEOUT, at=[at], after=effect and at == _POST)
        process = await started(home, house.server.url, 0, pressed)
        if at == _ANSWERING:
            await until(process, "ANSWERING")
        else:
            while not plan.hits[Fault.TIMEOUT]:
                await asyncio.sleep(0.005)
                assert process.returncode is None
        process.kill()
        await process.wait()
        plan.clear()
        if at == _POST and late and not effect:  # Seerr takes its time, and does it all the same
            house.world.file(house.world.people[2], "movie", 601, None, is4k=False, owner=None)
        process = await started(home, house.server.url, 3)
        assert process.stdin is not None
        process.stdin.write(b"\n" * 10)
        told = [line for line in await until(process, "DONE") if line.startswith(("ANSWER ", "NOTICE "))]
        await process.wait()
        assert 1 <= len(told) <= 2
        requests = list(house.world.requests.values())
        if any("did not arrive" in line for line in told):
            assert requests == []
        else:
            assert [(each.owner, each.tmdb) for each in requests] == [(2, 601)]
            assert all("waits for approval" in line for line in told)
        return len(told)
