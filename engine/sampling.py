"""Drawing without replacement, the same for a seed whatever the order of the items."""

from __future__ import annotations

import numpy as np

from engine.types import FloatArray, IntArray

_TEMPERATURE = 0.5  # in standard deviations of the scores


def weighted_draw(scores: FloatArray, ids: IntArray, n: int, seed: int) -> IntArray:
    """(min(n, len),) places drawn without replacement, odds growing with the score (Gumbel's trick)."""
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    spread = max(float(scores.std()), 1e-9)
    odds = (scores - scores.mean()) / (spread * _TEMPERATURE)
    keys = np.round(odds - np.log(-np.log(uniform(ids, seed))), 9)
    return np.lexsort((ids, -keys))[:n].astype(np.int64)


def uniform(ids: IntArray, seed: int) -> FloatArray:
    """(n,) numbers strictly between 0 and 1 from each id and the seed (splitmix64)."""
    mixed = ids.astype(np.uint64) + np.uint64((seed * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15) % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return np.asarray(((mixed >> np.uint64(11)).astype(np.float64) + 0.5) / 2**53)
