"""Which titles fit a conversation: features of every candidate, and a weighted sum of them.

The features are what the person said (meaning, words, genres, people), what the titles named have in common with a
candidate (meaning, genres, people, era, who else watched both) and how known a candidate is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from engine.search.dialogue import Conversation, closeness
from engine.search.folding import fold
from engine.search.keywords import Field, KeywordDocument, KeywordIndex, KeywordView
from engine.search.lexicon import Lexicon
from engine.search.words import phrases, words
from engine.types import FloatArray, IntArray, SparseMatrix, Vectors

FEATURES = (
    "meaning", "mentions", "votes", "known", "average", "age", "new", "dated", "era", "genres", "asked", "refused",
    "asked_mix", "people", "names", "words", "named_people", "votes_alone", "taste", "taste_share",
)  # fmt: skip
_WORD_FIELDS = {Field.PLOT: 1.0, Field.TITLE: 0.5, Field.PEOPLE: 1.0}
_LONG_AGO = 30.0  # years
_JUST_OUT = 3.0  # years


@dataclass(frozen=True, slots=True)
class DialogueItem:
    """A title that may be the answer."""

    name: str
    title: str
    year: int = 0
    genres: tuple[str, ...] = ()  # TMDB's English names
    plot: str = ""
    people: tuple[str, ...] = ()
    votes: int = 0
    average: float = 0.0  # 0-10, 0 unknown


class Tastes(Protocol):
    """What a weighted history says about items, e.g. `engine.scoring.ease.SparseWeights`."""

    def scores(self, history: IntArray, weights: FloatArray) -> FloatArray:
        """(n_items,) for a history of distinct rows with its weights."""
        ...


@dataclass(frozen=True, slots=True)
class Crowd:
    """What strangers watched: item-item weights in a space of their own, and how many people know each item."""

    weights: Tastes
    counts: FloatArray  # (n_known,) people
    known_of: IntArray  # (n_items,) the place of each catalogue item there, -1 for none

    @classmethod
    def nothing(cls, n_items: int) -> Crowd:
        """Nobody watched anything."""
        return cls(_Silent(), np.zeros(1), np.full(n_items, -1, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class _Silent:
    def scores(self, history: IntArray, weights: FloatArray) -> FloatArray:  # noqa: ARG002 - a Protocol
        return np.zeros(1)


@dataclass(frozen=True, slots=True)
class DialogueCatalogue:
    """Candidates with everything that their features need. Build it once; `features` takes milliseconds."""

    items: tuple[DialogueItem, ...]
    row_of: Mapping[str, int]  # by name
    embeddings: Vectors  # (n, d) unit rows
    crowd: Crowd
    years: FloatArray
    genre_names: tuple[str, ...]
    genres: FloatArray  # (n, n_genres) 0 or 1
    genre_mix: FloatArray  # (n, n_genres) unit rows, rare genres weigh more
    people: SparseMatrix  # (n, n_people) ones
    people_of: Mapping[str, int]  # folded name -> column
    title_words: SparseMatrix  # (n, n_words) unit rows
    text: KeywordView
    static: Mapping[str, FloatArray]  # features that do not depend on the conversation
    lexicon: Lexicon = field(default_factory=lambda: Lexicon.of("en"))

    @classmethod
    def build(cls, items: Sequence[DialogueItem], embeddings: Vectors, crowd: Crowd | None = None) -> DialogueCatalogue:
        """Lay the items out; of several with the same name the first is the one that a name means."""
        crowd = crowd or Crowd.nothing(len(items))
        years = np.array([item.year for item in items], dtype=np.float64)
        genres, genre_names = _incidence([item.genres for item in items])
        people, people_names = _incidence([item.people for item in items])
        flags = genres.toarray().astype(np.float64)
        row_of: dict[str, int] = {}
        for row, item in enumerate(items):
            row_of.setdefault(item.name, row)
        index = KeywordIndex.build(
            KeywordDocument(row, (item.title,), item.plot, (), item.people, item.genres)
            for row, item in enumerate(items)
        )
        return cls(
            items=tuple(items),
            row_of=row_of,
            embeddings=embeddings,
            crowd=crowd,
            years=years,
            genre_names=genre_names,
            genres=flags,
            genre_mix=_unit_rows(flags * _rarity(flags.sum(axis=0), len(items))),
            people=people,
            people_of={fold(name): column for column, name in enumerate(people_names)},
            title_words=_title_words(items),
            text=index.aligned(lambda rows: rows, len(items)),
            static=_static(items, years, crowd),
        )

    def features(self, conversation: Conversation, said: Vectors) -> NDArray[np.float32]:
        """(n, n_features) float32. `said` is the embedded `conversation.text_to_embed()`, (d,)."""
        count = len(self.items)
        found: dict[str, NDArray[np.floating]] = dict(self.static)
        found["meaning"] = self.embeddings @ said
        weights = conversation.mention_weights(self.row_of)
        rows = np.fromiter(weights, dtype=np.int64, count=len(weights))
        strengths = np.fromiter(weights.values(), dtype=np.float64, count=len(weights))
        if len(rows):
            found |= self._kinship(rows, strengths)
        else:
            found["votes_alone"] = self.static["votes"]
        found |= self._wishes(conversation)
        result = np.zeros((count, len(FEATURES)), dtype=np.float32)
        for column, name in enumerate(FEATURES):
            if name in found:
                result[:, column] = found[name]
        return result

    def _kinship(self, rows: IntArray, strengths: FloatArray) -> dict[str, NDArray[np.floating]]:
        """What candidates have in common with the titles named."""
        liked = np.clip(strengths, 0.0, None)
        found: dict[str, NDArray[np.floating]] = {
            "mentions": self.embeddings @ _unit(strengths.astype(np.float32) @ self.embeddings[rows]),
            "genres": self.genre_mix @ _unit(liked @ self.genre_mix[rows]),
            "people": np.minimum(self.people @ (self.people[rows].T @ liked), 3.0),
            "names": self.title_words @ (self.title_words[rows].T @ liked),
        }
        dated = (self.years[rows] > 0) & (liked > 0)
        if dated.any():
            found["era"] = closeness(self.years, float(np.average(self.years[rows][dated], weights=liked[dated])))
        known = self.crowd.known_of[rows]
        if (known >= 0).any():
            found |= self._taste(known, strengths)
        return found

    def _taste(self, known: IntArray, strengths: FloatArray) -> dict[str, NDArray[np.floating]]:
        """What people who know the titles named know besides."""
        history, places = np.unique(known[known >= 0], return_inverse=True)
        weights = np.bincount(places, weights=strengths[known >= 0], minlength=len(history)).astype(np.float64)
        scores = self.crowd.weights.scores(history, weights)
        taste = np.where(self.crowd.known_of >= 0, scores[self.crowd.known_of], 0.0)
        most = float(np.abs(taste).max(initial=0.0))
        return {"taste": np.sign(taste) * np.sqrt(np.abs(taste)), "taste_share": taste / max(most, 1e-6)}

    def _wishes(self, conversation: Conversation) -> dict[str, NDArray[np.floating]]:
        """Genres, words and people that the person named."""
        asked = conversation.asked_genres(self.lexicon)
        wanted = np.array([max(asked.get(name, 0.0), 0.0) for name in self.genre_names])
        refused = np.array([min(max(-asked.get(name, 0.0), 0.0), 1.0) for name in self.genre_names])
        tokens = words(conversation.user_words())
        said = {" ".join(pair.split("_")) for pair in phrases(tokens)}
        columns = [self.people_of[name] for name in sorted(said) if name in self.people_of]
        found: dict[str, NDArray[np.floating]] = {
            "refused": self.genres @ refused,
            "words": self.text.scores(dict.fromkeys(tokens, 1.0), _WORD_FIELDS) / 20.0,
        }
        if wanted.any():
            found["asked"] = self.genres @ (wanted / wanted.sum())
            rarity = _rarity(self.genres.sum(axis=0), len(self.items))
            found["asked_mix"] = self.genre_mix @ _unit(wanted * rarity)
        if columns:
            found["named_people"] = np.minimum(np.asarray(self.people[:, columns].sum(axis=1)).ravel(), 1.0)
        return found


def _static(items: Sequence[DialogueItem], years: FloatArray, crowd: Crowd) -> dict[str, FloatArray]:
    votes = np.array([item.votes for item in items], dtype=np.float64)
    averages = np.array([item.average or 6.0 for item in items])
    known = np.where(crowd.known_of >= 0, crowd.counts[crowd.known_of], 0.0)
    newest = float(np.percentile(years[years > 0], 99.5)) if (years > 0).any() else 0.0
    age = np.clip(newest - years, 0.0, None)
    return {
        "votes": np.log1p(votes) / 14.0,
        "known": np.log1p(known) / 7.0,
        "average": averages / 10.0,
        "age": np.where(years > 0, -np.minimum(age / _LONG_AGO, 2.0), -1.0),
        "new": np.where(years > 0, np.exp(-age / _JUST_OUT), 0.0),
        "dated": np.array(["(" in item.name for item in items], dtype=np.float64),
    }


def _incidence(values: Sequence[tuple[str, ...]]) -> tuple[SparseMatrix, tuple[str, ...]]:
    names = tuple(sorted({name for entry in values for name in entry}))
    code = {name: place for place, name in enumerate(names)}
    pairs = sorted({(row, code[name]) for row, entry in enumerate(values) for name in entry})
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    matrix = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(values), len(names)))
    return matrix, names


def _title_words(items: Sequence[DialogueItem]) -> SparseMatrix:
    matrix, names = _incidence([tuple(word for word in words(item.title) if not word.isdigit()) for item in items])
    if not names:
        return matrix
    rarity = _rarity(np.bincount(matrix.indices, minlength=len(names)), len(items))
    weighted = matrix.multiply(rarity).tocsr()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return csr_array(weighted.multiply(1.0 / np.maximum(lengths, 1e-9)[:, None]))


def _rarity(counts: NDArray[np.number], size: int) -> FloatArray:
    return np.asarray(np.log(max(size, 1) / (1.0 + counts)).clip(0.0))


def _unit(vector: NDArray[np.floating]) -> NDArray[np.floating]:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def _unit_rows(matrix: FloatArray) -> FloatArray:
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9))
