"""The same requests on every platform: asked for, confirmed, decided, told; and never in another's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.platforms.playing import play
from tests.e2e.platforms.requests_stage import SCENES, filed, requesting
from tests.e2e.platforms.stage import PLATFORMS

ANNA, JONAS = "2", "3"


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_people_ask_for_titles_in_their_own_name(platform: str, demo_home: Path) -> None:
    async with requesting(platform, demo_home) as (here, service):
        for scene in SCENES:
            await play(here, scene)
        assert filed(service) == [
            (ANNA, "movie:13223"),
            (JONAS, "movie:64690"),
            (ANNA, "tv:96677"),
            (ANNA, "movie:146233"),
        ]
        decided = [call for call in service.server.requests if call.operation == "/request/{requestId}/{status}"]
        assert [call.headers.get("X-API-User") for call in decided] == [JONAS]
