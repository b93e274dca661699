"""What words mean: genres, kinds, tones, directions, places and topics, for English, German and French speakers.

`Lexicon.of("de")` joins the tables of one language (with the English ones, which people mix in) into one table of
phrases; the tables themselves are plain data in the modules beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from engine.search.folding import fold
from engine.search.lexicon.genres import COMPOUND_GENRES, COMPOUND_KINDS, GENRES, KINDS
from engine.search.lexicon.places import places
from engine.search.lexicon.tones import DIRECTIONS, TONES
from engine.search.lexicon.topics import Topic, topics
from engine.search.words import STOP_WORDS

LANGUAGES = ("en", "de", "fr")
_ENDINGS = {"en": ("s", "es"), "de": ("e", "er", "es", "en", "em", "n", "s"), "fr": ("s", "e", "es", "x", "ne", "nes")}
# English words that mean something else: French "court" is short, German "rat" is advice.
_FALSE_FRIENDS = {
    "en": frozenset[str](),
    "de": frozenset({"band", "rat", "gift", "all", "alle", "alles", "aller", "brave", "chef", "fast"}),
    "fr": frozenset(
        {"ai", "cinema", "court", "con", "pain", "noir", "chat", "sub", "four", "chef", "legal", "trains", "grand"}
    ),
}
_SUPERLATIVE = {"en": re.compile(r"(?P<stem>\w{3,})est"), "de": re.compile(r"(?P<stem>\w{3,}?)e?ste[nrsm]?")}
_SHORTEST_BASE = 3
_NO_KIND = frozenset({"tv", "picture", "cinema"})  # "made for tv", "motion picture"


class Slot(StrEnum):
    """What a phrase can say."""

    GENRE = "genre"
    KIND = "kind"
    TONE = "tone"
    DIRECTION = "direction"
    COUNTRY = "country"  # by an adjective: "French"
    PLACE = "place"  # by a name: "France"
    TONGUE = "tongue"  # as a language: "in French"
    TOPIC = "topic"


class Sense(NamedTuple):
    """One thing that a phrase can say."""

    slot: Slot
    value: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All phrases of a speaker's language; keys are folded."""

    language: str
    phrases: Mapping[str, tuple[Sense, ...]]
    longest: int
    topics: Mapping[str, Topic]

    @classmethod
    @cache
    def of(cls, language: str) -> Lexicon:
        """The lexicon of an ISO 639-1 code; English where the language is unknown."""
        language = language if language in LANGUAGES else "en"
        known = topics()
        table: dict[str, dict[Sense, None]] = {}
        for spoken in dict.fromkeys((language, "en")):
            for phrase, sense in _entries(spoken, known):
                # An English word may be an everyday word elsewhere: "war" is German for "was".
                if spoken == language or not (phrase in STOP_WORDS or phrase in _FALSE_FRIENDS[language]):
                    table.setdefault(phrase, {})[sense] = None
        kinds = {phrase: sense for phrase, senses in table.items() for sense in senses if sense.slot is Slot.KIND}
        for phrase, senses in table.items():
            # "war movie" says a kind beside the genre.
            said = [kinds[word] for word in phrase.split() if word in kinds and word not in _NO_KIND]
            named = said and " " in phrase and not phrase.startswith("dessin")  # "dessin animé" is no anime
            # "Film catastrophe" is a film about disasters; "film school" is a school.
            about = language == "fr" and phrase.startswith(("film ", "films ", "serie ", "series "))
            if named and (about or any(sense.slot is Slot.GENRE for sense in senses)):
                senses[said[0]] = None
            last = phrase.rpartition(" ")[2]
            if last != phrase and all(sense.slot is Slot.TOPIC for sense in senses):
                # "courtroom drama" is a drama beside what it is about.
                senses.update(dict.fromkeys(sense for sense in table.get(last, ()) if sense.slot is Slot.GENRE))
        phrases = {phrase: tuple(senses) for phrase, senses in table.items()}
        return cls(language, phrases, max(phrase.count(" ") + 1 for phrase in phrases), known)

    def find(self, folded: list[str], start: int) -> tuple[int, tuple[Sense, ...]]:
        """The longest phrase that begins at word `start`: how many words, and what they say (0 if nothing)."""
        for length in range(min(self.longest, len(folded) - start), 0, -1):
            senses = self.senses(" ".join(folded[start : start + length]))
            if senses:
                return length, senses
        return 0, ()

    def senses(self, phrase: str) -> tuple[Sense, ...]:
        """What a phrase says, its last word inflected or not; a German compound says what its parts say."""
        found = self._simple(phrase)
        if self.language != "de" or " " in phrase:
            return found
        kind = next((Sense(Slot.KIND, kind) for end, kind in COMPOUND_KINDS.items() if phrase.endswith(end)), None)
        if found and kind and kind not in found:
            return (*found, kind)
        if found and all(sense.slot is Slot.TOPIC for sense in found):
            ends = (Sense(Slot.GENRE, genre) for end, genre in COMPOUND_GENRES.items() if phrase.endswith(end))
            return (*found, *ends)  # "Gerichtsdrama" is a drama beside what it is about
        return found or self._compound(phrase)

    def _simple(self, phrase: str) -> tuple[Sense, ...]:
        if phrase in self.phrases:
            return self.phrases[phrase]
        for ending in _ENDINGS[self.language] + (() if self.language == "en" else _ENDINGS["en"]):
            base = phrase.removesuffix(ending)
            if base != phrase and len(base) >= _SHORTEST_BASE and base in self.phrases:
                return self.phrases[base]
        return self._superlative(phrase)

    def _superlative(self, word: str) -> tuple[Sense, ...]:
        """ "The weirdest thing", "der lustigste Film": the tone itself."""
        found = _SUPERLATIVE[self.language].fullmatch(word) if self.language in _SUPERLATIVE else None
        if found is None:
            return ()
        stem = found["stem"]
        bases = (stem, f"{stem}e", stem[:-1] + "y", stem[:-1])  # "weird", "strange", "funni", "sadd"
        senses = next((self.phrases[base] for base in bases if base in self.phrases), ())
        return tuple(sense for sense in senses if sense.slot is Slot.TONE)

    def _compound(self, word: str) -> tuple[Sense, ...]:
        for ends, slot in ((COMPOUND_KINDS, Slot.KIND), (COMPOUND_GENRES, Slot.GENRE)):
            for end, value in ends.items():
                if word.endswith(end) and len(word) > len(end) + 2:
                    begin = word.removesuffix(end)
                    for joint in ("", "s", "n", "en", "er"):
                        stem = begin.removesuffix(joint) if joint else begin
                        if stem in self.phrases:
                            return (*self.phrases[stem], Sense(slot, value))
        kind = next(
            (kind for end, kind in COMPOUND_KINDS.items() if word.endswith(end) and len(word) > len(end) + 3), None
        )
        return (Sense(Slot.KIND, kind),) if kind else ()


def _entries(language: str, known: Mapping[str, Topic]) -> list[tuple[str, Sense]]:
    found: list[tuple[str, Sense]] = []
    for names, words in GENRES[language].items():
        for name in names.split("+"):
            found += [(phrase, Sense(Slot.GENRE, name)) for phrase in _split(words)]
    for slot, table in ((Slot.KIND, KINDS), (Slot.DIRECTION, DIRECTIONS), (Slot.TONE, TONES)):
        for value, words in table[language].items():
            found += [(phrase, Sense(slot, value)) for phrase in _split(words)]
    adjectives, countries, tongues = places(language)
    for slot, mapping in ((Slot.COUNTRY, adjectives), (Slot.PLACE, countries), (Slot.TONGUE, tongues)):
        found += [(fold(word), Sense(slot, code)) for word, code in mapping.items()]
    for topic in known.values():
        found += [(fold(word), Sense(Slot.TOPIC, topic.name)) for word in topic.words[language] if fold(word)]
    return found


def _split(words: str) -> list[str]:
    return [folded for word in words.split(",") if (folded := fold(word))]


def guess_language(text: str, default: str = "en") -> str:
    """English, German or French, by the commonest small words; `default` where they say nothing."""
    words = fold(text).split()
    marks = {language: float(bool(set(text.casefold()) & set(own))) for language, own in _OWN_LETTERS.items()}
    counts = {
        language: sum(map(words.count, set(small.split()))) + marks.get(language, 0.0)
        for language, small in _SMALL_WORDS.items()
    }
    best = max(counts.values())
    leaders = [language for language, count in counts.items() if count == best]
    return default if not best or default in leaders else leaders[0]


_OWN_LETTERS: Mapping[str, str] = {"de": "äöüß", "fr": "àâçèéêëîïôùûœ"}
_SMALL_WORDS: Mapping[str, str] = {
    "en": """
the a an of and or not something with without in from like i want movie show but is for me my to please that this
any anything about what watch you have can we no nothing more less too it that's these those how does did there
""",
    "de": """
der die das ein eine einen und oder nicht etwas mit ohne aus wie ich mochte will aber ist fur mir mich zu bitte dass
irgendwas uber was wir kein keine nichts mehr weniger auf den dem von im vom als auch noch so zu mal lieber gibt gibts
gib hab hast nur wieder schon doch eher sehr welche welcher
""",
    "fr": """
le la les un une des et ou pas quelque chose avec sans du de comme je veux voudrais mais est pour moi plait que qui
sur quoi nous aucun rien plus moins en dans au aux cherche l d trop c ca j t y ce cette ma mon tu sont pourquoi encore
plutot tres ai
""",
}
