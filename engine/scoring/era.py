"""Signals from the years: what somebody's own years are, what has just come out, and what is famous for its time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.catalogue import Catalogue
from engine.request import Scoring
from engine.scoring.history import Recency, liking
from engine.types import FloatArray, IntArray

_FIRST, _LAST = 1870, 2060
_STRONGEST = 4.0  # log ratio that counts as 1
_SMOOTHING = 0.02  # share of the history that is spread like the catalogue


@dataclass(frozen=True, slots=True)
class EraScorer:
    """How much more of a year somebody watches than there is of it: the log ratio of two smooth densities; -1..1."""

    width_years: float = 5.0  # standard deviation of the smoothing
    recency: Recency = field(default_factory=lambda: Recency(items=20.0, floor=0.3))

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) -1..1, 0 for an unknown year or without a history."""
        years = scoring.catalogue.years
        history = scoring.profile.interactions.items
        known = years[history] > 0
        if not known.any():
            return np.zeros(len(rows))
        weights = (liking(scoring.profile) * self.recency.weights(len(history)))[known]
        axis = np.arange(_LAST - _FIRST + 1)
        kernel = np.exp(-0.5 * ((axis[:, None] - axis[None, :]) / self.width_years) ** 2)
        offered = _density(years[years > 0], None, kernel)
        watched = _density(years[history][known], weights, kernel)
        ratio = np.log((watched + _SMOOTHING * offered + 1e-5) / (offered + 1e-4))
        return np.where(years[rows] > 0, np.clip(ratio[_place(years[rows])] / _STRONGEST, -1.0, 1.0), 0.0)


@dataclass(frozen=True, slots=True)
class RecentScorer:
    """How new an item is on the given day: exp(-age / `years`), 0 for what is not out yet or has no year; 0..1."""

    today: float  # days since 1970-01-01
    years: float = 3.0

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        age = _age(scoring.catalogue, rows, self.today)
        return np.where(np.isnan(age) | _is_future(age), 0.0, np.exp(-np.maximum(np.nan_to_num(age), 0.0) / self.years))


@dataclass(frozen=True, slots=True)
class UnreleasedScorer:
    """1 for an item that is not out on the given day, else 0; to be weighted below zero."""

    today: float  # days since 1970-01-01

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0 or 1."""
        return _is_future(_age(scoring.catalogue, rows, self.today)).astype(np.float64)


def fame_in_its_time(catalogue: Catalogue, within_years: int = 3) -> FloatArray:
    """(n,) 0-1 share of the items at most `within_years` apart that have fewer votes; 0 without votes or year.

    Votes grow with the years that people have had to cast them, and with the size of the public; the rank does not.
    """
    years, votes = catalogue.years.astype(np.int64), catalogue.votes
    result = np.zeros(len(catalogue))
    for year in np.unique(years[years > 0]):
        own = np.flatnonzero(years == year)
        peers = np.sort(votes[(years > 0) & (np.abs(years - year) <= within_years)])
        result[own] = np.searchsorted(peers, votes[own], side="left") / len(peers)
    return np.where(votes > 0, result, 0.0)


def _age(catalogue: Catalogue, rows: IntArray, today: float) -> FloatArray:
    """Years since the release (the middle of its year where the day is unknown), NaN where nothing is known."""
    days = catalogue.released_days[rows].astype(np.float64)
    years = catalogue.years[rows].astype(np.float64)
    by_year = 1970.0 + today / 365.25 - years
    return np.where(days != 0, (today - days) / 365.25, np.where(years > 0, by_year, np.nan))


def _is_future(age: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray(np.nan_to_num(age) < 0.0)


def _place(years: np.ndarray[tuple[int], np.dtype[np.int16]]) -> IntArray:
    return np.clip(years.astype(np.int64) - _FIRST, 0, _LAST - _FIRST)


def _density(
    years: np.ndarray[tuple[int], np.dtype[np.int16]], weights: FloatArray | None, kernel: FloatArray
) -> FloatArray:
    smooth = np.bincount(_place(years), weights=weights, minlength=len(kernel)) @ kernel
    return np.asarray(smooth / smooth.sum())
