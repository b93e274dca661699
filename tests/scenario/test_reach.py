"""How much a sync asks: no more than pages and titles need, and next to nothing when nothing is new."""

from __future__ import annotations

from bot.services.sync import SyncService
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeStorage
from tests.scenario.bounds import requests_at_most
from tests.scenario.household import build
from tests.scenario.running import impatient, open_services


async def test_a_sync_asks_for_pages_and_titles_and_for_nothing_twice() -> None:
    household = build(11, titles=110, viewings=300)
    storage = FakeStorage()
    async with open_services(household, check_answers=20) as services, impatient() as http:
        first = await SyncService(storage, FakeClock(), services.plex_sources(http)).run(embed=False)
        asked = {server: len(opened.requests) for server, opened in services.servers.items()}
        again = await SyncService(storage, FakeClock(), services.plex_sources(http)).run(embed=False)
    told = {source.source: source.requests for source in first.sources}
    assert first.failed == again.failed == ()
    assert told["plex"] == asked["plex"] + asked["plex_tv"]
    assert all(told[source] == asked[source] for source in ("tautulli", "tmdb", "seerr"))
    for source, most in requests_at_most(household).items():
        assert told[source] <= most, source
    spent = {source.source: source.requests for source in again.sources}
    assert spent["tmdb"] == 0
    assert spent["tautulli"] == spent["seerr"] == 1
    assert not any(stage.changes for source in again.sources for stage in source.stages)
