"""From a webhook to the database: on a real database, with the household of the sync tests behind it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.jobs import local_bell
from adapters.storage import open_storage
from adapters.web import PrometheusMeter, build_app
from adapters.web.webhooks import webhooks_router
from bot.jobs.notices import notice_jobs
from bot.jobs.queue import DurableQueue
from bot.jobs.syncing import SyncJobs
from bot.jobs.worker import Worker, WorkerConfig
from bot.ports.requests import MediaState, RequestState
from bot.ports.storage import UnitOfWorkFactory
from bot.services.live import LiveService
from bot.services.sync import Sources, SyncService
from tests.bot.jobs.test_worker import until, working
from tests.bot.services.sync.house import House, item, play
from tests.databases import dump
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage
from tests.samples import ref

SECRET = "a-secret-of-twenty-characters"
FINISHED = {"action": "stop", "user_id": "a", "media_type": "movie", "rating_key": "k3"}
WATCHED = {"action": "watched", "user_id": "a", "media_type": "movie", "rating_key": "k3"}
ADDED = {"event": "library.new"}
ON_JELLYFIN = {
    "NotificationType": "PlaybackStop", "ItemType": "Movie", "ItemId": "j2", "UserId": "ja", "PlayedToCompletion": True,
}  # fmt: skip


class Told:
    """Remembers what can be watched now."""

    def __init__(self) -> None:
        self.titles: list[int] = []
        self.changes = 0

    async def availability(self, title_id: int) -> None:
        self.titles.append(title_id)

    async def changed(self) -> None:
        self.changes += 1


class Running:
    """A process that serves the household: its webhooks, and its worker once it works."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.notices = Told()
        bell = local_bell()
        uow, clock = house.storage, house.clock
        sources = Sources(
            (house.plex, house.jellyfin), (house.plex, house.tautulli, house.jellyfin), house.tmdb, (house.seerr,)
        )
        queue = DurableQueue(uow, clock, bell)
        sync = SyncService(uow, clock, sources)
        jobs = [*SyncJobs(sync, sources, uow, clock, queue).declared(), *notice_jobs(self.notices)]
        self.worker = Worker(uow, clock, bell, jobs, config=WorkerConfig(look=0.005))
        router = webhooks_router(SECRET, LiveService(queue, sources))
        app = build_app(statuses=tuple, meter=PrometheusMeter(), routers=[router])
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")

    async def post(self, service: str, payload: dict[str, Any]) -> None:
        answer = await self._client.post(f"/webhooks/{SECRET}/{service}", json=payload)
        assert answer.status_code == 202

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        async with working(self.worker):
            yield

    async def settle(self, seconds: float = 120.0) -> None:
        """Let time pass until nothing waits any more."""
        async with asyncio.timeout(20):
            while True:
                async with self.house.storage() as uow:
                    if not await uow.jobs.count():
                        return
                    moment = await uow.jobs.next_due()
                if moment is not None and moment > self.house.clock.now():
                    self.house.clock.set(moment)
                await asyncio.sleep(0.003)


@pytest.fixture
async def house(sqlite_storage: UnitOfWorkFactory, clock: FakeClock) -> House:
    """Synced once, then Anna watches the film k3 to its end."""
    house = House(sqlite_storage, clock)
    await house.sync.run()
    return house


def finish_film(house: House) -> None:
    house.tautulli.watch_list = [*house.tautulli.watch_list, play("a", "t9", "k3", days=0, completion=1.0)]


async def seen(house: House, account: str = "a", source: str = "plex") -> set[str]:
    async with house.storage() as uow:
        member = await uow.members.by_account(source, account)
        assert member is not None
        return {event.key for event in (await uow.histories.of(member.id)).events}


async def clean(house: House) -> dict[str, Any]:
    """What a sync of everything, without any webhook, makes of an empty database."""
    other = replace(house, storage=FakeStorage(house.clock))
    await other.sync.run()
    return await dump(other.storage)


def same(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(found[part] == wanted[part] for part in ("titles", "people", "items", "waiting", "requests"))


async def test_a_finished_film_is_in_the_history_at_once_and_only_once(house: House) -> None:
    running = Running(house)
    async with running.working():
        finish_film(house)
        await running.post("tautulli", FINISHED)
        await until(lambda: _has(house, "t9"))
        await running.settle()
        await house.sync.run()
    assert await seen(house) == {"t1", "t2", "t4", "t5", "t9"}
    assert same(await dump(house.storage), await clean(house))


async def _has(house: House, key: str) -> bool:
    return key in await seen(house)


async def test_a_play_that_is_written_down_later_than_told_is_asked_for_again(house: House) -> None:
    running = Running(house)
    async with running.working():
        await running.post("tautulli", FINISHED)
        asked = house.tautulli.requests
        await until(lambda: house.tautulli.requests > asked)
        assert "t9" not in await seen(house)
        finish_film(house)
        await running.settle()
    assert "t9" in await seen(house)


async def test_a_play_that_never_comes_is_not_asked_for_for_ever(house: House) -> None:
    running = Running(house)
    asked = house.tautulli.requests
    async with running.working():
        await running.post("tautulli", FINISHED)
        await running.settle()
    assert 5 < house.tautulli.requests - asked < 150
    async with house.storage() as uow:
        assert await uow.jobs.count() == 0


@pytest.mark.parametrize("seed", range(3))
async def test_webhooks_thrice_and_in_any_order_leave_what_a_sync_leaves(house: House, seed: int) -> None:
    house.plex.item_list = [*house.plex.item_list, item("k9", "1", ref(2000), age=0)]
    finish_film(house)
    house.jellyfin.watch_list = [*house.jellyfin.watch_list[:1], play("ja", "ja/j2", "j2", days=0, plays=2)]
    hints: list[tuple[str, dict[str, Any]]] = [
        ("tautulli", WATCHED), ("tautulli", FINISHED), ("plex", ADDED), ("jellyfin", ON_JELLYFIN),
        ("seerr", {"notification_type": "MEDIA_PENDING"}), ("radarr", {"eventType": "Download"}),
        ("jellyfin", {"NotificationType": "ItemAdded", "ItemType": "Movie"}),
    ] * 3  # fmt: skip
    random.Random(seed).shuffle(hints)
    running = Running(house)
    async with running.working():
        for service, payload in hints:
            await running.post(service, payload)
        await running.settle()
    assert same(await dump(house.storage), await clean(house))


async def test_what_was_accepted_before_a_kill_is_done_after_it(
    house: House, sqlite_home: Path, clock: FakeClock
) -> None:
    finish_film(house)
    await Running(house).post("tautulli", FINISHED)  # nobody works
    async with open_storage(sqlite_home, clock=clock) as storage:
        house.storage = storage
        running = Running(house)
        async with running.working():
            await running.settle()
        assert "t9" in await seen(house)


async def test_a_source_that_is_down_is_asked_again_later(house: House) -> None:
    running = Running(house)
    finish_film(house)
    house.tautulli.down = True
    async with running.working():
        await running.post("tautulli", FINISHED)
        asked = house.tautulli.requests
        await until(lambda: house.tautulli.requests > asked)
        house.tautulli.down = False
        await running.settle()
    assert "t9" in await seen(house)


async def test_a_film_that_was_added_and_watched_before_a_sync_is_learnt_from(house: House) -> None:
    running = Running(house)
    house.plex.item_list = [*house.plex.item_list, item("k9", "1", ref(2000), age=0)]
    house.tautulli.watch_list = [*house.tautulli.watch_list, play("a", "t9", "k9", days=0)]
    house.clock.advance(timedelta(seconds=1))
    async with running.working():
        await running.post("tautulli", {**FINISHED, "rating_key": "k9"})
        await running.settle()
    assert "t9" in await seen(house)


async def test_the_owner_is_known_by_the_number_that_plex_itself_uses(house: House) -> None:
    running = Running(replace(house, tautulli=house.plex))
    house.plex.watch_list = [play("a", "p1", "k3", days=0)]
    payload = {"event": "media.scrobble", "Account": {"id": 1}, "Metadata": {"type": "movie", "ratingKey": "k3"}}
    async with running.working():
        await running.post("plex", payload)
        await running.settle()
    assert "p1" in await seen(house)


async def test_what_was_requested_and_came_is_told_of_once(house: House) -> None:
    running = Running(house)
    (asked, other) = house.seerr.filed
    house.seerr.filed[:] = [
        replace(asked, state=RequestState.COMPLETED, media=MediaState.AVAILABLE, updated_at=house.clock.now()), other
    ]  # fmt: skip
    async with running.working():
        for _time in range(3):
            await running.post("seerr", {"notification_type": "MEDIA_AVAILABLE"})
            await running.settle()
    async with house.storage() as uow:
        owners = await uow.titles.by_refs([asked.ref])
    assert running.notices.titles == [owners[asked.ref]]
    # Each time the request service told of something, whatever the catalogue holds of it.
    assert running.notices.changes == 3
