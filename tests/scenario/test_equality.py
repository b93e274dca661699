"""The same household on Plex with Tautulli and on Jellyfin: the same people, and the same recommendations."""

from __future__ import annotations

import pytest

from bot.model.recommendation import Mode
from bot.services.sync import Sources, SyncService
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.storage import FakeStorage
from tests.scenario.household import PEOPLE, build
from tests.scenario.recommending import everybodys_picks
from tests.scenario.running import impatient, open_services
from tests.scenario.services import together

MODES = (Mode.TONIGHT, Mode.REDISCOVER, Mode.GRAB)


async def synced(sources: Sources) -> FakeStorage:
    storage = FakeStorage(FakeClock())
    summary = await SyncService(storage, FakeClock(), sources).run(embed=False)
    assert summary.failed == ()
    return storage


async def test_either_server_leads_to_the_same_recommendations() -> None:
    household = together(build(7, titles=240, viewings=1500))
    async with open_services(household, check_answers=20) as services, impatient() as http:
        plex = await everybodys_picks(await synced(services.plex_sources(http)), MODES, NOON)
        jellyfin = await everybodys_picks(await synced(services.jellyfin_sources(http)), MODES, NOON)
    assert {name for name, _mode in plex} == {person.name for person in PEOPLE}
    for place in plex:
        assert plex[place] == jellyfin[place], place
    assert all(plex[person.name, Mode.TONIGHT] for person in PEOPLE)
    assert len(plex["Olga", Mode.GRAB]) == 10


@pytest.mark.parametrize("seed", [1, 2])
def test_a_household_is_the_same_for_the_same_seed(seed: int) -> None:
    assert build(seed, titles=50, viewings=200) == build(seed, titles=50, viewings=200)
    assert build(seed, titles=50, viewings=200) != build(seed + 1, titles=50, viewings=200)
