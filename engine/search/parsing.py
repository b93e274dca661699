"""From a sentence to a `MoodQuery`, in English, German and French, without a model.

Names are linked first, then years and running times, then the lexicon's phrases, the longest first; what a "not"
covers goes to the other side; content words that the catalogue knows as keywords become topics.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from engine.search.lexicon import LANGUAGES, Lexicon, Sense, Slot, guess_language
from engine.search.lexicon.exemplars import FACT_DIRECTIONS
from engine.search.linking import Mention, link_titles
from engine.search.mood import MoodQuery
from engine.search.negation import NEGATIONS, negated_places
from engine.search.people import PeopleIndex, link_people
from engine.search.ranges import Range
from engine.search.runtimes import read_runtime
from engine.search.senses import chosen_senses
from engine.search.sentences import Sentence
from engine.search.titles import TitleIndex
from engine.search.words import FILLERS, STOP_WORDS, TALK, phrase
from engine.search.years import read_years

# "No film with Tom Hanks" denies no film.
_LEADS_ON = frozenset({
    "with", "mit", "avec", "like", "wie", "comme", "about", "uber", "sur", "by", "von", "vom", "d", "de", "du", "des",
    "set", "that", "qui", "ou", "wo", "without", "ohne", "sans",
})  # fmt: skip
_LONGEST_TOPIC = 3
_OR = frozenset({"or", "oder", "ou"})
_ARTICLES_BETWEEN = frozenset({"a", "an", "some", "ein", "eine", "einen", "un", "une", "maybe", "vielleicht"})
_TOO = frozenset({"too", "zu", "trop"})
_TOO_DARK = frozenset({"dark", "bleak", "sad", "gritty"})
_MORE = frozenset({"more", "mehr", "plus"})
_SAVE = frozenset({"except", "ausser", "sauf"})
_AGES = (
    r"(?:[1-9]|1[0-2]|two|three|four|five|six|seven|eight|nine|ten|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|"
    r"deux|trois|quatre|cinq|sept|huit|neuf|dix)"
)
_CHILD = re.compile(
    rf"\b{_AGES} ?(?:yrs?|years?) ?olds?\b|\b{_AGES} ?jahrige[nr]?\b"
    r"|\b(?:fils|fille|enfants?|gamine?s?|gosses?|momes?|petite?|puce|garcons?|fillettes?|filles|jumeaux|jumelles|"
    rf"neveu|niece) (?:de|a) {_AGES} ans\b"
    r"|\b(?:kleine[rn]?|tochter|sohn|kind|enkel|enkelin|neffe|nichte|daughter|son|kid|nephew|niece|grandson|"
    rf"granddaughter|little one) (?:ist|is|is only|ist erst|turned|wird) {_AGES}\b(?! (?:uhr|stunden|hours|films?))"
)


_CHILDREN_AWAY = re.compile(
    r"\b(?:kids|kiddos|children|ones|kinder|kleinen|enfants|gamins|gosses|petits|momes)\b"
    r"(?: \w+){0,3} (?:asleep|in bed"
    r"|to bed|away|gone|down|schlafen|im bett|weg|couches|dorment|au lit|partis)\b"
)


@dataclass(slots=True)
class _Draft:
    """A query while it is being put together."""

    found: dict[str, list[str]] = field(default_factory=dict)
    either: tuple[tuple[str, ...], ...] = ()

    def add(self, slot: str, value: str) -> None:
        values = self.found.setdefault(slot, [])
        if value not in values:
            values.append(value)

    def values(self, slot: str) -> tuple[str, ...]:
        return tuple(self.found.get(slot, ()))

    def first(self, slot: str) -> str:
        return next(iter(self.found.get(slot, ())), "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence, understood, with what each word said: "title", "year", "genre" ...; words that say nothing are not in
    `tags`. `negated`: places that a "not" covers."""

    query: MoodQuery
    sentence: Sentence
    tags: Mapping[int, str]
    negated: frozenset[int]


class _Trace:
    """Notes which words each step of reading took."""

    def __init__(self, sentence: Sentence) -> None:
        self.tags: dict[int, str] = {}
        self._sentence = sentence
        self._known = set(sentence.used)

    def note(self, tag: str, titles: Iterable[tuple[int, int]] = ()) -> None:
        """Everything taken since the last note said `tag`; of what announces titles, only they say anything."""
        if tag:
            self.tags.update(dict.fromkeys(self._sentence.used - self._known, tag))
        for start, end in titles:
            self.tags.update(dict.fromkeys(range(start, end), "title"))
        self._known = set(self._sentence.used)


@dataclass(frozen=True, slots=True)
class MoodParser:
    """Reads sentences against one catalogue's titles, people and keywords."""

    titles: TitleIndex
    people: PeopleIndex
    is_keyword: Callable[[str], bool]  # an index word (see `words.phrase`): does the catalogue use it as a keyword?
    lexicons: dict[str, Lexicon]

    @classmethod
    def build(cls, titles: TitleIndex, people: PeopleIndex, is_keyword: Callable[[str], bool]) -> MoodParser:
        """A parser for all languages."""
        return cls(titles, people, is_keyword, {language: Lexicon.of(language) for language in LANGUAGES})

    def parse(self, text: str, language: str | None = None, *, this_year: int | None = None) -> MoodQuery:
        """Understand a sentence. `language` (ISO 639-1) is guessed if it is None; a text that says nothing gives an
        empty query. `this_year` gives "the last five years" a meaning."""
        return self.read(Sentence.of(text), language, this_year=this_year).query

    def read(self, sentence: Sentence, language: str | None = None, *, this_year: int | None = None) -> Reading:
        """As `parse`, and which words said what. Words that are marked as used already are left alone."""
        spoken = language if language in self.lexicons else guess_language(sentence.text)
        lexicon = self.lexicons[spoken]
        negated = negated_places(sentence)
        draft = _Draft()
        trace = _Trace(sentence)
        mentions = link_titles(sentence, self.titles, lexicon)
        titles, titles_not = _sides(mentions, negated)
        trace.note("", ((mention.start, mention.end) for mention in mentions))
        years = read_years(sentence, this_year)
        trace.note("year")
        runtime = read_runtime(sentence)
        trace.note("runtime")
        for person in link_people(sentence, self.people, lexicon, self.is_keyword):
            draft.add("people_not" if person.start in negated else "people", person.name)
        trace.note("person")
        _read_phrases(sentence, lexicon, negated, draft, trace)
        _read_excess(draft, runtime, years)
        if _is_for_child(sentence):
            draft.add("tones", "kid-friendly")
        if _CHILDREN_AWAY.search(" ".join(sentence.folded)) and "kid-friendly" in draft.values("tones"):
            draft.found["tones"].remove("kid-friendly")
        self._read_topics(sentence, negated, draft)
        trace.note("keyword")
        query = MoodQuery(
            text=sentence.text,
            language_spoken=spoken,
            kind=draft.first("kind"),
            genres=_without(draft.values("genres"), draft.values("genres_not")),
            genres_either=draft.either,
            genres_not=draft.values("genres_not"),
            tones=_without(draft.values("tones"), draft.values("tones_not")),
            tones_not=draft.values("tones_not"),
            directions=draft.values("directions"),
            topics=_without(draft.values("topics"), draft.values("topics_not")),
            topics_not=draft.values("topics_not"),
            year_min=years.low,
            year_max=years.high,
            runtime_min=runtime.low,
            runtime_max=runtime.high,
            language=draft.first("language"),
            country=draft.first("country"),
            languages_not=draft.values("languages_not"),
            countries_not=draft.values("countries_not"),
            people=_without(draft.values("people"), draft.values("people_not")),
            people_not=draft.values("people_not"),
            titles=titles,
            titles_not=titles_not,
            rest=" ".join(draft.values("rest")),
        )
        return Reading(query, sentence, trace.tags, negated)

    def _read_topics(self, sentence: Sentence, negated: frozenset[int], draft: _Draft) -> None:
        """What is left: keywords of the catalogue are topics, other content words are kept as they are."""
        place = 0
        while place < len(sentence.words):
            length = self._topic_at(sentence, place)
            if length:
                name = " ".join(sentence.folded[place : place + length])
                draft.add("topics_not" if place in negated else "topics", name)
                sentence.use(place, place + length)
            elif _is_content(sentence, place) and place not in negated:
                draft.add("rest", sentence.words[place].folded)
            place += max(length, 1)

    def _topic_at(self, sentence: Sentence, place: int) -> int:
        for length in range(_LONGEST_TOPIC, 0, -1):
            end = place + length
            if end > len(sentence.words) or not sentence.is_free(place, end):
                continue
            if not _is_content(sentence, place) or not _is_content(sentence, end - 1):
                continue
            if self.is_keyword(phrase(" ".join(sentence.folded[place:end]))):
                return length
        return 0


def compares(text: str, language: str | None = None) -> bool:
    """Whether a sentence asks for something shorter, longer, newer or older, which needs titles to compare with."""
    folded = [word.folded for word in Sentence.of(text).words]
    lexicon = Lexicon.of(language or guess_language(text))
    senses = (sense for place in range(len(folded)) for sense in lexicon.find(folded, place)[1])
    return any(sense.slot is Slot.DIRECTION and sense.value in FACT_DIRECTIONS for sense in senses)


def _sides(mentions: list[Mention], negated: frozenset[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The titles that are wanted and those that are not; what is both is wanted."""
    wanted = dict.fromkeys(mention.item for mention in mentions if mention.start not in negated)
    unwanted = dict.fromkeys(mention.item for mention in mentions if mention.start in negated)
    return tuple(wanted), tuple(item for item in unwanted if item not in wanted)


def _read_phrases(sentence: Sentence, lexicon: Lexicon, negated: frozenset[int], draft: _Draft, trace: _Trace) -> None:
    """Genres, kinds, tones, directions, places and known topics, from left to right, the longest phrase first."""
    folded = [_blank(sentence, place) for place in range(len(sentence.words))]
    place = described_to = 0
    genres: list[tuple[int, int, tuple[str, ...]]] = []
    while place < len(folded):
        length, senses = lexicon.find(folded, place)
        if not length or not sentence.is_free(place, place + length):
            place += 1
            continue
        # Before a noun "ein lustiger Film" is a tone, and no comparison.
        following = lexicon.find(folded, place + length)[1] if place + length < len(folded) else ()
        chosen = chosen_senses(senses, sentence, place, length, following, spoken=lexicon.language)
        end = place + length
        if place in negated and folded[place] in _MORE:  # "no more horror" asks for none
            place += 1
            continue
        before = folded_word(sentence, place - 1)
        is_negated = place in negated
        for sense in chosen:
            if sense.slot is Slot.TONE and before in _TOO and not is_negated:
                draft.add("too", sense.value)
                continue
            if sense.slot is Slot.DIRECTION and not _TOO.isdisjoint(folded[place:end]):
                draft.add("excess", sense.value)  # "too long" and "nothing too long" ask for the same
                continue
            if sense.slot is Slot.DIRECTION and before in _SAVE:
                draft.add("directions", sense.value)  # "the same, except darker"
            alone = len(chosen) == 1 and described_to != place and not _is_described(lexicon, folded, end)
            alone = alone and not (end in negated and folded_word(sentence, end) in _LEADS_ON)
            _note(sense, draft, negated=is_negated, alone=alone)
        if chosen:
            sentence.use(place, place + length)
            trace.note(str(chosen[0].slot))
            described_to = place + length
            values = tuple(sense.value for sense in chosen if sense.slot is Slot.GENRE)
            if values and not is_negated:
                genres.append((place, end, values))
        place += length
    draft.either = _alternatives(sentence, genres)


def _alternatives(sentence: Sentence, genres: list[tuple[int, int, tuple[str, ...]]]) -> tuple[tuple[str, ...], ...]:
    """The genres of each phrase in a list with an "or": "comedy, horror or action"; empty, where there is no "or"."""
    listed: list[tuple[str, ...]] = []
    for (_start, end, before), (start, _end, after) in pairwise(genres):
        between = {word.folded for word in sentence.words[end:start]} - _ARTICLES_BETWEEN
        if between <= (_OR | {","}) and between:
            listed = [*(listed or [before]), after]
            if between & _OR:
                return tuple(listed)
        else:
            listed = []
    return ()


def _read_excess(draft: _Draft, runtime: Range, years: Range) -> None:
    """ "Too dark" asks for something lighter, "too gory" for nothing gory, "too long" for something shorter; beside a
    direction, a running time or years it is a mere reason."""
    for direction in draft.values("excess"):
        said = runtime if direction in ("shorter", "longer") else years
        if said == Range():
            draft.add("directions", direction)
    if draft.found.get("directions"):
        return
    for tone in draft.values("too"):
        if tone in _TOO_DARK:
            draft.add("directions", "lighter")
        else:
            draft.add("tones_not", tone)


def _is_for_child(sentence: Sentence) -> bool:
    """Whether somebody of an age below 13 watches: "for a 6 yr old", "für meine 6-Jährige", "ma fille de 8 ans"."""
    return _CHILD.search(" ".join(word for word in sentence.folded if word not in ("-", "–"))) is not None


def folded_word(sentence: Sentence, place: int) -> str:
    """The word at a place, empty beyond the ends."""
    return sentence.words[place].folded if 0 <= place < len(sentence.words) else ""


def _blank(sentence: Sentence, place: int) -> str:
    """A word that phrases may be made of; what is understood already belongs to none."""
    return "\0" if place in sentence.used or sentence.words[place].is_mark else sentence.words[place].folded


def _is_described(lexicon: Lexicon, folded: list[str], place: int) -> bool:
    """Whether a genre follows: "films d'horreur"."""
    if place < len(folded) and folded[place] in ("d", "de"):
        place += 1
    return place < len(folded) and any(sense.slot is Slot.GENRE for sense in lexicon.find(folded, place)[1])


_SLOT_NAMES = {
    Slot.GENRE: ("genres", "genres_not"),
    Slot.TONE: ("tones", "tones_not"),
    Slot.TOPIC: ("topics", "topics_not"),
    Slot.COUNTRY: ("country", "countries_not"),
    Slot.PLACE: ("country", "countries_not"),
    Slot.TONGUE: ("language", "languages_not"),
    Slot.DIRECTION: ("directions", ""),
}


def _note(sense: Sense, draft: _Draft, *, negated: bool, alone: bool) -> None:
    """Put a sense into its slot. "No series" asks for films; "no horror series" still asks for series."""
    if sense.slot is Slot.KIND:
        other = {"movie": "series", "series": "movie"}.get(sense.value, "")
        draft.add("kind", other if negated and alone else sense.value)
        return
    name = _SLOT_NAMES[sense.slot][negated]
    if name:
        draft.add(name, sense.value)


def _is_content(sentence: Sentence, place: int) -> bool:
    word = sentence.words[place]
    said = word.folded in TALK or word.folded in NEGATIONS or word.folded.isdigit()
    known = said or word.folded in STOP_WORDS or word.folded in FILLERS
    return place not in sentence.used and not word.is_mark and not known and len(word.folded) > 2


def _without(values: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value not in others)
