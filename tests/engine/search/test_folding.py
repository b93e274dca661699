"""What folding makes equal, and what it must keep apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.search.folding import STRICT_ARTICLES, fold, fold_umlauts, without_article


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Amélie", "amelie"),
        ("Dr. Strangelove or: How I Learned to Stop Worrying", "dr strangelove or how i learned to stop worrying"),
        ("Fast & Furious", "fast and furious"),
        ("Rocky II", "rocky 2"),
        ("The Godfather: Part Two", "the godfather part 2"),
        ("Godfather, The", "the godfather"),
        ("Schindler’s List", "schindlers list"),
        ("L'Avventura", "l avventura"),
        ("E.T. the Extra-Terrestrial", "et the extra terrestrial"),
        ("Straße & Øl", "strasse and ol"),
        ("WALL·E", "wall e"),
        ("I, Robot", "i robot"),
        ("II", "ii"),
        ("X", "x"),
        ("Léon", "leon"),
        ("  \t", ""),
        ("!!!", ""),
        ("七人の侍", "七人の侍"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_umlauts_are_also_spelled_out() -> None:
    assert fold("Über uns") == "uber uns"
    assert fold_umlauts("Über uns") == "ueber uns"
    assert fold_umlauts("Alien") is None


def test_articles() -> None:
    assert without_article("the thing") == "thing"
    assert without_article("the") is None
    assert without_article("theatre") is None
    assert without_article("die hard") == "hard"
    assert without_article("die hard", STRICT_ARTICLES) is None


@given(st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == " ".join(once.split())
