"""Evidence for a topic, seen beside the genres of the others that are about it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from engine.search.topicality import with_typical_genres


def test_typical_genres_raise_and_foreign_ones_lower() -> None:
    # 40 crime films, 30 of them about it; 40 fairy tales, one of them as well.
    genres = csr_array(np.repeat([[1.0, 0.0], [0.0, 1.0]], 40, axis=0))
    evidence = np.zeros(80)
    evidence[:30] = 0.6
    evidence[40] = 0.6
    found = with_typical_genres(evidence, genres)
    assert found[0] > 0.6
    assert 0.0 < found[40] < 0.5
    assert found[35] == found[79] == 0.0
    lift = (30 + 5 * 0.5) / (31 + 5) / 0.5
    assert found[0] == pytest.approx(1.5 * lift / (1 + 1.5 * lift))


def test_few_items_are_left_as_they_are() -> None:
    evidence = np.array([0.9, 0.0, 0.7])
    genres = csr_array(np.eye(3))
    assert with_typical_genres(evidence, genres) is evidence


def test_items_without_genres_keep_their_evidence() -> None:
    genres = csr_array(np.vstack([np.ones((30, 1)), np.zeros((10, 1))]))
    evidence = np.full(40, 0.6)
    assert with_typical_genres(evidence, genres)[35] == pytest.approx(0.6)
