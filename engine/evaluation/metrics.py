"""How good one ranked list is: pure functions over item rows.

A ranking is the rows in order, best first; relevant rows are a set. Every value is between 0 and 1 but for `novelty`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from engine.types import FloatArray, IntArray, Vectors


def discounts(n: int) -> FloatArray:
    """(n,) what a hit at each place counts: 1 / log2(place + 1)."""
    return np.asarray(1.0 / np.log2(np.arange(2, n + 2)))


def ndcg(ranking: IntArray, relevant: IntArray, n: int) -> float:
    """Normalised discounted cumulative gain of the first `n`; the ideal list is cut at `n` too."""
    if not len(relevant):
        return 0.0
    weights = discounts(n)
    top = ranking[:n]
    gain = float(weights[: len(top)][np.isin(top, relevant)].sum())
    return gain / float(weights[: min(n, len(relevant))].sum())


def recall(ranking: IntArray, relevant: IntArray, n: int) -> float:
    """Share of the relevant rows among the first `n`."""
    return float(np.isin(ranking[:n], relevant).sum()) / len(relevant) if len(relevant) else 0.0


def reciprocal_rank(ranking: IntArray, relevant: IntArray) -> float:
    """One over the place of the first relevant row, 0 where there is none."""
    hits = np.flatnonzero(np.isin(ranking, relevant))
    return 1.0 / (int(hits[0]) + 1) if len(hits) else 0.0


def coverage(rankings: Iterable[IntArray], n_items: int, n: int) -> float:
    """Share of all items that stand among the first `n` of at least one list."""
    shown = [ranking[:n] for ranking in rankings]
    return len(np.unique(np.concatenate(shown))) / n_items if shown and n_items else 0.0


def novelty(ranking: IntArray, popularity: FloatArray, n: int) -> float:
    """Mean surprise in bits of the first `n`: -log2 of the share of people who know an item.

    `popularity` is (n_items,) shares, 0 < share <= 1.
    """
    top = ranking[:n]
    return float(-np.log2(popularity[top]).mean()) if len(top) else 0.0


def intra_list_similarity(ranking: IntArray, vectors: Vectors, n: int) -> float:
    """Mean cosine over the pairs of the first `n` items that have a vector; lower is more diverse."""
    top = vectors[ranking[:n]].astype(np.float64)
    top = top[(top != 0.0).any(axis=1)]
    count = len(top)
    if count < 2:
        return 0.0
    total = top.sum(axis=0)
    own = float((top * top).sum())
    return (float(total @ total) - own) / (count * (count - 1))


def rank_rows(scores: FloatArray, excluded: IntArray, n: int) -> IntArray:
    """The `n` best rows without the excluded ones; equal scores stand in the order of the rows."""
    allowed = scores.astype(np.float64, copy=True)
    allowed[excluded] = -np.inf
    n = min(n, int(np.count_nonzero(allowed > -np.inf)))
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    threshold = np.partition(allowed, len(allowed) - n)[len(allowed) - n]
    rows = np.flatnonzero(allowed >= threshold)
    return np.asarray(rows[np.argsort(-allowed[rows], kind="stable")][:n], dtype=np.int64)


def mean_by_name(values: Sequence[dict[str, float]]) -> dict[str, FloatArray]:
    """The lists of people's values by metric, (n_people,) each."""
    names = values[0] if values else {}
    return {name: np.array([value[name] for value in values]) for name in names}
