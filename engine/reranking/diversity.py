"""Choosing a varied list: maximal marginal relevance, and genres in the proportions of the profile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.types import FloatArray, IntArray, Vectors


@dataclass(frozen=True, slots=True)
class DiversityConfig:
    """`relevance` 1 keeps the order of the scores; `calibration` weighs the step towards the profile's proportions."""

    relevance: float = 0.8
    calibration: float = 0.8
    pool: int = 100
    closeness: float = 0.25  # share of the worth that is closeness to a liked title, where nothing else was asked for


def diversify(
    scores: FloatArray,
    vectors: Vectors,
    genres: FloatArray,
    target: FloatArray,
    n: int,
    config: DiversityConfig,
    close: FloatArray | None = None,
) -> IntArray:
    """(min(n, pool),) places in the order chosen, greedily.

    `scores` (p,) sorted best first; `close` (p,) closeness to what was liked; `vectors` (p, d) unit rows; `genres`
    (p, g) shares that sum to 1 or are zero; `target` (g,) the profile's shares, zero: no calibration. Each step takes
    the largest of relevance x score less (1 - relevance) x nearest chosen similarity, less what the pick adds to the
    Kullback-Leibler divergence of the list. Ties go to the better place.
    """
    count = min(len(scores), config.pool)
    n = min(n, count)
    worth = _stretched(scores[:count])
    if close is not None and config.closeness > 0:
        worth = (1.0 - config.closeness) * worth + config.closeness * _stretched(close[:count])
    few = vectors[:count].astype(np.float64)
    nearest = np.zeros(count)
    mixture = np.zeros(genres.shape[1])
    free = np.ones(count, dtype=np.bool_)
    calibrates = config.calibration > 0 and target.sum() > 0
    chosen: list[int] = []
    for _ in range(n):
        value = config.relevance * worth - (1.0 - config.relevance) * nearest
        if calibrates:
            lists = (mixture + genres[:count]) / (len(chosen) + 1)
            value = value - config.calibration * divergence(target, lists)
        value = np.where(free, np.round(value, 9), -np.inf)
        pick = int(np.argmax(value)) if chosen else 0  # the best comes first, whatever would suit the list
        chosen.append(pick)
        free[pick] = False
        mixture = mixture + genres[pick]
        nearest = np.maximum(nearest, np.einsum("ij,j->i", few, few[pick]))
    return np.array(chosen, dtype=np.int64)


def _stretched(values: FloatArray) -> FloatArray:
    """The values between 0, the least, and 1, the largest; all 1 where they are equal."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    return np.asarray((values - low) / (high - low) if high - low > 1e-12 else np.ones(len(values)))


def divergence(target: FloatArray, lists: FloatArray) -> FloatArray:
    """(p,) Kullback-Leibler divergence of each list's genre shares (p, g) from the target (g,), at most 1.

    Smoothed by 1 %; a list without any of the target's genres would otherwise count 4.6 and drown the scores.
    """
    smooth = 0.99 * lists + 0.01 * target
    has = target > 0
    terms = target[has] * np.log(target[has] / np.maximum(smooth[:, has], 1e-12))
    return np.asarray(np.minimum(terms.sum(axis=1), 1.0))


def genre_spread(scores: FloatArray, genres: FloatArray, n: int, pool: int, step: float = 0.15) -> IntArray:
    """(min(n, pool),) places in the order chosen: each pick makes its genres count less for the next ones."""
    count = min(len(scores), pool)
    used = np.zeros(genres.shape[1])
    free = np.ones(count, dtype=np.bool_)
    chosen: list[int] = []
    for _ in range(min(n, count)):
        value = np.where(free, np.round(scores[:count] - step * (genres[:count] @ used), 9), -np.inf)
        pick = int(np.argmax(value))
        chosen.append(pick)
        free[pick] = False
        used += genres[pick]
    return np.array(chosen, dtype=np.int64)
