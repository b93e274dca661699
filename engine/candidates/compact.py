"""Short vectors that stand in for the embeddings while many rows are looked through; the best are compared exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.types import Vectors

DIMENSIONS = 96
_BLOCK = 65_536


@dataclass(frozen=True, slots=True, repr=False)
class Compact:
    """The embeddings in the few directions in which they differ most: 96 of 384 hold three quarters of the variance."""

    basis: Vectors  # (d, m) orthonormal columns
    rows: Vectors  # (n, m)

    def similarities(self, vector: Vectors) -> Vectors:
        """(n,) approximate cosine of all rows to a unit vector; for the mean of several items within about .01."""
        return np.asarray(self.rows @ (vector @ self.basis), dtype=np.float32)


def compact(embeddings: Vectors, dimensions: int = DIMENSIONS) -> Compact:
    """Project on the principal directions (not centred, so that products stay products)."""
    moments = np.zeros((embeddings.shape[1], embeddings.shape[1]))
    for start in range(0, len(embeddings), _BLOCK):
        block = embeddings[start : start + _BLOCK]
        moments += (block.T @ block).astype(np.float64)
    _, directions = np.linalg.eigh(moments)
    basis = np.ascontiguousarray(directions[:, ::-1][:, :dimensions], dtype=np.float32)
    rows = np.empty((len(embeddings), basis.shape[1]), dtype=np.float32)
    for start in range(0, len(embeddings), _BLOCK):
        rows[start : start + _BLOCK] = embeddings[start : start + _BLOCK] @ basis
    return Compact(basis, rows)
