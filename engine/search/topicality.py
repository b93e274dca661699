"""How surely an item is about a topic, given the words that show it and the company it keeps.

A robbery in a fairy tale does not make a heist film: what is about a topic tends to have the genres of the others
that are.
"""

from __future__ import annotations

import numpy as np

from engine.types import FloatArray, SparseMatrix

ABOUT_IT = 0.5  # evidence from which on an item counts as being about a topic
ENOUGH_TO_COMPARE = 20  # items about a topic, below which their genres say nothing
_SMOOTHING = 5.0  # items


def with_typical_genres(evidence: FloatArray, genres: SparseMatrix) -> FloatArray:
    """(n,) the evidence 0-1, its odds multiplied by how typical an item's genres are of the topic.

    A genre is typical by its share among the items about the topic over its share among all; an item takes the
    geometric mean over its genres. `genres` is (n, n_genres) of ones.
    """
    about = evidence >= ABOUT_IT
    count = int(about.sum())
    if count < ENOUGH_TO_COMPARE:
        return evidence
    everywhere = np.asarray(genres.sum(axis=0), dtype=np.float64).ravel() / len(evidence)
    among = np.asarray(genres[about].sum(axis=0), dtype=np.float64).ravel()
    lift = np.log((among + _SMOOTHING * everywhere) / (count + _SMOOTHING) / np.maximum(everywhere, 1e-9))
    numbers = np.diff(genres.indptr)
    typical = np.where(numbers > 0, (genres @ lift) / np.maximum(numbers, 1), 0.0)
    clipped = np.clip(evidence, 0.0, 0.99)
    odds = clipped / (1.0 - clipped) * np.exp(typical)
    return np.asarray(odds / (1.0 + odds))
