"""The same conversations on every platform, through its real library and the whole application."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.platforms.playing import play
from tests.e2e.platforms.scenes import SCENES
from tests.e2e.platforms.stage import PLATFORMS, stage

GENEROUS = {"person_burst": 500, "conversation_burst": 500}


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_people_get_to_see_the_same_everywhere(platform: str, demo_home: Path) -> None:
    async with stage(platform, demo_home, limits=GENEROUS) as here:
        for scene in SCENES:
            await play(here, scene)


async def test_who_asks_too_much_is_told_once_and_nobody_else_is_slowed(demo_home: Path) -> None:
    async with stage("telegram", demo_home, limits={"person_burst": 3, "person_per_minute": 1}) as here:
        for _ in range(8):
            await here.driver.say("anna", "private", "/help")
        await here.driver.say("ben", "private", "/help")
        assert await here.driver.answers("ben", "private")
        await here.settled()
        shown = await here.driver.seen("anna", "private")
        assert sum("That is a lot at once" in one.everything for one in shown) == 1
        assert sum("/recommend" in one.everything for one in shown) == 3
