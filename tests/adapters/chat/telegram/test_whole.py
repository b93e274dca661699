"""The whole way: Telegram, the inbox, dispatch and its commands, and back."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from adapters.chat.telegram.platform import TelegramPlatform
from bot.chat.incoming import Author
from bot.commands import COMMANDS
from bot.delivery import Delivery, DeliveryConfig
from bot.model.members import LinkedAccount
from tests.bot.household import FILMS, START, Household
from tests.e2e.platforms.driver import ChatDriver, Drawn
from tests.fakes.services.telegram import TOKEN, FakeTelegram
from tests.fakes.services.telegram_people import ROOM, TelegramPeople

PATIENT = DeliveryConfig(first_pause=0.0, last_pause=0.0, max_attempts=1000)


@dataclass
class Whole:
    telegram: FakeTelegram
    people: TelegramPeople
    household: Household

    async def said(self, user: str, place: str, text: str, at_least: int = 1) -> list[Drawn]:
        await self.people.say(user, place, text)
        return await self.people.answers(user, place, at_least)


async def complete(_author: Author, typed: str) -> Sequence[tuple[str, str]]:
    return [(film.name, str(film.ref)) for film in FILMS if typed.lower() in film.name.lower()]


@asynccontextmanager
async def stage() -> AsyncIterator[Whole]:
    """Anna and Ben are linked; Zoe is a stranger. Nothing runs yet."""
    household = Household()
    async with FakeTelegram() as telegram:
        people = TelegramPeople(telegram, COMMANDS)
        for number, name in enumerate(("anna", "ben"), start=1):
            account = people.account(name)
            household.store._state.accounts["telegram", account] = LinkedAccount(number, "telegram", account, START)
        yield Whole(telegram, people, household)
        telegram.server.assert_clean()


@asynccontextmanager
async def running(here: Whole) -> AsyncIterator[list[asyncio.Task[None]]]:
    """One process, which ends as a kill ends it: in the midst of whatever it does."""
    household = here.household
    delivery = Delivery(household.store, household.dispatch.handle, household.clock, config=PATIENT)
    async with TelegramPlatform(
        token=TOKEN,
        inbox=delivery,
        specs=COMMANDS,
        complete_title=complete,
        chats=[ROOM],
        base_url=here.telegram.base_url,
    ) as platform:
        delivery.attach(platform)
        tasks = [asyncio.create_task(delivery.run()), asyncio.create_task(platform.run())]
        try:
            yield tasks
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def whole() -> AsyncIterator[Whole]:
    """The stage with the bot running."""
    async with stage() as here, running(here):
        yield here


async def test_people_are_recommended_to_ask_on_and_press() -> None:
    async with whole() as here:
        driver: ChatDriver = here.people
        await driver.command("anna", "private", "recommend", mode="tonight")
        drawn = (await driver.answers("anna", "private", 2))[-1]
        assert drawn.cards[0].title.startswith("Heat")
        before = len(await driver.seen("anna", "private"))
        forward = next(button.label for button in drawn.buttons if "▶" in button.label or "Next" in button.label)
        await driver.press("anna", drawn, forward)
        (turned,) = await driver.answers("anna", "private")
        assert (turned.id, turned.edited) == (drawn.id, True)
        assert turned.cards[0].title.startswith("Alien")
        assert len(await driver.seen("anna", "private")) == before
        await driver.press("anna", turned, "Why?")
        assert "Alien" in (await driver.answers("anna", "private"))[-1].everything
        assert (await here.said("anna", "private", "why the second?"))[-1].everything


async def test_someone_elses_button_does_nothing_and_is_said_to_that_person_alone() -> None:
    async with whole() as here:
        drawn = (await here.said("anna", "room", "/recommend", 2))[-1]
        await here.people.press("ben", drawn, "Not for me")
        (notice,) = await here.people.answers("ben", "room")
        assert notice.private
        assert "somebody else" in notice.text
        assert here.household.store.hidden == []
        assert here.household.store.verdicts == []


async def test_a_private_command_in_a_room_is_answered_in_private() -> None:
    async with whole() as here:
        (note,) = await here.said("anna", "room", "/profile")
        (answer, *_more) = await here.people.answers("anna", "private")
        assert "Crime" in answer.text
        assert "Crime" not in note.everything


async def test_strangers_get_the_way_to_link_and_no_titles() -> None:
    async with whole() as here:
        answers = await here.said("zoe", "private", "/recommend")
        assert not any(drawn.cards or "Heat" in drawn.everything for drawn in answers)
        assert answers


async def test_help_in_german_lists_commands_to_tap_on() -> None:
    async with whole() as here:
        here.people.person("anna")["language_code"] = "de"
        (drawn, *_more) = await here.said("anna", "private", "/help")
        sent = here.telegram.chats[int(here.people.account("anna"))].messages[int(drawn.id.split(":")[1])]
        assert any(entity["type"] == "bot_command" for entity in sent.entities)
        assert "Zeig" in drawn.everything or "Schlag" in drawn.everything
        assert here.telegram.pings == []


@pytest.mark.parametrize("seed", range(5))
async def test_killed_anywhere_every_message_is_answered_and_hardly_any_twice(seed: int) -> None:
    chance = random.Random(seed)
    said = [f"/why {film.ref}" for film in FILMS[:8]]
    async with stage() as here:
        for text in said:
            await here.people.write("anna", "private", text)
            starts = here.telegram.server.count(name="deleteWebhook")
            async with running(here):
                await here.telegram.until(lambda: here.telegram.server.count(name="deleteWebhook") > starts)  # noqa: B023
                for _turn in range(chance.randint(0, 120)):
                    await asyncio.sleep(0)
        async with running(here):
            await here.people.say("anna", "private", "/help")
            await here.telegram.until(lambda: any("/recommend" in text for text in texts(here)))
        for film in FILMS[:8]:
            told = sum(text.startswith(f"{film.name}: match") for text in texts(here))
            assert told >= 1, film.name
        # One kill for each message, and at most one duplicate for each kill.
        assert sum("match" in text for text in texts(here)) <= 2 * len(said)


def texts(here: Whole) -> list[str]:
    """Everything that Anna was told in private."""
    return [sent.text for sent in here.telegram.sent(int(here.people.account("anna")))]
