"""The whole way: Nextcloud, the webhook, the inbox, dispatch and its commands, and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.commands import COMMANDS
from bot.delivery import Delivery
from bot.model.members import LinkedAccount
from tests.adapters.chat.nextcloud_talk.conftest import delivering, served, talk_server
from tests.bot.household import START, Household
from tests.e2e.platforms.driver import ChatDriver, Drawn
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.nextcloud_talk import FakeNextcloud
from tests.fakes.services.nextcloud_talk_people import TalkPeople


@dataclass
class Whole:
    cloud: FakeNextcloud
    people: TalkPeople
    household: Household

    async def said(self, user: str, place: str, text: str, at_least: int = 1) -> list[Drawn]:
        await self.people.say(user, place, text)
        return await self.people.answers(user, place, at_least)


@asynccontextmanager
async def whole() -> AsyncIterator[Whole]:
    """Anna and Ben are linked; Zoe is a stranger."""
    household = Household()
    for number, name in enumerate(("anna", "ben"), start=1):
        account = f"home/{name}"
        household.store._state.accounts["nextcloud-talk", account] = LinkedAccount(
            number, "nextcloud-talk", account, START
        )
    delivery = Delivery(household.store, household.dispatch.handle, household.clock)
    async with (
        FakeNextcloud() as cloud,
        impatient_http() as http,
        served(delivery, [talk_server(http, cloud)], specs=COMMANDS) as (platform, web),
    ):
        delivery.attach(platform)
        cloud.deliver = delivering(web)
        answering = asyncio.create_task(delivery.run())
        yield Whole(cloud, TalkPeople(cloud, COMMANDS), household)
        delivery.close()
        await answering
        cloud.server.assert_clean()
        assert cloud.pings == []


async def test_people_are_recommended_to_choose_and_ask_on() -> None:
    async with whole() as here:
        driver: ChatDriver = here.people
        await driver.command("anna", "private", "recommend", mode="tonight")
        (drawn,) = await driver.answers("anna", "private")
        titles = [card.title for card in drawn.cards]
        assert [title.split(" (")[0] for title in titles[:2]] == ["Heat", "Alien"]
        assert drawn.private
        await driver.react("anna", drawn, "2️⃣")
        assert "Alien" in (await driver.answers("anna", "private"))[-1].everything
        await driver.press("anna", drawn, "Why?")
        assert "Heat" in (await driver.answers("anna", "private"))[-1].everything
        assert "Alien" in (await here.said("anna", "private", "why 2"))[-1].everything


async def test_a_button_is_pressed_by_typing_its_label_in_a_room() -> None:
    async with whole() as here:
        (drawn,) = await here.said("anna", "room", "!recommend")
        await here.people.press("anna", drawn, "Not for me")
        await here.people.answers("anna", "room")
        assert len(here.household.store.hidden) == 1


async def test_somebody_elses_list_cannot_be_used() -> None:
    async with whole() as here:
        (drawn,) = await here.said("anna", "room", "!recommend")
        await here.people.react("ben", drawn, "1️⃣")
        await here.people.press("ben", drawn, "Not for me")
        await here.said("anna", "room", "!help")
        assert len(await here.people.seen("ben", "room")) == 2
        assert here.household.store.hidden == []
        assert here.household.store.verdicts == []


async def test_private_words_are_given_in_private_rooms_alone() -> None:
    async with whole() as here:
        (refused,) = await here.said("anna", "room", "!profile")
        assert "Crime" not in refused.everything
        assert "private" in refused.text
        assert "Crime" in (await here.said("anna", "private", "!profile"))[-1].everything


async def test_strangers_get_the_way_to_link_and_no_titles() -> None:
    async with whole() as here:
        for place in ("private", "room"):
            answers = await here.said("zoe", place, "!recommend")
            assert answers
            assert not any(drawn.cards or "Heat" in drawn.everything for drawn in answers)


async def test_people_mentioned_are_who_they_are_by_account() -> None:
    async with whole() as here:
        await here.people.say("anna", "room", "!recommend group @ben", ["ben"])
        answers = await here.people.answers("anna", "room")
        assert any("Ben" in drawn.everything for drawn in answers)
        await here.people.say("anna", "room", "!recommend group @zoe", ["zoe"])
        (refused,) = await here.people.answers("anna", "room")
        assert not refused.cards
