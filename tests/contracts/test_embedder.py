"""What every embedder promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from adapters.models import open_embedder
from bot.ports.ai import Embedder
from tests.fakes.ai import FakeEmbedder

TEXTS = [
    "Title: Heat (1995). Genres: Crime. Overview: A thief and a detective circle each other.",
    "heist",
    "",
    "Ein Diebespaar plant in Marseille den Einbruch des Jahrhunderts. " * 40,
    "七人の侍 \N{FILM FRAMES} \x00\x1b[31m",
    "a lone surrogate: \ud800",
]


@pytest.fixture(params=["fake", "minilm"])
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    if request.param == "fake":
        yield FakeEmbedder()
        return
    real = open_embedder(request.getfixturevalue("models_dir"))
    yield real
    real.close()


async def test_one_normalised_row_per_text_in_order(embedder: Embedder) -> None:
    vectors = await embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.id.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    one_by_one = np.concatenate([await embedder.embed([text]) for text in TEXTS])
    assert (vectors * one_by_one).sum(axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


async def test_no_text_is_no_row(embedder: Embedder) -> None:
    vectors = await embedder.embed([])
    assert vectors.shape == (0, embedder.id.dimensions)
    assert vectors.dtype == np.float32


async def test_equal_texts_have_equal_vectors_and_others_differ(embedder: Embedder) -> None:
    first, second, other = await embedder.embed(["a bank robbery", "a bank robbery", "talking rabbits"])
    assert first @ second == pytest.approx(1.0, abs=1e-5)
    assert first @ other < 0.95


def test_the_id_is_complete(embedder: Embedder) -> None:
    assert embedder.id.name
    assert embedder.id.version
    assert embedder.id.dimensions > 0


def test_the_id_needs_no_model(tmp_path: Path) -> None:
    assert open_embedder(tmp_path).id.dimensions == 384
