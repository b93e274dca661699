"""What titles of one franchise have in common where no collection is known: the words they begin with."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_¹²³⁴]+")
_YEAR = re.compile(r"\s*\(\d{4}\)\s*$")
_SMALL_WORDS = frozenset({"the", "a", "an", "of", "and", "part", "der", "die", "das", "le", "la", "les", "de", "et"})
_ROMAN = frozenset("ivx")


def title_stem(name: str) -> tuple[str, ...]:
    """The words of a title without year, numbers, small words and plural: "Aliens 3 (1992)" is ("alien",)."""
    words = _WORD.findall(_YEAR.sub("", name).casefold())
    kept = (word for word in words if word not in _SMALL_WORDS and not (len(word) <= 4 and set(word) <= _ROMAN))
    return tuple(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in kept)


def continuation(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How much two stems look like one franchise: .8 the same, .4 if one begins with the whole other, else 0."""
    if not one or not other:
        return 0.0
    if one == other:
        return 0.8
    short, long = sorted((one, other), key=len)
    return 0.4 if long[: len(short)] == short else 0.0
