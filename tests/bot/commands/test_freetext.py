"""Plain words: which command they mean, in three languages, and that sentences are moods."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.reply import Action, Reply
from bot.commands.freetext import interpret
from bot.errors import InvalidInput
from bot.model.recommendation import Ask
from bot.services.conversations import Memory

AFTER = Memory(ask=Ask(), shown=("movie:1", "movie:2", "movie:3"), excluded=(1, 2, 3), numbers={"4": "tok", "2b": "b"})
MOOD = {"mode": "mood"}


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("more", "more", {}),
        ("Show me more please!", "more", {}),
        ("etwas anderes", "more", {}),
        ("encore", "more", {}),
        ("why?", "why", {}),
        ("pourquoi ?", "why", {}),
        ("why did you pick the second one?", "why", {"title": "movie:2"}),
        ("warum das dritte", "why", {"title": "movie:3"}),
        ("why 3", "why", {"title": "movie:3"}),
        ("3 why", "why", {"title": "movie:3"}),
        ("why Heat", "why", {"title": "heat"}),
        ("2", "search", {"title": "movie:2"}),
        ("#2", "search", {"title": "movie:2"}),
        ("the second one", "search", {"title": "movie:2"}),
        ("le dernier", "search", {"title": "movie:3"}),
        ("number 1", "search", {"title": "movie:1"}),
        ("seen 2", "seen", {"title": "movie:2"}),
        ("hide the first one", "hide", {"title": "movie:1"}),
        ("more like 2", "similar", {"title": "movie:2"}),
        ("rate 1 8", "rate", {"title": "movie:1", "value": 8}),
        ("funnier", "more", {"query": "funnier"}),
        ("from the 90s", "more", {"query": "from the 90s"}),
        ("nothing with subtitles", "more", {"query": "nothing with subtitles"}),
        ("etwas lustiger", "more", {"query": "etwas lustiger"}),
        ("What should I watch tonight?", "recommend", {}),
        ("surprise me", "recommend", {"mode": "shuffle"}),
        ("hello", "start", {}),
        ("the quiz, please", "quiz", {}),
        ("Geschmacksquiz", "quiz", {}),
    ],
)
def test_after_an_answer(text: str, name: str, args: dict[str, Any]) -> None:
    meant = interpret(text, AFTER)
    assert isinstance(meant, Action)
    assert (meant.name, dict(meant.args)) == (name, args)


@pytest.mark.parametrize(
    "text", ["more", "the second one", "2", "funnier", "seen 2", "2b", "300", "a film with no hope"]
)
def test_without_an_answer_words_are_a_mood(text: str) -> None:
    assert interpret(text, Memory()) == Action("recommend", {**MOOD, "query": text})


@pytest.mark.parametrize(
    "text",
    [
        "a slow-burn heist film from the 70s, not a comedy",
        "more than a feeling",
        "the first film of Hitchcock",
        "something like Alien but funnier",
        "I have seen the second one",
        "1917",
    ],
)
def test_sentences_stay_moods_after_an_answer(text: str) -> None:
    assert interpret(text, AFTER) == Action("recommend", {**MOOD, "query": text})


def test_labels_are_tokens() -> None:
    assert interpret("4", AFTER) == "tok"
    assert interpret("(2B)", AFTER) == "b"
    with pytest.raises(InvalidInput, match="nothing under 9c"):
        interpret("9c", AFTER)


@pytest.mark.parametrize("text", ["17", "0", "the ninth", "seen 9", "why 9"])
def test_numbers_beyond_the_answer_are_told(text: str) -> None:
    with pytest.raises(InvalidInput, match="only 3 titles"):
        interpret(text, AFTER)


def test_thanks() -> None:
    assert isinstance(interpret("Thanks a lot!", AFTER), Reply)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.sampled_from([Memory(), AFTER]))
def test_any_text_means_something_or_is_refused_politely(text: str, memory: Memory) -> None:
    try:
        meant = interpret(text, memory)
    except InvalidInput as error:
        assert str(error)
    else:
        assert isinstance(meant, Action | Reply | str)
