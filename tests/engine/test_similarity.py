"""How close items are to several others, by whichever way is fastest."""

from __future__ import annotations

import numpy as np
import pytest

from engine.similarity import closest, similarities


@pytest.mark.parametrize("vectors", [1, 3, 4, 9])
@pytest.mark.parametrize("rows", [5, 900, 2_500, 2_999])
def test_the_closest_of_several_is_the_largest_similarity(vectors: int, rows: int) -> None:
    generator = np.random.default_rng(0)
    embeddings = generator.standard_normal((3_000, 16)).astype(np.float32)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    chosen = generator.permutation(3_000)[:rows]
    others = embeddings[generator.integers(0, 3_000, size=vectors)]
    expected = similarities(embeddings, chosen, others).max(axis=1)
    assert closest(embeddings, chosen, others) == pytest.approx(expected, abs=1e-6)
