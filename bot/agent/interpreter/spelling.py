"""Whether a name may be another one, misspelt: words that are spelt right are no slips of the finger."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

from engine.search.folding import ARTICLES

_ALIKE = 0.5  # of two words, from which one may be the other


def differs_in_a_word(name: str, other: str, ordinary: Collection[str] = ()) -> bool:
    """Whether names differ in words that are spelt right, or by whole words: "the woman king" and "the zebra king" are
    no misspelt "the lion king"."""
    first, second = {*name.split()} - ARTICLES, {*other.split()} - ARTICLES
    said, meant = first - second, second - first
    if len(said) != len(meant) or not said:
        return False
    apart = any(max(SequenceMatcher(None, word, each).ratio() for each in meant) < _ALIKE for word in said)
    return apart or all(word in ordinary for word in said)
