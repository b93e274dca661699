"""Finds the particulars of a message and masks them: people of the household, picks by number, numbers, modes.

What to watch (genres, years, people, titles ...) is read by `engine.search.parsing`; this adds what only a
conversation has. The masked words are what the classifier sees, so that it learns "why <title>" once for all titles.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.agent.interpreter.company import members_in
from bot.agent.interpreter.cues import cues
from bot.agent.interpreter.marker import Marker, plain_words
from bot.agent.interpreter.naming import Name
from engine.search.linking import LIST_WORDS, year_span
from engine.search.parsing import MoodParser, Reading
from engine.search.sentences import Sentence, Word

_LONGEST_PHRASE = 6
_HIGHEST_PICK = 50
_FULL_MARKS = 10
_NUMBERED = frozenset({"number", "nummer", "numero"})
_ONE = frozenset({"one", "un", "une"})
_TIMES = (
    "episode", "season", "staffel", "folge", "saison", "night", "nacht", "nuit", "week", "woche", "semaine", "month",
    "monat", "mois", "year", "jahr", "annee", "time", "mal", "fois", "weekend", "wochenende", "minute", "bus", "train",
)  # fmt: skip
_EXACTLY = frozenset({"just", "only", "exactly", "seulement", "exactement"})
# What the catalogue calls a keyword may be any word, and no training knows which: those stay as they are.
_OPEN = frozenset({"keyword"})
_REPLACED = {"place": "country", "tongue": "language"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A message with its particulars. `tags`: word → what it says; `spans` of titles are (start, end, item)."""

    reading: Reading
    tags: dict[int, str]
    members: tuple[str, ...]
    ordinals: tuple[tuple[int, int], ...]  # (place, which pick)
    numbers: tuple[tuple[int, int], ...]  # (place, value)
    scaled: int | None  # "8 out of 10"
    modes: tuple[str, ...]
    names: tuple[Name, ...] = ()  # titles and people that were found before anything else was read

    def named(self, tag: str, *, negated: bool) -> tuple[Name, ...]:
        """The names of a kind ("title", "person") that are wanted, or that a "not" covers; in their order."""
        covered = self.reading.negated
        return tuple(name for name in self.names if name.tag == tag and (name.start in covered) is negated)

    @property
    def sentence(self) -> Sentence:
        """The words."""
        return self.reading.sentence

    def clear(self) -> str:
        """The words with each name as it is written: titles in quotation marks, people in full."""
        text, words = self.sentence.text, self.sentence.words
        for name in reversed(self.names):
            if name.tag == "title" and name.item is None:
                continue
            written = f"“{name.name}”" if name.tag == "title" else name.name
            first, last = words[name.start], words[name.end - 1]
            start, end = first.start, last.end
            quoted = text[start - 1 : start] in ("“", "„", '"') and start > 0
            if name.name[-1:] in ("!", "?") and text[end : end + 1] == name.name[-1]:
                end += 1  # the mark is the name's own
            text = text[:start] + (name.name if quoted else written) + text[end:]
        return text

    def joins(self, name: Name) -> bool:
        """Whether a name stands right beside one that was found, in a list."""
        words = self.sentence.words
        return any(
            (other.end == name.start - 1 and words[other.end].folded in LIST_WORDS)
            or (name.end == other.start - 1 and words[name.end].folded in LIST_WORDS)
            for other in self.names
            if other.tag == name.tag
        )

    def typed(self) -> str:
        """The words that name the first title; empty, where none was found before the rest was read."""
        titles = [name for name in self.names if name.tag == "title"]
        if not titles:
            return ""
        first, last = self.sentence.words[titles[0].start], self.sentence.words[titles[0].end - 1]
        return self.sentence.text[first.start : last.end]

    def clauses(self) -> list[list[str]]:
        """The tokens of each sentence of the message."""
        ends = [place + 1 for place, word in enumerate(self.sentence.words) if self._ends_clause(place, word)]
        bounds = [0, *ends, len(self.sentence.words)]
        return [tokens for start, end in pairwise(bounds) if (tokens := self.tokens(start, end))]

    def _ends_clause(self, place: int, word: Word) -> bool:
        return word.folded in (".", "!", "?") and place not in self.tags

    def tokens(self, start: int = 0, end: int | None = None) -> list[str]:
        """Folded words, neighbours with the same tag as one mask such as "<title>"; no punctuation but "?"."""
        found: list[str] = []
        before = ""
        for place, word in enumerate(self.sentence.words[:end]):
            if place < start:
                continue
            tag = self.tags.get(place, "")
            if tag and tag not in _OPEN:
                mask = f"<{_REPLACED.get(tag, tag)}>"
                if tag != before or tag in ("ordinal", "number"):
                    found.append(mask)
            elif not word.is_mark or word.folded == "?":
                found.append(word.folded)
            before = tag
        return found


def mark(
    text: str,
    parser: MoodParser,
    *,
    language: str | None,
    household: Collection[str] = (),
    this_year: int | None = None,
    names: Sequence[Name] = (),
) -> Marked:
    """Read a message. `household`: folded names of the people who are known here; `names`: what is a name in it."""
    sentence = Sentence.of(text)
    marker = Marker(sentence, cues(), plain_words(parser, language))
    for name in names:
        marker.mark(range(name.start, name.end), name.tag)
        if name.tag == "title" and (dated := year_span(sentence, name.end)):
            marker.mark(range(*dated), name.tag)  # "Heat (1995)" asks for no year
    _occasions(marker)
    members = members_in(marker, household)
    scaled = _scaled(marker)
    modes = _modes(marker)
    reading = parser.read(sentence, language, this_year=this_year)
    tags = {**reading.tags, **marker.tags}
    marker.tags = tags
    ordinals = _ordinals(marker)
    numbers = _numbers(marker)
    ordered = tuple(sorted(names, key=lambda name: name.start))
    return Marked(reading, tags, members, ordinals, numbers, scaled, modes, ordered)


def _occasions(marker: Marker) -> None:
    """ "Movie night" asks for no movie: its words stay as they are."""
    for place in range(len(marker.sentence.words) - 1):
        phrase = f"{marker.folded(place)} {marker.folded(place + 1)}"
        if phrase in marker.known.occasions and place not in marker.tags:
            marker.mark((place, place + 1), "keyword")


def _scaled(marker: Marker) -> int | None:
    """ "8/10", "8 out of 10", "8 Sterne": a rating, whatever the rest says."""
    words = marker.sentence.words
    for place in range(len(words)):
        value = _value(marker, place)
        if value is None or not 0 <= value <= 10:
            continue
        word = words[place]
        slash = marker.sentence.text[word.end : word.end + 3]
        if slash.replace(" ", "").startswith("/1") and marker.folded(place + 1) == "10":
            marker.mark((place, place + 1), "rating")
            return value
        if slash.replace(" ", "").startswith("/5") and marker.folded(place + 1) == "5":
            marker.mark((place, place + 1), "rating")
            return 2 * value
        for size in (4, 3, 2, 1):
            phrase = " ".join(marker.folded(place + 1 + at) for at in range(size))
            factor = 1 if phrase in marker.known.scale else 2 if phrase in marker.known.scale_of_five else 0
            if factor and value <= _FULL_MARKS // factor:
                marker.mark(range(place, place + 1 + size), "rating")
                return factor * value
    return None


def _modes(marker: Marker) -> tuple[str, ...]:
    """Modes by their phrases, the longest first; the words stay for the classifier."""
    folded = marker.sentence.folded
    found: list[str] = []
    place = 0
    while place < len(folded):
        for size in range(min(_LONGEST_PHRASE, len(folded) - place), 0, -1):
            mode = marker.known.modes.get(" ".join(folded[place : place + size]))
            if mode is not None:
                found.append(mode)
                place += size - 1
                break
        place += 1
    return tuple(dict.fromkeys(found))


def _ordinals(marker: Marker) -> tuple[tuple[int, int], ...]:
    """ "The second one", "number 3", "#3"."""
    found: list[tuple[int, int]] = []
    words = marker.sentence.words
    for place, word in enumerate(words):
        if place in marker.sentence.used:
            continue
        numbered = marker.folded(place - 1) in marker.known.numbering or (
            word.start > 0 and marker.sentence.text[word.start - 1] == "#"
        )
        which = marker.known.ordinals.get(word.folded)
        if which is not None and marker.folded(place + 1).startswith(_TIMES):
            continue  # "the last episode" and "le mois dernier" point at no pick
        if which is None and numbered:
            before = marker.folded(place - 1)
            which = None if word.folded in _ONE and before not in _NUMBERED else _value(marker, place)
            if marker.tags.get(place + 1) == "kind":
                which = None  # "les 3 films"
        if which is not None and -1 <= which <= _HIGHEST_PICK and which != 0:
            marker.mark((place,), "ordinal")
            found.append((place, which))
    return tuple(found)


def _numbers(marker: Marker) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for place, word in enumerate(marker.sentence.words):
        value = None if place in marker.sentence.used else _value(marker, place)
        alone = len(marker.sentence.words) == 1
        single = word.folded in _ONE and marker.folded(place - 1) not in _EXACTLY
        if value is not None and (alone or not (single or _counts_other(marker, place))):
            marker.mark((place,), "number")
            found.append((place, value))
    return tuple(found)


def _counts_other(marker: Marker, place: int) -> bool:
    """Whether a number counts no titles: "my 6 year old", "we're four", "zwei Staffeln"."""
    before, after = marker.folded(place - 1), marker.folded(place + 1)
    if marker.tags.get(place + 1) in ("kind", "genre"):  # "propose-nous deux films"
        return False
    behind = f"{after} {marker.folded(place + 2)} "
    joins = before in ("and", "und", "et") and _value(marker, place - 2) is not None
    if joins and _counts_other(marker, place - 2):  # "the kids are 6 and 9"
        return True
    counted = any(
        behind.startswith(f"{unit} ") if " " in unit else after.startswith(unit) for unit in marker.known.units
    )
    if before == "les" and _value(marker, place) == 2:  # "all of the two"
        return True
    accented = place > 0 and marker.sentence.words[place - 1].text == "à"  # "à deux"
    if before == "(" or accented or after[:1].isdigit():  # "two 6yr olds"
        return True
    said = (before, f"{marker.folded(place - 2)} {before}")
    return counted or not marker.known.counted_before.isdisjoint(said)


def _value(marker: Marker, place: int) -> int | None:
    folded = marker.folded(place)
    if folded.isascii() and folded.isdigit() and len(folded) <= 3:
        return int(folded)
    return marker.known.numbers.get(folded)
