"""Which of the things that a word can say are meant, by the words around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from engine.search.lexicon import Sense, Slot
from engine.search.sentences import Sentence, Word

_TONGUE_CUES = frozenset({"in", "auf", "en", "speaking", "language", "audio", "sprache", "langue", "dubbed"})
_PLACE_CUES = frozenset({"from", "of", "in", "aus", "von", "de", "d", "du", "made"})
_ARTICLES_OF_PLACES = frozenset({"the", "dem", "der", "den", "la", "le", "l", "les"})  # "aus dem Iran"
_AFTER_TONGUE = frozenset(
    {
        "language",
        "speaking",
        "sprache",
        "tonspur",
        "synchro",
        "synchronisation",
        "sprachig",
        "sprachige",
        "sprachiger",
        "sprachigen",
    }
)
_AFTER_SHOWING = frozenset({"me", "us", "some", "something", "anything"})
_AFTER_GORE = frozenset({"", ",", ".", "!", "and", "und", "but"})
_STORIES = frozenset({"une", "l", "cette", "belle", "bonne", "petite"})
_LETTERS = {"US": "US", "USA": "US", "UK": "GB"}
_GRADES = frozenset(
    {"really", "very", "more", "less", "too", "not", "nothing", "so", "proper", "something", "anything", "quite"}
)
# "About love", but not "I love".
_BEFORE_LOVE = frozenset({
    "about", "of", "a", "for", "in", "with", "young", "first", "true", "forbidden", "and", "lost", "great", "tragic",
    "queer", "gay", "lesbian", "teenage", "teen", "summer", "uber", "sur",
})  # fmt: skip
_TONE_OF = {"funnier": "funny", "darker": "dark", "lighter": "light", "scarier": "scary", "calmer": "calm"}
Neighbours: TypeAlias = Callable[[Word, str, str], bool]
"""A word with the folded ones before and after it: whether it says nothing there."""


def chosen_senses(
    senses: tuple[Sense, ...], sentence: Sentence, place: int, length: int, following: tuple[Sense, ...], *, spoken: str
) -> tuple[Sense, ...]:
    """The senses that the neighbours allow."""
    slots = {sense.slot for sense in senses}
    word, before, after = sentence.words[place], _word(sentence, place - 1), _word(sentence, place + length)
    if Slot.TONGUE in slots and (after in _AFTER_TONGUE or (before in _TONGUE_CUES and not _is_noun(following))):
        return tuple(sense for sense in senses if sense.slot is Slot.TONGUE)
    if country := _country_of(sentence, word, before, spoken, tongue=Slot.TONGUE in slots):
        return (Sense(Slot.COUNTRY, country),)
    if Slot.COUNTRY in slots:
        return tuple(sense for sense in senses if sense.slot is Slot.COUNTRY)
    if Slot.PLACE in slots:
        cue = _word(sentence, place - 2) if before in _ARTICLES_OF_PLACES else before
        return tuple(sense for sense in senses if sense.slot is Slot.PLACE) if cue in _PLACE_CUES else ()
    if Slot.DIRECTION in slots and spoken == "de" and _is_noun(following):
        tones = tuple(sense for sense in senses if sense.slot is Slot.TONE)
        return tones or tuple(Sense(Slot.TONE, _TONE_OF[sense.value]) for sense in senses if sense.value in _TONE_OF)
    if length == 1 and is_turn_of_phrase(word, before, after):
        return ()
    return senses  # "mafia" is a genre and a topic: both are meant


def _is_noun(senses: tuple[Sense, ...]) -> bool:
    return any(sense.slot in (Slot.KIND, Slot.GENRE) for sense in senses)


def _is_from_england(word: str, before: str, spoken: str) -> bool:
    """ "Eine englische Serie", "une série anglaise": of a film it is the country, elsewhere the tongue."""
    if spoken == "fr":
        return word in ("anglaise", "anglaises") or (
            word == "anglais" and before in ("film", "films", "polar", "thriller")
        )
    return spoken == "de" and word in ("englische", "englischer", "englischen", "englisches")


def _country_of(sentence: Sentence, word: Word, before: str, spoken: str, *, tongue: bool) -> str:
    """The country that a word means whatever else it may say: "une série anglaise", "a thriller, US"."""
    if tongue and _is_from_england(word.folded, before, spoken):
        return "GB"
    return "" if sentence.text.isupper() else _LETTERS.get(word.text, "")


def _word(sentence: Sentence, place: int) -> str:
    """The folded word at a place, empty beyond the ends."""
    return sentence.words[place].folded if 0 <= place < len(sentence.words) else ""


def is_turn_of_phrase(word: Word, before: str, after: str) -> bool:
    """Whether a word says nothing here: "dans le style de" praises no style, "l'histoire d'un homme" is no history."""
    says_nothing = _TURNS_OF_PHRASE.get(word.folded)
    return says_nothing is not None and says_nothing(word, before, after)


def _written(*forms: str) -> Neighbours:
    """Says nothing where it is written so: "ein langer Abend" is no comparison, "länger" is."""
    return lambda word, _before, _after: word.text.lower() in forms


def _behind(*words: str) -> Neighbours:
    return lambda _word, before, _after: before in words


def _not_behind(*words: str) -> Neighbours:
    return lambda _word, before, _after: before not in words


def _followed_by(*words: str) -> Neighbours:
    return lambda _word, _before, after: after in words


_TURNS_OF_PHRASE: Mapping[str, Neighbours] = {
    "alter": _written("alter"),
    "barre": _written("barre"),  # "sinon elle se barre" is not "barré"
    "bloody": lambda _word, before, after: after not in _AFTER_GORE and before not in _GRADES,
    "blood": _followed_by("pressure", "type", "test"),
    "cool": _behind("war", "ware", "waer", "be", "ist", "is", "s", "thats", "serait", "trop", "too"),
    "harte": _followed_by("woche", "tag", "arbeit", "zeit", "schicht"),
    "happy": _followed_by("with", "to", "for"),
    "war": _behind("cold", "kalter"),
    "deep": _followed_by("sea", "ocean", "space", "water", "end", "web", "state", "fake", "south"),
    "dure": _not_behind("serie", "histoire", "version", "tres", "assez", "plus", "bien", "trop"),  # "ça dure"
    "histoire": lambda _word, before, after: before in _STORIES or after in ("d", "de", "vraie", "que"),
    "krieg": lambda word, _before, _after: word.text == "krieg",  # "da krieg ich Ausschlag"
    "langer": _written("langer"),
    "lights": lambda _word, _before, _after: True,
    "love": _not_behind(*_BEFORE_LOVE),
    "raus": lambda _word, _before, _after: True,  # "hau raus" is not "rau"
    "ruhig": _behind("darf", "kann", "gern", "gerne", "also", "dann", "auch", "mal"),
    "show": _followed_by(*_AFTER_SHOWING),
    "style": _written("style"),
    "tv": _behind("the", "big", "my", "our", "on", "new", "a", "la", "le", "im", "am", "unser", "unserem"),
}
