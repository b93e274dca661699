"""What every vector store promises."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.vectors import open_vectors
from bot.errors import Locked
from bot.ports.ai import EmbedderId, VectorStore
from tests.fakes.ai import FakeVectorStore

SMALL = EmbedderId("small/model:latest", "1", 4)
OTHER = EmbedderId("other", "1", 3)


_SERVER = """
import sys
import chromadb_rust_bindings
chromadb_rust_bindings.cli(["chroma", "run", "--host", "127.0.0.1", "--port", sys.argv[1], "--path", sys.argv[2]])
"""


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [sys.executable, "-c", _SERVER, str(port), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _attempt in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        else:
            process.kill()
            pytest.fail("the Chroma server did not start")
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture(params=["fake", "chroma", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    if request.param == "fake":
        yield FakeVectorStore()
        return
    url = request.getfixturevalue("server_url") if request.param == "server" else None
    if url is not None:
        _empty(url)
    real = open_vectors(tmp_path / "vectors", url=url, batch=3)
    yield real
    real.close()


def _empty(url: str) -> None:
    """Forget what an earlier test left on the server."""
    collections = f"{url}/api/v2/tenants/default_tenant/databases/default_database/collections"
    for collection in httpx.get(collections).json():
        httpx.delete(f"{collections}/{collection['name']}").raise_for_status()


def unit_rows(n: int, dimensions: int = 4, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(n, dimensions)).astype(np.float32)
    normalised: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return normalised


async def fill(store: VectorStore, ids: list[int], seed: int = 0) -> NDArray[np.float32]:
    rows = unit_rows(len(ids), seed=seed)
    await store.upsert(SMALL, ids, [f"digest {title_id}" for title_id in ids], rows)
    return rows


async def test_nothing_is_stored_at_first(store: VectorStore) -> None:
    assert await store.snapshot(SMALL) is None
    assert dict(await store.digests(SMALL)) == {}


async def test_what_is_stored_comes_back_whatever_the_batch(store: VectorStore) -> None:
    ids = [30, 4, 7, 100, 2, 55, 9]
    async with store.writing():
        rows = await fill(store, ids)
    assert dict(await store.digests(SMALL)) == {title_id: f"digest {title_id}" for title_id in ids}
    found: dict[int, NDArray[np.float32]] = {}
    async for page_ids, page_rows in store.pages(SMALL, size=2):
        assert 0 < len(page_ids) <= 2
        found |= dict(zip(page_ids.tolist(), page_rows, strict=True))
    assert set(found) == set(ids)
    for title_id, row in zip(ids, rows, strict=True):
        assert found[title_id] == pytest.approx(row, abs=1e-6)


async def test_a_vector_is_replaced_and_another_is_forgotten(store: VectorStore) -> None:
    async with store.writing():
        await fill(store, [1, 2, 3])
        replacement = unit_rows(1, seed=9)
        await store.upsert(SMALL, [2], ["new"], replacement)
        await store.delete(SMALL, [3, 999])
        snapshot = await store.rebuild_snapshot(SMALL)
    assert dict(await store.digests(SMALL)) == {1: "digest 1", 2: "new"}
    assert snapshot.title_ids.tolist() == [1, 2]
    assert snapshot.vectors[1] == pytest.approx(replacement[0], abs=1e-6)


async def test_a_snapshot_is_sorted_labelled_and_read_only(store: VectorStore) -> None:
    async with store.writing():
        rows = await fill(store, [30, 4, 7])
        written = await store.rebuild_snapshot(SMALL, catalogue_version=12)
    read = await store.snapshot(SMALL)
    assert read is not None
    assert (read.generation, read.embedder, read.catalogue_version) == (written.generation, SMALL, 12)
    assert read.title_ids.tolist() == [4, 7, 30]
    assert read.vectors == pytest.approx(rows[[1, 2, 0]], abs=1e-6)
    assert read.vectors.dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        read.vectors[0, 0] = 1


async def test_every_snapshot_has_a_generation_of_its_own(store: VectorStore) -> None:
    async with store.writing():
        await fill(store, [1])
        first = await store.rebuild_snapshot(SMALL)
        second = await store.rebuild_snapshot(SMALL)
    assert first.generation != second.generation


async def test_a_snapshot_of_nothing(store: VectorStore) -> None:
    async with store.writing():
        await store.rebuild_snapshot(SMALL, catalogue_version=0)
    snapshot = await store.snapshot(SMALL)
    assert snapshot is not None
    assert snapshot.title_ids.shape == (0,)
    assert snapshot.vectors.shape == (0, 4)


async def test_embedders_do_not_mix(store: VectorStore) -> None:
    async with store.writing():
        await fill(store, [1, 2])
        await store.upsert(OTHER, [1], ["other"], unit_rows(1, 3))
        await store.rebuild_snapshot(SMALL)
        assert await store.snapshot(OTHER) is None
        await store.rebuild_snapshot(OTHER)
    assert dict(await store.digests(OTHER)) == {1: "other"}
    assert len(await store.digests(SMALL)) == 2
    assert await store.snapshot(SMALL) is None  # there is one current snapshot


async def test_one_writer_at_a_time(store: VectorStore) -> None:
    async with store.writing():
        with pytest.raises(Locked):
            async with store.writing():
                pass
    async with store.writing():  # and the refused attempt left nothing behind
        await fill(store, [1])


async def test_the_lock_is_freed_by_an_error(store: VectorStore) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.writing():
            raise ZeroDivisionError
    async with store.writing():
        pass


async def test_writing_needs_the_lock(store: VectorStore) -> None:
    with pytest.raises(RuntimeError):
        await fill(store, [1])
    with pytest.raises(RuntimeError):
        await store.delete(SMALL, [1])
    with pytest.raises(RuntimeError):
        await store.rebuild_snapshot(SMALL)
