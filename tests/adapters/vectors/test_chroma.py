"""What is Chroma's own: errors, durability, batches, and staying out of the way of answering."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from adapters.vectors import ChromaVectors, open_vectors
from adapters.vectors.chroma import _collection_name, _server
from bot.errors import InvalidSettings, Unavailable
from bot.ports.ai import EmbedderId

SMALL = EmbedderId("small", "1", 4)


async def fill(store: ChromaVectors, n: int) -> None:
    rows = np.random.default_rng(0).normal(size=(n, 4)).astype(np.float32)
    await store.upsert(SMALL, range(1, n + 1), ["digest"] * n, rows)


async def test_vectors_outlive_the_process(tmp_path: Path) -> None:
    first = open_vectors(tmp_path)
    async with first.writing():
        await fill(first, 60)
        await first.rebuild_snapshot(SMALL)
    first.close()
    second = open_vectors(tmp_path)
    assert len(await second.digests(SMALL)) == 60
    snapshot = await second.snapshot(SMALL)
    assert snapshot is not None
    assert len(snapshot.title_ids) == 60
    second.close()


async def test_the_event_loop_turns_between_batches(tmp_path: Path) -> None:
    store = open_vectors(tmp_path, batch=5)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with store.writing():
        counting = asyncio.create_task(count())
        await fill(store, 50)
        counting.cancel()
    assert turns > 10
    store.close()


async def test_a_damaged_store_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"this is no database " * 500)
    store = open_vectors(tmp_path)
    with pytest.raises(Unavailable, match="delete that folder") as caught:
        await store.digests(SMALL)
    assert caught.value.service == "vectors"
    store.close()


async def test_vectors_of_a_wrong_size_are_an_error_of_ours(tmp_path: Path) -> None:
    store = open_vectors(tmp_path)
    async with store.writing():
        await fill(store, 2)
        with pytest.raises(Unavailable):
            await store.upsert(SMALL, [9], ["digest"], np.ones((1, 7), dtype=np.float32))
    store.close()


async def test_a_server_that_does_not_answer(tmp_path: Path, unused_tcp_port: int) -> None:
    store = open_vectors(tmp_path, url=f"http://127.0.0.1:{unused_tcp_port}")
    with pytest.raises(Unavailable, match=f"127.0.0.1:{unused_tcp_port}"):
        await store.digests(SMALL)
    store.close()


@pytest.mark.parametrize("url", ["chroma:8000", "ftp://chroma", "http://", "http://[::1", "http://chroma:99999999", ""])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(InvalidSettings, match="Chroma server"):
        _server(url)


def test_addresses() -> None:
    assert _server("http://chroma") == ("chroma", 8000, False)
    assert _server("https://chroma.example") == ("chroma.example", 443, True)
    assert _server("http://localhost:9000/") == ("localhost", 9000, False)


def test_collections_have_names_that_chroma_takes() -> None:
    assert _collection_name(EmbedderId("google/embedding gemma:300m_", "v/1", 768)) == (
        "titles-google-embedding-gemma-300m-v-1-768"
    )
    assert _collection_name(EmbedderId("///", "", 1)) == "titles-x-x-1"


def test_answering_never_loads_chroma(tmp_path: Path) -> None:
    code = """
import asyncio, sys
from pathlib import Path
from adapters.vectors import open_vectors
from bot.ports.ai import EmbedderId
store = open_vectors(Path(sys.argv[1]))
assert asyncio.run(store.snapshot(EmbedderId("small", "1", 4))) is None
store.close()
sys.exit("chromadb" in sys.modules)
"""
    finished = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[3], check=False, timeout=60
    )
    assert finished.returncode == 0
