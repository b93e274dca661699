"""Affinity: genres, people and keywords that somebody likes or avoids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.profile import Affinity
from engine.request import Scoring
from engine.scoring.content import by_domain
from engine.types import FloatArray, IntArray, SparseMatrix


@dataclass(frozen=True, slots=True)
class GenreScorer:
    """Mean affinity of the item's genres; -1..1."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) -1..1, 0 without genres."""
        result = np.zeros(len(rows))
        genres = scoring.features.genres
        sizes = np.maximum(np.diff(genres.indptr)[rows], 1)
        for profile, places in by_domain(scoring, rows):
            result[places] = product(genres, rows[places], profile.genres) / sizes[places]
        return result


@dataclass(frozen=True, slots=True)
class PeopleScorer:
    """Affinity for the item's directors and cast; -1..1."""

    director_weight: float = 0.6
    cast_weight: float = 0.4

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) -1..1, 0 for strangers. Several liked actors add up."""
        catalogue, profile = scoring.catalogue, scoring.profile
        directors = product(catalogue.directors.values, rows, dense(profile.directors, len(catalogue.directors.names)))
        cast = product(catalogue.cast.values, rows, dense(profile.cast, len(catalogue.cast.names)))
        return self.director_weight * np.clip(directors, -1.0, 1.0) + self.cast_weight * np.clip(cast, -1.0, 1.0)


@dataclass(frozen=True, slots=True)
class KeywordScorer:
    """Cosine of the item's keywords (idf-weighted) to the liked ones; -1..1, in practice below .5."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) -1..1."""
        vector = dense(scoring.profile.keywords, scoring.features.keywords.shape[1])
        return product(scoring.features.keywords, rows, vector)


def dense(affinity: Affinity, size: int) -> FloatArray:
    """(size,) the affinities in their columns."""
    vector = np.zeros(size)
    vector[affinity.codes] = affinity.values
    return vector


def product(matrix: SparseMatrix, rows: IntArray, vector: FloatArray) -> FloatArray:
    """(len(rows),) `matrix[rows] @ vector` without copying most of the matrix."""
    if len(rows) * 3 < matrix.shape[0]:
        return np.asarray(matrix[rows] @ vector, dtype=np.float64)
    return np.asarray((matrix @ vector)[rows], dtype=np.float64)
