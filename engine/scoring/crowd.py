"""Signals that know no person: quality, confidence, popularity, novelty, freshness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.request import Scoring
from engine.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class QualityScorer:
    """Bayesian mean of the votes over ten; 0..1 (jellyfin-pipeline 3.4)."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        return scoring.features.quality[rows]


@dataclass(frozen=True, slots=True)
class ConfidenceScorer:
    """How far the votes can be trusted; 0...98 (jellyfin-pipeline 3.4)."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0...98."""
        return scoring.features.confidence[rows]


@dataclass(frozen=True, slots=True)
class PopularityScorer:
    """Log votes over the largest; 0..1."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        return scoring.features.popularity[rows]


@dataclass(frozen=True, slots=True)
class TrendingScorer:
    """The source's own current popularity, as a share of the largest on a log scale; popularity where it is unknown."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        return scoring.features.trending[rows]


@dataclass(frozen=True, slots=True)
class NoveltyScorer:
    """The opposite of popularity; 0..1 (seenemall)."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        return 1.0 - scoring.features.popularity[rows]


@dataclass(frozen=True, slots=True)
class FreshnessScorer:
    """How new the item is: halves every `half_life_years` behind the newest year of the catalogue; 0..1."""

    half_life_years: float = 3.0

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1, 0 for an unknown year."""
        years = scoring.catalogue.years.astype(np.float64)
        behind = years.max(initial=0.0) - years[rows]
        return np.where(years[rows] > 0, np.exp2(-behind / self.half_life_years), 0.0)
