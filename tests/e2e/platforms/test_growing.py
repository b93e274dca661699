"""An answer grows by checked sentences where messages can be changed, and is whole in the end whatever happens."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.platforms.growing import GROWING, growing
from tests.e2e.platforms.stage import stage
from tests.fakes.chat_models import calls
from tests.fakes.services.openai import KEY, FakeOpenAi, call

FINDS = calls(("mood_search", '{"query": "a heist", "limit": 2}'))
ASKED = "surprise me with a heist"
FIRST, SECOND, LAST = "Two of these fit.", "One is slow and patient.", "Start with [[1]]."


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits between two changes."""
    monkeypatch.setattr("bot.delivery.delivery.pause_of", lambda _platform, private: 0.0)
    yield


@pytest.mark.parametrize("place", ["private", "room"])
@pytest.mark.parametrize("platform", GROWING)
async def test_sentences_are_shown_as_they_come_and_become_the_answer(platform: str, place: str) -> None:
    slow, slower = asyncio.Event(), asyncio.Event()
    lines: list[object] = [
        f"{FIRST} Purple Horizon Rising is on your server. {SECOND[:6]}", slow, f"{SECOND[6:]} {LAST[:6]}", slower,
        LAST[6:],
    ]  # fmt: skip
    async with growing(platform, [FINDS, lines]) as here:
        await here.driver.say("anna", place, ASKED)
        (draft,) = await here.shows(place, FIRST)
        assert draft.text == FIRST
        assert here.typed() >= 1
        slow.set()
        (grown,) = await here.shows(place, SECOND)
        assert (grown.id, grown.text) == (draft.id, f"{FIRST} {SECOND}")
        slower.set()
        first, *cards = await here.shows(place, "Start with")
        await here.settled()
        first, *cards = await here.driver.seen("anna", place)
        assert first.id == draft.id
        assert first.text.startswith(f"{FIRST} {SECOND} Start with Heat (1995).")
        assert "Heat" in "".join(card.title for one in (first, *cards) for card in one.cards)
        assert "Purple" not in here.written()


@pytest.mark.parametrize("platform", GROWING)
async def test_a_model_that_breaks_off_is_replaced_by_the_interpreter(platform: str) -> None:
    broken = asyncio.Event()
    async with growing(platform, [[f"{FIRST} {SECOND[:6]}", broken, ConnectionError("reset")]]) as here:
        await here.driver.say("anna", "room", "recommend me something")
        await here.shows("room", FIRST)
        broken.set()
        await here.settled()
        seen = await here.driver.seen("anna", "room")
        assert any(one.cards for one in seen)
        assert not any("Two of these" in one.everything or SECOND[:6] in one.everything for one in seen)


@pytest.mark.parametrize("platform", GROWING)
async def test_a_model_that_breaks_off_after_its_tool_says_whole_sentences(platform: str) -> None:
    broken = asyncio.Event()
    async with growing(platform, [FINDS, [f"{FIRST} {SECOND[:6]}", broken, ConnectionError("reset")]]) as here:
        await here.driver.say("anna", "private", ASKED)
        await here.shows("private", FIRST)
        broken.set()
        await here.settled()
        first, *_cards = await here.driver.seen("anna", "private")
        assert FIRST in first.text
        assert SECOND[:6].strip() not in first.text


@pytest.mark.parametrize("platform", GROWING)
async def test_too_many_changes_end_in_the_whole_answer_and_are_waited_for(platform: str) -> None:
    slow = asyncio.Event()
    lines: list[object] = [f"{FIRST} {SECOND[:6]}", slow, f"{SECOND[6:]} {LAST}"]
    async with growing(platform, [FINDS, lines]) as here:
        await here.driver.say("anna", "private", ASKED)
        (draft,) = await here.shows("private", FIRST)
        here.fail_change(wait=2 if platform == "telegram" else 0.01)
        slow.set()
        await here.settled()
        first, *_cards = await here.driver.seen("anna", "private")
        assert first.id == draft.id
        assert "Start with Heat (1995)." in first.text
        if platform == "telegram":
            assert [round(seconds) for seconds in here.slept] == [2]


@pytest.mark.parametrize("platform", GROWING)
async def test_a_message_that_cannot_be_changed_any_more_loses_nothing(platform: str) -> None:
    slow = asyncio.Event()
    async with growing(platform, [FINDS, [f"{FIRST} {SECOND[:6]}", slow, f"{SECOND[6:]} {LAST}"]]) as here:
        await here.driver.say("anna", "private", ASKED)
        (draft,) = await here.shows("private", FIRST)
        here.fail_change()  # a further sentence
        here.fail_change()  # the answer
        slow.set()
        await here.settled()
        seen = await here.driver.seen("anna", "private")
        assert draft.id not in [one.id for one in seen]
        whole = "\n".join(one.everything for one in seen)
        assert whole.count(FIRST) == 1
        assert "Start with Heat (1995)." in whole


@pytest.mark.parametrize("platform", GROWING)
async def test_nothing_of_a_private_answer_grows_in_a_room(platform: str) -> None:
    opened = asyncio.Event()
    script: list[object] = [
        ["Let me look at that. One", opened, calls(("profile", "{}"))],
        f"{FIRST} {SECOND} You like it.",
    ]
    async with growing(platform, script) as here:
        await here.driver.say("anna", "room", "what do you think I like")
        (draft,) = await here.shows("room", "Let me look")
        opened.set()
        await here.settled()
        assert FIRST not in here.written()
        seen = await here.driver.seen("anna", "room")
        assert draft.id not in [one.id for one in seen]
        assert not any("Crime" in one.everything for one in seen)
        assert "Crime" in "".join(one.everything for one in await here.driver.seen("anna", "private"))


@pytest.mark.parametrize("platform", GROWING)
async def test_a_kill_in_midst_of_it_leaves_one_message_that_the_next_start_finishes(platform: str) -> None:
    slow = asyncio.Event()
    lines: list[object] = [f"{FIRST} {SECOND[:6]}", slow, f"{SECOND[6:]} {LAST}"]
    async with growing(platform, [FINDS, lines, FINDS, lines]) as here:
        await here.driver.say("anna", "private", ASKED)
        (draft,) = await here.shows("private", FIRST)
        await here.kept()
        await here.kill()
        slow.set()
        await here.run()
        await here.shows("private", "Start with")
        await here.settled()
        first, *cards = await here.driver.seen("anna", "private")
        assert first.id == draft.id
        assert first.text.startswith(f"{FIRST} {SECOND} Start with Heat (1995).")
        assert not any(FIRST in one.everything for one in cards)


@pytest.mark.parametrize("platform", GROWING)
async def test_a_change_that_never_comes_back_cannot_spoil_the_answer(platform: str) -> None:
    slow = asyncio.Event()
    async with growing(platform, [FINDS, [f"{FIRST} {SECOND[:6]}", slow, f"{SECOND[6:]} {LAST}"]]) as here:
        await here.driver.say("anna", "private", ASKED)
        (draft,) = await here.shows("private", FIRST)
        held = here.hold_change()
        slow.set()
        await here.shows("private", "Start with")
        held.set()
        await here.settled()
        seen = await here.driver.seen("anna", "private")
        assert draft.id not in [one.id for one in seen]
        assert "\n".join(one.everything for one in seen).count(FIRST) == 1


@pytest.mark.parametrize("platform", GROWING)
async def test_killed_anywhere_the_answer_is_whole_and_hardly_ever_there_twice(platform: str) -> None:
    chance, kills = random.Random(platform), 4
    async with growing(platform, [f"{FIRST} {SECOND} That is all there is."]) as here:
        await here.driver.say("anna", "private", "what do you think of patience")
        await here.received()
        for _kill in range(kills):
            for _turn in range(chance.randint(0, 150)):
                await asyncio.sleep(0)
            await here.kill()
            await here.run()
        await here.shows("private", "That is all there is.")
        await here.settled()
        texts = [one.text for one in await here.driver.seen("anna", "private") if one.text.startswith(FIRST)]
        assert 1 <= len(texts) <= 1 + kills
        assert any(text == f"{FIRST} {SECOND} That is all there is." for text in texts)


async def test_the_whole_application_lets_answers_grow(demo_home: Path) -> None:
    slow = asyncio.Event()
    finds = call("mood_search", '{"query": "a heist", "limit": 2}')
    says: list[dict[str, str] | asyncio.Event] = [
        {"content": f"{FIRST} Start "}, slow, {"content": "with [[1]]."}
    ]  # fmt: skip
    async with FakeOpenAi([finds, says]).serving() as model:
        ai = {"provider": "openai", "provider_model": "house/model", "api_key": KEY, "base_url": model.url}
        async with stage("telegram", demo_home, ai=ai, explanations={"mode": "template"}) as here:
            await here.driver.say("anna", "private", ASKED)
            (draft,) = await here.driver.answers("anna", "private")
            assert draft.text == FIRST
            slow.set()
            await here.settled()
            first, *cards = await here.driver.answers("anna", "private", 2)
            assert (first.id, cards[0].cards != ()) == (draft.id, True)
            assert first.text.startswith(f"{FIRST} Start with ")
