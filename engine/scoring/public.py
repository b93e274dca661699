"""Public knowledge: what strangers in open data know, kept by TMDB id so that it fits any catalogue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from engine.scoring.community import Community
from engine.scoring.ease import SparseWeights
from engine.types import FloatArray, IntArray, SparseMatrix

MATRICES = ("ease", "transitions", "neighbours")


@dataclass(frozen=True, slots=True)
class PublicKnowledge:
    """Item-item weights and likes for titles known by their TMDB id; row i is about `ids[i]`."""

    people: int
    ids: IntArray  # (n,) ascending, films of TMDB
    likes: FloatArray  # (n,) people who liked it
    ease: SparseMatrix  # (n, n) float32
    transitions: SparseMatrix
    neighbours: SparseMatrix


def publish(community: Community, ids: IntArray) -> PublicKnowledge:
    """Take a community out of its catalogue; `ids` (n_items,) are TMDB ids, and what has none (0) is left out.

    Raises: TypeError for a community whose EASE is not sparse, ValueError when two rows share an id.
    """
    if not isinstance(community.ease, SparseWeights):
        raise TypeError("Only sparse weights can be published.")
    rows = np.flatnonzero(ids > 0)
    rows = rows[np.argsort(ids[rows], kind="stable")]
    if len(np.unique(ids[rows])) < len(rows):
        raise ValueError("Two titles share a TMDB id.")
    place = np.full(len(ids), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    return PublicKnowledge(
        people=community.people,
        ids=ids[rows],
        likes=community.likes[rows],
        ease=_moved(community.ease.matrix, place, len(rows)),
        transitions=_moved(community.transitions.matrix, place, len(rows)),
        neighbours=_moved(community.neighbours.matrix, place, len(rows)),
    )


def settle(knowledge: PublicKnowledge, ids: IntArray) -> Community:
    """Bring public knowledge into a catalogue whose rows have these TMDB ids (0: none, so nothing is known of it)."""
    by_id = np.argsort(ids, kind="stable")
    found = np.searchsorted(ids[by_id], knowledge.ids)
    found = np.minimum(found, max(0, len(ids) - 1))
    rows = by_id[found] if len(ids) else np.zeros(len(knowledge.ids), dtype=np.int64)
    place = np.where(ids[rows] == knowledge.ids, rows, -1) if len(ids) else np.full(len(knowledge.ids), -1)
    likes = np.zeros(len(ids))
    likes[place[place >= 0]] = knowledge.likes[place >= 0]
    return Community(
        people=knowledge.people,
        ease=SparseWeights(_moved(knowledge.ease, place, len(ids))),
        transitions=SparseWeights(_moved(knowledge.transitions, place, len(ids))),
        neighbours=SparseWeights(_moved(knowledge.neighbours, place, len(ids))),
        likes=likes,
        liked_rows=np.zeros(0, dtype=np.int64),  # what strangers once liked is no trend here
        liked_days=np.zeros(0),
    )


def _moved(matrix: SparseMatrix, place: IntArray, size: int) -> SparseMatrix:
    """The matrix with row and column i at `place[i]`; what has no place (-1) is dropped."""
    row = place[np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))]
    column = place[matrix.indices]
    kept = (row >= 0) & (column >= 0)
    data = matrix.data[kept].astype(np.float32)
    result: SparseMatrix = csr_array((data, (row[kept], column[kept])), shape=(size, size))
    result.sort_indices()
    return result
