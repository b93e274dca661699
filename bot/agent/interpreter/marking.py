"""Finds the particulars of a message and masks them: people of the household, picks by number, numbers, modes.

What to watch (genres, years, people, titles ...) is read by `engine.search.parsing`; this adds what only a
conversation has. The masked words are what the classifier sees, so that it learns "why <title>" once for all titles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.agent.interpreter.cues import Cues, cues
from bot.agent.interpreter.naming import Name
from engine.search.linking import LIST_WORDS, year_span
from engine.search.parsing import MoodParser, Reading
from engine.search.sentences import Sentence, Word
from engine.search.words import FILLERS, STOP_WORDS

_LONGEST_PHRASE = 6
_HIGHEST_PICK = 50
_AND = frozenset({"and", "und", "et", "&"})
_ALONG = frozenset({"here", "over", "coming", "visiting", "around", "joining"})
_ONE = frozenset({"one", "un", "une"})
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


@dataclass(slots=True)
class _Marker:
    sentence: Sentence
    known: Cues
    tags: dict[int, str] = field(default_factory=dict)

    def mark(self, places: Iterable[int], tag: str) -> None:
        """Note what words say, and that they are understood."""
        for place in places:
            self.tags[place] = tag
            self.sentence.used.add(place)

    def folded(self, place: int) -> str:
        """The word at a place, empty beyond the ends."""
        words = self.sentence.words
        return words[place].folded if 0 <= place < len(words) else ""


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
    marker = _Marker(sentence, cues())
    for name in names:
        marker.mark(range(name.start, name.end), name.tag)
        if name.tag == "title" and (dated := year_span(sentence, name.end)):
            marker.mark(range(*dated), name.tag)  # "Heat (1995)" asks for no year
    _occasions(marker)
    members = _members(marker, household)
    scaled = _scaled(marker)
    modes = _modes(marker)
    reading = parser.read(sentence, language, this_year=this_year)
    tags = {**reading.tags, **marker.tags}
    marker.tags = tags
    ordinals = _ordinals(marker)
    numbers = _numbers(marker)
    ordered = tuple(sorted(names, key=lambda name: name.start))
    return Marked(reading, tags, members, ordinals, numbers, scaled, modes, ordered)


def _occasions(marker: _Marker) -> None:
    """ "Movie night" asks for no movie: its words stay as they are."""
    for place in range(len(marker.sentence.words) - 1):
        phrase = f"{marker.folded(place)} {marker.folded(place + 1)}"
        if phrase in marker.known.occasions and place not in marker.tags:
            marker.mark((place, place + 1), "keyword")


def _members(marker: _Marker, household: Collection[str]) -> tuple[str, ...]:
    """Names after "@", and names of people where company is spoken of."""
    found: list[str] = []
    words = marker.sentence.words
    text = marker.sentence.text
    listed = _listed(marker, household)
    for place, word in enumerate(words):
        if word.is_mark or place in marker.tags:
            continue
        mentioned = word.start > 0 and text[word.start - 1] == "@"
        bare = word.folded.removesuffix("s") if word.text.lower().endswith(("'s", "’s")) else word.folded
        named = _is_name(marker, bare, household) and _in_company(marker, place)
        if mentioned or named or place in listed or _is_partner(marker, place):
            end = place + 1
            while mentioned and end < len(words) and text[words[end - 1].end : words[end].start] in ("-", ".", "_"):
                end += 1
            marker.mark(range(place, end), "member")
            said = text[word.start : words[end - 1].end]
            for ending in ("'s", "’s"):
                said = said.removesuffix(ending)
            found.append(said)
    return tuple(dict.fromkeys(found))


def _listed(marker: _Marker, household: Collection[str]) -> frozenset[int]:
    """Names that stand side by side, "anna felix und ich", and the last of a list, known or not: "..., Lena and "
    "Ollie"."""
    words = marker.sentence.words
    found: set[int] = set()
    for place in range(1, len(words)):
        if place in marker.tags or words[place].is_mark:
            continue
        known = _is_name(marker, words[place].folded, household)
        if known and place - 1 not in marker.tags and _is_name(marker, words[place - 1].folded, household):
            found.update((place - 1, place))
        if known and _could_be_name(marker, place - 1) and place - 1 not in marker.tags:
            after = {" ".join(marker.folded(place + 1 + at) for at in range(size)) for size in (2, 3)}
            if place == 1 and not marker.known.company_after.isdisjoint(after):  # "samir alice et moi"
                found.update((0, 1))
        joined = place >= 4 and words[place - 1].folded in _AND and _is_name(marker, words[place - 2].folded, household)
        if joined and words[place - 3].folded == "," and _could_be_name(marker, place):
            found.add(place)
    return frozenset(found)


def _could_be_name(marker: _Marker, place: int) -> bool:
    word = marker.folded(place)
    free = word not in STOP_WORDS and word not in FILLERS and word not in marker.known.relatives
    return free and len(word) > 2 and word.isalpha() and word not in ("i", "ich", "moi", "mich", "myself")


def _is_partner(marker: _Marker, place: int) -> bool:
    """Whether a word that is no list's name stands where only a person can: "katia et moi", "me and fritzi"."""
    word = marker.folded(place)
    if word in STOP_WORDS or word in FILLERS or word in marker.known.relatives or len(word) < 3:
        return False
    after = {" ".join(marker.folded(place + 1 + at) for at in range(size)) for size in (2, 3)}
    first = place == 0 and not marker.known.company_after.isdisjoint(after)
    return first or f"{marker.folded(place - 2)} {marker.folded(place - 1)}" in marker.known.beside_me


def _is_name(marker: _Marker, folded: str, household: Collection[str]) -> bool:
    return folded in household or folded in marker.known.names


def _in_company(marker: _Marker, place: int) -> bool:
    """Whether the word before or after says that somebody is along; a surname behind makes it somebody famous."""
    words = marker.sentence.words
    after = words[place + 1] if place + 1 < len(words) else None
    if words[place].text.lower().endswith(("'s", "’s")) and after is not None and after.folded in _ALONG:
        return True  # "Dave's here"
    if after is not None and not after.is_mark and after.text[:1].isupper() and words[place].text[:1].isupper():
        joined = after.folded in marker.known.company_before or after.folded in marker.known.names
        if not joined and marker.sentence.text[words[place].end : after.start] == " " and after.folded != "i":
            return False
    before = marker.folded(place - 1)
    if before == "," and place >= 2 and marker.tags.get(place - 2) == "member":
        return True
    behind = [" ".join(marker.folded(place + 1 + at) for at in range(size)) for size in (2, 3)]
    asked = before == "about" and marker.folded(place - 2) in ("what", "how")  # "and what about Mia?"
    joins = (
        asked or before in marker.known.company_before or any(phrase in marker.known.company_after for phrase in behind)
    )
    # "Anna, Ben and I": a name before a comma that other names follow.
    listed = marker.folded(place + 1) in (",", "&", "+", "and", "und", "et") and place + 2 < len(words)
    return joins or (listed and _follows_name(marker, place + 2))


def _follows_name(marker: _Marker, place: int) -> bool:
    return marker.folded(place) in marker.known.names or marker.folded(place) in ("i", "me", "ich", "mich", "moi")


def _scaled(marker: _Marker) -> int | None:
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
        for size in (3, 2, 1):
            phrase = " ".join(marker.folded(place + 1 + at) for at in range(size))
            if phrase in marker.known.scale:
                marker.mark(range(place, place + 1 + size), "rating")
                return value
    return None


def _modes(marker: _Marker) -> tuple[str, ...]:
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


def _ordinals(marker: _Marker) -> tuple[tuple[int, int], ...]:
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
        if which is None and numbered:
            which = None if word.folded in _ONE else _value(marker, place)
            if marker.tags.get(place + 1) == "kind":
                which = None  # "les 3 films"
        if which is not None and -1 <= which <= _HIGHEST_PICK and which != 0:
            marker.mark((place,), "ordinal")
            found.append((place, which))
    return tuple(found)


def _numbers(marker: _Marker) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for place, word in enumerate(marker.sentence.words):
        value = None if place in marker.sentence.used else _value(marker, place)
        alone = len(marker.sentence.words) == 1
        if value is not None and (alone or not (word.folded in ("one", "un", "une") or _counts_other(marker, place))):
            marker.mark((place,), "number")
            found.append((place, value))
    return tuple(found)


def _counts_other(marker: _Marker, place: int) -> bool:
    """Whether a number counts no titles: "my 6 year old", "we're four", "zwei Staffeln"."""
    before, after = marker.folded(place - 1), marker.folded(place + 1)
    behind = f"{after} {marker.folded(place + 2)} "
    joins = before in ("and", "und", "et") and _value(marker, place - 2) is not None
    if joins and _counts_other(marker, place - 2):  # "the kids are 6 and 9"
        return True
    counted = any(
        behind.startswith(f"{unit} ") if " " in unit else after.startswith(unit) for unit in marker.known.units
    )
    said = (before, f"{marker.folded(place - 2)} {before}")
    return counted or not marker.known.counted_before.isdisjoint(said)


def _value(marker: _Marker, place: int) -> int | None:
    folded = marker.folded(place)
    if folded.isascii() and folded.isdigit() and len(folded) <= 3:
        return int(folded)
    return marker.known.numbers.get(folded)
