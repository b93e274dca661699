"""kill -9 at any moment: everything is answered, at most one answer of a room twice a kill, nothing done twice."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import random
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.clock import SystemClock
from adapters.storage import DATABASE_NAME, open_storage
from bot.chat.codec import encode_incoming
from bot.chat.incoming import Author, Message, Place, Press
from bot.model.conversations import ActionToken
from bot.services.actions import place_key
from tests.e2e import killed_program

SEEDS = range(int(os.environ.get("RECOMMENDARR_KILL_SEEDS", "5")))
KILLS = 3
ROOMS = 4
PRESSES = 12
MESSAGES = 24
PROCESSES = multiprocessing.get_context("forkserver")  # what is imported once is started quickly
PROCESSES.set_forkserver_preload(["tests.e2e.killed_program"])
ANNA = Author("fake", "1", "Anna")


async def prepared(folder: Path, draw: random.Random) -> list[dict[str, Any]]:
    """What people will do: messages in several rooms, presses, and every second button pressed twice."""
    now = SystemClock().now()
    here = [Place("fake", f"room {number}") for number in range(ROOMS)]
    async with open_storage(folder) as storage, storage() as uow:
        member = await uow.members.add("Anna")
        tokens = [
            ActionToken(
                f"t{n}",
                "like",
                {"genre": f"genre {n}"},
                place_key(here[n % ROOMS]),
                member.id,
                now,
                now + timedelta(hours=1),
                once=True,
            )
            for n in range(PRESSES)
        ]
        await uow.conversations.add_tokens(tokens)
        await uow.commit()
    updates = [encode_incoming(Message(f"m{n}", here[n % ROOMS], ANNA, "hello")) for n in range(MESSAGES)]
    updates += [encode_incoming(Press(f"p{n}", here[n % ROOMS], ANNA, f"t{n}")) for n in range(PRESSES)]
    draw.shuffle(updates)
    # Pressed again later, as another press: it must do nothing.
    updates += [encode_incoming(Press(f"again{n}", here[n % ROOMS], ANNA, f"t{n}")) for n in range(0, PRESSES, 2)]
    (folder / "updates.json").write_text(json.dumps(updates))
    return updates


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_anywhere_everything_is_answered_and_done_once(tmp_path: Path, sqlite_template: Path, seed: int) -> None:
    shutil.copy(sqlite_template, tmp_path / DATABASE_NAME)
    draw = random.Random(seed)
    updates = asyncio.run(prepared(tmp_path, draw))
    for start in range(KILLS + 1):
        process = PROCESSES.Process(target=killed_program.start, args=(str(tmp_path), 100 * seed + start))
        process.start()
        if start < KILLS:
            process.join(draw.random() * 0.5)  # where the kill falls
            process.kill()
        process.join(60)
    assert process.exitcode == 0

    heard = [tuple(json.loads(line)) for line in (tmp_path / "heard.jsonl").read_text().splitlines()]
    counts = Counter(id for id, _words in heard)
    assert set(counts) == {update["id"] for update in updates}
    repeated = Counter[str]()
    for update in updates:
        repeated[update["place"]["room"]] += counts[update["id"]] - 1
    assert max(repeated.values()) <= KILLS
    said = dict(heard)
    assert {said[f"p{n}"] for n in range(PRESSES)} == {f"done genre {n}" for n in range(PRESSES)}
    assert {said[f"again{n}"] for n in range(0, PRESSES, 2)} == {"refused"}
    assert len(set(heard)) == len(counts)  # what is said twice is said alike
    asyncio.run(nothing_left(tmp_path))


async def nothing_left(folder: Path) -> None:
    async with open_storage(folder) as storage, storage() as uow:
        assert list(await uow.inbox.unfinished()) == []
        assert (await uow.quizzes.of(1)).genres == {f"genre {n}": 1.0 for n in range(PRESSES)}
