"""Fakes of the embedder and the vector store; the contract tests hold them to what the real ones do."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import numpy as np
from numpy.typing import NDArray

from bot.errors import Locked
from bot.ports.ai import EmbedderId, VectorSnapshot

FAKE_ID = EmbedderId("fake", "1", 16)


class FakeEmbedder:
    """Vectors drawn from a digest of the text, so that equal texts have equal vectors. Remembers what it was given."""

    def __init__(self, id: EmbedderId = FAKE_ID) -> None:
        self.id = id
        self.texts: list[str] = []

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self.id.dimensions)

    def _vector(self, text: str) -> NDArray[np.float64]:
        digest = hashlib.sha256(f"{self.id}{text}".encode("utf-8", "replace")).digest()
        vector = np.random.default_rng(int.from_bytes(digest[:8], "big")).normal(size=self.id.dimensions)
        return vector / np.linalg.norm(vector)


class FakeVectorStore:
    """Vectors in memory."""

    def __init__(self) -> None:
        self._stored: dict[EmbedderId, dict[int, tuple[str, NDArray[np.float32]]]] = {}
        self._snapshot: VectorSnapshot | None = None
        self._generations = 0
        self._held = False

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        if self._held:
            raise Locked("vectors", "Another process is writing to the vector store.")
        self._held = True
        try:
            yield
        finally:
            self._held = False

    async def digests(self, embedder: EmbedderId) -> Mapping[int, str]:
        return {title_id: digest for title_id, (digest, _vector) in self._of(embedder).items()}

    async def upsert(
        self, embedder: EmbedderId, title_ids: Sequence[int], digests: Sequence[str], vectors: NDArray[np.float32]
    ) -> None:
        self._require_lock()
        for title_id, digest, vector in zip(title_ids, digests, vectors, strict=True):
            self._of(embedder)[title_id] = (digest, vector.copy())

    async def delete(self, embedder: EmbedderId, title_ids: Sequence[int]) -> None:
        self._require_lock()
        for title_id in title_ids:
            self._of(embedder).pop(title_id, None)

    async def pages(
        self, embedder: EmbedderId, size: int = 2000
    ) -> AsyncIterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        rows = list(self._of(embedder).items())
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            yield np.array([row[0] for row in part], dtype=np.int64), np.array([row[1][1] for row in part])

    async def rebuild_snapshot(self, embedder: EmbedderId, *, catalogue_version: int | None = None) -> VectorSnapshot:
        self._require_lock()
        rows = sorted(self._of(embedder).items(), key=lambda row: row[0])
        vectors = np.array([row[1][1] for row in rows], dtype=np.float32).reshape(-1, embedder.dimensions)
        vectors.flags.writeable = False
        self._generations += 1
        self._snapshot = VectorSnapshot(
            np.array([row[0] for row in rows], dtype=np.int64),
            vectors,
            embedder,
            f"{self._generations:06d}",
            catalogue_version,
        )
        return self._snapshot

    async def snapshot(self, embedder: EmbedderId) -> VectorSnapshot | None:
        return self._snapshot if self._snapshot is not None and self._snapshot.embedder == embedder else None

    def _of(self, embedder: EmbedderId) -> dict[int, tuple[str, NDArray[np.float32]]]:
        return self._stored.setdefault(embedder, {})

    def _require_lock(self) -> None:
        if not self._held:
            raise RuntimeError("vectors are written within writing() only")
