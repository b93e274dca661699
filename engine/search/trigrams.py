"""An inverted index of character trigrams: which names share most trigrams with what was typed.

Postings are one CSC matrix, built with a counting sort, so a million names take seconds. A query reads the rarest
trigrams first and stops at a budget of postings: a typo makes trigrams rare, never common, so the budget is spent
on what tells names apart, and the time does not grow with the number of names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_CODES = 64  # letters, digits, blank, and 27 classes for everything else
_SIZE = _CODES**3
POSTING_BUDGET = 60_000


def _byte_codes() -> NDArray[np.int32]:
    codes = 37 + np.arange(256, dtype=np.int32) % 27
    codes[ord("a") : ord("z") + 1] = np.arange(1, 27)
    codes[ord("0") : ord("9") + 1] = np.arange(27, 37)
    codes[ord(" ")] = 0
    return codes


def _trigrams(padded: NDArray[np.uint8]) -> NDArray[np.int32]:
    codes = _byte_codes()[padded]
    return (codes[:-2] * _CODES + codes[1:-1]) * _CODES + codes[2:]


@dataclass(frozen=True, slots=True)
class TrigramIndex:
    """Postings by trigram: `rows[starts[t]:starts[t + 1]]` are the names that hold trigram `t`."""

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.int32]  # (n_names,) trigrams of each name
    size: int

    @classmethod
    def build(cls, names: list[bytes]) -> TrigramIndex:
        """Index folded names (UTF-8); the row of a name is its place in the list."""
        count = len(names)
        lengths = np.fromiter((len(name) for name in names), dtype=np.int64, count=count)
        # Two blanks before a name weigh its beginning, one after it its end; a window never spans two names.
        text = np.frombuffer(b"".join(b"  " + name + b" " for name in names), dtype=np.uint8)
        ends = np.cumsum(lengths + 3)
        codes = _trigrams(text) if len(text) >= 3 else np.zeros(0, dtype=np.int32)
        inside = np.ones(len(codes), dtype=bool)
        for offset in (2, 1):
            inside[ends[:-1] - offset] = False
        codes = codes[inside]
        pointer = np.concatenate(([0], np.cumsum(lengths + 1)))
        matrix = sparse.csr_matrix((np.ones(len(codes), dtype=np.int8), codes, pointer), shape=(count, _SIZE))
        matrix.sum_duplicates()
        columns = matrix.tocsc()
        counts = np.diff(matrix.indptr).astype(np.int32)
        return cls(columns.indptr.astype(np.int64), columns.indices.astype(np.int32), counts, count)

    def candidates(self, query: bytes, limit: int) -> NDArray[np.int32]:
        """Rows that share most of the query's trigrams, at most about `limit`, in no order of meaning."""
        if not self.size or not query:
            return np.zeros(0, dtype=np.int32)
        trigrams = np.unique(_trigrams(np.frombuffer(b"  " + query + b" ", dtype=np.uint8)))
        lengths = self.starts[trigrams + 1] - self.starts[trigrams]
        order = np.argsort(lengths, kind="stable")
        order = order[lengths[order] > 0]
        within = np.searchsorted(np.cumsum(lengths[order]), POSTING_BUDGET, side="right")
        chosen = trigrams[order[: max(int(within), 2)]]
        shared = np.zeros(self.size, dtype=np.uint8)
        postings = [self.rows[self.starts[code] : self.starts[code + 1]] for code in chosen]
        for posting in postings:
            shared[posting] += 1
        if not postings:
            return np.zeros(0, dtype=np.int32)
        return self._best(np.concatenate(postings), shared, len(trigrams), limit)

    def _best(self, rows: NDArray[np.int32], shared: NDArray[np.uint8], wanted: int, limit: int) -> NDArray[np.int32]:
        hits = shared[rows]
        histogram = np.bincount(hits)
        distinct = histogram[::-1] // np.maximum(np.arange(len(histogram))[::-1], 1)
        level = len(histogram) - 1 - int(np.searchsorted(np.cumsum(distinct), limit))
        rows = rows[hits >= max(level, 1)]
        # A row stands here once per shared trigram; its last place stands for it (cheaper than sorting).
        places = np.arange(len(rows), dtype=np.int32)
        last = np.empty(self.size, dtype=np.int32)
        last[rows] = places
        rows = rows[last[rows] == places]
        if len(rows) > limit:
            overlap = 2.0 * shared[rows] / (self.counts[rows] + wanted)
            rows = rows[np.argpartition(-overlap, limit)[:limit]]
        return rows
