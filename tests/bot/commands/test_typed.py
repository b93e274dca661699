"""What is typed instead of a press: labels, numbers, and verbs with a number."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.reply import Action
from bot.commands.typed import pressed_by_word
from bot.errors import InvalidInput
from bot.model.recommendation import Ask
from bot.services.conversations import Memory

AFTER = Memory(ask=Ask(), shown=("movie:1", "movie:2", "movie:3"), excluded=(1, 2, 3), numbers={"4": "tok", "2b": "b"})


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("why 3", "why", {"title": "movie:3"}),
        ("3 why", "why", {"title": "movie:3"}),
        ("2", "search", {"title": "movie:2"}),
        ("#2", "search", {"title": "movie:2"}),
        ("Seen 2!", "seen", {"title": "movie:2"}),
        ("hide #1", "hide", {"title": "movie:1"}),
        ("more like 2", "similar", {"title": "movie:2"}),
        ("rate 1 8", "rate", {"title": "movie:1", "value": 8}),
        ("bewerte 1 8/10", "rate", {"title": "movie:1", "value": 8}),
        ("pourquoi 2", "why", {"title": "movie:2"}),
    ],
)
def test_a_verb_with_a_number_is_a_press(text: str, name: str, args: dict[str, Any]) -> None:
    meant = pressed_by_word(text, AFTER)
    assert isinstance(meant, Action)
    assert (meant.name, dict(meant.args)) == (name, args)


def test_a_label_stands_for_the_button_it_was_shown_with() -> None:
    assert pressed_by_word("4", AFTER) == "tok"
    assert pressed_by_word("2b", AFTER) == "b"


@pytest.mark.parametrize("text", ["seen it twice", "rate heat 8", "the second one", "something funny", "why"])
def test_a_sentence_is_no_press(text: str) -> None:
    assert pressed_by_word(text, AFTER) is None
    assert pressed_by_word(text, Memory()) is None


@pytest.mark.parametrize("text", ["9", "seen 7", "rate 5 8", "3z"])
def test_a_number_that_means_nothing_is_said_to(text: str) -> None:
    with pytest.raises(InvalidInput):
        pressed_by_word(text, AFTER)


@pytest.mark.parametrize("text", ["", "  ", "!?", "..."])
def test_a_message_without_words_asks_for_some(text: str) -> None:
    with pytest.raises(InvalidInput, match="in the mood for"):
        pressed_by_word(text, Memory())
