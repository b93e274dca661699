"""Features: weighted blocks of what stands in an item's record, compared by cosine (plex-content-based)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack

from engine.catalogue import Catalogue
from engine.features import unit_rows
from engine.request import Scoring
from engine.scoring.tfidf import tfidf
from engine.similarity import unit
from engine.types import FloatArray, IntArray, SparseMatrix


@dataclass(frozen=True, slots=True)
class BlockConfig:
    """The weights of the blocks and the size of the year buckets, as documented."""

    collections: float = 1.4
    genres: float = 1.0
    people: float = 0.8  # cast and directors
    text: float = 0.6  # title and summary, words and pairs of words
    year: float = 0.5
    bucket_years: int = 5
    first_year: int = 1900
    last_year: int = 2030


@dataclass(frozen=True, slots=True)
class FeaturesScorer:
    """Cosine of an item's blocks to the mean of what was liked, weighted by recency; 0..1."""

    matrix: SparseMatrix  # (n_items, n_features) unit rows, see `feature_blocks`
    half_life_days: float = 90.0

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        profile = scoring.profile
        if not len(profile.liked):
            return np.zeros(len(rows))
        ages = np.zeros(len(scoring.catalogue))
        ages[profile.interactions.items] = profile.interactions.age_days
        ages = ages[profile.liked]
        weights = np.exp2(-(ages - ages.min()) / self.half_life_days)
        person = unit(np.asarray(self.matrix[profile.liked].T @ weights, dtype=np.float64))
        return np.asarray(np.clip((self.matrix @ person)[rows], 0.0, 1.0), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class RecordScorer:
    """`FeaturesScorer` over blocks made on the spot from the catalogue alone: works anywhere, summaries left out."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        return FeaturesScorer(feature_blocks(scoring.catalogue))(scoring, rows)


def feature_blocks(
    catalogue: Catalogue, texts: Sequence[str] | None = None, config: BlockConfig | None = None
) -> SparseMatrix:
    """(n_items, n_features) float32 unit rows of all blocks side by side, each of unit length times its weight.

    `texts` are title and summary, one per item; without them the names alone are read. Seconds at 15,000 items.
    """
    config = config or BlockConfig()
    people: SparseMatrix = csr_array(hstack([catalogue.directors.values, catalogue.cast.values]))
    blocks = [
        (config.collections, _one_hot(catalogue.collections, len(catalogue.collection_names))),
        (config.genres, catalogue.genres.matrix()),
        (config.people, people),
        (config.text, tfidf(catalogue.names if texts is None else texts)),
        (config.year, _years(catalogue, config)),
    ]
    weighted: SparseMatrix = csr_array(hstack([weight * unit_rows(block) for weight, block in blocks]))
    return unit_rows(weighted)


def _one_hot(codes: np.ndarray[tuple[int, ...], np.dtype[np.int32]], count: int) -> SparseMatrix:
    """(n, count) ones in the column of each row's code; a code below 0 leaves the row empty."""
    rows = np.flatnonzero(codes >= 0)
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_array((ones, (rows, codes[rows])), shape=(len(codes), max(1, count)))


def _years(catalogue: Catalogue, config: BlockConfig) -> SparseMatrix:
    years = np.clip(catalogue.years.astype(np.int64), config.first_year, config.last_year)
    buckets = np.where(catalogue.years > 0, (years - config.first_year) // config.bucket_years, -1)
    count = (config.last_year - config.first_year) // config.bucket_years + 1
    return _one_hot(buckets.astype(np.int32), count)
