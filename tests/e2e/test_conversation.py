"""Conversations with the demo household, from the words that are typed to the words that come back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.chat.reply import Card
from bot.model.members import Clearance
from tests.e2e.conftest import Household, watched

DATA = Path(__file__).parents[2] / "adapters" / "demo" / "data" / "titles.json"
TITLES: dict[str, dict[str, Any]] = {f"{t['title']} ({t['year']})": t for t in json.loads(DATA.read_text("utf-8"))}


def facts(card: Card) -> dict[str, Any]:
    """The embedded facts of the title on a card."""
    return TITLES[card.title]


async def test_tonight_suggests_what_one_has_not_seen_and_may_see(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        cards = await anna.cards("/recommend")
    seen = watched(household.home, "Anna")
    assert len(cards) == 5
    assert len({card.ref for card in cards}) == 5
    for card in cards:
        assert (facts(card)["title"], facts(card)["year"]) not in seen
        assert facts(card)["library"] is not None
        assert card.body.strip()


async def test_an_age_limit_and_missing_libraries_hold_in_every_mode(household: Household) -> None:
    async with household.talking("Mia") as (mia,):
        for text in (
            "/recommend",
            "/recommend shuffle",
            "/recommend grab",
            "/recommend mood a violent war film",
            "something bloody and scary",
            "/recommend group @Anna",
            "/similar Toy Story",
            "/recommend rediscover",
        ):
            for card in await mia.cards(text):
                assert facts(card)["certification_age"] is not None, (text, card.title)
                assert facts(card)["certification_age"] <= 12, (text, card.title)
                assert facts(card)["library"] in (None, "Kids", "Anime", "Films"), (text, card.title)


async def test_what_may_not_be_seen_cannot_be_named_either(household: Household) -> None:
    async with household.talking("Mia", "Anna") as (mia, anna):
        assert not await mia.cards("/search Suspiria")
        assert "Dario Argento" not in await mia.text("/why Suspiria (1977)")
        assert "Suspiria (1977)" in [card.title for card in await anna.cards("/search Suspiria")]
        completed = mia.application.title_completer(await mia.application.services.accounts.member_named("Mia"))
        assert not any("Suspiria" in label for label, _ref in await completed("Susp"))


async def test_a_mood_is_understood_and_its_constraints_are_kept(household: Household) -> None:
    async with household.talking("Claire") as (claire,):
        cards = await claire.cards("/recommend mood a slow-burn heist film from the 70s, not a comedy")
    assert cards
    for card in cards:
        assert 1970 <= facts(card)["year"] <= 1979
        assert facts(card)["kind"] == "movie"
        assert "Comedy" not in facts(card)["genres"]
        words = " ".join([*facts(card)["keywords"], facts(card)["synopsis"]]).lower()
        assert any(word in words for word in ("heist", "robber", "bank", "thief", "thieves", "caper", "steal", "loot"))


async def test_a_group_gets_what_none_of_them_has_seen_with_a_line_for_each(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        cards = await anna.cards("/recommend group @Jonas")
    seen = watched(household.home, "Anna") | watched(household.home, "Jonas")
    assert len(cards) == 5
    for card in cards:
        assert (facts(card)["title"], facts(card)["year"]) not in seen
        assert "Anna" in card.body
        assert "Jonas" in card.body


async def test_similar_to_alien_has_aliens_among_its_first_five(household: Household) -> None:
    async with household.talking("Claire") as (claire,):
        cards = await claire.cards("/similar Alien (1979)")
    assert "Aliens (1986)" in [card.title for card in cards]


async def test_more_goes_on_without_repeating(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        first = await anna.cards("/recommend")
        second = await anna.cards("more")
        third = await anna.cards("more")
    refs = [card.ref for card in (*first, *second, *third)]
    assert len(refs) == len(set(refs)) == 15


async def test_shorter_is_shorter_than_what_was_shown(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        shown = await anna.cards("something funny, only movies")
        shorter = await anna.cards("shorter")
    minutes = {card.title: card.subtitle for card in (*shown, *shorter)}
    middle = sorted(_minutes(minutes[card.title]) for card in shown)[len(shown) // 2]
    assert shorter
    assert all(_minutes(minutes[card.title]) < middle for card in shorter)


def _minutes(subtitle: str) -> int:
    hours, minutes = re.search(r"(?:(\d+) h )?(\d+) min", subtitle).groups()  # type: ignore[union-attr]
    return 60 * int(hours or 0) + int(minutes)


async def test_numbers_and_ordinals_mean_the_last_answer(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        cards = await anna.cards("/recommend")
        assert cards[2].title in await anna.text("why the third?")
        assert cards[1].title in await anna.text("/why 2")


async def test_feedback_is_kept_over_a_restart_and_changes_the_next_answer(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        first = await anna.cards("/recommend")
        await anna.say("/hide 1")
        await anna.say("/seen 2")
        await anna.say(f"/rate {first[2].title} 3")
    async with household.talking("Anna") as (anna,):
        second = await anna.cards("/recommend")
    gone = {card.ref for card in first[:3]}
    assert gone.isdisjoint({card.ref for card in second})


async def test_a_name_that_is_nearly_another_title_is_asked_about(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        replies = await anna.text("/why The Notebook")
    assert "match" not in replies.lower()


async def test_namesakes_are_asked_about_and_the_year_decides(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        question = await anna.text("/similar Suspiria")
        assert "1977" in question
        assert "2018" in question
        assert await anna.cards("/similar Suspiria (1977)")


async def test_memories_of_two_conversations_do_not_mix(household: Household) -> None:
    async with household.talking("Anna", conversation="kitchen") as (kitchen,):
        cards = await kitchen.cards("/recommend")
    async with household.talking("Anna", conversation="garden") as (garden,):
        assert cards[0].title not in await garden.text("why the first?")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "\x00\x1b[31mred\x07 \u202eevil\u202c \u200b",
        "/",
        "/rate",
        "/rate Alien",
        "/rate Alien eleven",
        "/recommend group",
        "/recommend group @nobody",
        "/recommend group @Anna",
        "/recommend mood",
        "/similar",
        "/nosuchcommand",
        "[bold]not markup[/bold] {{ 7 * 7 }} %s {0}",
        "'; DROP TABLE titles; --",
        "🎬" * 300,
        "99",
        "-1",
        "why the 99th?",
    ],
)
async def test_odd_input_gets_an_answer_and_harms_nothing(household: Household, text: str) -> None:
    async with household.talking("Anna") as (anna,):
        answer = await anna.text(text)
        assert "incident" not in answer
        assert "went wrong" not in answer
        assert len(json.loads(answer)["parts"] if answer.startswith("{") else json.loads(answer)) >= 1
        assert len(await anna.cards("/recommend")) == 5


async def test_many_people_at_once_each_get_their_own_answer(household: Household) -> None:
    import asyncio

    names = ("Anna", "Jonas", "Mia", "Claire")
    async with household.talking(*names) as talks:
        alone = [[card.ref for card in await talk.cards("/recommend")] for talk in talks]
        together = await asyncio.gather(*(talk.cards("/recommend") for talk in talks))
    assert [[card.ref for card in cards] for cards in together] == alone


async def test_a_taste_is_drawn_only_from_what_one_may_still_see(household: Household) -> None:
    async with household.open() as application:
        anna = await application.services.accounts.member_named("Anna")
        before = await application.services.recommending.profile(anna, Clearance(), now=application.clock.now())
        async with application.uow() as uow:
            kept = {lib.id for lib in await uow.libraries.all() if lib.name == "Series"}
            await uow.members.grant(anna.id, kept)
            await uow.commit()
        after = await application.services.recommending.profile(anna, Clearance(), now=application.clock.now())
    assert before.watched > after.watched > 0
    named = {name for domain in after.domains for cluster in domain.clusters for name in cluster}
    assert all(TITLES[name]["library"] in (None, "Series") for name in named)


async def test_why_does_not_contradict_the_card_of_a_mood(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        cards = await anna.cards("something funny from France")
        why = await anna.text("why the second?")
        assert cards[1].title in why
        assert "match" not in why.split("matches your words")[0]
        await anna.cards("/recommend")
        assert "match" in await anna.text("why the first?")


async def test_settings_change_what_is_suggested(household: Household) -> None:
    async with household.talking("Anna") as (anna,):
        await anna.say("/settings films off")
        for card in await anna.cards("/recommend limit=10"):
            assert facts(card)["kind"] == "series" or facts(card)["anime"], card.title
        assert "switched off in /settings" in await anna.text("/whynot Heat")
        assert {facts(card)["kind"] for card in await anna.cards("/recommend kind=film")} == {"movie"}
        await anna.say("/settings films on")
        deep = await anna.text("/settings history all")
        assert "all of it" in deep
        assert len(await anna.cards("/recommend")) == 5
