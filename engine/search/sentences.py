"""A sentence as words: folded, with punctuation kept where it ends a thought, and a note of what is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.search.folding import plain
from engine.search.spelt_numbers import number_at

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){3,}[^\W\d_]?|[^\W_]+(?:['’][^\W_]+)*|[.,;:!?()\"“”„«»&+]|(?<=\d)\s*[-–]\s*(?=\d)|\s[-–—]\s"
)
_ELIDED = re.compile(r"^(l|d|qu|c|j|n|s|m|t)['’](?=\w{2})", re.IGNORECASE)
_QUOTES = '"“”„«»'
_MARKS = frozenset(".,;:!?()&+-–—" + _QUOTES)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")  # "darkerrr", "sooo"
LONGEST_TEXT = 2_000


def _once(found: re.Match[str]) -> str:
    """A letter once, or twice where words often have two."""
    return found[1] * (2 if found[1] in "oe" and found.end() < len(found.string) else 1)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark, as it stands and folded."""

    text: str
    folded: str
    start: int  # place in the sentence
    end: int

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation."""
        return self.folded in _MARKS

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter or a digit."""
        return self.text[:1].isupper() or self.text[:1].isdigit()


@dataclass(slots=True)
class Sentence:
    """The words of a text, and which of them are understood already."""

    text: str
    words: tuple[Word, ...]
    used: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, text: str) -> Sentence:
        """Split a text; what is beyond `LONGEST_TEXT` characters is not read."""
        text = text[:LONGEST_TEXT]
        found: list[Word] = []
        for match in _TOKEN.finditer(text):
            piece, start = match.group(), match.start()
            elided = _ELIDED.match(piece)
            if elided:
                found.append(Word(elided.group(), plain(elided.group(1)), start, start + elided.end()))
                piece, start = piece[elided.end() :], start + elided.end()
            folded = plain(piece).replace("'", "").replace("’", "").strip()
            folded = _DRAWN_OUT.sub(_once, folded)
            folded = folded.replace(".", "") if len(folded) > 1 else folded  # "S.W.A.T."
            if folded:
                found.append(Word(piece, "-" if folded in "–—" else folded, start, match.end()))
        return cls(text, tuple(found))

    @property
    def folded(self) -> list[str]:
        """All words folded, marks included."""
        return [word.folded for word in self.words]

    def joined(self) -> tuple[str, list[int]]:
        """The folded words with blanks between them, used ones blotted out, and each character's word."""
        parts: list[str] = []
        owners: list[int] = []
        for place, word in enumerate(self.words):
            shown = "_" if place in self.used else word.folded
            parts.append(shown)
            owners += [place] * (len(shown) + 1)
        return " ".join(parts), owners

    def joined_in_digits(self) -> tuple[str, list[int]]:
        """As `joined`, with numbers from five on in digits, whatever they were written in."""
        parts: list[str] = []
        owners: list[int] = []
        shown = ["_" if place in self.used else word.folded for place, word in enumerate(self.words)]
        place = 0
        while place < len(shown):
            value, size = number_at(shown, place) or (None, 1)
            part = shown[place] if value is None else str(value)
            last = place + size - 1
            parts.append(part)
            owners += [place, *[last] * len(part)]
            place += size
        return " ".join(parts), owners

    def use(self, start: int, end: int) -> None:
        """Note that words `start` to `end` are understood."""
        self.used.update(range(start, end))

    def is_free(self, start: int, end: int) -> bool:
        """Whether none of the words is understood or a mark."""
        return all(place not in self.used and not self.words[place].is_mark for place in range(start, end))

    def quoted(self) -> list[tuple[int, int]]:
        """Spans of words between quotation marks."""
        marks = [place for place, word in enumerate(self.words) if word.folded in _QUOTES]
        return [(left + 1, right) for left, right in zip(marks[::2], marks[1::2], strict=False) if right - left > 1]
