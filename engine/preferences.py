"""How much each item of a history was liked: eight behavioural signals, weighted (recommendarr 3.1 and 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.catalogue import Catalogue
from engine.columns import NameMatrix
from engine.features import CatalogueFeatures
from engine.interactions import Interactions
from engine.types import FloatArray, IntArray

_USUAL_RATING = 7.0  # where a person's own mean starts before there are ratings
_USUAL_RATINGS = 5.0  # and how many ratings outweigh it
_PATIENCE_DAYS = 30.0
_SESSION_WIDTH_HOURS = 3.0
STRONG_ABANDON = 0.20  # left before this share: a strong dislike


def history_signals(
    catalogue: Catalogue, features: CatalogueFeatures, interactions: Interactions
) -> dict[str, FloatArray]:
    """Each signal's value 0-1 per item of the history, NaN where it is missing."""
    return {
        "completion": interactions.completion,
        "rewatch": _rewatch(interactions),
        "rating": rating_signal(interactions.rating),
        "genre_frequency": _genre_frequency(features, interactions.items),
        "time_to_start": np.exp(-np.maximum(interactions.wait_days, 0.0) / _PATIENCE_DAYS),
        "session_time": _session_time(interactions.hour),
        "people_affinity": _people_affinity((catalogue.directors, catalogue.cast), interactions.items),
        "abandon_velocity": np.where(interactions.abandoned, 0.5 * interactions.completion, np.nan),
    }


def preferences(signals: Mapping[str, FloatArray], weights: Mapping[str, float]) -> FloatArray:
    """(n,) 0-1 weighted mean of the signals that are there; a missing one hands its weight to the others.

    An item about which nothing is known counts as .5.
    """
    names = sorted(weights)
    values = np.stack([signals[name] for name in names], axis=1)
    shares = np.where(np.isnan(values), 0.0, np.array([weights[name] for name in names]))
    totals = shares.sum(axis=1)
    sums = (np.nan_to_num(values) * shares).sum(axis=1)
    return np.asarray(np.divide(sums, totals, out=np.full(len(sums), 0.5), where=totals > 0))


def rating_signal(ratings: FloatArray) -> FloatArray:
    """(n,) 0-1 of ratings 1-10: .6 at the person's own mean (drawn towards 7 while there are few), NaN stays NaN."""
    known = ratings[~np.isnan(ratings)]
    mean = (known.sum() + _USUAL_RATING * _USUAL_RATINGS) / (len(known) + _USUAL_RATINGS)
    return np.asarray(np.clip(0.6 + (ratings - mean) / 7.5, 0.0, 1.0))


def _rewatch(interactions: Interactions) -> FloatArray:
    """One play .5, two .75, three .875; a single play of unknown length says nothing about rewatching."""
    value = 1.0 - np.exp2(-interactions.plays)
    silent = (interactions.plays < 1) | ((interactions.plays < 2) & np.isnan(interactions.completion))
    return np.where(silent, np.nan, value)


def _genre_frequency(features: CatalogueFeatures, items: IntArray) -> FloatArray:
    """How usual the item's genres are for this person: mean share over its genres, the most watched genre being 1."""
    rows = features.genres[items]
    counts = np.asarray(rows.sum(axis=0), dtype=np.float64).ravel()
    most = counts.max(initial=0.0)
    own = np.diff(rows.indptr)
    if most == 0:
        return np.full(len(items), np.nan)
    sums = np.asarray(rows @ (counts / most), dtype=np.float64)
    return np.asarray(np.divide(sums, own, out=np.full(len(items), np.nan), where=own > 0))


def _session_time(hours: FloatArray) -> FloatArray:
    """How usual the hour is for this person: plays within about three hours (round the clock), the busiest being 1."""
    known = ~np.isnan(hours)
    result = np.full(len(hours), np.nan)
    if known.sum() < 5:  # no pattern yet
        return result
    bins = np.bincount((hours[known] % 24.0).astype(np.int64), minlength=24).astype(np.float64)
    distance = np.minimum(np.arange(24), 24 - np.arange(24))
    kernel = np.exp(-0.5 * (distance / _SESSION_WIDTH_HOURS) ** 2)
    density = np.array([(bins * np.roll(kernel, hour)).sum() for hour in range(24)])
    result[known] = (density / density.max())[(hours[known] % 24.0).astype(np.int64)]
    return result


def _people_affinity(columns: tuple[NameMatrix, ...], items: IntArray) -> FloatArray:
    """How much of the other history shares a director or actor: none .5, one .75, two .875; NaN without credits."""
    result = np.full(len(items), np.nan)
    for column in columns:
        rows = column.values[items]
        counts = np.bincount(rows.indices, minlength=len(column.names))
        others = counts[rows.indices] - 1
        has = np.diff(rows.indptr) > 0
        if has.any():
            most = np.maximum.reduceat(others, rows.indptr[:-1][has])
            result[has] = np.fmax(result[has], 1.0 - np.exp2(-(1.0 + most)))
    return result
