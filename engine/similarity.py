"""Cosine similarity of items to a few vectors: exactly the same for a row wherever it stands, or fast for all rows."""

from __future__ import annotations

import numpy as np

from engine.candidates.compact import Compact
from engine.types import FloatArray, IntArray, Vectors

# Up to this many rows the sums run in double precision and in a fixed order, so that equal items get equal numbers.
EXACT_ROWS = 1_024
_BLOCK = 1_024  # rows that stay in the processor's cache while several vectors are compared with them
_SEVERAL = 4  # vectors from which blocks are faster


def similarities(embeddings: Vectors, rows: IntArray, vectors: Vectors, short: Compact | None = None) -> FloatArray:
    """(len(rows), len(vectors)) cosine similarity of `rows` to unit `vectors`; each column lies in one piece of memory.

    Few rows are computed exactly; many by one matrix-vector product each, whose last bits depend on a row's place, or
    approximately where `short` vectors are given.
    """
    if len(vectors) == 0 or len(rows) == 0:
        return np.zeros((len(rows), len(vectors)))
    if len(rows) <= EXACT_ROWS:
        few = embeddings[rows].astype(np.float64)
        return np.stack([np.einsum("ij,j->i", few, vector.astype(np.float64)) for vector in vectors]).T
    if short is not None:
        if len(rows) * 3 < len(embeddings):
            return np.asarray((vectors @ short.basis) @ short.rows[rows].T, dtype=np.float64).T
        return np.stack([short.similarities(vector)[rows] for vector in vectors]).astype(np.float64).T
    if len(rows) * 3 < len(embeddings):
        return np.asarray(vectors @ embeddings[rows].T, dtype=np.float64).T
    # One product per vector: a matrix with few columns is several times slower in BLAS.
    columns = [(embeddings @ vector)[rows] for vector in vectors]
    return np.stack(columns).astype(np.float64).T


def closest(embeddings: Vectors, rows: IntArray, vectors: Vectors, short: Compact | None = None) -> FloatArray:
    """(len(rows),) the largest cosine similarity of each of `rows` to any of at least one unit vector.

    Of few rows exactly; of many approximately, where `short` vectors are given.
    """
    if len(vectors) < _SEVERAL or len(rows) * 3 < len(embeddings) or len(rows) <= EXACT_ROWS:
        return np.asarray(similarities(embeddings, rows, vectors, short).max(axis=1))
    everything = embeddings if short is None else short.rows
    asked = vectors if short is None else vectors @ short.basis
    largest = np.empty(len(everything), dtype=np.float32)
    for start in range(0, len(everything), _BLOCK):
        (asked @ everything[start : start + _BLOCK].T).max(axis=0, out=largest[start : start + _BLOCK])
    return largest[rows].astype(np.float64)


def unit(vector: FloatArray) -> Vectors:
    """The vector at length 1, or zero if it is (nearly) zero."""
    length = float(np.linalg.norm(vector))
    return (vector / length if length > 1e-9 else np.zeros_like(vector)).astype(np.float32)
