"""Signals from the years: what somebody's own years are, what has just come out, and what is famous for its time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine.catalogue import Catalogue
from engine.request import Scoring
from engine.scoring.history import Recency, liking
from engine.types import BoolArray, FloatArray, IntArray

YearColumn: TypeAlias = npt.NDArray[np.int16]

_FIRST, _LAST = 1870, 2060
_STRONGEST = 4.0  # log ratio that counts as 1
_SMOOTHING = 0.02  # share of the history that is spread like the catalogue


@dataclass(frozen=True, slots=True, repr=False)
class Years:
    """How the years of a catalogue are spread, smoothed; made once per catalogue."""

    kernel: FloatArray  # (years, years)
    offered: FloatArray  # (years,) density

    def density(self, years: YearColumn, weights: FloatArray | None = None) -> FloatArray:
        """(years,) smooth density of these years, which are known."""
        smooth = np.bincount(_place(years), weights=weights, minlength=len(self.kernel)) @ self.kernel
        return np.asarray(smooth / smooth.sum())


def spread_of_years(catalogue: Catalogue, width_years: float = 5.0) -> Years:
    """The years of a catalogue; `width_years` is the standard deviation of the smoothing."""
    axis = np.arange(_LAST - _FIRST + 1)
    kernel = np.exp(-0.5 * ((axis[:, None] - axis[None, :]) / width_years) ** 2)
    years = Years(kernel, np.ones(len(axis)) / len(axis))
    known = catalogue.years[catalogue.years > 0]
    return Years(kernel, years.density(known)) if len(known) else years


@dataclass(frozen=True, slots=True)
class EraScorer:
    """How much more of a year somebody watches than there is of it: the log ratio of two smooth densities; -1..1."""

    years: Years | None = None  # None: looked at for each request
    recency: Recency = field(default_factory=lambda: Recency(items=20.0, floor=0.3))

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) -1..1, 0 for an unknown year or without a history."""
        years = scoring.catalogue.years
        history = scoring.profile.interactions.items
        known = years[history] > 0
        if not known.any():
            return np.zeros(len(rows))
        spread = self.years or spread_of_years(scoring.catalogue)
        weights = (liking(scoring.profile) * self.recency.weights(len(history)))[known]
        watched = spread.density(years[history][known], weights)
        ratio = np.log((watched + _SMOOTHING * spread.offered + 1e-5) / (spread.offered + 1e-4))
        ratio = np.clip(ratio / _STRONGEST, -1.0, 1.0)
        return np.where(years[rows] > 0, ratio[_place(years[rows])], 0.0)


def recent(catalogue: Catalogue, today: float, years: float) -> FloatArray:
    """(n,) 0-1 how new an item is on a day (since 1970-01-01): exp(-age / `years`).

    0 for what is not out yet or has no year.
    """
    age = _age(catalogue, today)
    return np.where(np.isnan(age) | _is_future(age), 0.0, np.exp(-np.maximum(np.nan_to_num(age), 0.0) / years))


def unreleased(catalogue: Catalogue, today: float) -> FloatArray:
    """(n,) 1 for an item that is not out on that day (since 1970-01-01), else 0."""
    return _is_future(_age(catalogue, today)).astype(np.float64)


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


def _age(catalogue: Catalogue, today: float) -> FloatArray:
    """Years since the release (its year as a whole where the day is unknown), NaN where nothing is known."""
    days = catalogue.released_days.astype(np.float64)
    years = catalogue.years.astype(np.float64)
    by_year = 1970.0 + today / 365.25 - years
    return np.where(days != 0, (today - days) / 365.25, np.where(years > 0, by_year, np.nan))


def _is_future(age: FloatArray) -> BoolArray:
    return np.asarray(np.nan_to_num(age) < 0.0)


def _place(years: YearColumn) -> IntArray:
    return np.clip(years.astype(np.int64) - _FIRST, 0, _LAST - _FIRST)
