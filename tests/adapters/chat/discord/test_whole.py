"""The whole way: Discord, the inbox, dispatch and its commands, and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.chat.discord import DiscordPlatform
from bot.cards.titles import completion_label
from bot.commands import COMMANDS
from bot.delivery import Delivery
from bot.model.members import LinkedAccount
from tests.adapters.chat.discord.talking import nothing
from tests.bot.household import FILMS, START, Household
from tests.e2e.platforms.driver import ChatDriver
from tests.fakes.services.discord import TOKEN, FakeDiscord


@dataclass
class Whole:
    fake: FakeDiscord
    household: Household


@asynccontextmanager
async def whole() -> AsyncIterator[Whole]:
    """Anna and Ben are linked; Zoe is a stranger."""
    household = Household()
    delivery = Delivery(household.store, household.dispatch.handle, household.clock)
    async with FakeDiscord() as fake, asyncio.TaskGroup() as group:
        for number, name in enumerate(("anna", "ben"), start=1):
            account = fake.account(name)
            household.store._state.accounts["discord", account] = LinkedAccount(number, "discord", account, START)
        platform = DiscordPlatform(
            token=TOKEN,
            guilds=[fake.guild],
            free_text=False,
            specs=COMMANDS,
            complete_title=nothing,
            inbox=delivery,
        )
        delivery.attach(platform)
        group.create_task(delivery.run())
        serving = group.create_task(platform.run())
        await fake.gateway.connected()
        yield Whole(fake, household)
        delivery.close()
        serving.cancel()
    fake.assert_clean()


async def test_people_are_recommended_to_ask_on_and_press() -> None:
    async with whole() as here:
        driver: ChatDriver = here.fake
        await driver.command("anna", "room", "recommend", limit=3)
        drawn = await driver.answers("anna", "room", 3)
        assert [one.cards[0].title.split()[1] for one in drawn] == ["Heat", "Alien", "Aliens"]
        assert drawn[0].cards[0].title.startswith("1.")
        await driver.press("anna", drawn[1], "Why?")
        assert "Alien" in (await driver.answers("anna", "room"))[-1].everything
        await driver.say("anna", "room", "why the second?")
        assert "Alien" in (await driver.answers("anna", "room"))[-1].everything
        await driver.press("ben", drawn[0], "Why?")
        assert "somebody else" in (await driver.answers("ben", "room"))[-1].text


async def test_a_group_is_made_of_people_chosen_or_mentioned() -> None:
    async with whole() as here:
        await here.fake.command("anna", "room", "recommend", with_=("ben",))
        first = (await here.fake.answers("anna", "room"))[0]
        assert "new to all of you" in first.text
        await here.fake.say("anna", "private", "/recommend group @ben", ["ben"])
        assert "new to all of you" in (await here.fake.answers("anna", "private"))[0].text


async def test_a_private_command_is_whispered_and_a_stranger_is_told_how_to_link() -> None:
    async with whole() as here:
        await here.fake.command("anna", "room", "profile")
        (answer, *_rest) = await here.fake.answers("anna", "room")
        assert answer.private
        assert not await here.fake.seen("ben", "room")
        await here.fake.command("zoe", "room", "recommend")
        (answer,) = await here.fake.answers("zoe", "room")
        assert not answer.cards
        await here.fake.say("zoe", "private", "a film about ducks")
        (answer,) = await here.fake.answers("zoe", "private")
        assert not answer.cards


async def test_commands_speak_the_language_of_the_persons_discord() -> None:
    async with whole() as here:
        here.fake.world.person("anna").locale = "de"
        await here.fake.command("anna", "private", "recommend", limit=1)
        (answer, *_rest) = await here.fake.answers("anna", "private")
        assert answer.text.startswith("Für dich heute Abend")


def test_a_completed_title_names_its_year_and_director() -> None:
    assert completion_label(FILMS[0]) == "Heat (1995) · Jane Doe"
