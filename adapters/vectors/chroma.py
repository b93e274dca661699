"""The vector store: Chroma keeps the vectors, the snapshot serves them.

Chroma is loaded when something is written or paged through, not to answer. It runs embedded in the state directory,
or as a server by URL; each embedder has a collection of its own, so vectors of two models never meet.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from adapters.vectors.lock import WriterLock
from adapters.vectors.snapshot import SnapshotFiles
from bot.errors import InvalidSettings, Unavailable
from bot.i18n import gettext as _
from bot.ports.ai import EmbedderId, VectorSnapshot

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

SERVING_BATCH = 25  # rows; Chroma holds the interpreter while it writes, and people are waiting
BULK_BATCH = 500  # rows; for a command line that serves nobody
PAGE = 2000
SERVER_SECONDS = 60.0  # for one answer of a server

Result = TypeVar("Result")


class ChromaVectors:
    """VectorStore on Chroma, with the snapshot beside it."""

    def __init__(self, folder: Path, *, url: str | None = None, batch: int = SERVING_BATCH) -> None:
        """`url`: of a Chroma server, else embedded in `folder`; `batch`: rows a write."""
        self._folder = folder
        self._url = url
        self._batch = batch
        self._lock = WriterLock(folder / "writer.lock")
        self._snapshots = SnapshotFiles(folder / "snapshot")
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vectors")
        self._client: ClientAPI | None = None
        self._collections: dict[EmbedderId, Collection] = {}

    def writing(self) -> AbstractAsyncContextManager[None]:
        """Hold the writer's lock. Raises: Locked, when it is held already."""
        return self._lock.hold()

    async def digests(self, embedder: EmbedderId) -> Mapping[int, str]:
        """Title id → digest of the text that was embedded. Raises: Unavailable("vectors")."""
        known: dict[int, str] = {}
        async for ids, rows in self._rows(embedder, PAGE, "metadatas"):
            known.update((title_id, str(row["digest"])) for title_id, row in zip(ids, rows, strict=True))
        return known

    async def upsert(
        self,
        embedder: EmbedderId,
        title_ids: Sequence[int],
        digests: Sequence[str],
        vectors: NDArray[np.float32],
    ) -> None:
        """Store vectors, a few rows at a time. Raises: Unavailable("vectors")."""
        self._require_lock()
        for start in range(0, len(title_ids), self._batch):
            part = slice(start, start + self._batch)
            ids = [str(title_id) for title_id in title_ids[part]]
            metadatas: list[Mapping[str, Any]] = [{"digest": digest} for digest in digests[part]]
            rows = np.ascontiguousarray(vectors[part])
            await self._call(
                lambda ids=ids, metadatas=metadatas, rows=rows: self._collection(embedder).upsert(  # type: ignore[misc]
                    ids=ids, embeddings=rows, metadatas=metadatas
                )
            )

    async def delete(self, embedder: EmbedderId, title_ids: Sequence[int]) -> None:
        """Forget vectors. Raises: Unavailable("vectors")."""
        self._require_lock()
        for start in range(0, len(title_ids), self._batch):
            ids = [str(title_id) for title_id in title_ids[start : start + self._batch]]
            await self._call(lambda ids=ids: self._collection(embedder).delete(ids=ids))  # type: ignore[misc]

    async def pages(
        self, embedder: EmbedderId, size: int = PAGE
    ) -> AsyncIterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """All vectors, a page at a time, in Chroma's order. Raises: Unavailable("vectors")."""
        async for ids, rows in self._rows(embedder, size, "embeddings"):
            yield np.array(ids, dtype=np.int64), np.asarray(rows, dtype=np.float32)

    async def rebuild_snapshot(self, embedder: EmbedderId, *, catalogue_version: int | None = None) -> VectorSnapshot:
        """Write a new generation from what Chroma holds. Raises: Unavailable("vectors")."""
        self._require_lock()
        ids: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
        rows: list[NDArray[np.float32]] = [np.empty((0, embedder.dimensions), dtype=np.float32)]
        async for page_ids, page_rows in self.pages(embedder):
            ids.append(page_ids)
            rows.append(page_rows)
        title_ids = np.concatenate(ids)
        order = np.argsort(title_ids)
        vectors = np.concatenate(rows)[order]
        return await self._call(lambda: self._snapshots.write(embedder, title_ids[order], vectors, catalogue_version))

    async def snapshot(self, embedder: EmbedderId) -> VectorSnapshot | None:
        """The current generation if this embedder made it; never loads Chroma."""
        return await asyncio.to_thread(self._snapshots.read, embedder)

    def close(self) -> None:
        """Let Chroma's files go."""
        self._worker.shutdown(wait=True)
        if self._client is not None:
            sessions = _sessions(self._client)
            self._client.close()  # type: ignore[attr-defined]
            for session in sessions:
                session.close()
            self._client = None
            self._collections.clear()

    def _require_lock(self) -> None:
        if not self._lock.held:
            raise RuntimeError("vectors are written within writing() only")

    async def _rows(
        self, embedder: EmbedderId, size: int, what: Literal["embeddings", "metadatas"]
    ) -> AsyncIterator[tuple[list[int], Any]]:
        """Pages of title ids and one other column, in the order they were first stored."""
        offset = 0
        while True:
            page = await self._call(
                lambda offset=offset: self._collection(embedder).get(  # type: ignore[misc]
                    include=[what], limit=size, offset=offset
                )
            )
            ids = [int(stored) for stored in page["ids"]]
            if not ids:
                return
            yield ids, page[what]
            offset += len(ids)

    async def _call(self, work: Callable[[], Result]) -> Result:
        """Run blocking work on the store's own thread, with its errors translated."""

        def translated() -> Result:
            with self._errors_translated():
                return work()

        return await asyncio.get_running_loop().run_in_executor(self._worker, translated)

    @contextmanager
    def _errors_translated(self) -> Iterator[None]:
        import httpx  # noqa: PLC0415 - what Chroma's client speaks with
        from chromadb.errors import ChromaError  # noqa: PLC0415 - heavy

        try:
            yield
        except (ChromaError, httpx.HTTPError, OSError) as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> Unavailable:
        reason = str(error).splitlines()[0][:200].rstrip(".") if str(error) else type(error).__name__
        if self._url is not None:
            sentence = _("The Chroma server at {url} cannot be used: {reason}.")
            return Unavailable("vectors", sentence.format(url=self._url, reason=reason))
        sentence = _(
            "The vector store in {folder} cannot be used ({reason}); if it is damaged, delete that folder and every "
            "title is embedded anew."
        )
        return Unavailable("vectors", sentence.format(folder=self._folder, reason=reason))

    def _collection(self, embedder: EmbedderId) -> Collection:
        if self._client is None:
            self._client = self._open()
        if embedder not in self._collections:
            self._collections[embedder] = self._client.get_or_create_collection(
                _collection_name(embedder),
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine"}},
            )
        return self._collections[embedder]

    def _open(self) -> ClientAPI:
        import chromadb  # noqa: PLC0415 - heavy, and not needed to answer
        import httpx  # noqa: PLC0415 - what Chroma's client speaks with
        from chromadb.config import Settings  # noqa: PLC0415 - heavy

        settings = Settings(anonymized_telemetry=False)
        if self._url is None:
            path = self._folder / "chroma"
            path.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(str(path), settings=settings)
        parts = _server(self._url)
        try:
            client = chromadb.HttpClient(host=parts[0], port=parts[1], ssl=parts[2], settings=settings)
        except ValueError as error:  # what Chroma raises for a server that does not answer
            raise self._unavailable(error) from error
        for session in _sessions(client):
            session.timeout = httpx.Timeout(SERVER_SECONDS)
        return client


def _sessions(client: ClientAPI) -> list[httpx.Client]:
    """The connections of a client to a server: Chroma neither limits their time nor closes them."""
    import httpx  # noqa: PLC0415 - what Chroma's client speaks with

    servers = [getattr(owner, "_server", None) for owner in (client, getattr(client, "_admin_client", None))]
    sessions = [getattr(server, "_session", None) for server in servers]
    return [session for session in sessions if isinstance(session, httpx.Client)]


def _server(url: str) -> tuple[str, int, bool]:
    """Host, port, whether TLS. Raises: InvalidSettings."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidSettings(
            _("“{url}” is not the address of a Chroma server, such as http://localhost:8000.").format(url=url)
        )
    return parts.hostname, port or (443 if parts.scheme == "https" else 8000), parts.scheme == "https"


def _collection_name(embedder: EmbedderId) -> str:
    """A name that Chroma takes: letters, digits, dots and dashes."""
    parts = (embedder.name, embedder.version, str(embedder.dimensions))
    return "titles-" + "-".join(re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-.") or "x" for part in parts)
