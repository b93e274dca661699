"""Webhooks of a whole day through the web application: in order, or again, late and in any order, all end the same."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import httpx
import pytest

from adapters.jobs import local_bell
from adapters.web import PrometheusMeter, build_app
from adapters.web.webhooks import webhooks_router
from bot.errors import Locked
from bot.jobs.notices import notice_jobs
from bot.jobs.queue import DurableQueue
from bot.jobs.syncing import SYNC, SyncJobs
from bot.jobs.worker import Worker, WorkerConfig
from bot.ports.storage import UnitOfWorkFactory
from bot.services.live import LiveService
from bot.services.sync import SyncService
from tests.bot.jobs.test_worker import working
from tests.databases import dump
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.storage import FakeStorage
from tests.scenario.day import Happening, Hint, a_day, late, morning
from tests.scenario.household import build
from tests.scenario.running import Services, impatient, open_services

SECRET = "a-secret-of-twenty-characters"
HOUSEHOLD = build(3, titles=16, viewings=40)
AT_ONCE = ("libraries", "people", "accounts", "items", "waiting")  # what needs no further sync


class Told:
    """Remembers what can be watched now."""

    def __init__(self) -> None:
        self.titles: list[int] = []

    async def changed(self) -> None:
        """Nobody listens here."""

    async def availability(self, title_id: int) -> None:
        self.titles.append(title_id)


class Following:
    """The bot as it serves webhooks of the household."""

    def __init__(self, storage: UnitOfWorkFactory, services: Services, http: Any) -> None:
        self.storage, self.services, self.clock = storage, services, FakeClock()
        self.notices = Told()
        sources, bell = services.everything(http), local_bell()
        self.sync = SyncService(storage, self.clock, sources)
        self.queue = DurableQueue(storage, self.clock, bell)
        jobs = SyncJobs(self.sync, sources, storage, self.clock, self.queue).declared()
        declared = [*jobs, *notice_jobs(self.notices)]
        self.worker = Worker(storage, self.clock, bell, declared, config=WorkerConfig(look=0.005, locked_pause=1.0))
        router = webhooks_router(SECRET, LiveService(self.queue, sources))
        app = build_app(statuses=tuple, meter=PrometheusMeter(), routers=[router])
        self.web = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")

    def happen(self, happening: Happening) -> None:
        """Time comes, and something happens."""
        self.clock.set(max(happening.at, self.clock.now()))
        happening.change(self.services)

    async def post(self, hint: Hint) -> None:
        """Deliver a webhook with the secret where that service can put it."""
        body, kind = hint.body()
        with_header = hint.service in ("seerr", "radarr", "sonarr")
        path = f"/webhooks/{hint.service}" if with_header else f"/webhooks/{SECRET}/{hint.service}"
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {SECRET}"} if with_header else {})
        answer = await self.web.post(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["status"] in ("accepted", "ignored")) == (202, True), hint

    async def settle(self) -> None:
        """Let time pass until nothing waits any more."""
        async with asyncio.timeout(60):
            while True:
                async with self.storage() as uow:
                    if not await uow.jobs.count():
                        return
                    moment = await uow.jobs.next_due()
                if moment is not None and moment > self.clock.now():
                    self.clock.set(moment)
                await asyncio.sleep(0.003)


@asynccontextmanager
async def following(storage: UnitOfWorkFactory) -> AsyncIterator[Following]:
    """Synced once, in the morning."""
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(open_services(HOUSEHOLD, check_answers=20))
        http = await stack.enter_async_context(impatient())
        morning(services, HOUSEHOLD)
        bot = Following(storage, services, http)
        await stack.enter_async_context(bot.web)
        assert (await bot.sync.run()).failed == ()
        await stack.enter_async_context(working(bot.worker))
        yield bot


async def clean(day: tuple[Happening, ...]) -> dict[str, Any]:
    """What one sync makes of the day when no webhook comes."""
    async with following(FakeStorage()) as bot:
        for happening in day:
            bot.happen(happening)
        assert (await bot.sync.run()).failed == ()
        return await told(bot)


async def told(bot: Following) -> dict[str, Any]:
    """The database, without the moments at which descriptions were fetched."""
    found = await dump(bot.storage)
    return {**found, "metadata": {name: replace(each, fetched_at=NOON) for name, each in found["metadata"].items()}}


async def check(bot: Following, wanted: dict[str, Any]) -> None:
    """All that was announced is there at once, and all the rest after the next sync."""
    found = await told(bot)
    for part in AT_ONCE:
        assert found[part] == wanted[part], part
    assert (await bot.sync.run()).failed == ()
    assert await told(bot) == wanted


@pytest.mark.parametrize("seed", [1])
async def test_a_day_of_webhooks_in_order_leaves_what_a_sync_leaves(seed: int) -> None:
    day = a_day(seed, HOUSEHOLD)
    wanted = await clean(day)
    assert min(map(str, late(HOUSEHOLD).facts.refs)) in wanted["titles"]
    async with following(FakeStorage()) as bot:
        for happening in day:
            bot.happen(happening)
            for hint in happening.hints:
                await bot.post(hint)
            await bot.settle()
        await check(bot, wanted)
        assert len(bot.notices.titles) == 1  # what came is told of


@pytest.mark.parametrize("seed", [2])
async def test_a_day_of_webhooks_again_and_late_and_between_syncs_leaves_what_a_sync_leaves(
    sqlite_storage: UnitOfWorkFactory, seed: int
) -> None:
    day = a_day(seed, HOUSEHOLD)
    wanted = await clean(day)
    async with following(sqlite_storage) as bot:
        await _in_disorder(bot, day, random.Random(seed))
        await check(bot, wanted)
        assert len(bot.notices.titles) <= 1  # a sync beside the jobs may hear of it first: that is asked about later


async def _in_disorder(bot: Following, day: tuple[Happening, ...], draw: random.Random) -> None:
    """Every webhook comes once, late or not, and up to twice more at any time; between them come syncs."""
    arriving: list[list[Hint]] = [[] for _ in day]
    for number, happening in enumerate(day):
        for hint in happening.hints:
            arriving[draw.randrange(number, len(day))].append(hint)
            for _again in range(draw.randint(0, 2)):
                arriving[draw.randrange(len(day))].append(hint)
    for happening, hints in zip(day, arriving, strict=True):
        bot.happen(happening)
        draw.shuffle(hints)
        half = len(hints) // 2
        await asyncio.gather(*map(bot.post, hints[:half]))
        if draw.random() < 0.3:
            await bot.queue.enqueue(SYNC, {})
        if draw.random() < 0.3:
            with suppress(Locked):  # a job is at it
                await bot.sync.run()
        await asyncio.gather(*map(bot.post, hints[half:]))
        if draw.random() < 0.3:
            await bot.settle()
    await bot.settle()
