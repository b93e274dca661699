"""/quiz as it is talked through: by presses, by typing, and where it goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.reply import Choice, Choices, Reply
from bot.commands.quiz import read_weights
from bot.errors import InvalidInput
from tests.bot.household import FILMS, ROOMY, Household, words


@pytest.fixture
def house() -> Household:
    return Household()


def options(reply: Reply) -> list[Choice]:
    return [option for part in reply.parts if isinstance(part, Choices) for option in part.options]


def option(reply: Reply, label: str) -> Choice:
    return next(option for option in options(reply) if option.label == label)


async def picks(house: Household, member: int = 1) -> set[str]:
    async with house.store() as uow:
        return {FILMS[title_id - 1].name for title_id in (await uow.quizzes.of(member)).picks}


async def weights(house: Household, member: int = 1) -> Mapping[str, float]:
    async with house.store() as uow:
        return (await uow.quizzes.of(member)).genres


async def test_titles_are_picked_and_taken_back_by_presses(house: Household) -> None:
    page = await house.say("/quiz")
    labels = [choice.label for choice in options(page)]
    assert labels[-2:] == ["Show others", "Done"]
    assert len(labels) == 10
    assert not await picks(house)  # showing writes nothing
    page = await house.press(option(page, labels[0]).token)
    assert await picks(house) == {labels[0]}
    ticked = option(page, f"✓ {labels[0]}")
    assert "1 picked" in words(page)
    page = await house.press(ticked.token)
    assert not await picks(house)
    assert labels[0] in [choice.label for choice in options(page)]


async def test_a_press_that_comes_twice_picks_once(house: Household) -> None:
    page = await house.say("/quiz")
    first = options(page)[0]
    await house.press(first.token)
    await house.press(first.token)
    assert await picks(house) == {first.label}


async def test_several_pages_then_genres_then_done(house: Household) -> None:
    page = await house.say("/quiz")
    first = [choice.label for choice in options(page)][:8]
    for label in first[:4]:
        page = await house.press(option(page, label).token)
    early = await house.press(option(page, "Done").token)
    assert "1 more title" in words(early)
    page = await house.press(option(page, "Show others").token)
    second = [choice.label for choice in options(page) if choice.press.args.get("step") == "pick"]
    assert len(second) == 4
    assert not set(second) & set(first)
    page = await house.press(option(page, second[0]).token)
    assert len(await picks(house)) == 5
    genres = await house.press(option(page, "Done").token)
    assert "How do you like these genres" in words(genres)
    for expected, weight in (("Comedy: love", 1.0), ("Comedy: not for me", -1.0), ("Comedy: neutral", None)):
        genres = await house.press(next(c for c in options(genres) if c.label.startswith("Comedy")).token)
        assert expected in [choice.label for choice in options(genres)]
        assert (await weights(house)).get("Comedy") == weight
    genres = await house.press(option(genres, "War: neutral").token)
    done = await house.press(option(genres, "Done").token)
    assert "5 titles" in words(done)
    assert "1 genre." in words(done)
    await house.press(option(done, "Suggest something").token)
    assert house.recommender.asked


async def test_numbers_press_too(house: Household) -> None:
    page = await house.say("/quiz")
    await house.say("3")
    assert await picks(house) == {options(page)[2].label}


async def test_titles_are_typed(house: Household) -> None:
    reply = await house.say("/quiz Alien, Heat, Ran; Up, Fargo")
    assert await picks(house) == {"Alien (1979)", "Heat (1995)", "Ran (1985)", "Up (2009)", "Fargo (1996)"}
    assert "you love **Alien (1979)**" in words(reply)
    reply = await house.say("/quiz 1917")
    assert "1917 (2019)" in await picks(house)
    assert "6 picked" in words(reply)


async def test_what_is_unclear_is_asked_and_the_rest_is_kept(house: Household) -> None:
    reply = await house.say("/quiz Heat, solaris, Xyzzy [x](y)")
    assert await picks(house) == {"Heat (1995)"}
    assert "no title called “Xyzzy" in words(reply)
    assert "\\[x\\]" in words(reply)
    await house.press(option(reply, "Solaris (2002)").token)
    assert await picks(house) == {"Heat (1995)", "Solaris (2002)"}


async def test_a_name_that_comes_twice_is_asked_about_once(house: Household) -> None:
    reply = await house.say("/quiz solaris, solaris, Heat, Heat")
    assert [choice.label for choice in options(reply)][:2] == ["Solaris (1972)", "Solaris (2002)"]
    assert words(reply).count("Which one do you mean") == 1
    assert words(reply).count("**Heat (1995)**") == 1


async def test_a_title_with_a_comma_is_one_title(house: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = replace(FILMS[0].facts, title="The Good, the Bad and the Ugly")
    monkeypatch.setattr("tests.bot.household.FILMS", (replace(FILMS[0], facts=facts), *FILMS[1:]))
    await house.say("/quiz The Good, the Bad and the Ugly, Alien")
    async with house.store() as uow:
        assert set((await uow.quizzes.of(1)).picks) == {1, 2}


async def test_genres_are_typed(house: Household) -> None:
    reply = await house.say("/quiz genres comedy=+1 horror=-1, sci-fi: .5 drama=neutral")
    assert await weights(house) == {"Comedy": 1.0, "Horror": -1.0, "Science Fiction": 0.5}
    assert "Science Fiction: +0.5" in [choice.label for choice in options(reply)]
    await house.say("/quiz genres comedy=0")
    assert await weights(house) == {"Horror": -1.0, "Science Fiction": 0.5}


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("/quiz genres comedy", "as in: /quiz genres"),
        ("/quiz genres comedy=2", "from -1"),
        ("/quiz genres comedy=nan", "from -1"),
        ("/quiz genres comedy=1 and horror", "as in: /quiz genres"),
        ("/quiz genres xyzzy=1", "no genre"),
        ("/quiz " + ", ".join(f"Film {n}" for n in range(31)), "at most 30"),
        ("/quiz page=99", "whole number"),
        ("/quiz page=x", "whole number"),
    ],
)
async def test_mistakes_get_one_sentence_and_change_nothing(house: Household, said: str, part: str) -> None:
    assert part in words(await house.say(said))
    assert not await picks(house)
    assert not await weights(house)


async def test_doing_it_again_adds_and_starting_over_forgets(house: Household) -> None:
    await house.say("/quiz Heat, Alien")
    await house.say("/quiz genres war=1")
    house.restart()
    page = await house.say("/quiz Up")
    assert len(await picks(house)) == 3
    page = await house.press(option(page, "Start over").token)
    assert "forgotten" in words(page)
    assert not await picks(house)
    assert not await weights(house)


async def test_answers_are_ones_own(house: Household) -> None:
    page = await house.say("/quiz")
    assert "somebody else" in words(await house.press(options(page)[0].token, name="Ben"))
    await house.say("/quiz Heat", name="Ben")
    assert not await picks(house)
    assert await picks(house, 2) == {"Heat (1995)"}


async def test_it_is_for_one_pair_of_eyes() -> None:
    house = Household(replace(ROOMY, private=False))
    refused = await house.say("/quiz Heat", private=False)
    assert "private message" in words(refused)
    assert not await picks(house)
    whispering = Household()
    assert (await whispering.say("/quiz", private=False)).private


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = read_weights(text)
    except InvalidInput:
        return
    assert all(-1 <= weight <= 1 for weight in read.values())
