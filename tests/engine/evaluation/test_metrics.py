"""Ranking metrics against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.evaluation.metrics import (
    coverage,
    intra_list_similarity,
    ndcg,
    novelty,
    rank_rows,
    recall,
    reciprocal_rank,
)


def rows(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("relevant", "n", "expected"),
    [
        ((7,), 10, 1.0),  # first of all
        ((8,), 10, 0.6309297535714575),  # 1 / log2(3)
        ((7, 9), 10, 1.5 / 1.6309297535714575),  # places 1 and 3 of an ideal 1 and 2
        ((7, 8, 9), 2, 1.0),  # the ideal list is cut at n
        ((1,), 10, 0.0),
        ((), 10, 0.0),
    ],
)
def test_ndcg(relevant: tuple[int, ...], n: int, expected: float) -> None:
    assert ndcg(rows(7, 8, 9), rows(*relevant), n) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("relevant", "n", "expected"), [((7, 1), 3, 0.5), ((9,), 2, 0.0), ((9,), 3, 1.0), ((), 3, 0.0)]
)
def test_recall(relevant: tuple[int, ...], n: int, expected: float) -> None:
    assert recall(rows(7, 8, 9), rows(*relevant), n) == pytest.approx(expected)


def test_reciprocal_rank() -> None:
    assert reciprocal_rank(rows(7, 8, 9), rows(9, 8)) == pytest.approx(0.5)
    assert reciprocal_rank(rows(7, 8, 9), rows(1)) == 0.0


def test_coverage_counts_each_item_once() -> None:
    assert coverage([rows(0, 1, 2), rows(1, 3, 4)], 10, 2) == pytest.approx(0.3)
    assert coverage([], 10, 2) == 0.0


def test_novelty_is_the_surprise_in_bits() -> None:
    assert novelty(rows(0, 1), np.array([0.5, 0.125, 1.0]), 2) == pytest.approx(2.0)


def test_intra_list_similarity_is_the_mean_over_pairs() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1], [0, 0]], dtype=np.float32)
    assert intra_list_similarity(rows(0, 1, 2), vectors, 3) == pytest.approx(1 / 3)
    assert intra_list_similarity(rows(0, 3), vectors, 2) == 0.0  # an item without a vector makes no pair


def test_ranking_breaks_ties_by_row_and_skips_what_is_excluded() -> None:
    scores = np.array([1.0, 3.0, 3.0, 2.0, 3.0])
    assert rank_rows(scores, rows(1), 3).tolist() == [2, 4, 3]
    assert rank_rows(scores, rows(0, 1, 2, 3, 4), 3).tolist() == []
    assert scores[1] == 3.0  # the scores handed in are left alone


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.integers(1, 40))
def test_the_best_rows_are_those_of_a_full_sort(values: list[int], n: int) -> None:
    scores = np.array(values, dtype=np.float64)
    full = np.argsort(-scores, kind="stable")
    assert rank_rows(scores, rows(), n).tolist() == full[:n].tolist()
