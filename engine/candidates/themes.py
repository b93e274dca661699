"""Themes: embeddings turned towards what tells texts apart."""

from __future__ import annotations

import numpy as np

from engine.types import IntArray, Vectors

DIMENSIONS = 64
LIKED = 100  # the strongest likings that are looked at; more tells little and costs time
_BLOCK = 16_384


def themes(embeddings: Vectors, dimensions: int = DIMENSIONS) -> Vectors:
    """(n, min(d, 64)) float32 unit rows: centred, and in the directions in which the texts differ most.

    All descriptions of films resemble each other; what they share makes everything similar to everything. Rows without
    an embedding are zero. Computed in double precision, so that equal embeddings get equal rows wherever they stand.
    """
    known = np.einsum("ij,ij->i", embeddings, embeddings) > 0.25
    count, width = max(1, int(known.sum())), embeddings.shape[1]
    mean, moments = np.zeros(width), np.zeros((width, width))
    for start in range(0, len(embeddings), _BLOCK):
        block = embeddings[start : start + _BLOCK]
        mean += block.sum(axis=0, dtype=np.float64) / count
        moments += (block.T @ block).astype(np.float64) / count
    _, directions = np.linalg.eigh(moments - np.outer(mean, mean))
    basis = directions[:, ::-1][:, :dimensions]
    result = np.zeros((len(embeddings), basis.shape[1]), dtype=np.float32)
    for start in range(0, len(embeddings), _BLOCK):
        part = slice(start, start + _BLOCK)
        turned = (embeddings[part].astype(np.float64) - mean) @ basis
        lengths = np.linalg.norm(turned, axis=1, keepdims=True)
        turned = np.where(known[part, None] & (lengths > 1e-6), turned / np.maximum(lengths, 1e-6), 0.0)
        result[part] = turned
    return result


def nearest_liked(themes: Vectors, liked: IntArray) -> Vectors:
    """(n,) float32 0..1 for all items at once."""
    result = np.zeros(len(themes), dtype=np.float32)
    chosen = themes[liked[:LIKED]]
    if len(chosen):
        for start in range(0, len(themes), _BLOCK):
            result[start : start + _BLOCK] = (chosen @ themes[start : start + _BLOCK].T).max(axis=0)
    return np.clip(result, 0.0, 1.0)
