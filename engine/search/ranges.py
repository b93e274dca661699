"""Bounds that a sentence sets, and how the words that set them are found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.search.sentences import Sentence

_NEGATION = re.compile(
    r"\b(?:not|nothing|no|never|without|nichts|nix|nicht|keine?n?|ohne|rien|pas|aucun|sans)"
    r"(?: (?:from|of|von|sortie?s?|movies?|films?|filme|shows?|series|serien|that s|thats"
    r"|that is|made|anything|de|d|dont))*\s*$"
)


# "Lose everything from before 2016", "schmeiß bei denen alles vor 2016 raus", "enlève tout ce qui dépasse deux heures"
_THROWS_OUT = re.compile(
    r"\b(?:lose|drop|remove|cut|exclude|ditch|skip|scrap|leave out|filter out|take out|throw out|chuck|bin|get rid of"
    r"|schmeiss|schmeisse|nimm|wirf|werf|lass|streich|streiche|entfern|entferne|losch|kick"
    r"|enleve|enlevez|vire|virez|retire|retirez|exclus|supprime|supprimez|degage|ote|oublie|eliminez?)"
    r"(?: (?:me|us|out|off|everything|anything|all|any|those|these|the|ones?|that|thats|s|which|is|are|was|were"
    r"|made|from|movies?|films?|shows?|stuff|bei|denen|alles|alle|die|das|was|aus|davon|filme|serien"
    r"|raus|weg|bitte|mal|der|zeit|tous|toutes?|tout|ce|ceux|celles|qui|que|sont|est|ont|dates?|datant|de|d|sortis?|les|trucs))*\s*$"
)


@dataclass(frozen=True, slots=True)
class Range:
    """Inclusive bounds; None is open."""

    low: int | None = None
    high: int | None = None

    def negated(self) -> Range:
        """ "Nothing before 1980" is 1980 on; what is closed on both sides has no opposite and becomes open."""
        if self.low is not None and self.high is not None:
            return Range()
        return Range(None if self.high is None else self.high + 1, None if self.low is None else self.low - 1)


def any_of(phrases: str) -> str:
    """A pattern for any of the comma-separated phrases."""
    return "|".join(" ".join(phrase.split()) for phrase in phrases.split(","))


def use_match(sentence: Sentence, found: re.Match[str], owners: list[int]) -> None:
    """Mark the words of a match in `Sentence.joined` as understood."""
    start, end = found.span()
    while start < end and found.string[start] == " ":
        start += 1
    while end > start and found.string[end - 1] == " ":
        end -= 1
    if start < end:
        sentence.use(owners[start], owners[end - 1] + 1)


def is_negated(text: str, start: int) -> bool:
    """Whether the words before a match turn it round: "nothing before 1980", "no films over two hours"."""
    before = text[:start]
    return _NEGATION.search(before) is not None or _THROWS_OUT.search(before) is not None
