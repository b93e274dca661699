"""The default embedder: meaning, limits, and how it behaves without its model or with company."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from adapters.models.minilm import TOKENS_PER_BATCH, MiniLmEmbedder, _batches
from adapters.models.weights import NAME
from bot.errors import Unavailable


@pytest.fixture
def embedder(models_dir: Path) -> Iterator[MiniLmEmbedder]:
    embedder = MiniLmEmbedder(models_dir)
    yield embedder
    embedder.close()


async def test_meaning_is_what_is_near(embedder: MiniLmEmbedder) -> None:
    query, heist, farm = await embedder.embed(
        [
            "bank robbers plan a heist",
            "A gang of thieves robs a bank vault in one last daring heist.",
            "A pig learns to herd sheep on a farm and wins the hearts of its neighbours.",
        ]
    )
    assert query @ heist > query @ farm + 0.2


async def test_known_vector(embedder: MiniLmEmbedder) -> None:
    """The first numbers of sentence-transformers for this sentence, measured once beside it."""
    (vector,) = await embedder.embed(["This is an example sentence"])
    assert vector[:4] == pytest.approx([0.0676569, 0.0634959, 0.0487131, 0.0793049], abs=1e-4)


async def test_only_the_first_256_tokens_count(embedder: MiniLmEmbedder) -> None:
    start = "war " * 254  # and the two marks that every text gets
    long, longer, other = await embedder.embed([start, start + "rabbits and carrots", "rabbits and carrots"])
    assert long @ longer == pytest.approx(1.0, abs=1e-5)
    assert long @ other < 0.5


async def test_an_endless_text_is_no_trouble(embedder: MiniLmEmbedder) -> None:
    vectors = await embedder.embed(["x" * 3_000_000, "a b " * 1_000_000])
    assert np.isfinite(vectors).all()


async def test_a_query_does_not_wait_for_a_long_run(embedder: MiniLmEmbedder) -> None:
    finished: list[str] = []

    async def ask(name: str, texts: list[str]) -> None:
        await embedder.embed(texts)
        finished.append(name)

    async with asyncio.TaskGroup() as group:
        group.create_task(ask("run", ["a plot of some length " * 10] * 120))
        await asyncio.sleep(0.05)
        group.create_task(ask("query", ["a slow-burn heist film"]))
    assert finished == ["query", "run"]


async def test_a_missing_model_names_the_command(tmp_path: Path) -> None:
    embedder = MiniLmEmbedder(tmp_path)
    with pytest.raises(Unavailable, match="recommendarr models install"):
        await embedder.embed(["anything"])
    embedder.close()


async def test_a_damaged_model_names_the_command_until_it_is_mended(models_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(models_dir / NAME, tmp_path / NAME)
    with (tmp_path / NAME / "model.weights").open("r+b") as file:
        file.seek(40_000_000)
        file.write(b"\xff\xff\xff\xff")
    embedder = MiniLmEmbedder(tmp_path)
    with pytest.raises(Unavailable, match=r"damaged \(model.weights\).*recommendarr models install"):
        await embedder.embed(["anything"])
    shutil.copyfile(models_dir / NAME / "model.weights", tmp_path / NAME / "model.weights")
    assert (await embedder.embed(["anything"])).shape == (1, 384)
    embedder.close()


def test_every_text_is_in_one_batch_of_bounded_size() -> None:
    lengths = np.random.default_rng(1).integers(2, 257, size=500).tolist()
    batches = list(_batches(lengths))
    assert sorted(np.concatenate(batches).tolist()) == list(range(500))
    assert max(len(batch) * max(lengths[row] for row in batch) for batch in batches) <= TOKENS_PER_BATCH
    assert list(_batches([])) == []


def test_heavy_libraries_wait_for_the_first_text() -> None:
    code = (
        "import sys; from adapters.models import open_embedder; from pathlib import Path; "
        "open_embedder(Path('nowhere')).id; "
        "sys.exit(any(name in sys.modules for name in ('onnxruntime', 'tokenizers', 'onnx', 'safetensors')))"
    )
    finished = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False, timeout=60)
    assert finished.returncode == 0
