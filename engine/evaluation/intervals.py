"""Bootstrap intervals: how far a mean over people could have come out otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.types import FloatArray

RESAMPLES = 2_000
_BLOCK = 200  # resamples at once: bounds the memory at many people


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the middle 95 % of the means of resampled people."""

    mean: float
    low: float
    high: float

    def to_json(self) -> dict[str, float]:
        """Rounded plain values."""
        return {"mean": round(self.mean, 5), "low": round(self.low, 5), "high": round(self.high, 5)}


def bootstrap(values: FloatArray, *, seed: int, resamples: int = RESAMPLES) -> Interval:
    """The mean of `values` (n,) and its percentile interval, drawing n people with replacement."""
    if not len(values):
        return Interval(0.0, 0.0, 0.0)
    generator = np.random.default_rng(seed)
    means = np.concatenate(
        [
            values[generator.integers(0, len(values), size=(min(_BLOCK, resamples - start), len(values)))].mean(axis=1)
            for start in range(0, resamples, _BLOCK)
        ]
    )
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(values.mean()), float(low), float(high))


def paired(first: FloatArray, second: FloatArray, *, seed: int, resamples: int = RESAMPLES) -> Interval:
    """The mean difference `first - second` of the same people; apart from 0 means really different."""
    return bootstrap(first - second, seed=seed, resamples=resamples)
