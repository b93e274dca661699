"""Finding a film that somebody half remembers: long questions, full of chatter, against what a catalogue knows.

Words that every question holds ("remember", "scene", "movie") say little: a word weighs by how rare it is in
questions, beside how rare it is in documents. Meaning, keywords, genres, years and fame add to that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.search.adaptation import Adaptation
from engine.search.keywords import Field, KeywordDocument, KeywordIndex, KeywordView
from engine.search.lexicon import Lexicon, Slot
from engine.search.negation import negated_places
from engine.search.sentences import Sentence
from engine.search.words import phrases, words
from engine.search.years import read_years
from engine.types import FloatArray, Vectors

FEATURES = (
    "meaning", "adapted", "words", "rare_words", "keywords", "opening", "in_years", "off_years", "genres", "votes",
    "age",
)  # fmt: skip
OPENING_SHARE = 0.6  # of the first line in a question's vector: it sums up what follows
LONGEST_EMBEDDED = 700  # characters
LONGEST_OPENING = 300
_SCALE = 30.0  # BM25 sums of long questions, brought to the size of the other features
_PHRASE = 0.7


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What a catalogue knows about a film."""

    title: str
    text: str = ""  # plots and taglines
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()  # TMDB's English names
    year: int = 0
    votes: int = 0

    def whole(self) -> str:
        """Everything in one text, for a search without fields."""
        return " ".join((self.title, self.text, *self.keywords, *self.people, *self.genres))


def texts_to_embed(question: str) -> tuple[str, str]:
    """The question and its first line, cut to what is embedded."""
    text = question.strip()
    return text[:LONGEST_EMBEDDED] or "a film", text.split("\n")[0][:LONGEST_OPENING] or "a film"


def question_vectors(whole: Vectors, openings: Vectors) -> Vectors:
    """(n, d) of unit length from the embedded texts of `texts_to_embed`."""
    mixed = whole + OPENING_SHARE * openings
    return np.asarray(mixed / np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """How often words stand in questions."""

    counts: Mapping[str, int]
    questions: int

    @classmethod
    def learn(cls, questions: Iterable[str]) -> QuestionWords:
        """Count the questions that hold each word."""
        counts: Counter[str] = Counter()
        number = 0
        for question in questions:
            counts.update(set(words(question)))
            number += 1
        return cls(counts, number)

    def rarity(self, word: str) -> float:
        """0 for a word of every question, about 1.8 for one that 7,000 questions never held."""
        return max(float(np.log((self.questions + 1) / (self.counts.get(word, 0) + 1))) / 5.0, 0.0)


@dataclass(frozen=True, slots=True)
class KnownItemCatalogue:
    """Documents to find, laid out for `features` and for a plain search."""

    documents: tuple[KnownDocument, ...]
    embeddings: Vectors  # (n, d) unit rows
    whole: KeywordView
    fields: KeywordView
    years: FloatArray
    votes: FloatArray
    genre_names: tuple[str, ...]
    genres: FloatArray  # (n, n_genres) 0 or 1
    lexicon: Lexicon = field(default_factory=lambda: Lexicon.of("en"))

    @classmethod
    def build(cls, documents: Sequence[KnownDocument], embeddings: Vectors) -> KnownItemCatalogue:
        """Index the documents; row by row like `embeddings`."""
        rows = range(len(documents))
        whole = KeywordIndex.build(KeywordDocument(row, (), documents[row].whole()) for row in rows)
        fields = KeywordIndex.build(KeywordDocument(row, (), "", documents[row].keywords) for row in rows)
        names = tuple(sorted({genre for document in documents for genre in document.genres}))
        return cls(
            documents=tuple(documents),
            embeddings=embeddings,
            whole=whole.aligned(lambda items: items, len(documents)),
            fields=fields.aligned(lambda items: items, len(documents)),
            years=np.array([document.year for document in documents], dtype=np.float64),
            votes=np.array([document.votes for document in documents], dtype=np.float64),
            genre_names=names,
            genres=np.array([[name in document.genres for name in names] for document in documents], dtype=np.float64)
            .reshape(len(documents), len(names)),
        )  # fmt: skip

    def plain_scores(self, question: str) -> NDArray[np.float32]:
        """(n,) plain BM25: every word of the question as often as it stands there, documents as one text."""
        counted = {word: float(count) for word, count in Counter(words(question)).items()}
        return self.whole.scores(counted, {Field.PLOT: 1.0})

    def features(self, question: str, known: QuestionWords) -> NDArray[np.float32]:
        """(n, n_features) float32; "meaning" and "adapted" are left 0 for the caller, who has the vectors."""
        counted = Counter(words(question))
        rarity = {word: known.rarity(word) for word in counted}
        weighted = {word: count**0.5 * rarity[word] for word, count in counted.items()}
        rare = {word: count**0.3 * rarity[word] ** 1.5 for word, count in counted.items()}
        tokens = words(question)
        joined = dict.fromkeys(phrases(tokens), _PHRASE)
        opening = {word: rarity[word] for word in words(question.strip().split("\n")[0]) if word in rarity}
        sentence = Sentence.of(question)
        inside, outside = self._years(sentence)
        plain = {Field.PLOT: 1.0}
        found: dict[str, NDArray[np.floating]] = {
            "words": self.whole.scores(weighted, plain) / _SCALE,
            "rare_words": self.whole.scores(rare, plain) / _SCALE,
            "keywords": self.fields.scores({**joined, **weighted}, {Field.KEYWORDS: 1.0}) / _SCALE,
            "opening": self.whole.scores(opening, plain) / _SCALE,
            "in_years": inside,
            "off_years": outside,
            "genres": np.minimum(self.genres @ self._asked(sentence), 3.0),
            "votes": np.log1p(self.votes) / 14.0,
            "age": np.where(self.years > 0, np.clip((self.years - 1990.0) / 30.0, -2.0, 1.0), -1.0),
        }
        result = np.zeros((len(self.documents), len(FEATURES)), dtype=np.float32)
        for column, name in enumerate(FEATURES):
            if name in found:
                result[:, column] = found[name]
        return result

    def _years(self, sentence: Sentence) -> tuple[FloatArray, FloatArray]:
        """Within the years that are said; and how many decades off, negative, at most 4."""
        said = read_years(sentence)
        if said.low is None and said.high is None:
            return np.zeros(len(self.years)), np.zeros(len(self.years))
        low, high = said.low or 0, said.high or 9_999
        distance = np.where(self.years > 0, np.maximum(low - self.years, self.years - high).clip(0.0), 0.0)
        return ((distance == 0) & (self.years > 0)).astype(np.float64), -np.minimum(distance / 10.0, 4.0)

    def _asked(self, sentence: Sentence) -> FloatArray:
        """(n_genres,) 1 for the genres that are named and not denied."""
        folded, negated = sentence.folded, negated_places(sentence)
        asked: set[str] = set()
        place = 0
        while place < len(folded):
            length, senses = self.lexicon.find(folded, place)
            if place not in negated:
                asked.update(sense.value for sense in senses if sense.slot is Slot.GENRE)
            place += max(length, 1)
        return np.array([name in asked for name in self.genre_names], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class QuestionModel:
    """What was learnt from questions with known answers."""

    words: QuestionWords
    adaptation: Adaptation
    weights: Mapping[str, float]
