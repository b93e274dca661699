"""What the words of a message are worth as names: whether they say something else, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from bot.agent.interpreter.cues import cues
from engine.search.folding import ARTICLES
from engine.search.lexicon import Lexicon
from engine.search.sentences import Sentence
from engine.search.words import FILLERS, STOP_WORDS

FAR = 120
"""Words within which names are looked for; beyond it somebody pasted a text."""
_JOINTS_IN_A_NAME = 2
_ASKED = 2.0  # what the odds gain in such a frame
_POINTING = frozenset({"it", "es", "ca", "this", "that", "them", "ihn", "you", "me", "i", "mich", "moi", "toi", "lui"})
_FRAMES = frozenset({
    "do we have", "have we got", "we got", "do you have", "have you got", "you got", "u got", "got", "haben wir",
    "habt ihr",
    "hamma", "hammer", "ham wir", "hast du", "gibts", "gibt es", "on a", "vous avez", "avez vous", "t as", "tu as",
    "y a",
    "like", "wie", "comme", "similar to", "ahnlich wie", "request for", "anfrage zu", "anfrage fur", "anfrage nach",
    "demande pour", "demande de", "requete pour", "art von", "richtung", "stil von", "genre de", "a la", "download",
    "request", "telecharge", "lade", "is", "ist", "rate",
    "mark", "seen",
    "watched", "loved", "liked",
})  # fmt: skip
_CLOSING = frozenset({
    "", "?", "!", ".", ",", "on", "in", "auf", "im", "sur", "dans", "or", "oder", "ou", "da", "here", "hier", "ici",
    "chez",
    "but", "aber", "mais", "nur", "just", "only", "yet", "already", "schon", "deja", "gone", "durch", "bitte", "please",
    "stp", "svp", "bei", "irgendwo", "anywhere", "as", "again", "eigentlich", "noch", "with", "mit", "avec",
    "without", "ohne", "sans",
})  # fmt: skip
# These are titles only where somebody writes them like a name.
_PRONOUNS = frozenset({
    "it", "es", "ca", "you", "she", "them", "this", "that", "us", "we", "me", "i", "la", "le", "nope", "yes",
    "stop", "no", "ran", "yesterday", "elle", "lui", "il", "ils", "sie", "er", "ihn", "he", "him", "they", "moi", "toi",
    "mich",
})  # fmt: skip
_ELIDED = frozenset({"m", "t", "s", "n", "j", "c"})  # "dis-m'en": no name begins with these
_SAYS = frozenset(
    {"is", "was", "s", "ist", "war", "fand", "c", "est", "etait", ":", "gets", "bekommt", "schon", "deja"}
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence with what its words are worth as names."""

    sentence: Sentence
    carriers: Collection[str]
    ordinary: Collection[str]
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
        if words[0].is_mark or words[-1].is_mark or (words[0].folded in _ELIDED and words[0].text[-1] in "'’"):
            return False
        if self.folded(end) == "d" and self.sentence.text[words[-1].end : words[-1].end + 1] == "-":
            return False  # "chef-d'œuvre"
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

    def is_ordinary(self, place: int) -> bool:
        """Whether the word is an everyday one, so that it alone is no name and nobody's misspelt one."""
        return self.is_plain(place) or self.folded(place) in self.ordinary

    def is_common(self, place: int) -> bool:
        """Whether the word describes films: "dark", "french", "horror", "sharks"."""
        word = self.folded(place)
        return bool(self.lexicon.senses(word)) or self.is_keyword(word)

    def is_unusual(self, place: int) -> bool:
        """Whether the word can hardly be anything but a name."""
        word = self.sentence.words[place]
        known_name = word.folded in cues().names
        return not (word.is_mark or known_name or self.is_ordinary(place) or bool(self.lexicon.senses(word.folded)))

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
        ordinary = [self.is_ordinary(place) or one for place, one in zip(places, common, strict=True)]
        written = self._written_as_name(start, end)
        framed = self._is_asked_for(start, end)
        if len(words) == 1 and words[0].folded.isdigit() and len(words[0].folded) < 3:
            return None
        pleasantry = any(" ".join(word.folded for word in words) in said for said in cues().smalltalk.values())
        if pleasantry or (len(words) == 1 and words[0].folded in _PRONOUNS):
            if framed and (written or words[0].folded not in _POINTING):
                return 1.0 + _ASKED
            return 1.0 if written and start > 0 else None
        odds = 0.0
        if len(places) == 1:
            odds = -1.6 if plain[0] else -0.1 if common[0] else 0.4 if ordinary[0] else 1.5
            odds += (0.0, 0.5, 2.0)[min(end - start, 3) - 1]  # "the thing", "la la land"
            odds += 1.2 if start == 0 and self.folded(end) in _SAYS else 0.0  # "moon is brilliant", "dark: 8"
        else:
            odds = 4.5 if not all(ordinary) else 0.5 + 0.5 * len(places) if not all(plain) else len(places) - 1.5
            if all(one or other for one, other in zip(plain, common, strict=True)) and len(places) == 2:
                odds = min(odds, 1.5)
            said = " ".join(self.folded(place) for place in range(start, end))
            if self.lexicon.senses(said) or said in cues().modes:
                odds = -2.0
        odds += _ASKED if framed else 0.0
        if self._goes_on(end):
            odds -= 3.0
        if written:
            odds += 0.7 if self.lexicon.language == "de" else 2.0
        return odds

    def _is_asked_for(self, start: int, end: int) -> bool:
        """Whether the words stand where only a title can: "do we have up?", "like dark but funnier"."""
        if self.folded(end) not in _CLOSING:
            return False
        before = {" ".join(self.folded(start - at) for at in range(size, 0, -1)) for size in (1, 2, 3)}
        return not _FRAMES.isdisjoint(before)

    def _goes_on(self, end: int) -> bool:
        """Whether the words after are part of the same name, which is longer and not known: "Queen of Katwe"."""
        place = end
        while place - end < _JOINTS_IN_A_NAME and self.folded(place) in ("of", "von", "de", "the", "des", "du", "la"):
            place += 1
        inside = end < place < len(self.sentence.words)
        return inside and self.sentence.words[place].text[:1].isupper() and self.is_unusual(place)

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
        for place in range(min(len(self.sentence.words), FAR)):
            if place in taken or not self.is_unusual(place) or self.is_mentioned(place):
                continue
            if runs and runs[-1][1] == place:
                runs[-1] = (runs[-1][0], place + 1)
            else:
                runs.append((place, place + 1))
        return sorted(runs, key=lambda run: run[0] - run[1])


def widened(seen: Seen, start: int, end: int, taken: Collection[int]) -> Iterable[tuple[int, int]]:
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
