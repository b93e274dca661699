"""From stranger to somebody who is known and back, on every chat platform."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.platforms.stage import Stage, stage


async def _told(here: Stage, text: str) -> str:
    """What Zoe reads in private after she said something."""
    await here.driver.say("zoe", "private", text)
    await here.driver.answers("zoe", "private")
    await here.settled()
    return "\n".join(one.everything for one in await here.driver.answers("zoe", "private"))


@pytest.mark.parametrize("platform", ["discord", "telegram", "nextcloud-talk"])
async def test_a_code_links_a_stranger_and_unlinking_makes_them_one_again(platform: str, demo_home: Path) -> None:
    async with stage(platform, demo_home) as here:
        linking = here.application.services.linking
        assert linking is not None
        async with here.application.uow() as uow:
            anna = await uow.members.by_name("Anna")
        assert anna is not None
        assert "I do not know you yet" in await _told(here, "/recommend")
        assert "I do not know you yet" in await _told(here, "/link")
        code = await linking.codes.show(anna)
        assert "Anna" in await _told(here, f"/link {code}")
        assert "now I know you" in await _told(here, f"/link {code}")
        assert "67 titles" in await _told(here, "/profile")
        account = f"{platform}:{here.driver.account('zoe')}"
        assert "not linked to Anna any more" in await _told(here, f"/unlink {account} confirmed=yes")
        assert "I do not know you yet" in await _told(here, "/profile")
