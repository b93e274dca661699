"""Neighbours: what people who know one title also know ("who loved X loved Y"), and what they turned to next.

A pattern is only learnt from several people, so that no single person's history can be read from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from engine.scoring.ease import SparseWeights
from engine.types import BoolArray, FloatArray, IntArray, SparseMatrix

MINIMUM_PEOPLE = 3
_BLOCK = 128  # items whose pairs are counted at once: pairs of popular titles are many
_CHUNK = 250_000  # pairs collected before they are added up


@dataclass(frozen=True, slots=True)
class CooccurrenceConfig:
    """How co-occurrence is counted: n(i, j) / (sqrt(n(i) n(j)) + shrinkage)."""

    minimum_people: int = MINIMUM_PEOPLE  # for each pair
    shrinkage: float = 10.0
    top: int = 100  # neighbours kept per item


@dataclass(frozen=True, slots=True)
class TransitionConfig:
    """How "what came next" is counted: the nearer and the better liked, the more; common titles count less.

    The sum over people of `decay` ** distance, for distances up to `window`, is divided by
    (sum from i + shrinkage) ** `source_power` and by (sum to j + shrinkage) ** `target_power`.
    """

    minimum_people: int = MINIMUM_PEOPLE  # for each of the two items
    window: int = 20
    decay: float = 0.95
    lukewarm: float = 0.4  # what a step to a title counts that was not liked
    source_power: float = 0.5
    target_power: float = 0.3
    shrinkage: float = 15.0
    top: int = 200  # successors kept per item


def cooccurrence(interactions: SparseMatrix, config: CooccurrenceConfig | None = None) -> SparseWeights:
    """Symmetric similarity of items by the people who know both; `interactions` is (n_people, n_items) of ones."""
    config = config or CooccurrenceConfig()
    n_items = interactions.shape[1]
    known: SparseMatrix = interactions.astype(np.float32)
    counts = np.bincount(known.indices, minlength=n_items).astype(np.float64)
    sources, targets, values = [], [], []
    for start in range(0, n_items, _BLOCK):
        block = (known[:, start : start + _BLOCK].T @ known).tocoo()
        row, column = block.row.astype(np.int64) + start, block.col.astype(np.int64)
        kept = (block.data >= config.minimum_people) & (row != column)
        row, column = row[kept], column[kept]
        similarity = block.data[kept] / (np.sqrt(counts[row] * counts[column]) + config.shrinkage)
        best = _strongest(row, column, similarity, config.top)
        sources.append(row[best])
        targets.append(column[best])
        values.append(similarity[best])
    return SparseWeights(_matrix(np.concatenate(sources), np.concatenate(targets), np.concatenate(values), n_items))


def transitions(
    sequences: Sequence[tuple[IntArray, BoolArray]], n_items: int, config: TransitionConfig | None = None
) -> SparseWeights:
    """What follows what, from each person's distinct rows in time order (oldest first) and whether each was liked."""
    config = config or TransitionConfig()
    people = np.bincount(np.concatenate([np.zeros(0, int), *(rows for rows, _ in sequences)]), minlength=n_items)
    total = _matrix(np.zeros(0, int), np.zeros(0, int), np.zeros(0), n_items)
    pending: list[tuple[IntArray, IntArray, FloatArray]] = []
    for rows, liked in sequences:
        pending.append(_steps(rows, liked, people >= config.minimum_people, config))
        if sum(len(part[0]) for part in pending) > _CHUNK:
            total, pending = total + _added(pending, n_items), []
    total = csr_array(total + _added(pending, n_items))
    outgoing = np.asarray(total.sum(axis=1)).ravel() + config.shrinkage
    incoming = np.asarray(total.sum(axis=0)).ravel() + config.shrinkage
    row = np.repeat(np.arange(n_items), np.diff(total.indptr))
    column = total.indices.astype(np.int64)
    value = total.data / (outgoing[row] ** config.source_power * incoming[column] ** config.target_power)
    best = _strongest(row, column, value, config.top)
    return SparseWeights(_matrix(row[best], column[best], value[best], n_items))


def _steps(
    rows: IntArray, liked: BoolArray, allowed: BoolArray, config: TransitionConfig
) -> tuple[IntArray, IntArray, FloatArray]:
    """All (earlier, later, weight) of one person; steps from or to rows that are not allowed are left out."""
    earlier, later, weights = [np.zeros(0, int)], [np.zeros(0, int)], [np.zeros(0)]
    worth = np.where(liked, 1.0, config.lukewarm)
    for distance in range(1, min(config.window, len(rows) - 1) + 1):
        both = allowed[rows[:-distance]] & allowed[rows[distance:]]
        earlier.append(rows[:-distance][both])
        later.append(rows[distance:][both])
        weights.append(config.decay**distance * worth[distance:][both])
    return np.concatenate(earlier), np.concatenate(later), np.concatenate(weights)


def _added(parts: list[tuple[IntArray, IntArray, FloatArray]], n_items: int) -> SparseMatrix:
    if not parts:
        return _matrix(np.zeros(0, int), np.zeros(0, int), np.zeros(0), n_items)
    earlier, later, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _matrix(earlier, later, weights, n_items)


def _strongest(row: IntArray, column: IntArray, value: FloatArray, top: int) -> IntArray:
    """The places of the `top` largest values of each row; equal values: the smaller column."""
    order = np.lexsort((column, -value, row))
    ordered = row[order]
    first = np.searchsorted(ordered, ordered, side="left")
    return np.asarray(order[np.arange(len(order)) - first < top], dtype=np.int64)


def _matrix(row: IntArray, column: IntArray, value: FloatArray, n_items: int) -> SparseMatrix:
    matrix: SparseMatrix = csr_array((value.astype(np.float32), (row, column)), shape=(n_items, n_items))
    matrix.sum_duplicates()
    return matrix
