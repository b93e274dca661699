"""Presses that change the card they hang on, and cards that are turned like pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.incoming import Message, MessageRef
from bot.chat.reply import Action, Button, Card, Choices, Reply
from bot.model.feedback import Verdict
from tests.bot.household import ROOMY, Household, author, cards, merged, place, words

HERE = MessageRef("terminal", "home", "77")
PAGED = replace(ROOMY, pager=True)


def button(card: Card, label: str) -> Button:
    (found,) = [each for each in card.buttons if each.label == label]
    return found


def labels(card: Card) -> list[str]:
    return [each.label for each in card.buttons]


def only_card(reply: Reply) -> Card:
    (card,) = reply.parts
    assert isinstance(card, Card)
    return card


@pytest.fixture
def house() -> Household:
    return Household()


async def test_seen_stands_on_the_card_and_asks_how_it_was(house: Household) -> None:
    alien = cards(await house.say("/recommend"))[1]
    reply = await house.press(button(alien, "Seen it").token, on="77")
    card = only_card(reply)
    assert reply.replaces == HERE
    assert (card.ref, card.title, card.facts) == (alien.ref, alien.title, alien.facts)
    assert card.body == alien.body + "\nYou have seen it. How was it?"
    assert labels(card) == [
        "Why?", "Seen it ✓", "Loved it", "It was all right", "Did not like it", "Not for me", "More like this"
    ]  # fmt: skip
    loved = only_card(await house.press(button(card, "Loved it").token, on="77"))
    assert loved.body.endswith("You like it. ✓")
    assert labels(loved) == labels(alien)
    assert [(v.title_id, v.verdict) for v in house.store.verdicts] == [(2, Verdict.SEEN), (2, Verdict.LIKE)]


async def test_what_was_pressed_by_mistake_is_taken_back(house: Household) -> None:
    heat = cards(await house.say("/recommend"))[0]
    hidden = only_card(await house.press(button(heat, "Not for me").token, on="77"))
    assert "stays away until 2026-07-01" in hidden.body
    assert house.store.hidden
    back = only_card(await house.press(button(hidden, "Not for me ✓").token, on="77"))
    assert (back.body, labels(back)) == (heat.body, labels(heat))
    assert not house.store.hidden
    seen = only_card(await house.press(button(back, "Seen it").token, on="77"))
    await house.press(button(seen, "Seen it ✓").token, on="77")
    assert not house.store.verdicts


async def test_reasons_unfold_on_the_card_and_fold_again(house: Household) -> None:
    heat = cards(await house.say("/recommend"))[0]
    open_ = only_card(await house.press(button(heat, "Why?").token, on="77"))
    assert "Rififi" in open_.body
    assert len(open_.body) > len(heat.body)
    house.restart()
    folded = await house.press(button(open_, "Hide the reasons").token, on="77")
    assert folded.replaces == HERE
    assert (only_card(folded).body, labels(only_card(folded))) == (heat.body, labels(heat))


async def test_reasons_that_a_card_cannot_hold_are_a_message() -> None:
    house = Household(replace(ROOMY, max_caption=130))
    heat = cards(await house.say("/recommend"))[0]
    reply = await house.press(button(heat, "Why?").token, on="77")
    assert reply.replaces is None
    assert "**Heat (1995)**" in words(reply)


async def test_both_marks_and_reasons_stay_when_the_other_changes(house: Household) -> None:
    heat = cards(await house.say("/recommend"))[0]
    open_ = only_card(await house.press(button(heat, "Why?").token, on="77"))
    both = only_card(await house.press(button(open_, "Seen it").token, on="77"))
    assert both.body == open_.body + "\nYou have seen it. How was it?"
    assert "Hide the reasons" in labels(both)


async def test_a_press_without_its_message_or_on_a_platform_without_edits_answers_as_before() -> None:
    house = Household()
    heat = cards(await house.say("/recommend"))[0]
    assert "How was it" in words(await house.press(button(heat, "Seen it").token))
    house.capabilities = replace(ROOMY, edits=False)
    assert "How was it" in words(await house.press(button(heat, "Seen it").token, on="77"))
    assert "**Heat (1995)**" in words(await house.press(button(heat, "Why?").token, on="77"))
    fresh = Household(replace(ROOMY, edits=False))
    assert cards(await fresh.say("/recommend"))[0].buttons[0].press == Action("why", {"title": "movie:101"})
    assert not fresh.store._state.decks


async def test_numbers_keep_meaning_the_last_list_when_an_older_card_changes(house: Household) -> None:
    old = cards(await house.say("/recommend"))[1]
    await house.say("more")
    await house.press(button(old, "Seen it").token, on="77")
    await house.say("2c")
    assert [hide.title_id for hide in house.store.hidden] == [7]


async def test_in_a_group_everybody_says_their_own_by_name() -> None:
    house = Household()
    heat = cards(await house.say("/recommend group @ben", private=False, room="den"))[0]
    await house.press(button(heat, "Seen it").token, private=False, room="den", on="77")
    reply = await house.press(button(heat, "Not for me").token, name="Ben", private=False, room="den", on="77")
    card = only_card(reply)
    assert "- **Anna**: You have seen it" in card.body
    assert "- **Ben**: Not for you" in card.body
    assert labels(card) == labels(heat)
    why = await house.press(button(heat, "Why?").token, name="Ben", private=False, room="den", on="77")
    assert why.replaces is None


async def test_cards_are_pages_and_the_answers_end_goes_with_them() -> None:
    house = Household(PAGED)
    reply = await house.say("/recommend")
    assert not [part for part in reply.parts if isinstance(part, Choices)]
    (first,) = cards(reply)
    assert labels(first)[-4:] == ["◀", "1/5", "▶", "More"]
    second = await house.press(button(first, "▶").token, on="77")
    assert second.replaces == HERE
    assert (only_card(second).title, only_card(second).number) == ("Alien (1979)", 2)
    house.restart()
    house.clock.advance(timedelta(days=20))
    last = only_card(await house.press(button(first, "◀").token, on="77"))
    assert (last.title, labels(last)[-3]) == ("The Sting (1973)", "5/5")
    assert "somebody else" in words(await house.press(button(first, "▶").token, name="Ben", on="77"))


async def test_more_hangs_on_every_page() -> None:
    house = Household(PAGED)
    (first,) = cards(await house.say("/recommend"))
    second = only_card(await house.press(button(first, "▶").token, on="77"))
    reply = await house.press(button(second, "More").token, on="77")
    assert reply.replaces is None
    assert cards(reply)[0].title == "Solaris (1972)"


async def test_numbers_mean_all_pages() -> None:
    house = Household(PAGED)
    await house.say("/recommend")
    assert cards(await house.say("4"))[0].title == "Fargo (1996)"
    await house.say("/recommend")
    await house.say("3c")
    assert [hide.title_id for hide in house.store.hidden] == [3]


async def test_a_mark_survives_turning_the_page() -> None:
    house = Household(PAGED)
    (first,) = cards(await house.say("/recommend"))
    seen = only_card(await house.press(button(first, "Seen it").token, on="77"))
    second = only_card(await house.press(button(seen, "▶").token, on="77"))
    assert "Seen it" in labels(second)
    assert "Seen it ✓" in labels(only_card(await house.press(button(second, "◀").token, on="77")))


async def test_one_card_has_no_pager() -> None:
    house = Household(PAGED)
    (card,) = cards(await house.say("/recommend limit=1"))
    assert labels(card) == ["Why?", "Seen it", "Not for me", "More like this", "More"]


async def test_a_title_that_is_gone_is_not_shown_by_turning() -> None:
    house = Household(PAGED)
    (first,) = cards(await house.say("/recommend"))
    house.titles.gone.add("movie:102")
    card = only_card(await house.press(button(first, "▶").token, on="77"))
    assert "Alien" not in card.title + card.body
    assert labels(card) == ["◀", "2/5", "▶"]
    assert only_card(await house.press(button(card, "▶").token, on="77")).title == "Aliens (1986)"


async def test_a_deck_that_was_forgotten_is_too_old() -> None:
    house = Household(PAGED)
    (first,) = cards(await house.say("/recommend"))
    house.store._state.decks.clear()
    assert "too old" in words(await house.press(button(first, "▶").token, on="77"))
    assert "How was it" in words(await house.press(button(first, "Seen it").token, on="77"))


async def test_a_deck_of_another_version_is_no_accident() -> None:
    house = Household(PAGED)
    (first,) = cards(await house.say("/recommend"))
    ((key, deck),) = house.store._state.decks.items()
    house.store._state.decks[key] = replace(deck, state={"cards": 7})
    assert "too old" in words(await house.press(button(first, "▶").token, on="77"))


async def test_a_label_that_turns_a_page_answers_with_the_card() -> None:
    house = Household(PAGED)
    await house.say("/recommend")
    replies = await house.take(Message("m", place(), author(), "1g"))
    assert merged(replies).replaces is None
    assert cards(merged(replies))[0].title == "Alien (1979)"
