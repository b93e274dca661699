"""Co-occurrence and transitions: worked numbers, the threshold that protects people, order of time."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from engine.scoring.neighbours import CooccurrenceConfig, TransitionConfig, cooccurrence, transitions


def test_cooccurrence_by_hand() -> None:
    known = csr_array(np.array([[1, 1, 0], [1, 1, 0], [1, 1, 1], [0, 1, 1]], dtype=np.float64))
    weights = cooccurrence(known, CooccurrenceConfig(minimum_people=3, shrinkage=10.0)).matrix.toarray()
    # Items 0 and 1 share three people: 3 / (sqrt(3 * 4) + 10); 1 and 2 only two, so that pattern does not count.
    assert weights[0, 1] == pytest.approx(3 / (12**0.5 + 10))
    assert weights[1, 0] == pytest.approx(weights[0, 1])
    assert np.count_nonzero(weights) == 2


def test_a_pattern_counts_from_three_people_on() -> None:
    row = np.array([[1.0, 1.0]])
    two, three = csr_array(np.repeat(row, 2, axis=0)), csr_array(np.repeat(row, 3, axis=0))
    assert cooccurrence(two).matrix.nnz == 0
    assert cooccurrence(three).matrix.nnz == 2
    sequence = (np.array([0, 1]), np.array([True, True]))
    assert transitions([sequence] * 2, 2).matrix.nnz == 0
    assert transitions([sequence] * 3, 2).matrix.nnz == 1


def test_only_the_closest_neighbours_are_kept_and_ties_go_to_the_smaller_row() -> None:
    known = csr_array(np.ones((4, 5)))
    kept = cooccurrence(known, CooccurrenceConfig(minimum_people=1, top=2)).matrix.toarray()
    assert [np.flatnonzero(row).tolist() for row in kept] == [[1, 2], [0, 2], [0, 1], [0, 1], [0, 1]]


def test_transitions_by_hand() -> None:
    config = TransitionConfig(minimum_people=1, window=2, decay=0.5, shrinkage=0.0, source_power=0.0, target_power=0.0)
    liked = np.array([True, False, True])
    weights = transitions([(np.array([2, 0, 1]), liked)], 3, config).matrix.toarray()
    expected = np.zeros((3, 3))
    expected[2, 0] = 0.5 * 0.4  # the next title, which was not liked
    expected[0, 1] = 0.5
    expected[2, 1] = 0.25  # two steps on
    assert weights == pytest.approx(expected)


def test_transitions_point_forward_in_time_and_common_titles_count_less() -> None:
    forward = (np.array([0, 1]), np.array([True, True]))
    many = (
        [forward] * 5 + [(np.array([0, 2]), np.array([True, True]))] * 5 + [(np.array([3, 2]), np.ones(2, bool))] * 20
    )
    weights = transitions(many, 4).matrix.toarray()
    assert weights[0, 1] > weights[0, 2] > 0.0  # as often followed by both, but everybody comes to 2
    assert weights[1, 0] == 0.0


def test_nothing_known() -> None:
    assert transitions([], 4).matrix.nnz == 0
    assert cooccurrence(csr_array((0, 4), dtype=np.float64)).matrix.nnz == 0
    scores = transitions([], 4).scores(np.array([1, 2]), np.ones(2))
    assert scores.tolist() == [0.0] * 4
    assert transitions([], 4).scores(np.zeros(0, np.int64), np.zeros(0)).tolist() == [0.0] * 4
