"""Numbers in words, in three languages and their neighbours' ways."""

from __future__ import annotations

import pytest

from engine.search.sentences import Sentence
from engine.search.spelt_numbers import number_at


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ninety", 90), ("ninety five", 95), ("a hundred and five", 105), ("one hundred twenty", 120),
        ("two hundred", 200), ("neunzig", 90), ("funfundneunzig", 95), ("hundertzehn", 110),
        ("einhundertundfunf", 105), ("zweihundert", 200), ("quatre vingts", 80), ("quatre vingt quinze", 95),
        ("soixante et onze", 71), ("soixante quinze", 75), ("septante cinq", 75), ("huitante", 80),
        ("nonante et un", 91), ("cent vingt", 120), ("deux cents", 200), ("dix sept", 17), ("vingt et un", 21),
    ],
)  # fmt: skip
def test_a_number_is_read_whole(words: str, value: int) -> None:
    assert number_at(words.split(), 0) == (value, len(words.split()))


@pytest.mark.parametrize("word", ["one", "two", "eine", "drei", "un", "quatre", "hour", ""])
def test_small_numbers_stay_words(word: str) -> None:
    assert number_at([word], 0) is None


def test_the_digits_stand_for_all_their_words() -> None:
    sentence = Sentence.of("max quatre-vingt-quinze minutes")
    text, owners = sentence.joined_in_digits()
    assert text == "max 95 minutes"
    assert [owners[text.index(part)] for part in ("max", "95", "minutes")] == [0, 1, 4]
    assert owners[text.index("95") + 1] == 3  # the last word of the number


def test_what_is_understood_already_is_no_number() -> None:
    sentence = Sentence.of("ninety five minutes")
    sentence.use(0, 1)
    assert sentence.joined_in_digits()[0] == "_ 5 minutes"


def test_letters_with_dots_are_one_word() -> None:
    assert Sentence.of("have we got S.W.A.T. here?").folded == ["have", "we", "got", "swat", "here", "?"]
