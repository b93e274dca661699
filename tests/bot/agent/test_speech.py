"""The words of a model as they arrive: each sentence leaves as soon as it is known to have ended."""

from __future__ import annotations

from typing import cast

import pytest

from bot.agent.modelled import Speech
from bot.agent.turn import Turn
from bot.errors import Unavailable


class Listening:
    """A turn of which only `say` is used."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def say(self, text: str) -> None:
        self.heard.append(text)


def speech(forbidden: str = "bad") -> tuple[Speech, list[str]]:
    listening = Listening()
    return Speech(cast("Turn", listening), lambda text: "" if forbidden in text else text), listening.heard


async def test_a_sentence_leaves_with_the_first_piece_of_the_next_one() -> None:
    said, heard = speech()
    for piece in ("Take ", "this one", ". "):
        await said.hear("m", piece)
    assert heard == []
    await said.hear("m", "It")
    assert heard == ["Take this one."]
    for piece in (" is", " long", "!", " Fine", "?"):
        await said.hear("m", piece)
    assert heard == ["Take this one.", "Take this one. It is long!"]


async def test_abbreviations_and_numbers_do_not_end_a_sentence() -> None:
    said, heard = speech()
    for piece in "Dr. Who is in it, e.g. at No. 1.5 of them":
        await said.hear("m", piece)
    assert heard == []


async def test_a_sentence_that_may_not_be_said_shows_nothing() -> None:
    said, heard = speech()
    for piece in ("This is bad. ", "Good one. ", "And"):
        await said.hear("m", piece)
    assert heard == ["Good one."]


async def test_words_before_a_tool_are_forgotten_and_endless_talk_is_stopped() -> None:
    said, _heard = speech()
    await said.hear("first", "Let me look. ")
    await said.hear("second", "Here.")
    assert said.words() == "Here."
    with pytest.raises(Unavailable):
        for _piece in range(100):
            await said.hear("second", "x" * 1000)
