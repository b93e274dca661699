"""The blend: several signals, weighted, as one score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from engine.request import Scorer, Scoring
from engine.types import FloatArray, IntArray


class Scored(NamedTuple):
    """Rows with a score and the signals behind it; all arrays run along `rows`."""

    rows: IntArray
    scores: FloatArray
    signals: dict[str, FloatArray]
    weights: dict[str, float]  # of those signals; the absolute values sum to 1

    def at(self, places: IntArray) -> Scored:
        """The same for some places only."""
        signals = {name: values[places] for name, values in self.signals.items()}
        return Scored(self.rows[places], self.scores[places], signals, self.weights)


def blend(
    scoring: Scoring,
    rows: IntArray,
    scorers: Mapping[str, Scorer],
    weights: Mapping[str, float],
    given: Mapping[str, FloatArray],
) -> Scored:
    """Weigh every signal that is there: from a scorer, or `given` as (n_items,) values.

    Weights of absent signals go to the others; a signal's NaN counts as 0.
    """
    signals: dict[str, FloatArray] = {}
    for name in sorted(weights):
        if weights[name] == 0:
            continue
        if name in given:
            signals[name] = _finite(given[name][rows].astype(np.float64))
        elif name in scorers:
            signals[name] = _finite(scorers[name](scoring, rows))
    total = sum(abs(weights[name]) for name in signals)
    shares = {name: weights[name] / total for name in signals}
    scores = np.zeros(len(rows))
    for name, values in signals.items():
        scores += shares[name] * values
    return Scored(rows, scores, signals, shares)


def _finite(values: FloatArray) -> FloatArray:
    """The values with 0 for what is no number; the sum tells in one pass whether there is any."""
    return values if np.isfinite(values.sum()) else np.nan_to_num(values, posinf=0.0, neginf=0.0)


def mixed(parts: Mapping[str, tuple[float, Scored]]) -> Scored:
    """Several scored wholes over the same rows as one, each with its share; the shares sum to 1."""
    first = next(iter(parts.values()))[1]
    if len(parts) == 1:
        return first
    scores = np.zeros(len(first.rows))
    signals: dict[str, FloatArray] = {}
    weights: dict[str, float] = {}
    for share, part in parts.values():
        scores += share * part.scores
        for name, values in part.signals.items():
            signals[name] = values
            weights[name] = weights.get(name, 0.0) + share * part.weights[name]
    return Scored(first.rows, scores, signals, weights)
