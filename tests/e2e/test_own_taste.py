"""How people shape what they get in the demo household: the quiz, why not, and a group's reasons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.chat.reply import Card, Choice, Choices, Reply
from bot.model.quiz import QuizAnswers
from tests.e2e.conftest import Household, Talk, watched

DATA = Path(__file__).parents[2] / "adapters" / "demo" / "data" / "titles.json"


async def newcomer(household: Household, name: str = "Nora") -> None:
    """Somebody who may see everything and has watched nothing."""
    async with household.open() as application, application.uow() as uow:
        member = await uow.members.add(name)
        await uow.members.grant(member.id, [library.id for library in await uow.libraries.all()])
        await uow.commit()


def facts(card: Card) -> dict[str, Any]:
    """The embedded facts of the title on a card."""
    titles: list[dict[str, Any]] = json.loads(DATA.read_text("utf-8"))
    return next(title for title in titles if f"{title['title']} ({title['year']})" == card.title)


def options(replies: tuple[Reply, ...]) -> list[Choice]:
    return [option for reply in replies for part in reply.parts if isinstance(part, Choices) for option in part.options]


async def answers(talk: Talk, name: str) -> QuizAnswers:
    member = await talk.application.services.accounts.member_named(name)
    async with talk.application.uow() as uow:
        return await uow.quizzes.of(member.id)


async def test_a_newcomer_answers_the_quiz_and_is_known(household: Household) -> None:
    await newcomer(household)
    async with household.talking("Nora") as (nora,):
        before = [card.ref for card in await nora.cards("/recommend")]
        told = await nora.text("/quiz Alien (1979), The Thing (1982), The Shining, Psycho (1960), Get Out")
        assert "5 picked" in told
        await nora.say("/quiz genres horror=+1 romance=-1")
        after = await nora.cards("/recommend")
        assert [card.ref for card in after] != before
        assert not {"Alien (1979)", "The Shining (1980)"} & {card.title for card in after}
        assert sum("Horror" in card.subtitle or "Thriller" in card.subtitle for card in after) >= 3
    async with household.talking("Nora") as (nora,):
        kept = await answers(nora, "Nora")
        assert len(kept.picks) == 5
        assert kept.genres == {"Horror": 1.0, "Romance": -1.0}


async def test_the_quiz_is_pressed_through_by_numbers(household: Household) -> None:
    await newcomer(household)
    async with household.talking("Nora") as (nora,):
        first = [option.label for option in options(await nora.say("/quiz"))]
        for number in (1, 2, 3):
            await nora.say(str(number))
        page = options(await nora.say("5"))
        assert [option.label.startswith("✓") for option in page[:8]] == [True, True, True, False, True, *[False] * 3]
        assert "pick 1 more title" in await nora.text(str(1 + [option.label for option in page].index("Done")))
        other = options(await nora.say(str(1 + [option.label for option in page].index("Show others"))))
        assert not {option.label for option in other[:8]} & set(first[:8])
        page = options(await nora.say("1"))
        genres = options(await nora.say(str(1 + [option.label for option in page].index("Done"))))
        assert "Comedy: neutral" in [option.label for option in genres]
        assert len((await answers(nora, "Nora")).picks) == 5


async def test_a_child_is_offered_and_may_pick_only_what_it_may_see(household: Household) -> None:
    async with household.talking("Mia") as (mia,):
        assert "kenne ich nicht" in await mia.text("/quiz Suspiria (1977)")
        member = await mia.application.services.accounts.member_named("Mia")
        clearance = await mia.application.services.accounts.clearance(member)
        now = mia.application.clock.now()
        for number in range(1, 13):
            page = await mia.application.services.quiz.page(member, clearance, number, now)
            assert all(title.facts.minimum_age is not None and title.facts.minimum_age <= 12 for title in page.titles)
        assert not (await answers(mia, "Mia")).picks


async def test_whynot_tells_the_numbers_and_anyway_brings_the_title(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        told = await anna.text("/whynot Suspiria (1977)")
        assert "for you: its score is" in told
        assert "affinity" in told
        assert "Suspiria (1977)" not in [card.title for card in await anna.cards("/recommend")]
        await anna.say("/hide Suspiria (1977)")
        assert "hidden it for now" in await anna.text("/whynot Suspiria (1977)")
        assert "will come up for you" in await anna.text("1")
        assert "Suspiria (1977)" in [card.title for card in await anna.cards("/recommend")]


async def test_whynot_says_nothing_about_what_may_not_be_seen(household: Household) -> None:
    async with household.talking("Mia") as (mia,):
        for said in ("/whynot Suspiria (1977)", "/whynot Suspiria (1977) anyway=yes"):
            told = await mia.text(said)
            assert "kenne ich nicht" in told
            assert "Horror" not in told
        member = await mia.application.services.accounts.member_named("Mia")
        async with mia.application.uow() as uow:
            assert not await uow.feedbacks.overrides(member.id)


async def test_in_a_group_everybody_has_reasons_of_their_own(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        cards = await anna.cards("/recommend group @Jonas @Claire")
    own = [line.partition(": ")[2] for card in cards for line in card.body.splitlines() if line.startswith("- ")]
    silent = {"right up their street", "a good fit", "a compromise"}
    assert len(own) == 15
    assert sum(line not in silent for line in own) >= 10
    for name in ("Jonas", "Claire"):
        said = [line for card in cards for line in card.body.splitlines() if f"**{name}**" in line]
        for title, year in watched(household.home, name):
            assert not any(f"{title} ({year})" in line for line in said)


async def test_influences_are_shown_turned_off_and_change_the_next_answer(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        before = await anna.cards("/recommend limit=10")
        shown = options(await anna.say("/profile"))
        genres = [option for option in shown if str(option.press.args["influence"]).startswith("genre:")]
        assert len(shown) >= 12
        assert genres
        assert genres[0].label.endswith(": off")
        genre = str(genres[0].press.args["influence"]).removeprefix("genre:")
        await anna.say(str(1 + shown.index(genres[0])))
        after = await anna.cards("/recommend limit=10")
        having = [sum(genre in facts(card)["genres"] for card in cards) for cards in (before, after)]
        assert having[1] < having[0]
    async with household.talking("Anna") as (anna,):
        assert f"Changed by hand: {genre} (off)" in await anna.text("/profile")
        await anna.say(f"/profile block {genre}")
        for card in await anna.cards("/recommend limit=10"):
            assert genre not in facts(card)["genres"]
        await anna.say(f"/profile as-usual {genre}")
        assert "Changed by hand" not in await anna.text("/profile")
        assert any(genre in facts(card)["genres"] for card in await anna.cards("/recommend limit=10"))


async def test_a_title_switched_off_says_nothing_any_more(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        shown = options(await anna.say("/profile"))
        title = shown[0].press.args["influence"]
        assert str(title).startswith("title:")
        name = shown[0].label.removesuffix(": off")
        told = await anna.text("1")
        assert name in told
        again = options(await anna.say("/profile"))
        assert f"{name}: off" not in [option.label for option in again]
        assert f"{name}: as usual" in [option.label for option in again]
        for card in await anna.cards("/recommend limit=10"):
            assert name not in await anna.text(f"/why {card.title}")
