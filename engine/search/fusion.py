"""Mood search: what a sentence wishes for, as one relevance per item.

Several rankings are fused by their reciprocal ranks: nearness in meaning, words, tones, and how good a title is.
What the sentence is about (a heist, zombies) decides before all of them, and what it demands is a mask.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import KINDS, Catalogue
from engine.request import Query
from engine.search.keywords import Field, KeywordIndex, KeywordView
from engine.search.lexicon.exemplars import DIRECTION_EXEMPLARS, Exemplar, exemplars
from engine.search.lexicon.topics import Topic, topics
from engine.search.mood import MoodQuery, constraints_mask
from engine.search.tones import fame, kinship, quality, tone_fit, tone_presence
from engine.search.topicality import ABOUT_IT, with_typical_genres
from engine.search.words import phrase, words
from engine.types import BoolArray, FloatArray, Kind, SparseMatrix, Vectors

RANK_CONSTANT = 60.0  # of reciprocal rank fusion: how slowly the weight of a rank falls
SURELY_ABOUT_IT = 0.84
ENOUGH = 5  # so many items about a topic, and nothing else is let in
TONE_STEEPNESS = 4.0  # only those that fit better than most are meant
SHORTEST_FEATURE = 40  # minutes, the Academy's bound
SHORT_FILM = 0.6
KEPT_BYTES = 16 * 1024 * 1024  # for nearness to tones: all of them at 100,000 titles, the first asked for beyond
_MOVIE = KINDS.index(Kind.MOVIE)
_EVIDENCE_FIELDS = {Field.KEYWORDS: 1.0, Field.TITLE: 0.8, Field.PLOT: 0.7}
_WORD_FIELDS = {Field.TITLE: 0.8, Field.PLOT: 1.0, Field.KEYWORDS: 1.3, Field.PEOPLE: 1.0, Field.GENRES: 0.3}


@dataclass(frozen=True, slots=True)
class MoodWeights:
    """What each wish counts for; `topic` is the share of the topics in the relevance, if any are named."""

    dense: float = 1.0
    words: float = 0.7
    kinship: float = 1.0
    affinity: float = 1.0
    praised: float = 0.6  # being like what was praised before
    tone: float = 0.8
    prior: float = 0.5  # how much of the relevance quality and fame can take away
    topic: float = 0.65
    direction: float = 0.4  # length of a step towards "funnier" in embedding space, seeds having length 1


@dataclass(frozen=True, slots=True)
class MoodAnswer:
    """The relevance of every item for a sentence, and where it comes from; all arrays are (n_items,)."""

    query: MoodQuery
    relevance: FloatArray  # 0-1, 0 where not allowed
    allowed: BoolArray
    signals: Mapping[str, FloatArray]
    topics: Mapping[str, FloatArray] = field(default_factory=dict)

    def best(self, n: int) -> NDArray[np.int64]:
        """The best rows; what is equally relevant stays in the order of the rows."""
        order = np.argsort(-self.relevance, kind="stable")[:n]
        return np.asarray(order[self.allowed[order]])

    def matched(self, row: int) -> str:
        """The topic that an item is most surely about; empty if it is about none."""
        found = [(float(strength[row]), name) for name, strength in self.topics.items()]
        best = max(found, default=(0.0, ""))
        return best[1] if best[0] >= ABOUT_IT else ""

    def as_query(self) -> Query:
        """For a pipeline, which blends it with the person's taste."""
        return Query(relevance=self.relevance, allowed=self.allowed, text=self.query.text)


@dataclass(frozen=True, slots=True)
class MoodSearch:
    """Answers mood queries over one catalogue."""

    catalogue: Catalogue
    words: KeywordView
    tones: Mapping[str, Vectors]
    weights: MoodWeights
    known_topics: Mapping[str, Topic]
    known_tones: Mapping[str, Exemplar]
    genres: SparseMatrix  # (n, n_genres) ones
    # Tone -> how near every item lies to it, as it was asked for: both stay as they are for as long as this search.
    kept: dict[str, NDArray[np.float32]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def build(
        cls,
        catalogue: Catalogue,
        index: KeywordIndex,
        tones: Mapping[str, Vectors] | None = None,
        weights: MoodWeights | None = None,
    ) -> MoodSearch:
        """Join a catalogue with its keyword index, whose items are the catalogue's ids.

        `tones` holds one unit vector per exemplar text (see `exemplar_texts`); without them, or without vectors in
        the catalogue, words and facts carry the search alone.
        """
        view = index.aligned(catalogue.dense, len(catalogue))
        genres = catalogue.genres.matrix()
        return cls(catalogue, view, tones or {}, weights or MoodWeights(), topics(), exemplars(), genres)

    def __call__(self, query: MoodQuery, wish: Vectors | None = None, affinity: FloatArray | None = None) -> MoodAnswer:
        """Weigh every item.

        `wish` is the embedded `query.dense_text()`, (d,) of unit length, if there is any. `affinity` (n_items,) is
        what else speaks for items being like the titles named, e.g. what people who like those like besides.
        """
        allowed = constraints_mask(self.catalogue, query)
        about = {name: self._about(name) for name in query.topics}
        for name in query.topics_not:
            allowed &= self._about(name) < ABOUT_IT
        topic = _combined(list(about.values()))
        if topic is not None and np.count_nonzero(allowed & (topic >= ABOUT_IT)) >= ENOUGH:
            allowed &= topic >= ABOUT_IT
        signals = self._signals(query, wish)
        if affinity is not None and len(query.titles):
            signals["affinity"] = affinity
        fused = self._fused(query, signals, allowed)
        if topic is not None:
            signals["topic"] = topic
            # Two keywords say enough; beyond that the other wishes decide.
            certain = np.minimum(1.0, topic / SURELY_ABOUT_IT) ** 2
            fused = self.weights.topic * certain + (1.0 - self.weights.topic) * fused
        for tone in query.tones_not:
            fused = fused * (1.0 - 0.9 * self._unwanted(tone))
        if query.runtime_max is None:
            fused = np.where(self._is_short_film(), SHORT_FILM * fused, fused)
        relevance = np.where(allowed, np.clip(fused, 0.0, 1.0), 0.0)
        relevance /= max(float(relevance.max(initial=0.0)), 1e-12)
        return MoodAnswer(query, relevance, allowed, signals, about)

    def _is_short_film(self) -> BoolArray:
        """Short films are rarely meant unless somebody asks for little time."""
        minutes = self.catalogue.runtimes
        return np.asarray((minutes > 0) & (minutes < SHORTEST_FEATURE) & (self.catalogue.kinds == _MOVIE))

    def _signals(self, query: MoodQuery, wish: Vectors | None) -> dict[str, FloatArray]:
        signals: dict[str, FloatArray] = {}
        target = self._target(query, wish)
        if target is not None:
            signals["dense"] = (self.catalogue.embeddings @ target).astype(np.float64)
        seeds = self.catalogue.rows(query.titles)
        if len(seeds):
            signals["kinship"] = kinship(self.catalogue, seeds)
        praised = self.catalogue.rows(query.praised)
        if len(praised):
            vectors = self.catalogue.embeddings
            near = vectors @ _unit(vectors[praised].mean(axis=0))
            signals["praised"] = 0.5 * kinship(self.catalogue, praised) + 0.5 * near.astype(np.float64)
        asked = self._asked_words(query)
        if asked:
            signals["words"] = self.words.scores(asked, _WORD_FIELDS).astype(np.float64)
        wanted = [*query.tones, *(tone for name in query.directions for tone in _towards(name))]
        if wanted:
            signals["tone"] = np.mean([self._tone(tone) for tone in dict.fromkeys(wanted)], axis=0)
        signals["fame"] = fame(self.catalogue)
        signals["quality"] = quality(self.catalogue)
        return signals

    def _fused(self, query: MoodQuery, signals: Mapping[str, FloatArray], allowed: BoolArray) -> FloatArray:
        """(n,) 0-1: what was asked for, times how good and known a title is.

        Rankings by nearness are fused by their ranks: only their tops mean anything. A tone fits thousands of titles,
        so there the place among all counts, and the better known of those that fit come first.
        """
        weights = self.weights
        near = {
            "dense": weights.dense,
            "words": weights.words,
            "kinship": weights.kinship,
            "affinity": weights.affinity,
            "praised": weights.praised,
        }
        present = [name for name in near if name in signals]
        standing = [percentile(signals["quality"], allowed)]
        if "underrated" not in query.tones:
            standing.append(percentile(signals["fame"], allowed))
        prior = np.mean(standing, axis=0)
        wished, total = np.zeros(len(allowed)), 0.0
        if present:
            fused = reciprocal_rank_fusion(
                [signals[name] for name in present], [near[name] for name in present], allowed
            )
            wished, total = wished + fused / max(float(fused.max(initial=0.0)), 1e-12), total + 1.0
        if "tone" in signals:
            wished = wished + weights.tone * percentile(signals["tone"], allowed) ** TONE_STEEPNESS
            total += weights.tone
        if not total:
            return np.asarray(prior * allowed)
        return np.asarray(wished / total * (1.0 - weights.prior + weights.prior * prior))

    def _target(self, query: MoodQuery, wish: Vectors | None) -> NDArray[np.float32] | None:
        """The point in embedding space that answers should be near: the titles named, the wish, and steps."""
        vectors = self.catalogue.embeddings
        target = np.zeros(vectors.shape[1], dtype=np.float32)
        if wish is not None and wish.shape == target.shape:
            target += wish
        seeds = self.catalogue.rows(query.titles)
        if len(seeds):
            target += _unit(vectors[seeds].mean(axis=0))
        for direction in query.directions:
            target += self.weights.direction * self._step(direction, target.shape)
        for tone in query.tones_not:
            if tone in self.tones and self.tones[tone].shape == target.shape:
                target -= 0.5 * self.weights.direction * self.tones[tone]
        return _unit(target) if target.any() else None

    def _step(self, direction: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        towards, away = DIRECTION_EXEMPLARS.get(direction, ((), ()))
        ends = []
        for names in (towards, away):
            known = [self.tones[name] for name in names if name in self.tones and self.tones[name].shape == shape]
            ends.append(np.mean(known, axis=0) if known else np.zeros(shape, dtype=np.float32))
        return _unit(ends[0] - ends[1])

    def _asked_words(self, query: MoodQuery) -> dict[str, float]:
        asked: dict[str, float] = dict.fromkeys(words(query.rest), 1.0)
        for name in query.topics:
            for word, weight in self._shown_by(name).items():
                asked[word] = max(asked.get(word, 0.0), weight)
        return asked

    def _shown_by(self, name: str) -> dict[str, float]:
        topic = self.known_topics.get(name)
        keywords = topic.keywords if topic else {name: 1.0}
        return {word: weight for keyword, weight in keywords.items() if (word := phrase(keyword))}

    def _about(self, name: str) -> FloatArray:
        evidence = self.words.evidence(self._shown_by(name), _EVIDENCE_FIELDS).astype(np.float64)
        return with_typical_genres(evidence, self.genres)

    def _tone(self, name: str) -> FloatArray:
        exemplar = self.known_tones.get(name)
        if exemplar is None:
            return np.zeros(len(self.catalogue))
        return tone_fit(self.catalogue, name, exemplar, self._shown(exemplar), self._near(name))

    def _unwanted(self, name: str) -> FloatArray:
        exemplar = self.known_tones.get(name)
        if exemplar is None:
            return np.zeros(len(self.catalogue))
        return tone_presence(self.catalogue, name, exemplar, self._shown(exemplar), self._near(name))

    def _shown(self, exemplar: Exemplar) -> FloatArray:
        keywords = {word: 1.0 for keyword in exemplar.keywords if (word := phrase(keyword))}
        return self.words.evidence(keywords, {Field.KEYWORDS: 1.0}).astype(np.float64)

    def _near(self, name: str) -> NDArray[np.float32] | None:
        kept = self.kept.get(name)
        if kept is not None:
            return kept
        vector = self.tones.get(name)
        if vector is None or vector.shape != self.catalogue.embeddings.shape[1:]:
            return None
        near: NDArray[np.float32] = np.asarray(self.catalogue.embeddings @ vector)
        near.flags.writeable = False
        if (len(self.kept) + 1) * near.nbytes <= KEPT_BYTES:
            self.kept[name] = near
        return near


def reciprocal_rank_fusion(
    rankings: Sequence[FloatArray], weights: Sequence[float], allowed: BoolArray, constant: float = RANK_CONSTANT
) -> FloatArray:
    """(n,) sum of weight / (constant + rank) over several scores, the best item of each having rank 1.

    Items that are not allowed get 0 and take no rank; equal scores share the rank of their last, so that many equal
    ones earn little; a score of zero or less earns nothing. Cormack, Clarke and Büttcher 2009.
    """
    fused = np.zeros(len(allowed), dtype=np.float64)
    rows = np.flatnonzero(allowed)
    for scores, weight in zip(rankings, weights, strict=True):
        values = scores[rows]
        ordered = np.sort(values)
        ranks = len(values) - np.searchsorted(ordered, values, side="left")
        fused[rows] += np.where(values > 0.0, weight / (constant + ranks), 0.0)
    return fused


def percentile(scores: FloatArray, allowed: BoolArray) -> FloatArray:
    """(n,) the share of the allowed items that score at or below an item, 0 for items that are not allowed."""
    result = np.zeros(len(allowed), dtype=np.float64)
    rows = np.flatnonzero(allowed)
    ordered = np.sort(scores[rows])
    result[rows] = np.searchsorted(ordered, scores[rows], side="right") / max(len(rows), 1)
    return result


def _towards(direction: str) -> tuple[str, ...]:
    return DIRECTION_EXEMPLARS.get(direction, ((), ()))[0]


def _combined(strengths: list[FloatArray]) -> FloatArray | None:
    """Several topics: all should be there, the weakest counts half."""
    if not strengths:
        return None
    stacked = np.stack(strengths)
    return np.asarray(0.5 * stacked.mean(axis=0) + 0.5 * stacked.min(axis=0))


def _unit(vector: NDArray[np.floating]) -> NDArray[np.float32]:
    length = float(np.linalg.norm(vector))
    return (vector / length if length > 0.0 else vector).astype(np.float32)
