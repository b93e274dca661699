"""Requests from the first word to the notice, on every platform, under the right person's own account."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.platforms.playing import play
from tests.e2e.platforms.request_scenes import CONFIRMS, DECIDES, REQUEST_SCENES
from tests.e2e.platforms.request_service import RequestService
from tests.e2e.platforms.scenes import Push
from tests.e2e.platforms.stage import ADMIN, HOUSEHOLD, PLATFORMS, Stage, stage

GENEROUS = {"person_burst": 500, "conversation_burst": 500}
NAMES = HOUSEHOLD | ADMIN


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_everybody_asks_in_their_own_name_and_is_told_once(platform: str, demo_home: Path) -> None:
    requests = RequestService()
    filed: list[str] = []
    decided: list[tuple[str, str]] = []
    async with stage(platform, demo_home, requests=requests, limits=GENEROUS) as here:
        for scene in REQUEST_SCENES:
            for step, _shown in await play(here, scene):
                match step.does:
                    case Push(label) if label in CONFIRMS:
                        filed.append(NAMES[step.who])
                    case Push(label) if label in DECIDES:
                        decided.append((NAMES[step.who], DECIDES[label]))
        if platform != "terminal":
            await nobody_is_told_twice(here)
    assert [name for name, _title in requests.filed()] == filed
    assert requests.decided() == decided
    requests.assert_nothing_is_written_for_the_owner()


async def nobody_is_told_twice(here: Stage) -> None:
    """What came unasked, wherever somebody reads; an answer that promises it is another sentence."""
    for who, where, title, words in (
        ("anna", "private", "Barbie (2023)", "You can watch Barbie (2023) now"),
        ("anna", "private", "Flow (2024)", "You can watch Flow (2024) now"),
        ("ben", "private", "Flow (2024)", "Du kannst Flow (2024) jetzt ansehen"),
    ):
        seen = await here.driver.seen(who, where)
        assert sum(words in one.everything for one in seen) == 1, (who, title)
        elsewhere = await here.driver.seen(who, "room")
        assert not any(words in one.everything for one in elsewhere), (who, title)
