"""An order and a second opinion on it, blended."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.types import IntArray


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
