"""The platform's service fails in the middle of answers: everybody is answered, and a press counts once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.model.titles import TitleRef
from tests.contracts.kit import Call, Fault
from tests.e2e.platforms.driver import Drawn
from tests.e2e.platforms.stage import Stage, stage

ALIEN = TitleRef.parse("movie:348")
CHATS = ("discord", "telegram", "nextcloud-talk")
PATIENCE = 40.0  # seconds; a service that says "wait a second" is believed
FAILING = {2, 3, 5}  # of the messages, in the order in which the service gets them
FAULTS = [Fault.SERVER_ERROR, Fault.DISCONNECT, Fault.TOO_MANY]


def is_message(call: Call) -> bool:
    """Whether a call puts something before a person."""
    if call.operation.startswith(("send", "edit")):  # Telegram
        return call.operation not in ("sendChatAction",)
    if "bot/{token}/message" in call.operation:  # Nextcloud Talk
        return True
    return call.method in ("POST", "PATCH") and call.operation.startswith(("/webhooks/", "/channels/"))


async def shown(here: Stage, word: str) -> list[Drawn]:
    """Anna's private messages with a word in them, once there is one."""
    async with asyncio.timeout(PATIENCE):
        while True:
            seen = await here.driver.seen("anna", "private")
            if found := [each for each in seen if word in each.everything]:
                return found
            await asyncio.sleep(0.02)


async def said_of_alien(here: Stage) -> list[Any]:
    """Everything that Anna is known to have said of the film."""
    async with here.application.uow() as uow:
        anna = await uow.members.by_name("Anna")
        alien = (await uow.titles.by_refs([ALIEN]))[ALIEN]
        assert anna is not None
        return [each for each in await uow.feedbacks.of(anna.id) if each.title_id == alien]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("platform", CHATS)
async def test_answers_that_fail_on_the_way_arrive_and_a_press_counts_once(
    platform: str, fault: Fault, demo_home: Path
) -> None:
    async with stage(platform, demo_home) as here:
        before = await said_of_alien(here)
        here.service.server.faults.plan(fault, at=FAILING, matching=is_message)
        await here.driver.say("anna", "private", "/help")
        await here.driver.say("anna", "private", "/search Alien")
        (found, *_again) = await shown(here, "Alien (1979)")
        await here.driver.press("anna", found, "Seen it")
        await here.driver.say("anna", "private", "/settings")
        assert await shown(here, "Your settings")
        await here.settled()
        hits = here.service.server.faults.hits[fault]
        assert hits > 0, "nothing failed"
        for word in ("/recommend", "Your settings"):
            assert 1 <= len(await shown(here, word)) <= 1 + hits, "answered, and hardly twice"
        assert len(await said_of_alien(here)) - len(before) == 1
