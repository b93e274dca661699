"""From several people's scores to one order."""

from __future__ import annotations

import numpy as np

from engine.types import Aggregation, FloatArray, IntArray

_MISERY = 0.30  # percentile below which a pick is misery for somebody
_HALF_AFTER = 6.0  # places
_HEAD_START = 3.0  # keeps the first picks from being about the unluckiest member alone


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
    """(items,) one score per item from (members, items) percentiles; fairness scores wishes and orders later."""
    mean, least = scores.mean(axis=0), scores.min(axis=0)
    if how is Aggregation.LEAST_MISERY:
        return np.asarray(least)
    if how is Aggregation.MOST_PLEASURE:
        return np.asarray(scores.max(axis=0))
    if how is Aggregation.AVERAGE_WITHOUT_MISERY:
        return np.asarray(np.where(least < _MISERY, mean - 1.0, mean))
    if how is Aggregation.FAIRNESS:
        return np.asarray(wishes(scores, scores.shape[1]).mean(axis=0))
    return np.asarray(mean)


def wishes(fits: FloatArray, count: int) -> FloatArray:
    """(members, items) 0-1: how much each member wants an item, from percentiles among `count` items.

    1 for the favourite and half that six places on: what matters to somebody is decided at the top, where percentiles
    hardly differ.
    """
    return np.asarray(_HALF_AFTER / (_HALF_AFTER + (1.0 - fits) * max(0, count - 1)))


def fair_order(fits: FloatArray, ids: IntArray, n: int, count: int) -> IntArray:
    """(n,) places: each pick adds the most to the product of what the members have got so far (Nash's fairness).

    What a member gets from a pick is the wish for it, discounted by its place in the list as in nDCG. `fits` is
    (members, items), percentiles among `count` items; ties go to the lower id.
    """
    wanted = wishes(fits, count)
    members, items = wanted.shape
    got = np.full(members, _HEAD_START)
    free = np.ones(items, dtype=np.bool_)
    chosen: list[int] = []
    for place in range(min(n, items)):
        gain = wanted / np.log2(place + 2.0)
        value = np.log(got[:, None] + gain).sum(axis=0)
        value = np.where(free, np.round(value, 9), -np.inf)
        pick = int(np.lexsort((ids, -value))[0])
        chosen.append(pick)
        free[pick] = False
        got += gain[:, pick]
    return np.array(chosen, dtype=np.int64)
