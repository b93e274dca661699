"""Cells of a very large catalogue: items that lie together, so that only the nearest ones are looked through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.candidates.compact import Compact
from engine.types import FloatArray, IntArray, Vectors

_SAMPLE_PER_CELL = 40
_ITERATIONS = 6
_BLOCK = 65_536


@dataclass(frozen=True, slots=True, repr=False)
class Cells:
    """An inverted file: rows sorted by cell. Lives in the directions of a `Compact`."""

    centres: Vectors  # (c, m) unit rows
    starts: IntArray  # (c + 1,)
    rows: IntArray  # (n,) row numbers, cell by cell

    def nearest(self, vectors: Vectors, count: int) -> IntArray:
        """Sorted rows of the cells nearest to each vector (k, m), about `count` rows for each vector."""
        sizes = np.diff(self.starts)
        chosen: set[int] = set()
        for vector in vectors:
            order = np.argsort(-(self.centres @ vector), kind="stable")
            needed = int(np.searchsorted(np.cumsum(sizes[order]), count)) + 1
            chosen.update(order[:needed].tolist())
        parts = [self.rows[self.starts[cell] : self.starts[cell + 1]] for cell in sorted(chosen)]
        return np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)


def cells(short: Compact, ids: IntArray, count: int | None = None) -> Cells:
    """Sort all rows into `count` cells (the root of the number of rows) by k-means on a sample.

    The sample and the first centres are spread evenly over the ids, so that the order of the rows does not matter.
    """
    total = len(short.rows)
    count = count or max(1, int(np.sqrt(total)))
    by_id = np.argsort(ids)
    sample = by_id[np.linspace(0, total - 1, min(total, count * _SAMPLE_PER_CELL)).astype(np.int64)]
    points = _units(short.rows[sample])
    centres = points[np.linspace(0, len(points) - 1, count).astype(np.int64)]
    for _ in range(_ITERATIONS):
        labels = _assign(points, centres)
        sums = np.zeros((count, points.shape[1]))
        np.add.at(sums, labels, points)
        filled = np.bincount(labels, minlength=count) > 0
        centres = np.where(filled[:, None], _units(sums.astype(np.float32)), centres)
    labels = _assign(short.rows, centres)
    order = np.argsort(labels, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(labels, minlength=count))]).astype(np.int64)
    return Cells(centres, starts, order.astype(np.int64))


def _assign(points: Vectors, centres: Vectors) -> IntArray:
    """(n,) the nearest centre of each point."""
    labels = np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), _BLOCK):
        labels[start : start + _BLOCK] = (points[start : start + _BLOCK] @ centres.T).argmax(axis=1)
    return labels


def _units(rows: Vectors) -> Vectors:
    lengths: FloatArray = np.linalg.norm(rows, axis=1, keepdims=True).astype(np.float64)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
