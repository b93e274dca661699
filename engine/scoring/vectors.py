"""A person as one vector: the plain mean of the watched, the recency-weighted one, and the people nearest to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.catalogue import Catalogue
from engine.profile import TasteProfile
from engine.request import Scoring
from engine.similarity import similarities, unit
from engine.types import FloatArray, IntArray, SparseMatrix, Vectors


@dataclass(frozen=True, slots=True)
class MeanScorer:
    """Cosine to the mean of everything watched, clipped to 0..1 (jellyfin-pipeline 3.4)."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        watched = _by_id(scoring.catalogue, scoring.profile.interactions.watched)
        vector = unit(scoring.catalogue.embeddings[watched].astype(np.float64).sum(axis=0))
        return _clipped(scoring, rows, vector)


@dataclass(frozen=True, slots=True)
class ShortTermScorer:
    """Cosine to the recency-weighted mean of what was not disliked, halved every ten items (seenemall)."""

    half_life_items: float = 10.0

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        return _clipped(scoring, rows, person_vector(scoring.catalogue, scoring.profile, self.half_life_items))


@dataclass(frozen=True, slots=True)
class NearestPeopleScorer:
    """What the people with the nearest long-term vectors watched, by nearness, over the largest sum (seenemall); 0..1.

    `vectors` is (n_people, d) of other people who contribute, `items` (n_people, n_items) of ones.
    """

    vectors: Vectors
    items: SparseMatrix
    people: int = 20
    minimum_people: int = 3  # an item known to fewer of the people is not spoken of

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        own = person_vector(scoring.catalogue, scoring.profile, None)
        if not own.any() or not len(self.vectors):
            return np.zeros(len(rows))
        close = np.maximum(similarities(self.vectors, np.arange(len(self.vectors)), own[None])[:, 0], 0.0)
        nearest = np.lexsort((np.arange(len(close)), -np.round(close, 9)))[: self.people]
        known = self.items[nearest]
        sums = np.asarray(known.T @ close[nearest], dtype=np.float64)
        sums[np.bincount(self.items.indices, minlength=len(sums)) < self.minimum_people] = 0.0
        most = float(sums.max(initial=0.0))
        return np.asarray(sums[rows] / most if most > 0 else np.zeros(len(rows)))


def person_vector(catalogue: Catalogue, profile: TasteProfile, half_life_items: float | None) -> Vectors:
    """(d,) unit mean of the history without what was disliked; recency-weighted, or plain with None. Zero if empty."""
    items = profile.interactions.items
    kept = ~np.isin(items, profile.disliked)
    places = np.arange(len(items) - 1, -1, -1, dtype=np.float64)[kept]
    weights = np.ones(len(places)) if half_life_items is None else np.exp2(-places / half_life_items)
    if not len(places):  # no history yet: what was picked or liked by word
        rows = _by_id(catalogue, profile.liked)
        return unit(catalogue.embeddings[rows].astype(np.float64).sum(axis=0))
    return unit(weights @ catalogue.embeddings[items[kept]].astype(np.float64))


def _clipped(scoring: Scoring, rows: IntArray, vector: Vectors) -> FloatArray:
    close = similarities(scoring.catalogue.embeddings, rows, vector[None])[:, 0]
    return np.asarray(np.clip(close, 0.0, 1.0))


def _by_id(catalogue: Catalogue, rows: IntArray) -> IntArray:
    """The rows in the order of their ids, so that sums come out alike in every catalogue order."""
    return np.asarray(rows[np.argsort(catalogue.ids[rows])])
