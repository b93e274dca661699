"""Lists: titles that a watched title's page recommends or calls similar (jellyfin-pipeline 3.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from engine.catalogue import Catalogue
from engine.request import Scoring
from engine.types import FloatArray, IntArray, SparseMatrix, Vectors

_LENGTH = 40
_BLOCK = 256
_SPARE = 16  # looked at beyond the end of a list, so that ties there are seen


@dataclass(frozen=True, slots=True)
class ListScorer:
    """On how many lists of watched titles an item stands, over the largest such number; 0..1.

    `lists` is (n_items, n_items), row i the list of item i; without any, the 40 nearest by embedding stand in. With
    `by_liking` a title's list counts as much as the title was liked, and lists of titles that were not do not count.
    """

    lists: SparseMatrix | None = None
    by_liking: bool = False

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        profile = scoring.profile
        sources = profile.liked if self.by_liking else profile.interactions.watched
        weights = profile.liked_weights if self.by_liking else np.ones(len(sources))
        if not len(sources):
            return np.zeros(len(rows))
        if self.lists is None:
            order = np.argsort(scoring.catalogue.ids[sources])
            sources, weights = sources[order], weights[order]
            counts = nearest(scoring.catalogue, sources, _LENGTH).T @ weights
        else:
            counts = self.lists[sources].T @ weights
        most = float(counts.max(initial=0.0))
        return np.asarray(counts[rows] / most if most > 0 else np.zeros(len(rows)), dtype=np.float64)


def nearest(catalogue: Catalogue, sources: IntArray, length: int) -> SparseMatrix:
    """(len(sources), n_items) ones for the `length` nearest other items of each source, ties by id.

    An item without a vector has an empty list and stands on none.
    """
    embeddings: Vectors = catalogue.embeddings
    known = np.einsum("ij,ij->i", embeddings, embeddings) > 0.25
    count = max(0, min(length, int(known.sum()) - 1))
    result = np.zeros((len(sources), count), dtype=np.int64)
    for start in range(0, len(sources), _BLOCK):
        block = sources[start : start + _BLOCK]
        close = np.where(known, embeddings[block] @ embeddings.T, -np.inf).astype(np.float32)
        close[np.arange(len(block)), block] = -np.inf
        if count:
            result[start : start + _BLOCK] = _first(close, catalogue.ids, count)
    rows = np.repeat(np.arange(len(sources)), count)
    kept = np.repeat(known[sources], count)
    places = (rows[kept], result.ravel()[kept])
    return csr_array((np.ones(len(places[0]), dtype=np.float32), places), shape=(len(sources), len(embeddings)))


def _first(close: npt.NDArray[np.float32], ids: IntArray, count: int) -> IntArray:
    """(rows, count) columns of the largest values; rounded, because their last bits depend on the columns' order."""
    wide = min(count + _SPARE, close.shape[1])
    some = np.argpartition(-close, wide - 1, axis=1)[:, :wide]
    values = np.round(np.take_along_axis(close, some, axis=1), 5)
    order = np.lexsort((ids[some], -values), axis=1)[:, :count]
    return np.take_along_axis(some, order, axis=1)


def stand_in_lists(catalogue: Catalogue, neighbours: SparseMatrix | None = None, length: int = _LENGTH) -> SparseMatrix:
    """(n_items, n_items) lists where none were fetched: the nearest by embedding, and the strongest of `neighbours`.

    `neighbours` is (n_items, n_items) co-occurrence, row i what goes with item i. Takes seconds at 15,000 items.
    """
    lists = nearest(catalogue, np.arange(len(catalogue), dtype=np.int64), length)
    if neighbours is not None:
        lists = csr_array(lists.maximum(_strongest(neighbours, length)))
    return lists


def _strongest(matrix: SparseMatrix, length: int) -> SparseMatrix:
    """Ones for the `length` largest values of each row."""
    rows, columns = [], []
    for row in range(matrix.shape[0]):
        start, end = matrix.indptr[row], matrix.indptr[row + 1]
        order = np.lexsort((matrix.indices[start:end], -matrix.data[start:end]))[:length]
        columns.append(matrix.indices[start:end][order])
        rows.append(np.full(len(order), row))
    places = (np.concatenate(rows), np.concatenate(columns))
    return csr_array((np.ones(len(places[0]), dtype=np.float32), places), shape=matrix.shape)
