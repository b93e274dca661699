"""Lets through only those sentences of a model that say nothing we do not know.

Titles are spoken of by number alone: `[[2]]` becomes the name of the second result. A sentence is dropped that names
any other title, known to the catalogue or made up, an id, or that claims what only our cards may say: that something is
available, requested, stored or allowed. Pure: text in, text out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.agent.claims import claims_something
from bot.chat.plain import escape
from engine.search.folding import fold
from engine.search.titles import TitleIndex

_REFERENCE = re.compile(r"\[\[\s*(\d{1,3})\s*\]\]")
_END = re.compile(r"(?<=[.!?…])[\"”»)\]*_]*(?:\s+|$)|\n+")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|vs|etc|e\.g|i\.e|z\.B|bzw|usw|ca|Nr|No|M|Mme|p\.ex|[A-Z])\.$")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|__(.+?)__|_(.+?)_|“(.+?)”|\"(.+?)\"|„(.+?)“|«\s*(.+?)\s*»|`(.+?)`")
_YEAR = re.compile(r"\((?:1[89]|20)\d\d\)")
_NAMED_IDS = re.compile(r"\btt\d{5,}\b|\b(?:tmdb|imdb|tvdb)\b|\b(?:movie|series):[\w-]+|\bids?\b\W*\d+", re.IGNORECASE)
_LINK = re.compile(r"https?://|www\.|\]\(|@\w", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d+")
_LONGEST_NAME = 8
_RUN = 2  # capitalised words in a row that look like a name
_LONGEST = 600  # characters of one sentence
_JOINTS = frozenset(
    {"of", "the", "and", "a", "an", "in", "on", "at", "to", "for", "from", "with", "de", "la", "le", "les"}
)
_PLAIN_CAPITALS = frozenset({
    "i", "i'm", "i'll", "i'd", "i've", "ok", "tv", "dvd", "oscar", "oscars", "hollywood", "europe", "america", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december", "christmas", "halloween",
})  # fmt: skip

_GERMAN_BESIDE_NOUNS = frozenset({
    "film", "filme", "serie", "serien", "kino", "abend", "nachmittag", "morgen", "nacht", "mittag", "uhr", "anfang",
    "mitte", "ende", "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember", "montag", "dienstag",
    "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "stück", "paar", "art", "menge", "prise", "portion",
    "hauch", "minuten", "stunden", "prozent", "stil", "sorte", "schuss", "folge", "staffel", "genre", "regisseur",
    "regisseurin", "hollywood", "marke", "sie", "ihnen", "ihr", "ihre",
})  # fmt: skip
"""Nouns that German puts right before or after another one without making a name of them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a model may speak of. `results`: names of the titles it was given, `[[1]]` first. `names`: people, genres
    and other names that stood in what it was given; `said`: what the person said themselves."""

    results: Sequence[str]
    names: Collection[str] = ()
    said: str = ""
    language: str = "en"


class Grounding:
    """Checks sentences against one catalogue."""

    def __init__(self, index: TitleIndex) -> None:
        self._index = index

    def check(self, text: str, known: Known) -> str:
        """The sentences that may be said, in order, as Markdown with escaped names; empty when none is left."""
        kept = [said for sentence in sentences(text) if (said := self.sentence(sentence, known)) is not None]
        return " ".join(kept)

    def sentence(self, sentence: str, known: Known) -> str | None:
        """One sentence as it may be said, or None."""
        bare = sentence.strip().lstrip("-*•# ").strip()
        if not bare or len(bare) > _LONGEST:
            return None
        numbers = [int(number) for number in _REFERENCE.findall(bare)]
        if any(not 1 <= number <= len(known.results) for number in numbers):
            return None
        rest = _REFERENCE.sub(" \N{BULLET} ", bare)
        if not _WORD.search(rest) and not numbers:
            return None
        if _LINK.search(rest) or _NAMED_IDS.search(rest) or _YEAR.search(rest) or claims_something(rest):
            return None
        if self._names_something(rest, known):
            return None
        plain = _EMPHASIS.sub(lambda match: next(part for part in match.groups() if part), bare)
        pieces = _REFERENCE.split(plain)
        return "".join(
            f"**{escape(known.results[int(piece) - 1])}**" if place % 2 else escape(piece)
            for place, piece in enumerate(pieces)
        )

    def _names_something(self, text: str, known: Known) -> bool:
        """Whether a title is named that is not among the results, or something that looks like one."""
        allowed = _allowed(known)
        for match in _EMPHASIS.finditer(text):
            inside = next(part for part in match.groups() if part)
            if fold(inside) not in allowed and any(letter.isupper() for letter in inside):
                return True
        words = list(_WORD.finditer(text))
        for start, word in enumerate(words):
            if not word.group()[0].isupper() and not word.group()[0].isdigit():
                continue
            for end in range(min(len(words), start + _LONGEST_NAME), start, -1):
                if self._is_title(text, words, start, end, allowed):
                    return True
        return _made_up(text, words, allowed, known.language)

    def _is_title(self, text: str, words: list[re.Match[str]], start: int, end: int, allowed: frozenset[str]) -> bool:
        name = text[words[start].start() : words[end - 1].end()]
        if "\N{BULLET}" in name:
            return False
        folded = fold(name)
        if not folded or folded in allowed or not self._index.exact(folded):
            return False
        if end - start > 1:
            capitals = sum(word.group()[0].isupper() for word in words[start:end])
            return capitals > 1
        # A single word: "It", "Her", "Up" and "Heat" are words first. In the middle of a sentence a capital gives one
        # away; at the beginning only a word that is no everyday word does.
        if _begins(text, words[start].start()):
            return False
        return name.casefold() not in _PLAIN_CAPITALS and not name.isdigit() and not name.isupper()


def sentences(text: str) -> list[str]:
    """The sentences of a text, abbreviations kept together."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.start()]
        if "\n" not in match.group() and _ABBREVIATION.search(piece):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def _allowed(known: Known) -> frozenset[str]:
    """Folded names that may be said: of people and the like, and whatever the person said."""
    words = {fold(name) for name in known.names}
    words |= {part for name in known.names for part in fold(name).split()}
    return frozenset(words)


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(' "“„«*_(—–-')
    return not before or before[-1] in ".!?:;…\n\N{BULLET}"


def _made_up(text: str, words: list[re.Match[str]], allowed: frozenset[str], language: str) -> bool:
    """Whether a run of capitalised words stands where no sentence begins: the look of a title that nobody knows.

    German writes nouns with capitals; two of them in a row look like a name all the same, but for those that measure
    or say what kind of thing the other one is.
    """
    german = language == "de"
    run = 0
    for word, following in zip(words, [*words[1:], None], strict=True):
        said = word.group()
        gap = text[word.end() : following.start()] if following else "."
        capital = said[0].isupper() and said.casefold() not in _PLAIN_CAPITALS and fold(said) not in allowed
        capital = capital and not (german and said.casefold() in _GERMAN_BESIDE_NOUNS)
        if capital and not (_begins(text, word.start()) and run == 0):
            run += 1
            if run >= _RUN:
                return True
        elif not (run and said.casefold() in _JOINTS):
            run = 1 if capital and not german and _looks_like_name(following, gap) else 0
        if gap.strip(" ’'-"):
            run = 0
    return False


def _looks_like_name(following: re.Match[str] | None, gap: str) -> bool:
    """Whether a sentence begins with two capitalised words: "Purple Horizon is great"."""
    return following is not None and gap == " " and following.group()[0].isupper()
