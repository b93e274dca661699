"""What may be said about one pick: its reasons as plain lines, and every name among them.

The reasons are cut here to what the place may hear, before any model sees them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.chat.plain import one_line, unescape
from bot.explanations.book import load_book
from bot.explanations.phrases import genre_word
from bot.explanations.values import one_value, section_type, usable
from bot.i18n import current_locale
from bot.model.recommendation import Answer, Mode, Pick, Reason

_FACTS = 4  # the strongest; more only make a model ramble
_FACTS_OF_WHY = 8
_LIKENESS = (Mode.SIMILAR, Mode.BECAUSE)
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class CardFacts:
    """All that a sentence about one pick may be made of. Plain text in the language of the turn, nothing escaped."""

    title: str  # with its year
    kind: str  # movie or series
    mode: str
    lines: tuple[str, ...]  # strongest first
    names: tuple[str, ...]  # in the lines: titles, people, themes, genres
    own_names: tuple[str, ...]  # of the title itself
    types: frozenset[str]  # of the reasons, as in section headings
    wish: str = ""  # what was asked for, in the words of the person, or the title to start from


def card_facts(answer: Answer, pick: Pick, *, personal: bool, hidden: Collection[str] = ()) -> CardFacts:
    """What may be told of this pick. `hidden`: names of members that must not go out; words with one are left out."""
    mode = answer.ask.mode
    reasons = usable(pick.reasons, personal=personal)[:_FACTS]
    seed = answer.seed if mode in _LIKENESS else None
    wish = seed.name if seed else one_line(answer.ask.query or "", 200)
    if seed is None and _mentions(wish, hidden):
        wish = ""
    names = [name for reason in reasons for name in _names(reason)]
    if seed is not None:
        names += [seed.name, seed.facts.title]
    return CardFacts(
        title=one_line(pick.title.name, _LONGEST_NAME),
        kind=str(pick.title.facts.kind),
        mode=str(mode),
        lines=tuple(dict.fromkeys(_lines(pick, reasons, "line" if mode in _LIKENESS else "why"))),
        names=tuple(dict.fromkeys(name for name in names if name)),
        own_names=(one_line(pick.title.name, _LONGEST_NAME), one_line(pick.title.facts.title, _LONGEST_NAME)),
        types=frozenset(section_type(reason) for reason in reasons),
        wish=one_line(wish, 200),
    )


def why_facts(pick: Pick, *, personal: bool, about_taste: bool) -> CardFacts:
    """What may be told to who asks why. `about_taste`: the reasons say what the member likes, not what the title is."""
    reasons = usable(pick.reasons, personal=personal)[:_FACTS_OF_WHY]
    names = [name for reason in reasons for name in _names(reason)]
    return CardFacts(
        title=one_line(pick.title.name, _LONGEST_NAME),
        kind=str(pick.title.facts.kind),
        mode="why",
        lines=tuple(dict.fromkeys(_lines(pick, reasons, "why" if about_taste else "line"))),
        names=tuple(dict.fromkeys(name for name in names if name)),
        own_names=(one_line(pick.title.name, _LONGEST_NAME), one_line(pick.title.facts.title, _LONGEST_NAME)),
        types=frozenset(section_type(reason) for reason in reasons),
    )


def _lines(pick: Pick, reasons: list[Reason], section: str) -> Iterator[str]:
    """Each reason as one line, as /why tells it."""
    book = load_book(current_locale())
    for reason in reasons:
        kind = section_type(reason)
        values = one_value(reason, pick.title)
        values["person"] = values.get(kind, "")
        if found := book.find(section, kind):
            yield unescape(book.render(found[0], values).replace("**", ""))


def _names(reason: Reason) -> list[str]:
    """The names in one reason, as its line spells them."""
    name = one_line(reason.name, _LONGEST_NAME)
    match section_type(reason):
        case "genre":
            return [genre_word(name)]
        case "cluster":
            return [genre_word(part.strip()) for part in name.split(",")]
        case "similar_to" | "collaborative" | "boost":
            return [name, without_year(name)]
        case "director" | "cast" | "writer":
            last = name.split(" ")[-1]
            return [name, last] if len(last) > 3 else [name]
        case "keyword" | "collection" | "franchise":
            return [name]
    return []


def without_year(name: str) -> str:
    """ "Heat" of "Heat (1995)"."""
    bare, bracket, year = name.rpartition(" (")
    return bare if bracket and len(year) == 5 and year[:4].isdigit() else name


def _mentions(text: str, names: Collection[str]) -> bool:
    words = text.casefold()
    return any(name.strip() and name.casefold() in words for name in names)
