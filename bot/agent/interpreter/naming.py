"""Names of titles and people in a message, whatever their case, before anything else is read from the words.

"rate heat 8" and "keep the heat on" differ in nothing but what the rest says. So names are only proposed here, each
with the odds that the words alone give it; the interpreter then asks which reading of the message makes more sense.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.agent.interpreter.cues import cues
from bot.agent.interpreter.exemplars import carriers
from bot.agent.interpreter.known import known
from engine.search.folding import ARTICLES
from engine.search.lexicon import Lexicon, Slot
from engine.search.linking import name_of, year_span
from engine.search.parsing import MoodParser
from engine.search.sentences import Sentence
from engine.search.titles import Fit
from engine.search.words import FILLERS, STOP_WORDS

_LONGEST = 12
_FAR = 120  # words within which names are looked for; beyond it somebody pasted a text
_CERTAIN = 4.0  # log-odds from which a name is taken without a second thought
_NAMED_OUTRIGHT = 6.0  # in quotation marks, or with the year behind it
_FUZZY = 0.76  # of `TitleHit.score`
_FUZZY_SHORT = 0.79
_SHORT = 9
_SEARCHES = 18  # misspelt names looked up per message; each takes about a millisecond in a catalogue of a million
# These are titles only where somebody writes them like a name.
_PRONOUNS = frozenset({
    "it", "es", "ca", "you", "she", "them", "this", "that", "us", "we", "me", "i", "la", "le", "nope", "yes",
    "stop", "no", "yesterday",
})  # fmt: skip
_SAYS = frozenset({"is", "was", "s", "ist", "war", "fand", "est", "etait", ":", "gets", "bekommt", "schon", "deja"})
_PARTS = ("", "part ", "teil ", "partie ", "volume ")
_NUMERALS = {"two": "2", "three": "3", "zwei": "2", "drei": "3", "deux": "2", "trois": "3"}
_OBJECT_ARTICLES = {"den": ("der",), "dem": ("der", "das"), "des": ("der", "das")}
_PERSON_CUES = frozenset({
    "with", "by", "from", "starring", "of", "director", "directed", "no", "without", "featuring", "style", "like",
    "mit", "von", "ohne", "kein", "keine", "keinen", "regie", "so", "avec", "de", "d", "sans", "par", "pas", "genre",
    "realise", "realises", "and", "or", "und", "oder", "et", "ou", "w", "some", "any", "more", "mehr",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A title or a person that words `start` to `end` may name. `item` None: one that the catalogue does not hold."""

    start: int
    end: int
    name: str
    item: int | None
    tag: str  # "title", "person"
    odds: float  # log-odds from the words alone

    @property
    def certain(self) -> bool:
        """Whether nothing else can be meant."""
        return self.odds >= _CERTAIN


def _nominatives(folded: str) -> Iterator[str]:
    """What a German object may be called on a poster: "den paten" is "der pate", "dem weißen hai" "der weiße hai"."""
    article, _blank, rest = folded.partition(" ")
    if article not in _OBJECT_ARTICLES or not rest:
        return
    first, *others = rest.split()
    forms = [rest]
    if not others and first.endswith("n"):
        forms += [first[:-1], first[:-2]]
    if others and first.endswith("en"):
        forms.append(" ".join([first[:-1], *others]))
    yield from (f"{nominative} {form}" for form in forms for nominative in _OBJECT_ARTICLES[article])


@dataclass(frozen=True, slots=True)
class Names:
    """One catalogue's names with those that everybody knows. `name`: item id → the catalogue's English name."""

    parser: MoodParser
    name: Callable[[int], str]

    def propose(self, sentence: Sentence, language: str) -> tuple[Name, ...]:
        """Names that may be meant; none overlaps a longer one that is as likely."""
        seen = _Seen(sentence, carriers(language), self.parser.lexicons[language], self.parser.is_keyword)
        found = [*self._titles(seen), *self._people(seen)]
        found += self._misspelt(seen, found)
        found.sort(key=lambda name: (-(name.odds + 0.6 * (name.end - name.start)), name.start))
        kept: list[Name] = []
        for each in found:
            if all(each.end <= other.start or each.start >= other.end for other in kept):
                kept.append(each)
        return tuple(kept)

    def titled(self, folded: str) -> tuple[str, int | None] | None:
        """The title with exactly this folded name: the catalogue's English name, and its item."""
        hits = self.parser.titles.exact(folded) if self.parser.titles.knows((folded,))[0] else ()
        hit = next((hit for hit in hits if hit.fit in (Fit.EXACT, Fit.ARTICLE)), None)
        if hit is not None:
            return self.name(hit.item), hit.item
        english = known().works.get(folded)
        return None if english is None else self._catalogued(english)

    def _dated(self, sentence: Sentence, name: str, dated: tuple[int, int] | None) -> tuple[str, int | None] | None:
        """Of the titles with this name the one of the year behind it."""
        if dated is None:
            return None
        hits = self.parser.titles.search(f"{name} ({sentence.words[dated[1] - 2].folded})", 1)
        return (self.name(hits[0].item), hits[0].item) if hits and hits[0].fit in (Fit.EXACT, Fit.ARTICLE) else None

    def _catalogued(self, english: str) -> tuple[str, int | None]:
        """A well-known work as the catalogue has it, if it has."""
        hits = self.parser.titles.search(english, 1)
        if hits and hits[0].fit in (Fit.EXACT, Fit.ARTICLE):
            return self.name(hits[0].item), hits[0].item
        return english, None

    def _titles(self, seen: _Seen) -> Iterator[Name]:
        sentence = seen.sentence
        spans = [
            (start, end)
            for start in range(min(len(sentence.words), _FAR))
            for end in range(start + 1, min(len(sentence.words), start + _LONGEST) + 1)
            if seen.is_span(start, end)
        ]
        if not spans:
            return
        named = [(span, name_of(sentence, *span)) for span in spans]
        if seen.lexicon.language == "de":
            named += [(span, nominative) for span, name in named for nominative in _nominatives(name)]
        quoted = {*sentence.quoted()}
        in_catalogue = self.parser.titles.knows([name for _span, name in named])
        for (span, name), here in zip(named, in_catalogue, strict=True):
            if not here and name not in known().works:
                continue
            start, end = span
            dated = year_span(sentence, end)
            found = self._dated(sentence, name, dated) or self.titled(name)
            if found is None:
                continue
            odds = _NAMED_OUTRIGHT if span in quoted or dated else seen.odds(*span)
            sequel = self._sequel(seen, name, end)
            if sequel is not None:
                yield Name(start, sequel[0], *sequel[1], "title", 5.0)
            if odds is not None:
                yield Name(start, end, *found, "title", odds)

    def _sequel(self, seen: _Seen, name: str, end: int) -> tuple[int, tuple[str, int | None]] | None:
        """ "Der Pate 2" for what the catalogue calls "Der Pate - Teil II"."""
        number = seen.folded(end)
        number = _NUMERALS.get(number, {"ii": "2", "iii": "3"}.get(number, number))
        if number not in ("2", "3", "4", "5"):
            return None
        for part in _PARTS:
            found = self.titled(f"{name} {part}{number}")
            if found is not None:
                return end + 1, found
        return None

    def _people(self, seen: _Seen) -> Iterator[Name]:
        sentence = seen.sentence
        spans = [
            (start, end)
            for start in range(min(len(sentence.words), _FAR))
            for end in range(start + 2, min(len(sentence.words), start + 4) + 1)
            if seen.is_span(start, end)
        ]
        folded = [name_of(sentence, start, end) for start, end in spans]
        catalogued = self.parser.people.index.knows(folded) if spans else ()
        for (start, end), name, here in zip(spans, folded, catalogued, strict=True):
            full = self._person(name, here=bool(here))
            if full is not None and not all(word in STOP_WORDS for word in name.split()):
                yield Name(start, end, full, None, "person", 4.5)
        yield from self._joined(seen)
        for place, word in enumerate(sentence.words[:_FAR]):
            if (full := self._surname(seen, place)) is not None:
                yield Name(place, place + 1, full, None, "person", 4.2 if len(word.folded) > 3 else 2.0)

    def _joined(self, seen: _Seen) -> Iterator[Name]:
        """Surnames of two words, written as one, two or with the first name: "robert deniro", "di caprio"."""
        words = seen.sentence.words[:_FAR]
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + 3) + 1):
                if not seen.is_span(start, end):
                    continue
                full = known().joined.get(name_of(seen.sentence, start, end).replace(" ", ""))
                if full is None or all(seen.is_plain(place) for place in range(start, end)):
                    continue
                yield Name(start, end, full, None, "person", 4.5)

    def _person(self, folded: str, *, here: bool) -> str | None:
        people = self.parser.people
        hits = [hit for hit in people.index.exact(folded) if hit.fit is Fit.EXACT] if here else []
        return people.names[hits[0].item] if hits else known().people.get(folded)

    def _surname(self, seen: _Seen, place: int) -> str | None:
        """A surname that stands for one person: announced by a word before it, before "films", or in capitals."""
        word = seen.sentence.words[place]
        folded = word.folded
        if word.is_mark or seen.is_mentioned(place):
            return None
        genitive = word.text.lower().endswith(("'s", "’s"))
        folded = folded[:-1] if genitive else folded
        full = known().surnames.get(folded) or (known().surnames.get(folded[:-1]) if folded.endswith("s") else None)
        if full is None or (place and seen.is_unusual(place - 1) and not seen.sentence.words[place - 1].is_mark):
            return None
        after = seen.lexicon.senses(seen.folded(place + 1))
        announced = seen.folded(place - 1) in _PERSON_CUES or genitive
        announced = announced or any(sense.slot in (Slot.KIND, Slot.GENRE) for sense in after)
        announced = announced or seen.folded(place + 1) in ("style", "like", "massig", "stil", "artig")
        if folded in cues().names and not (genitive or any(sense.slot is Slot.KIND for sense in after)):
            return None  # a member, rather than George Lucas
        if seen.is_plain(place) or seen.is_common(place):
            return full if announced and word.is_capitalised else None
        return full if announced or len(folded) > 4 or word.is_capitalised else None

    def _misspelt(self, seen: _Seen, found: Collection[Name]) -> Iterator[Name]:
        """Runs of words that nobody uses to ask for something, which nearly are somebody's or something's name."""
        # A longer misspelt name may hold a shorter one: "Mulholand Drive", "piège de crystal".
        firm = [name for name in found if name.end - name.start > 1 and name.odds > 0]
        taken = {place for name in firm for place in range(name.start, name.end)}
        within = {name.start: name.odds for name in found if name.end - name.start == 1 and name.odds > 0}
        searches = 0
        for start, end in seen.unusual_runs(taken | within.keys()):
            offers: list[tuple[float, int, Name]] = []
            for first, last in _widened(seen, start, end, taken):
                if searches >= _SEARCHES:
                    break
                name = name_of(seen.sentence, first, last)
                if len(name) < 5:
                    continue
                searches += 1
                odds = 2.5 if len(name) > _SHORT else 0.5
                held = [within[place] for place in range(first, last) if place in within]
                odds = max([odds, *(each + 0.5 for each in held)])
                best = self._nearest(name, person=last - first in (2, 3) and seen.is_full_name(first, last))
                if best is not None:
                    offers.append((best[0], last - first, Name(first, last, *best[1:], odds)))
            if offers:
                yield max(offers, key=lambda offer: offer[:2])[2]

    def _nearest(self, name: str, *, person: bool) -> tuple[float, str, int | None, str] | None:
        table, people = known(), self.parser.people
        offers: list[tuple[float, str, int | None, str]] = []
        for index, tag in ((self.parser.titles, "title"), (table.works_index, "work")):
            for hit in index.search(name, 1):
                cut_short = hit.fit is Fit.PREFIX and hit.score < 0.9 and len(name) > 5  # "hot fuz"
                near = hit.fit is Fit.FUZZY or cut_short
                if near and abs(len(hit.name) - len(name)) <= max(2, len(name) // 5):
                    if tag == "title":
                        offers.append((hit.score + 0.01, self.name(hit.item), hit.item, "title"))
                    else:
                        offers.append((hit.score, *self._catalogued(table.work_names[hit.item]), "title"))
        if person:
            for hits, names in (
                (people.index.search(name, 1), people.names),
                (table.people_index.search(name, 1), table.people_names),
            ):
                offers += [(hit.score, names[hit.item], None, "person") for hit in hits if hit.fit is Fit.FUZZY]
        best = max(offers, default=None, key=lambda offer: offer[0])
        needed = _FUZZY if len(name) > _SHORT else _FUZZY_SHORT
        return best if best is not None and best[0] >= needed else None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sentence with what its words are worth as names."""

    sentence: Sentence
    carriers: Collection[str]
    lexicon: Lexicon
    is_keyword: Callable[[str], bool]

    def folded(self, place: int) -> str:
        """The word at a place, empty beyond the ends."""
        words = self.sentence.words
        return words[place].folded if 0 <= place < len(words) else ""

    def is_mentioned(self, place: int) -> bool:
        """Whether an "@" stands before the word."""
        start = self.sentence.words[place].start
        return start > 0 and self.sentence.text[start - 1] == "@"

    def is_span(self, start: int, end: int) -> bool:
        """Whether the words may be a name: no marks at the ends, and nobody who is mentioned."""
        words = self.sentence.words[start:end]
        if words[0].is_mark or words[-1].is_mark:
            return False
        inner = {word.folded for word in words if word.is_mark}
        return inner <= {",", ".", ":", "-", "–", "!", "&", "'"} and not any(
            self.is_mentioned(place) for place in range(start, end)
        )

    def is_plain(self, place: int) -> bool:
        """Whether people use the word to say what they want, rather than as a name."""
        word = self.folded(place)
        return (
            word in STOP_WORDS
            or word in FILLERS
            or word in self.carriers
            or word.isdigit()
            or word in cues().numbers
            or word in cues().ordinals
        )

    def is_common(self, place: int) -> bool:
        """Whether the word describes films: "dark", "french", "horror", "sharks"."""
        word = self.folded(place)
        return bool(self.lexicon.senses(word)) or self.is_keyword(word)

    def is_unusual(self, place: int) -> bool:
        """Whether the word can hardly be anything but a name."""
        word = self.sentence.words[place]
        known_name = word.folded in cues().names
        return not (word.is_mark or known_name or self.is_plain(place) or bool(self.lexicon.senses(word.folded)))

    def is_full_name(self, start: int, end: int) -> bool:
        """Whether the words may be a first name and a surname: "christoph walz"."""
        first = self.folded(start) in cues().names or self.is_unusual(start)
        return first and all(self.is_unusual(place) for place in range(start + 1, end))

    def odds(self, start: int, end: int) -> float | None:
        """The log-odds that these words, which are some title's name, name it here; None: out of the question."""
        words = self.sentence.words[start:end]
        places = [
            place
            for place in range(start, end)
            if not words[place - start].is_mark and self.folded(place) not in ARTICLES
        ]
        if not places:
            return None
        plain = [self.is_plain(place) or self.folded(place) in cues().names for place in places]
        common = [self.is_common(place) for place in places]
        written = self._written_as_name(start, end)
        if len(words) == 1 and words[0].folded.isdigit() and len(words[0].folded) < 3:
            return None
        if len(words) == 1 and words[0].folded in _PRONOUNS:
            return 1.0 if written and start > 0 else None
        odds = 0.0
        if len(places) == 1:
            odds = -1.6 if plain[0] else -0.1 if common[0] else 1.5
            odds += 0.5 if end - start > 1 else 0.0  # "the thing", "der pate"
            odds += 1.2 if start == 0 and self.folded(end) in _SAYS else 0.0  # "moon is brilliant", "dark: 8"
        else:
            odds = 4.5 if not all(plain) else -0.5 + 1.0 * (len(places) - 1)
            if all(one or other for one, other in zip(plain, common, strict=True)) and len(places) == 2:
                odds = min(odds, 1.5)
            if self.lexicon.senses(" ".join(self.folded(place) for place in range(start, end))):
                odds = -2.0
        if written:
            odds += 0.7 if self.lexicon.language == "de" else 2.0
        return odds

    def _written_as_name(self, start: int, end: int) -> bool:
        """Whether the words have capitals that the sentence does not ask for."""
        text = self.sentence.text
        if text.isupper() or text.istitle():
            return False
        words = self.sentence.words[start:end]
        content = [word for word in words if not word.is_mark and word.folded not in STOP_WORDS] or list(words)
        first = start == 0 or self.folded(start - 1) in (".", "!", "?")
        return all(word.text[:1].isupper() for word in content) and not (first and len(content) == 1)

    def unusual_runs(self, taken: Collection[int]) -> list[tuple[int, int]]:
        """Runs of unusual words that are no names yet, the longest first."""
        runs: list[tuple[int, int]] = []
        for place in range(min(len(self.sentence.words), _FAR)):
            if place in taken or not self.is_unusual(place) or self.is_mentioned(place):
                continue
            if runs and runs[-1][1] == place:
                runs[-1] = (runs[-1][0], place + 1)
            else:
                runs.append((place, place + 1))
        return sorted(runs, key=lambda run: run[0] - run[1])


def _widened(seen: _Seen, start: int, end: int, taken: Collection[int]) -> Iterable[tuple[int, int]]:
    """A run with the plain words around it that may belong to the name, and alone: "lord of the rigns"."""
    size = len(seen.sentence.words)
    named = [(1, 0)] if start and seen.folded(start - 1) in cues().names else []
    # Most names lack words on one side only; of a run, one word may be the name: "inceptoin lookalikes".
    sides = [*named, *((each, 0) for each in range(1, 5)), *((0, each) for each in range(1, 5)), (1, 1), (1, 2), (2, 1)]
    spans = [(start - before, end + after) for before, after in sides]
    good = [
        (first, last)
        for first, last in spans
        if first >= 0
        and last <= size
        and seen.is_span(first, last)
        and not any(place in taken for place in range(first, last))
    ]
    parts = (
        [(place, place + 1) for place in range(start, end) if len(seen.folded(place)) > 5] if end - start > 1 else []
    )
    return [(start, end), *dict.fromkeys([*parts, *good])]
