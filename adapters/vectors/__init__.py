"""Title vectors: the durable store and its snapshot. `open_vectors` is the way in."""

from __future__ import annotations

from pathlib import Path

from adapters.vectors.chroma import BULK_BATCH, SERVING_BATCH, ChromaVectors

__all__ = ["BULK_BATCH", "SERVING_BATCH", "ChromaVectors", "open_vectors"]


def open_vectors(folder: Path, *, url: str | None = None, batch: int = SERVING_BATCH) -> ChromaVectors:
    """The store in `folder`, or on the Chroma server at `url`; `batch` is BULK_BATCH where nobody is being served."""
    return ChromaVectors(folder, url=url, batch=batch)
