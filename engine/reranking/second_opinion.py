"""An order and a second opinion on it, blended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from engine.types import IntArray, Reason, ReasonType

_SPEAKERS = 5
_NAMING_TITLES = frozenset({ReasonType.SIMILAR_TO, ReasonType.COLLABORATIVE})


def speakers(picks: Iterable[Sequence[Reason]]) -> list[int]:
    """Ids of the few liked titles that speak for most of these picks, given by their reasons; strongest first."""
    weights: dict[int, float] = {}
    for reasons in picks:
        for reason in reasons:
            if reason.type in _NAMING_TITLES and reason.key.isascii() and reason.key.isdecimal():
                weights[int(reason.key)] = weights.get(int(reason.key), 0.0) + reason.weight
    return sorted(weights, key=lambda title: (-round(weights[title], 9), title))[:_SPEAKERS]


def blended_order(opinion: npt.NDArray[np.floating], rank_weight: float) -> IntArray:
    """(n,) places, the best first. `opinion` (n,) larger is better, of items that stand in an order already.

    `rank_weight` 1 keeps the order, 0 follows the opinion alone. Both are stretched to 0-1; ties go to the better
    place.
    """
    n = len(opinion)
    if n < 2:
        return np.arange(n)
    rank = 1.0 - np.arange(n) / (n - 1)
    values = np.nan_to_num(np.asarray(opinion, dtype=np.float64))
    low, high = float(values.min()), float(values.max())
    stretched = (values - low) / (high - low) if high - low > 1e-12 else np.zeros(n)
    return np.argsort(-np.round(rank_weight * rank + (1.0 - rank_weight) * stretched, 9), kind="stable")
