"""What is computed once per catalogue: sparse blocks for comparing items, and the signals that know no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, diags_array

from engine.candidates.cells import Cells, cells
from engine.candidates.compact import Compact, compact
from engine.candidates.themes import themes
from engine.catalogue import DOMAINS, Catalogue
from engine.columns import NameMatrix
from engine.reranking.franchise import part_ranks
from engine.scoring.quality import QualityConfig, bayesian_mean, vote_confidence
from engine.stems import title_stem
from engine.types import FloatArray, IntArray, SparseMatrix, Vectors

_FAMOUS = 3_000


@dataclass(frozen=True, slots=True, repr=False)
class CatalogueFeatures:
    """Person-free arrays, one row per item of the catalogue they were computed for."""

    genres: SparseMatrix  # (n, n_genres) float32 of ones
    genre_rows: SparseMatrix  # (n, n_genres) float32, unit rows
    genre_counts: FloatArray  # (n_domains, n_genres) items that have it
    genre_weights: FloatArray  # (n_domains, n_genres) the same, each item split among its genres
    keywords: SparseMatrix  # (n, n_keywords) float32, idf-weighted unit rows
    directors: SparseMatrix  # (n, n_directors) float32, unit rows
    cast: SparseMatrix  # (n, n_cast) float32, unit rows
    themes: Vectors  # (n, 64) unit rows: the embeddings without what all texts have in common, see `themes`
    quality: FloatArray  # (n,) 0-1, Bayesian mean over ten
    confidence: FloatArray  # (n,) 0-.98, from the votes
    popularity: FloatArray  # (n,) 0-1, log votes over the largest
    trending: FloatArray  # (n,) 0-1, log of the source's own popularity over the largest; log votes where unknown
    title_stems: tuple[tuple[str, ...], ...]  # words that a franchise shares
    title_heads: IntArray  # (n,) number of the stem's first word, -1: none
    part_ranks: IntArray  # (n,) order of the parts within a collection
    famous: IntArray  # rows of the best-known items, best first
    compact: Compact | None  # from `COMPACT_FROM` items on
    cells: Cells | None  # from `CELLS_FROM` items on
    approximate_from: int  # eligible items above which only candidates are scored
    prior_mean: float  # vote average that unknown items are assumed to have


@dataclass(frozen=True, slots=True)
class ScaleConfig:
    """From how many items on shortcuts are taken."""

    compact_from: int = 20_000  # look through short vectors first
    cells_from: int = 200_000  # and through the nearest cells only


def compute_features(
    catalogue: Catalogue, quality: QualityConfig | None = None, scale: ScaleConfig | None = None
) -> CatalogueFeatures:
    """Compute all of it; half a second at 40,000 items."""
    quality, scale = quality or QualityConfig(), scale or ScaleConfig()
    short = compact(catalogue.embeddings) if len(catalogue) >= scale.compact_from else None
    genres = catalogue.genres.matrix()
    votes, averages = catalogue.votes.astype(np.float64), catalogue.vote_averages.astype(np.float64)
    rated = votes > 0
    prior_mean = float(averages[rated].mean()) if rated.any() else quality.default_mean
    popularity = _share_of_largest(np.log1p(votes))
    current = _share_of_largest(np.log1p(catalogue.popularity.astype(np.float64)))
    domains = (catalogue.domains[:, None] == np.arange(len(DOMAINS))).astype(np.float32)
    split = genres.copy()
    split.data = np.repeat(1.0 / np.maximum(np.diff(genres.indptr), 1), np.diff(genres.indptr)).astype(np.float32)
    stems = tuple(title_stem(name) for name in catalogue.names)
    return CatalogueFeatures(
        genres=genres,
        genre_rows=unit_rows(genres),
        genre_counts=np.asarray(domains.T @ genres, dtype=np.float64),
        genre_weights=np.asarray(domains.T @ split, dtype=np.float64),
        keywords=unit_rows(inverse_frequency(catalogue.keywords)),
        directors=unit_rows(catalogue.directors.values),
        cast=unit_rows(catalogue.cast.values),
        themes=themes(catalogue.embeddings),
        quality=bayesian_mean(averages, votes, prior_mean, quality.prior_votes) / 10.0,
        confidence=vote_confidence(votes, averages),
        popularity=popularity,
        trending=np.where(current > 0, current, popularity),
        title_stems=stems,
        title_heads=_heads(stems),
        part_ranks=part_ranks(catalogue),
        famous=np.lexsort((catalogue.ids, -votes))[:_FAMOUS].astype(np.int64),
        compact=short,
        cells=cells(short, catalogue.ids) if short is not None and len(catalogue) >= scale.cells_from else None,
        approximate_from=scale.cells_from,
        prior_mean=prior_mean,
    )


def inverse_frequency(column: NameMatrix) -> SparseMatrix:
    """The matrix with each name weighted by log((1 + n) / (1 + items that have it)) + 1."""
    n = column.values.shape[0]
    counts = np.bincount(column.values.indices, minlength=len(column.names))
    weights = (np.log((1 + n) / (1 + counts)) + 1.0).astype(np.float32)
    return csr_array(column.values @ diags_array(weights)) if len(column.names) else column.values


def unit_rows(matrix: SparseMatrix) -> SparseMatrix:
    """Scale each row to Euclidean length 1; empty rows stay empty."""
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float64).ravel()
    lengths = np.sqrt(squares)
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    result = matrix.copy()
    result.data = (result.data * np.repeat(scale, np.diff(matrix.indptr))).astype(np.float32)
    return result


def _share_of_largest(values: FloatArray) -> FloatArray:
    largest = float(values.max(initial=0.0))
    return values / largest if largest > 0 else values


def _heads(stems: Sequence[tuple[str, ...]]) -> IntArray:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(stem[0], len(numbers)) if stem else -1 for stem in stems], dtype=np.int64)
