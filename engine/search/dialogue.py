"""A conversation about films: who said what, which titles were named and how they were meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.search.lexicon import Lexicon, Slot
from engine.search.negation import negated_places
from engine.search.sentences import Sentence

USER = "user"
SYSTEM_SHARE = 0.6  # a title that the other side brought up says less about what the person likes
FADING = 0.85  # per turn: what was said last counts most
GENRE_FADING = 0.7
UNPLACED = 0.3  # a title named somewhere, but not found in the words
DISLIKED = -0.5
LONGEST_WORDS = 600  # characters of the person's words that are embedded, the last ones
_DISLIKE = re.compile(
    r"(didn'?t (really )?(like|care|enjoy)|hated?|not a (big )?fan|disliked?|terrible|awful|boring|"
    r"don'?t (really )?like|not (my|into)|can'?t stand)",
    re.IGNORECASE,
)
_CONTEXT = 40  # characters before a name in which a dislike is looked for
_TONE_GENRES = {"funny": "Comedy", "scary": "Horror", "romantic": "Romance", "kid-friendly": "Family"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that was said; `speaker` is "user" (the person who wants a film) or anything else."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class NamedTitle:
    """A title as the data calls it; `known_as` is the catalogue's name for it where that differs."""

    name: str
    title: str = ""
    year: int | None = None
    known_as: str = ""

    @property
    def key(self) -> str:
        """The name under which a catalogue may hold it."""
        return self.known_as or self.name


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said before an answer, the titles named so far, and the titles that were the answer.

    Conversations with the same `dialogue` are parts of one and must not learn from each other.
    """

    dialogue: str
    turns: tuple[Turn, ...]
    mentioned: tuple[NamedTitle, ...]
    answers: tuple[NamedTitle, ...] = ()

    def user_words(self) -> str:
        """What the person said, without the names of titles: they stand for films, not for themes."""
        return self._without_names(" ".join(turn.text for turn in self.turns if turn.speaker == USER))

    def text_to_embed(self) -> str:
        """The person's words as they stand, the last ones if there are many."""
        said = " ".join(turn.text for turn in self.turns if turn.speaker == USER)[-LONGEST_WORDS:].strip()
        return said or "a film"

    def mention_weights(self, row_of: Mapping[str, int]) -> dict[int, float]:
        """How much each title named tells about the person's taste, by row; negative if it was disliked."""
        weights: dict[int, float] = {}
        for age, turn in enumerate(reversed(self.turns)):
            for mention in self.mentioned:
                row = row_of.get(mention.key)
                place = turn.text.find(mention.name) if mention.name else -1
                if row is None or place < 0:
                    continue
                weight = FADING**age * (1.0 if turn.speaker == USER else SYSTEM_SHARE)
                if turn.speaker == USER and _DISLIKE.search(turn.text[max(0, place - _CONTEXT) : place]):
                    weight *= DISLIKED
                if abs(weight) > abs(weights.get(row, 0.0)):
                    weights[row] = weight
        for mention in self.mentioned:
            row = row_of.get(mention.key)
            if row is not None:
                weights.setdefault(row, UNPLACED)
        return weights

    def asked_genres(self, lexicon: Lexicon) -> dict[str, float]:
        """Genres that the person asked for or (negative) refused, the last words counting most."""
        asked: dict[str, float] = {}
        spoken = [turn.text for turn in self.turns if turn.speaker == USER]
        for age, text in enumerate(reversed(spoken)):
            sentence = Sentence.of(self._without_names(text))
            negated = negated_places(sentence)
            folded = sentence.folded
            place = 0
            while place < len(folded):
                length, senses = lexicon.find(folded, place)
                for sense in senses:
                    genre = sense.value if sense.slot is Slot.GENRE else _TONE_GENRES.get(sense.value, "")
                    if genre:
                        sign = -1.0 if place in negated else 1.0
                        asked[genre] = asked.get(genre, 0.0) + sign * GENRE_FADING**age
                place += max(length, 1)
        return asked

    def _without_names(self, text: str) -> str:
        for mention in self.mentioned:
            if mention.name:
                text = text.replace(mention.name, " ")
        return text


def closeness(years: np.typing.NDArray[np.floating], around: float) -> np.typing.NDArray[np.float64]:
    """(n,) 0 for the same year, -1 for a decade away, at most -4; an unknown year counts as two decades."""
    return np.where(years > 0, -np.minimum(np.abs(years - around) / 10.0, 4.0), -2.0)
