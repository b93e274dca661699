"""EASE: the ridge regression of every item on all others, learnt from who knows what.

The solution is closed: with P = (X'X + lambda I)^-1 the weight of item i for item j is -P[i, j] / P[j, j] and 0 for
itself (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"). With fewer people than items everything is
computed in the space of people (Woodbury identity): P = (I - X'(XX' + lambda I)^-1 X) / lambda.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_array

from engine.request import Scoring
from engine.scoring.history import Recency, liking
from engine.types import FloatArray, IntArray, SparseMatrix

_HUGE = 200_000  # items above which arrays over the whole catalogue cost more than looking up
_BLOCK = 512  # items whose weights are computed at once: 160 MB at 40,000 items


@dataclass(frozen=True, slots=True)
class EaseConfig:
    """How EASE is trained."""

    regularisation: float = 100.0
    top: int = 100  # strongest weights kept per item
    minimum_people: int = 1  # an item fewer people know says nothing and is not spoken of


class ItemWeights(Protocol):
    """What a weighted history says about items."""

    def scores(self, history: IntArray, weights: FloatArray) -> FloatArray:
        """(n_items,) for a history of distinct rows with its weights."""
        ...

    def said(self, history: IntArray, weights: FloatArray) -> tuple[IntArray, FloatArray]:
        """The same as the rows of which anything is said, ascending, and their scores: quick in huge catalogues."""
        ...

    def between(self, sources: IntArray, rows: IntArray) -> FloatArray:
        """(len(sources), len(rows)) what each source alone says about each row."""
        ...


@dataclass(frozen=True, slots=True)
class SparseWeights:
    """Item-item weights of which only the strongest are kept."""

    matrix: SparseMatrix  # (n, n): row i holds what item i says about others

    def scores(self, history: IntArray, weights: FloatArray) -> FloatArray:
        """(n_items,) the weighted sum of the history's rows."""
        targets, values = self._parts(history, weights)
        total = np.bincount(targets, weights=values, minlength=self.matrix.shape[1])
        return total.astype(np.float64, copy=False)

    def said(self, history: IntArray, weights: FloatArray) -> tuple[IntArray, FloatArray]:
        """The rows that the history's rows have weights for, ascending, and the weighted sums."""
        targets, values = self._parts(history, weights)
        rows, places = np.unique(targets, return_inverse=True)
        return rows.astype(np.int64), np.bincount(places, weights=values, minlength=len(rows)).astype(np.float64)

    def _parts(self, history: IntArray, weights: FloatArray) -> tuple[IntArray, FloatArray]:
        """Every single weight of the history's rows: for which row, and how much."""
        starts, ends = self.matrix.indptr[history].astype(np.int64), self.matrix.indptr[history + 1].astype(np.int64)
        sizes = ends - starts
        places = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
        return self.matrix.indices[places].astype(np.int64), self.matrix.data[places] * np.repeat(weights, sizes)

    def between(self, sources: IntArray, rows: IntArray) -> FloatArray:
        """(len(sources), len(rows)) the weights themselves."""
        return np.asarray(self.matrix[sources][:, rows].toarray(), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class PeopleWeights:
    """The exact weights of a small community, held as people x items and never multiplied out.

    Only items that enough people know have a column; all others have no weight to or from anything.
    """

    columns: IntArray  # (n_items,) the column of each item, -1 for none
    transposed: SparseMatrix  # (n_columns, n_people)
    projected: npt.NDArray[np.float32]  # (n_people, n_columns): (XX' + lambda I)^-1 X
    residuals: FloatArray  # (n_columns,): lambda * P[j, j], between 0 and 1

    def scores(self, history: IntArray, weights: FloatArray) -> FloatArray:
        """(n_items,) exact EASE scores; a row of the history itself scores as the others predict it."""
        # One more place, for the items without a column.
        return np.asarray(np.append(self._by_column(history, weights), 0.0)[self.columns])

    def said(self, history: IntArray, weights: FloatArray) -> tuple[IntArray, FloatArray]:
        """The items that have a column, ascending, and their scores."""
        return np.flatnonzero(self.columns >= 0).astype(np.int64), self._by_column(history, weights)

    def _by_column(self, history: IntArray, weights: FloatArray) -> FloatArray:
        known = self.columns[history]
        known, weights = known[known >= 0], weights[known >= 0]
        shares = (self.transposed[known].T @ weights).astype(np.float32)
        own = np.zeros(len(self.residuals))
        own[known] = weights
        return np.asarray(own - (own - (shares @ self.projected).astype(np.float64)) / self.residuals)

    def between(self, sources: IntArray, rows: IntArray) -> FloatArray:
        """(len(sources), len(rows)) the weights between distinct items."""
        result = np.zeros((len(sources), len(rows)))
        known, wanted = self.columns[sources], self.columns[rows]
        here = wanted[wanted >= 0]
        weights = (self.transposed[known[known >= 0]] @ self.projected[:, here]) / self.residuals[here]
        result[np.ix_(known >= 0, wanted >= 0)] = weights
        return result


def fit_people(interactions: SparseMatrix, config: EaseConfig | None = None) -> PeopleWeights:
    """Exact EASE from `interactions` (n_people, n_items), in the space of people; for at most a few thousand people."""
    config = config or EaseConfig()
    confirmed = _confirmed(interactions, config.minimum_people)
    spoken_of = np.unique(confirmed.indices).astype(np.int64)
    columns = np.full(interactions.shape[1], -1, dtype=np.int64)
    columns[spoken_of] = np.arange(len(spoken_of))
    known = csr_array(confirmed[:, spoken_of])
    projected = _project(known, config.regularisation)
    explained = np.asarray(known.multiply(projected).sum(axis=0), dtype=np.float64).ravel()
    return PeopleWeights(columns, csr_array(known.T), projected.astype(np.float32), 1.0 - explained)


def fit_sparse(interactions: SparseMatrix, config: EaseConfig | None = None) -> SparseWeights:
    """EASE from `interactions` (n_people, n_items), keeping for each item the `top` largest weights."""
    config = config or EaseConfig()
    known = _confirmed(interactions, config.minimum_people)
    n_people, n_items = known.shape
    spoken_of = np.flatnonzero(np.bincount(known.indices, minlength=n_items)).astype(np.int64)
    in_people_space = n_people < len(spoken_of)
    dense = known[:, spoken_of]
    if in_people_space:
        inner = _project(dense, config.regularisation)
    else:
        gram = (dense.T @ dense).toarray().astype(np.float64)
        gram[np.diag_indices_from(gram)] += config.regularisation
        inner = np.linalg.inv(gram)
    columns, sources, values = [], [], []
    for start in range(0, len(spoken_of), _BLOCK):
        targets = np.arange(start, min(start + _BLOCK, len(spoken_of)))
        if in_people_space:
            block = -(dense[:, targets].T @ inner) / config.regularisation
            block[np.arange(len(targets)), targets] += 1.0 / config.regularisation
        else:
            block = inner[targets]
        weights = -block / block[np.arange(len(targets)), targets][:, None]
        weights[np.arange(len(targets)), targets] = 0.0
        kept = _largest(weights, config.top)
        columns.append(np.repeat(targets, kept.shape[1]))
        sources.append(kept.ravel())
        values.append(np.take_along_axis(weights, kept, axis=1).ravel().astype(np.float32))
    return SparseWeights(_assemble(spoken_of, sources, columns, values, n_items))


def _confirmed(interactions: SparseMatrix, minimum_people: int) -> SparseMatrix:
    """`interactions` without the items that fewer people know."""
    counts = np.bincount(interactions.indices, minlength=interactions.shape[1])
    result: SparseMatrix = interactions.astype(np.float64)
    result.data[counts[result.indices] < minimum_people] = 0.0
    result.eliminate_zeros()
    return result


def _project(known: SparseMatrix, regularisation: float) -> FloatArray:
    """(n_people, n_items): (XX' + lambda I)^-1 X."""
    kernel = (known @ known.T).toarray().astype(np.float64)
    kernel[np.diag_indices_from(kernel)] += regularisation
    return np.asarray(cho_solve(cho_factor(kernel), known.toarray()))


def _largest(weights: FloatArray, top: int) -> IntArray:
    """(rows, top) the columns of the entries largest in size."""
    top = min(top, weights.shape[1])
    return np.argpartition(-np.abs(weights), top - 1, axis=1)[:, :top].astype(np.int64)


def _assemble(
    items: IntArray,
    sources: list[IntArray],
    columns: list[IntArray],
    values: list[npt.NDArray[np.float32]],
    n_items: int,
) -> SparseMatrix:
    if not sources:
        return csr_array(
            (np.zeros(0, dtype=np.float32), (np.zeros(0, int), np.zeros(0, int))), shape=(n_items, n_items)
        )
    places = (items[np.concatenate(sources)], items[np.concatenate(columns)])
    matrix: SparseMatrix = csr_array((np.concatenate(values), places), shape=(n_items, n_items))
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


@dataclass(frozen=True, slots=True)
class HistoryScorer:
    """What the titles of a history, weighted by liking and recency, say about an item; -1..1.

    1 is the strongest word that this history has about any unwatched item of the catalogue, so that long and short
    histories speak equally loud.
    """

    weights: ItemWeights
    recency: Recency = field(default_factory=Recency)

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) -1..1, 0 without a history or where nothing is known."""
        history = scoring.profile.interactions.items
        if not len(history):
            return np.zeros(len(rows))
        weights = liking(scoring.profile) * self.recency.weights(len(history))
        if len(scoring.catalogue) > _HUGE:
            return self._among_few(history, weights, rows)
        said = self.weights.scores(history, weights)
        said[history] = 0.0
        loudest = float(said.max(initial=0.0))
        return np.clip(said[rows] / loudest, -1.0, 1.0) if loudest > 1e-12 else np.zeros(len(rows))

    def _among_few(self, history: IntArray, weights: FloatArray, rows: IntArray) -> FloatArray:
        """The same without an array over the whole catalogue."""
        spoken_of, said = self.weights.said(history, weights)
        said[np.isin(spoken_of, history)] = 0.0
        loudest = float(said.max(initial=0.0))
        if loudest <= 1e-12:
            return np.zeros(len(rows))
        places = np.minimum(np.searchsorted(spoken_of, rows), len(spoken_of) - 1)
        return np.where(spoken_of[places] == rows, np.clip(said[places] / loudest, -1.0, 1.0), 0.0)

    def between(self, sources: IntArray, rows: IntArray) -> FloatArray:
        """(len(sources), len(rows)) what each source alone says about each row, to name the one that says the most."""
        return self.weights.between(sources, rows)
