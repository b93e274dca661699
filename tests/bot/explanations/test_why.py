"""/why in words of a model: the same tiers, the same check, and the list with its shares whatever happens."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace

import pytest

from bot.explanations.chain import ExplanationChain, ExplanationMode, TierLimits
from tests.bot.explanations.models import Models, ScriptedText, Silent, down, sentences
from tests.bot.household import Household, cards, words

GOOD = "You liked Rififi and watch a lot of crime. Jane Doe directed it, and that is your kind of work."
LISTED = "It is close to **Rififi (1955)**, which you liked. (50 %)"
QUICK = TierLimits(local=0.02, remote=0.02, discovery=2.0)
PLENTY = TierLimits(local=5, remote=5, discovery=5)


def house(*models: ScriptedText, mode: ExplanationMode = "auto", limits: TierLimits = PLENTY) -> Household:
    """The household with these models to explain."""

    async def members() -> Collection[str]:
        return ("Anna", "Ben")

    made = Household()
    made.services = replace(
        made.services, explainer=ExplanationChain(Models(*models), mode=mode, limits=limits, members=members)
    )
    made.dispatch._services = made.services
    return made


def facts(model: ScriptedText) -> list[str]:
    (card,) = json.loads(model.data())
    return list(card["facts"])


async def test_the_reasons_are_told_in_words_and_listed_with_their_shares() -> None:
    model = ScriptedText(sentences(GOOD))
    told = words(await house(model).say("/why Heat"))
    assert GOOD in told
    assert LISTED in told
    assert facts(model)[0] == "It is close to Rififi (1955), which you liked."
    assert len(facts(model)) == 3


async def test_the_same_question_costs_one_call() -> None:
    model = ScriptedText(sentences(GOOD))
    home = house(model)
    assert words(await home.say("/why Heat")) == words(await home.say("/why Heat"))
    assert len(model.prompts) == 1


@pytest.mark.parametrize(
    "said",
    [
        "You liked Rififi, and it won an Oscar in 1995.",
        "You liked Rififi, and Robert De Niro plays in it.",
        "You liked Rififi. It is available on your server.",
        "Tu as aimé Rififi, et tu regardes souvent des films de ce genre.",
        "You liked Rififi. You watch a lot of crime. Jane Doe directed it. You will like it.",
        "See https://example.org, because you liked Rififi.",
        "",
        "x" * 5000,
    ],
    ids=["award", "person", "library", "language", "length", "link", "nothing", "endless"],
)
async def test_what_is_no_fact_is_not_said(said: str) -> None:
    told = words(await house(ScriptedText(sentences(said))).say("/why Heat"))
    assert told == words(await house(mode="template").say("/why Heat"))
    assert LISTED in told


async def test_a_tier_that_fails_falls_through_and_without_any_the_list_stands() -> None:
    far = ScriptedText(sentences(GOOD), name="far", is_local=False)
    assert GOOD in words(await house(ScriptedText(down()), far).say("/why Heat"))
    for broken in (ScriptedText(down()), ScriptedText("no JSON"), Silent()):
        told = words(await house(broken, limits=QUICK).say("/why Heat"))
        assert told == words(await house(mode="template").say("/why Heat"))
    untouched = ScriptedText(sentences(GOOD))
    assert GOOD not in words(await house(untouched, mode="template").say("/why Heat"))
    assert untouched.prompts == []


async def test_in_a_room_no_model_learns_what_was_watched() -> None:
    model = ScriptedText(sentences(GOOD))
    told = words(await house(model).say("/why Heat", private=False))
    assert "Rififi" not in "".join(model.prompts)
    assert "Rififi" not in told


async def test_what_was_said_on_the_card_gives_way_unless_something_was_asked_for() -> None:
    home = house(ScriptedText(sentences("Much like Rififi for you."), sentences(GOOD)))
    (card, *_more) = cards(await home.say("/recommend"))
    assert card.body == "Much like Rififi for you."
    told = words(await home.say("why 1"))
    assert GOOD in told
    assert card.body not in told
    home = house(
        ScriptedText(sentences("Close to Alien, with a taste of crime."), sentences("It is a crime film by Jane Doe."))
    )
    (card, *_more) = cards(await home.say("/similar Alien"))
    assert card.body in words(await home.say("why 1"))


async def test_what_speaks_against_a_title_is_left_to_the_templates() -> None:
    model = ScriptedText(sentences(GOOD))
    assert "You seldom watch war" in words(await house(model).say("/whynot Heat"))
    assert model.prompts == []
