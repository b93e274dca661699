"""From several people's scores to one order."""

from __future__ import annotations

import numpy as np

from engine.types import Aggregation, FloatArray, IntArray

_MISERY = 0.30  # percentile below which a pick is misery for somebody
_FAIR_DISCOUNT = 0.5


def fits(scores: FloatArray) -> FloatArray:
    """(members, items) 0-1: each member's scores as percentile ranks, so that nobody's scale outweighs another's.

    Equal scores get equal ranks.
    """
    if scores.shape[1] == 1:
        return np.full_like(scores, 0.5)
    result = np.zeros_like(scores)
    for member, values in enumerate(scores):
        ordered = np.sort(values)
        low, high = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
        result[member] = (low + high - 1) / (2.0 * max(1, len(values) - 1))
    return result


def aggregate(scores: FloatArray, how: Aggregation) -> FloatArray:
    """(items,) one score per item from (members, items) in 0-1; fairness scores like the average and orders later."""
    mean, least = scores.mean(axis=0), scores.min(axis=0)
    if how is Aggregation.LEAST_MISERY:
        return np.asarray(least)
    if how is Aggregation.MOST_PLEASURE:
        return np.asarray(scores.max(axis=0))
    if how is Aggregation.AVERAGE_WITHOUT_MISERY:
        return np.asarray(np.where(least < _MISERY, mean - 1.0, mean))
    return np.asarray(mean)


def fair_order(scores: FloatArray, ids: IntArray, n: int) -> IntArray:
    """(n,) places: each pick serves the member who has got the least so far, and the others as far as possible.

    `scores` is (members, items) in 0-1; ties go to the lower id.
    """
    members, count = scores.shape
    served = np.zeros(members)
    free = np.ones(count, dtype=np.bool_)
    mean = scores.mean(axis=0)
    chosen: list[int] = []
    for _ in range(min(n, count)):
        worst = int(np.argmin(np.round(served, 9)))
        value = (1.0 - _FAIR_DISCOUNT) * scores[worst] + _FAIR_DISCOUNT * mean
        value = np.where(free, np.round(value, 9), -np.inf)
        pick = int(np.lexsort((ids, -value))[0])
        chosen.append(pick)
        free[pick] = False
        served += scores[:, pick]
    return np.array(chosen, dtype=np.int64)
