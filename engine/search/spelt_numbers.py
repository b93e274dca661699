"""Numbers in words, five to 240, in English, German and French, the Swiss and Belgian tens among them.

One to four stay words: they are articles as well, and stand in phrases of their own ("one and a half hours").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

_LEAST, _MOST = 5, 240

_EN_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS = (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_DE_ONES = (
    "ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwolf", "dreizehn",
    "vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
)  # fmt: skip
_DE_TENS = (
    "zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig",
)  # fmt: skip
_FR_ONES = (
    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
_FR_OTHER_TENS = {70: ("septante",), 80: ("huitante", "octante"), 90: ("nonante",)}


@cache
def spelt_numbers() -> Mapping[tuple[str, ...], int]:
    """Folded words, each number's as one key, to the number."""
    pairs = [*_english(), *_german(), *_french()]
    return {tuple(said.replace("-", " ").split()): value for said, value in pairs if _LEAST <= value <= _MOST}


@cache
def longest_number() -> int:
    """The most words that a number has."""
    return max(map(len, spelt_numbers()))


def number_at(words: Sequence[str], place: int) -> tuple[int, int] | None:
    """The number that begins at a word and how many words it takes; the longest counts."""
    table = spelt_numbers()
    for size in range(min(longest_number(), len(words) - place), 0, -1):
        value = table.get(tuple(words[place : place + size]))
        if value is not None:
            return value, size
    return None


def _english() -> Iterator[tuple[str, int]]:
    below = list(_below_hundred(_EN_ONES, _EN_TENS, lambda tens, ones: f"{tens} {ones}"))
    yield from below
    for hundreds, value in (("hundred", 100), ("a hundred", 100), ("one hundred", 100), ("two hundred", 200)):
        yield hundreds, value
        yield from ((f"{hundreds}{joint} {said}", value + less) for said, less in below for joint in ("", " and"))


def _german() -> Iterator[tuple[str, int]]:
    below = list(_below_hundred(_DE_ONES, _DE_TENS, lambda tens, ones: f"{ones}und{tens}"))
    yield from below
    for hundreds, value in (("hundert", 100), ("einhundert", 100), ("zweihundert", 200)):
        yield hundreds, value
        yield from ((f"{hundreds}{joint}{said}", value + less) for said, less in below for joint in ("", "und"))


def _french() -> Iterator[tuple[str, int]]:
    below = list(_french_below_hundred())
    yield from below
    for hundreds, value in (("cent", 100), ("deux cents", 200), ("deux cent", 200)):
        yield hundreds, value
        yield from ((f"{hundreds} {said}", value + less) for said, less in below)


def _french_below_hundred() -> Iterator[tuple[str, int]]:
    yield from ((said, value) for value, said in enumerate(_FR_ONES, 1))
    tens = [*_FR_TENS.items(), *((value, said) for value, names in _FR_OTHER_TENS.items() for said in names)]
    for value, said in tens:
        yield said, value
        yield f"{said} et un", value + 1
        yield from ((f"{said} {_FR_ONES[ones - 1]}", value + ones) for ones in range(1, 10))
    for start, said in ((60, "soixante"), (80, "quatre vingt")):
        yield from ((f"{said} {_FR_ONES[more - 1]}", start + more) for more in range(1 if start == 80 else 10, 20))
    yield from (("soixante et onze", 71), ("quatre vingt", 80), ("quatre vingts", 80))


def _below_hundred(
    ones: Sequence[str], tens: Sequence[str], joined: Callable[[str, str], str]
) -> Iterator[tuple[str, int]]:
    yield from ((said, value) for value, said in enumerate(ones, 1))
    for place, said in enumerate(tens, 2):
        yield said, 10 * place
        yield from ((joined(said, ones[one - 1]), 10 * place + one) for one in range(1, 10))
