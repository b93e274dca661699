"""`recommendarr run` on Telegram, killed as it answers: nobody waits for ever, and hardly anybody hears it twice."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bootstrap import open_core
from bot.commands import COMMANDS
from bot.model.members import LinkedAccount
from tests.e2e.platforms.stage import settings_for
from tests.fakes.services.telegram import TOKEN, FakeTelegram
from tests.fakes.services.telegram_people import TelegramPeople
from tests.fakes.services.telegram_state import Sent

ROOT = Path(__file__).parents[3]
KILLS = max(1, int(os.environ.get("RECOMMENDARR_KILL_SEEDS", "5")) // 3)
TITLES = ("Heat", "Alien", "Fargo", "The Matrix", "Fight Club", "Pulp Fiction", "Parasite", "Blade Runner")
SENT = ("sendMessage", "sendPhoto")


@asynccontextmanager
async def running(home: Path, telegram: FakeTelegram) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program as an owner starts it; killed at the end unless it has ended."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("RECOMMENDARR_")}
    settings = {
        "RECOMMENDARR_HOME": str(home),
        "RECOMMENDARR_TELEGRAM__TOKEN": TOKEN,
        "RECOMMENDARR_TELEGRAM__BASE_URL": telegram.base_url,
        "RECOMMENDARR_WEB__ENABLED": "false",
        "RECOMMENDARR_LIMITS__PERSON_BURST": "1000",
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=home, env=clean | settings, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


def count_sent(telegram: FakeTelegram) -> int:
    return sum(telegram.server.count(name=name) for name in SENT)


async def test_a_killed_bot_answers_everybody_and_at_most_one_twice_a_kill(demo_home: Path) -> None:
    chance = random.Random(KILLS)
    async with FakeTelegram() as telegram:
        people = TelegramPeople(telegram, COMMANDS)
        async with open_core(settings_for(demo_home)) as core, core.uow() as uow:
            anna = await uow.members.by_name("Anna")
            assert anna is not None
            await uow.members.link(LinkedAccount(anna.id, "telegram", people.account("anna"), core.clock.now()))
            await uow.commit()
        asked: Counter[str] = Counter()
        for _ in range(KILLS):
            for title in chance.sample(TITLES, 4):
                await people.write("anna", "private", f"/search {title}")
                asked[title] += 1
            until = count_sent(telegram) + chance.randint(1, 3)
            async with asyncio.timeout(60), running(demo_home, telegram):
                await telegram.until(lambda: count_sent(telegram) >= until, 60)  # noqa: B023
        async with asyncio.timeout(60), running(demo_home, telegram) as process:
            await people.write("anna", "private", "/help search")
            await telegram.until(lambda: any("/search" in sent.text for sent in heard(people, telegram)), 60)
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
        told = Counter(
            next(title for title in TITLES if sent.text.startswith(title))
            for sent in heard(people, telegram)
            if sent.text.startswith(TITLES)
        )
        assert all(told[title] >= times for title, times in asked.items()), (asked, told)
        assert told.total() <= asked.total() + KILLS
        telegram.server.assert_clean()


def heard(people: TelegramPeople, telegram: FakeTelegram) -> list[Sent]:
    """Everything that Anna was told in private."""
    return list(telegram.sent(int(people.account("anna"))))
