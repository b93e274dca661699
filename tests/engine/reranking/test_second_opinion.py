"""Blending an order with a second opinion on it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reranking.second_opinion import blended_order

OPINION = np.array([0.1, 0.9, 0.5])


@pytest.mark.parametrize(("weight", "order"), [(1.0, [0, 1, 2]), (0.0, [1, 2, 0]), (0.4, [1, 0, 2])])
def test_the_weight_moves_from_the_old_order_to_the_opinion(weight: float, order: list[int]) -> None:
    assert blended_order(OPINION, weight).tolist() == order


@pytest.mark.parametrize("same", [[], [0.3], [0.3, 0.3, 0.3], [np.nan, np.nan]])
def test_an_opinion_without_a_difference_changes_nothing(same: list[float]) -> None:
    assert blended_order(np.array(same), 0.0).tolist() == list(range(len(same)))


@given(st.lists(st.floats(-1, 1), max_size=50), st.floats(0, 1))
def test_every_place_stays_once(opinion: list[float], weight: float) -> None:
    assert sorted(blended_order(np.array(opinion), weight).tolist()) == list(range(len(opinion)))
