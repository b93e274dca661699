"""Whatever goes wrong on the way, the next quiet sync leaves exactly the database of a household where nothing did."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.http import Http, Timing, open_http
from adapters.media.plex import PlexServer, plex_tv_config, server_config
from adapters.media.plex.library import PlexLibraries
from bot.ports.storage import UnitOfWorkFactory
from bot.services.sync import Sources, SyncService, SyncSummary
from tests.contracts.kit import Call, Fault
from tests.databases import dump
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.services.plex_world import CLIENT, TOKEN
from tests.fakes.storage import FakeStorage
from tests.scenario.household import Household, build
from tests.scenario.running import Services, impatient, open_services

HOUSEHOLD = build(3, titles=24, viewings=80)
SERVICES = ("plex", "plex_tv", "tautulli", "jellyfin", "tmdb", "seerr")


async def sync(storage: UnitOfWorkFactory, sources: Sources, clock: FakeClock | None = None) -> SyncSummary:
    return await SyncService(storage, clock or FakeClock(), sources).run(embed=False)


async def quiet(household: Household, sources_of: Callable[[Services, Http], Sources]) -> dict[str, Any]:
    """What a sync leaves when nothing goes wrong."""
    storage = FakeStorage()
    async with open_services(household, check_answers=20) as services, impatient() as http:
        assert (await sync(storage, sources_of(services, http))).failed == ()
    return await dump(storage)


@pytest.fixture(scope="module")
def clean() -> dict[str, Any]:
    """The whole household with both servers."""
    return asyncio.run(quiet(HOUSEHOLD, lambda services, http: services.everything(http)))


@pytest.fixture(scope="module")
def clean_plex() -> dict[str, Any]:
    """The household with Plex alone."""
    return asyncio.run(quiet(HOUSEHOLD, lambda services, http: services.plex_sources(http)))


@pytest.fixture
async def services() -> AsyncIterator[Services]:
    async with open_services(HOUSEHOLD, check_answers=20) as opened:
        yield opened


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_share_of_all_requests_fails(services: Services, clean: dict[str, Any], seed: int) -> None:
    storage = FakeStorage()
    for number, server in enumerate(services.servers.values()):
        server.faults.seeded(100 * seed + number, 0.3)
    async with impatient() as http:
        summary = await sync(storage, services.everything(http))
    assert summary.failed == ()
    dealt = sum((server.faults.hits for server in services.servers.values()), services.plex.server.faults.hits)
    assert len(dealt) >= 4
    assert await dump(storage) == clean


async def test_requests_that_are_never_answered(
    services: Services, sqlite_storage: UnitOfWorkFactory, clean: dict[str, Any]
) -> None:
    for server in services.servers.values():
        server.faults.plan(Fault.TIMEOUT, at={1})
    async with impatient() as http:
        summary = await sync(sqlite_storage, services.everything(http, timeout=0.4))
    assert summary.failed == ()
    assert all(server.faults.hits[Fault.TIMEOUT] for server in services.servers.values())
    assert await dump(sqlite_storage) == clean


async def test_services_that_ask_for_patience_get_it(services: Services, clean: dict[str, Any]) -> None:
    storage, waits = FakeStorage(), []

    async def wait(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    for server in services.servers.values():
        server.faults.plan(Fault.TOO_MANY, at={1}, retry_after="17")
    async with open_http(timing=Timing(sleep=wait)) as http:
        assert (await sync(storage, services.everything(http))).failed == ()
    assert sum(seconds >= 17 for seconds in waits) >= len(SERVICES)
    assert await dump(storage) == clean


@pytest.mark.parametrize("first", [1, 4, 9])
@pytest.mark.parametrize("name", ["plex", "plex_tv", "tautulli", "tmdb", "seerr"])
async def test_a_service_that_restarts_in_the_middle(
    services: Services, clean_plex: dict[str, Any], name: str, first: int
) -> None:
    """It hangs up from some request on; the others go on, and the next sync makes up for it."""
    storage = FakeStorage()
    seen = 0

    def is_away(_call: Call) -> bool:
        nonlocal seen
        seen += 1
        return seen >= first

    services.servers[name].faults.plan(Fault.DISCONNECT, every=1, matching=is_away)
    async with impatient() as http:
        summary = await sync(storage, services.plex_sources(http))
        assert bool(summary.failed) == (seen >= first)
        services.servers[name].faults.clear()
        assert (await sync(storage, services.plex_sources(http))).failed == ()
    assert await dump(storage) == clean_plex


def small_pages(services: Services, http: Http) -> Sources:
    """Plex read in pages of five."""
    client = http.service(server_config(services.plex.server.url, TOKEN, CLIENT))
    plex_tv = http.service(plex_tv_config(CLIENT, TOKEN, url=services.plex_tv.server.url))
    server = PlexServer(client, plex_tv, libraries=PlexLibraries(client, 5, 5))
    told = services.plex_sources(http)
    return replace(told, servers=(server,), histories=(server, told.histories[1]))


@pytest.mark.parametrize("list_number", [2, 3, 4, 5, 6])
async def test_a_page_that_shifts_while_it_is_read(services: Services, list_number: int) -> None:
    """A title of the first page is deleted while a later one is read: everything behind it moves up."""
    watched = {viewing.title for viewing in HOUSEHOLD.viewings}
    films = [title for title in HOUSEHOLD.owned if title.library == "1"]
    gone = next(title for title in films if title.number not in watched and title.facts.refs) if films else None
    assert gone is not None

    def delete(number: int) -> None:
        if number == list_number and gone.number in services.plex.world.titles:
            services.plex.world.delete(gone.number)

    storage, after = FakeStorage(), FakeStorage()
    services.plex.before_list = delete
    async with impatient() as http:
        assert (await sync(storage, small_pages(services, http))).failed == ()
        assert gone.number not in services.plex.world.titles
        if list_number > 4:  # what vanishes after its library was read is noticed by the next sync
            await sync(storage, small_pages(services, http))
        await sync(after, small_pages(services, http))
    shifted, clean = await dump(storage), await dump(after)
    assert shifted["items"] == clean["items"]
    name = str(min(map(str, gone.facts.refs)))
    for part in ("titles", "added", "metadata"):  # the deleted title may stay, in no library
        shifted[part].pop(name, None)
        clean[part].pop(name, None)
    assert shifted == clean


async def test_a_clock_that_jumps(services: Services, clean_plex: dict[str, Any]) -> None:
    """Years ahead, then back: nothing is missed because a cursor stands in the future."""
    storage, clock = FakeStorage(), FakeClock(NOON - timedelta(days=3))
    world = services.plex.world
    late = world.plays[len(world.plays) // 2 :]
    del world.plays[len(world.plays) // 2 :]
    async with impatient() as http:
        for jump in (timedelta(days=2000), timedelta(days=-1999), timedelta(days=2)):
            assert (await sync(storage, services.plex_sources(http), clock)).failed == ()
            clock.advance(jump)
        world.plays += late
        clock.set(NOON)
        assert (await sync(storage, services.plex_sources(http), clock)).failed == ()
        clock.set(NOON + timedelta(hours=1))
        assert (await sync(storage, services.plex_sources(http), clock)).failed == ()
    assert _timeless(await dump(storage)) == _timeless(clean_plex)


def _timeless(dumped: dict[str, Any]) -> dict[str, Any]:
    """Without the moments at which descriptions were fetched."""
    told = {name: replace(each, fetched_at=NOON) for name, each in dumped["metadata"].items()}
    return {**dumped, "metadata": told}
