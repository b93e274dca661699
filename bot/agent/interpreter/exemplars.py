"""The sentences that the intents are learnt from: `data/{en,de,fr}.txt`.

    [why after_picks]
    why the {ordinal}?
    how come you picked {title}

A heading names the intent and, where it matters, the situation (`after_picks`, `none`; without one: both). Braces stand
for particulars that depend on a household: {title} {person} {member} {ordinal} {number} {rating}; genres, years,
tones and the like are written as people write them. Lines that begin with "#" are remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.agent.interpreter.interpretation import Intent
from engine.search.sentences import Sentence

LANGUAGES = ("en", "de", "fr")
_HEADING = re.compile(r"\[(\w+)(?: (after_picks|none))?\]")
_BRACES = re.compile(r"\{(title|person|member|ordinal|number|rating)\}")


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One sentence. `after_picks` None: it may be said at any time."""

    text: str
    language: str
    intent: Intent
    after_picks: bool | None


@cache
def exemplars() -> tuple[Exemplar, ...]:
    """All of them. Raises: ValueError, for a heading or a brace that means nothing."""
    return tuple(exemplar for language in LANGUAGES for exemplar in _read(language))


def source() -> str:
    """All exemplars and cues as they are written, to tell whether something has changed."""
    folder = resources.files(__package__).joinpath("data")
    names = (*(f"{language}.txt" for language in LANGUAGES), "cues.toml")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in names)


@cache
def carriers(language: str) -> frozenset[str]:
    """Folded words that frame what people say in a language, English among them: people mix. What means nothing
    here frames nothing: "how far is the moon" takes no title away."""
    words: set[str] = set()
    for exemplar in exemplars():
        if exemplar.language in (language, "en") and exemplar.intent is not Intent.UNKNOWN:
            words.update(word.folded for word in Sentence.of(_BRACES.sub(" ", exemplar.text)).words)
    return frozenset(words)


def _read(language: str) -> Iterator[Exemplar]:
    intent: Intent | None = None
    situation: bool | None = None
    text = resources.files(__package__).joinpath("data", f"{language}.txt").read_text("utf-8")
    for line in text.splitlines():
        line = line.strip()  # noqa: PLW2901
        if not line or line.startswith("#"):
            continue
        if heading := _HEADING.fullmatch(line):
            intent = Intent(heading[1])
            situation = None if heading[2] is None else heading[2] == "after_picks"
            continue
        if intent is None or "{" in _BRACES.sub("", line):
            raise ValueError(f"{language}.txt: “{line}” stands under no heading or has unknown braces")
        yield Exemplar(line, language, intent, situation)


def braces(text: str) -> list[tuple[str, str | None]]:
    """The pieces of an exemplar: (text, None) and ("title", "title") in turn."""
    pieces: list[tuple[str, str | None]] = []
    end = 0
    for match in _BRACES.finditer(text):
        pieces += [(text[end : match.start()], None), (match[1], match[1])]
        end = match.end()
    return [piece for piece in (*pieces, (text[end:], None)) if piece[0].strip()]
