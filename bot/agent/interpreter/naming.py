"""Names of titles and people in a message, whatever their case, before anything else is read from the words.

"rate heat 8" and "keep the heat on" differ in nothing but what the rest says. So names are only proposed here, each
with the odds that the words alone give it; the interpreter then asks which reading of the message makes more sense.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from bot.agent.interpreter.cues import cues
from bot.agent.interpreter.exemplars import carriers
from bot.agent.interpreter.known import known, ordinary_words
from bot.agent.interpreter.seen import FAR, Seen, widened
from bot.agent.interpreter.spelling import differs_in_a_word
from engine.search.lexicon import Slot
from engine.search.linking import name_of, year_span
from engine.search.parsing import MoodParser
from engine.search.sentences import Sentence
from engine.search.titles import Fit
from engine.search.words import STOP_WORDS

_LONGEST = 12
_CERTAIN = 4.0  # log-odds from which a name is taken without a second thought
_NAMED_OUTRIGHT = 6.0  # in quotation marks, or with the year behind it
_ELSEWHERE = 0.8  # what the odds lose for a work that is not here, where the words may mean something else
_FUZZY = 0.76  # of `TitleHit.score`
_FUZZY_SHORT = 0.79
_SHORT = 9
_FIRM = 2.0  # odds from which a name is no part of a longer, misspelt one: "le silence des agnaux"
_SEARCHES = 18  # misspelt names looked up per message; each takes about a millisecond in a catalogue of a million
_PARTS = ("", "part ", "teil ", "partie ", "volume ")
_NUMERALS = {"two": "2", "three": "3", "zwei": "2", "drei": "3", "deux": "2", "trois": "3"}
_OBJECT_ARTICLES = {"den": ("der",), "dem": ("der", "das"), "des": ("der", "das")}
_MADE_BY = frozenset({"with", "by", "mit", "von", "avec", "de", "par", "starring", "featuring"})
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
        lexicon = self.parser.lexicons[language]
        seen = Seen(sentence, carriers(language), ordinary_words(language), lexicon, self.parser.is_keyword)
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

    def _titles(self, seen: Seen) -> Iterator[Name]:
        sentence = seen.sentence
        spans = [
            (start, end)
            for start in range(min(len(sentence.words), FAR))
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
            if odds is not None and odds < _CERTAIN and found[1] is None:
                odds -= _ELSEWHERE + (1.0 if name in known().shortened else 0.0)
            sequel = self._sequel(seen, name, end)
            if sequel is not None:
                yield Name(start, sequel[0], *sequel[1], "title", 5.0)
            if odds is not None:
                yield Name(start, end, *found, "title", odds)

    def _sequel(self, seen: Seen, name: str, end: int) -> tuple[int, tuple[str, int | None]] | None:
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

    def _people(self, seen: Seen) -> Iterator[Name]:
        sentence = seen.sentence
        spans = [
            (start, end)
            for start in range(min(len(sentence.words), FAR))
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
        yield from self._strangers(seen)
        for place, word in enumerate(sentence.words[:FAR]):
            if (full := self._surname(seen, place)) is not None:
                yield Name(place, place + 1, full, None, "person", 4.2 if len(word.folded) > 3 else 2.0)

    def _strangers(self, seen: Seen) -> Iterator[Name]:
        """Somebody whom no table knows, where films are made by or with them: "a drama with Jane Doe"."""
        words = seen.sentence.words[:FAR]
        for place in range(1, len(words)):
            said = seen.lexicon.senses(seen.folded(place - 1)) if seen.folded(place) in _MADE_BY else ()
            announced = any(sense.slot in (Slot.KIND, Slot.GENRE) for sense in said)
            if not (announced or seen.folded(place) in ("starring", "featuring")):
                continue
            end = place + 1
            while end < len(words) and words[end].text[:1].isupper() and seen.is_unusual(end):
                end += 1
            first = seen.folded(place + 1) in cues().names and place + 2 < len(words)
            if first and end == place + 1:
                end += 1
                while end < len(words) and words[end].text[:1].isupper() and seen.is_unusual(end):
                    end += 1
            if end - place > 2:
                text = seen.sentence.text[words[place + 1].start : words[end - 1].end]
                near = self._nearest(name_of(seen.sentence, place + 1, end), seen.ordinary, person=True)
                known_as = near[1] if near is not None and near[3] == "person" else text  # misspelt, or nobody we know
                yield Name(place + 1, end, known_as, None, "person", 4.1)

    def _joined(self, seen: Seen) -> Iterator[Name]:
        """Surnames of two words, written as one, two or with the first name: "robert deniro", "di caprio"."""
        words = seen.sentence.words[:FAR]
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

    def _surname(self, seen: Seen, place: int) -> str | None:
        """A surname that stands for one person: announced by a word before it, before "films", or in capitals."""
        word = seen.sentence.words[place]
        folded = word.folded
        if word.is_mark or seen.is_mentioned(place):
            return None
        genitive = word.text.lower().endswith(("'s", "’s"))
        folded = folded[:-1] if genitive else folded
        full = known().surnames.get(folded) or (known().surnames.get(folded[:-1]) if folded.endswith("s") else None)
        if full is not None and seen.lexicon.language == "de" and seen.is_ordinary(place):
            return None  # "wenn es keine Mühe macht"
        if full is None or (place and seen.is_unusual(place - 1) and not seen.sentence.words[place - 1].is_mark):
            return None
        after = seen.lexicon.senses(seen.folded(place + 1))
        announced = seen.folded(place - 1) in _PERSON_CUES or genitive
        announced = announced or any(sense.slot in (Slot.KIND, Slot.GENRE) for sense in after)
        announced = announced or seen.folded(place + 1) in ("style", "like", "massig", "stil", "artig")
        if folded in cues().names and not (genitive or any(sense.slot is Slot.KIND for sense in after)):
            return None  # a member, rather than George Lucas
        if seen.is_ordinary(place) or seen.is_common(place):
            return full if announced and word.is_capitalised else None
        return full if announced or len(folded) > 4 or word.is_capitalised else None

    def _misspelt(self, seen: Seen, found: Collection[Name]) -> Iterator[Name]:
        """Runs of words that nobody uses to ask for something, which nearly are somebody's or something's name."""
        # A longer misspelt name may hold a shorter one: "Mulholand Drive", "piège de crystal".
        firm = [name for name in found if name.end - name.start > 1 and name.odds >= _FIRM]
        taken = {place for name in firm for place in range(name.start, name.end)}
        within = {name.start: name.odds for name in found if name.end - name.start == 1 and name.odds > 0}
        searches = 0
        for start, end in seen.unusual_runs(taken | within.keys()):
            offers: list[tuple[float, int, Name]] = []
            for first, last in widened(seen, start, end, taken):
                if searches >= _SEARCHES:
                    break
                name = name_of(seen.sentence, first, last)
                if len(name) < 5:
                    continue
                searches += 1
                odds = 2.5 if len(name) > _SHORT else 0.5
                held = [within[place] for place in range(first, last) if place in within]
                odds = max([odds, *(each + 0.5 for each in held)])
                best = self._nearest(
                    name, seen.ordinary, person=last - first in (2, 3) and seen.is_full_name(first, last)
                )
                if best is not None:
                    offers.append((best[0], last - first, Name(first, last, *best[1:], odds)))
            if offers:
                yield max(offers, key=lambda offer: offer[:2])[2]

    def _nearest(
        self, name: str, ordinary: Collection[str], *, person: bool
    ) -> tuple[float, str, int | None, str] | None:
        table, people = known(), self.parser.people
        offers: list[tuple[float, str, int | None, str]] = []
        for index, tag in ((self.parser.titles, "title"), (table.works_index, "work")):
            for hit in index.search(name, 1):
                cut_short = hit.fit is Fit.PREFIX and hit.score < 0.9 and len(name) > 5  # "hot fuz"
                near = (hit.fit is Fit.FUZZY or cut_short) and not differs_in_a_word(name, hit.name, ordinary)
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
