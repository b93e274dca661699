"""/models: what administrators see and press."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.chat.incoming import Place
from bot.chat.reply import Reply
from bot.errors import InvalidInput, NotFound, Unavailable
from bot.i18n import use_locale
from bot.ports.language_models import InstalledModel, LoadedModel, Pull, Spent, Standing
from bot.services.model_fetching import MOST_WAITING, Fetch, ModelFetching
from tests.bot.household import Household, choices, words

SMALL, MIDDLE = InstalledModel("small:3b", 2 * 10**9, 3.2), InstalledModel("middle:8b", 5 * 10**9, 8.0)
EMBEDS = InstalledModel("nomic-embed-text:latest", 10**8, 0.1, "nomic-bert")


class FakeModels:
    """Two models that talk, and one that does not."""

    def __init__(self) -> None:
        self.there = [SMALL, MIDDLE, EMBEDS]
        self.chosen: str | None = None
        self.go_on, self.under_way = asyncio.Event(), asyncio.Event()
        self.problem: str | None = None

    async def standing(self) -> Standing:
        loaded = (LoadedModel("middle:8b", 6 * 10**9, 5 * 10**9),)
        spent = (Spent("ollama/middle:8b", 2, 900, 70, 0.5),)
        used = f"ollama/{self.chosen or 'middle:8b'}" if self.problem is None else None
        return Standing(True, self.problem, tuple(self.there), loaded, used, self.chosen, spent)

    async def use(self, name: str | None) -> str | None:
        if name is not None and name not in [model.name for model in self.there]:
            raise NotFound(f"There is no {name}.")
        self.chosen = name
        return f"ollama/{name or 'middle:8b'}"

    async def pull(self, name: str) -> AsyncIterator[Pull]:
        if name == "nothing":
            raise Unavailable("models", "Ollama finds no *such* model.")
        yield Pull("pulling", 40, 100)
        self.under_way.set()
        await self.go_on.wait()
        self.there.append(InstalledModel(name, 10**9, 7.0))

    async def remove(self, name: str) -> None:
        if name == "middle:8b":
            raise InvalidInput("It talks now.")
        self.there = [model for model in self.there if model.name != name]


def household() -> tuple[Household, FakeModels, ModelFetching]:
    house, fake = Household(), FakeModels()
    fetching = ModelFetching(fake)
    house.dispatch._services = replace(house.services, models=fake, fetching=fetching)
    return house, fake, fetching


async def test_the_list_shows_sizes_memory_use_and_what_talks() -> None:
    house, _fake, _fetching = household()
    reply = await house.say("/models", name="Cleo")
    text = words(reply)
    assert "**middle:8b** · 5.0 GB on disk · 6.0 GB in memory, 5.0 GB of it on the graphics card · talks now" in text
    assert "ollama/middle:8b: 2 calls, 900 tokens read, 70 written, cost 0.5000" in text
    assert "qwen2.5:14b · ★★★★★ · 9 GB · does not fit" in text
    assert [option.label for option in choices(reply).options] == ["Use small:3b"]


async def test_a_press_chooses_and_another_takes_the_choice_back() -> None:
    house, fake, _fetching = household()
    reply = await house.say("/models", name="Cleo")
    reply = await house.press(choices(reply).options[0].token, name="Cleo")
    assert fake.chosen == "small:3b"
    best = next(option for option in choices(reply).options if option.label == "Use the best one")
    await house.press(best.token, name="Cleo")
    assert fake.chosen is None


@pytest.mark.parametrize("said", ["/models", "/models use small:3b", "/models pull x", "/models remove small:3b"])
async def test_nobody_else_may(said: str) -> None:
    house, fake, fetching = household()
    assert "administrators" in words(await house.say(said, name="Anna"))
    assert (fake.chosen, fetching.progress, len(fake.there)) == (None, {}, 3)


async def test_removing_waits_for_a_press() -> None:
    house, fake, _fetching = household()
    reply = await house.say("/models remove small:3b", name="Cleo")
    assert SMALL in fake.there
    await house.press(choices(reply).options[0].token, name="Cleo")
    assert SMALL not in fake.there


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/models use", "Which model?"),
        ("/models use gone", "There is no gone"),
        ("/models remove middle:8b sure=yes", "It talks now"),
        ("/models pull x", "recommendarr models pull x"),
    ],
)
async def test_what_cannot_be_done_is_said(said: str, answer: str) -> None:
    house, _fake, _fetching = household()
    assert answer in words(await house.say(said, name="Cleo"))


async def test_without_models_there_is_one_sentence() -> None:
    assert "without one" in words(await Household().say("/models", name="Cleo"))


async def test_fetching_shows_how_far_it_is_and_tells_when_it_is_done() -> None:
    house, fake, fetching = household()
    told: asyncio.Queue[tuple[Place, Reply]] = asyncio.Queue()

    async def tell(place: Place, reply: Reply) -> None:
        await told.put((place, reply))

    running = asyncio.create_task(fetching.run(tell))
    await asyncio.sleep(0)
    await house.say("/models pull new:7b", name="Cleo")
    await house.say("/models pull new:7b", name="Cleo")
    await fake.under_way.wait()
    assert "new:7b is being fetched: 40 %" in words(await house.say("/models", name="Cleo"))
    fake.go_on.set()
    where, reply = await told.get()
    assert (where.room, words(reply)) == ("home", "new:7b is there now and gives the answers.")
    assert fake.chosen == "new:7b"
    await house.say("/models pull nothing", name="Cleo")
    _where, reply = await told.get()
    assert "could not be fetched" in words(reply)
    assert r"\*such\*" in words(reply)
    assert fetching.progress == {}
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert not fetching.runs
    assert told.empty()


async def test_a_place_that_cannot_be_told_does_not_end_fetching() -> None:
    _house, fake, fetching = household()
    fake.go_on.set()
    asked: asyncio.Queue[str] = asyncio.Queue()

    async def tell(_place: Place, _reply: Reply) -> None:
        await asked.put("told")
        raise Unavailable("telegram", "down")

    running = asyncio.create_task(fetching.run(tell))
    await asyncio.sleep(0)
    for name in ("a:7b", "b:7b"):
        fetching.ask(Fetch(name, Place("terminal", "home"), "en"))
    assert [await asked.get() for _number in range(2)] == ["told", "told"]
    for number in range(MOST_WAITING):
        fetching.ask(Fetch(f"{number}:7b", None, "en"))
    with pytest.raises(Unavailable):
        fetching.ask(Fetch("more:7b", None, "en"))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_german_reads_german() -> None:
    house, _fake, _fetching = household()
    with use_locale("de"):
        house.store.people[3] = replace(house.store.people[3], locale="de")
    assert "spricht gerade" in words(await house.say("/models", name="Cleo"))
