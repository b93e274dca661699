"""From several people's scores to one order."""

from __future__ import annotations

import numpy as np
import pytest

from engine.group import aggregate, fair_order, fits, wishes
from engine.types import Aggregation

SCORES = np.array([[1.0, 0.6, 0.2, 0.5], [0.0, 0.6, 0.9, 0.5]])


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Aggregation.AVERAGE, [0.5, 0.6, 0.55, 0.5]),
        (Aggregation.LEAST_MISERY, [0.0, 0.6, 0.2, 0.5]),
        (Aggregation.MOST_PLEASURE, [1.0, 0.6, 0.9, 0.5]),
        (Aggregation.AVERAGE_WITHOUT_MISERY, [-0.5, 0.6, -0.45, 0.5]),
        # A favourite counts 1, the last of four 6 / (6 + 3).
        (Aggregation.FAIRNESS, [5 / 6, 5 / 6, 5 / 6, 0.8]),
    ],
)
def test_aggregations(how: Aggregation, expected: list[float]) -> None:
    assert aggregate(SCORES, how) == pytest.approx(expected)


def test_fits_are_percentile_ranks_and_equal_scores_share_one() -> None:
    assert fits(np.array([[0.1, 5.0, 0.1, 2.0, 9.0]]))[0] == pytest.approx([0.125, 0.75, 0.125, 0.5, 1.0])
    assert fits(np.array([[3.0]]))[0] == pytest.approx([0.5])


def test_a_members_scale_does_not_outweigh_anothers() -> None:
    assert fits(SCORES * np.array([[100.0], [0.01]])) == pytest.approx(fits(SCORES))


def test_a_wish_halves_six_places_below_the_favourite() -> None:
    assert wishes(np.array([[1.0, 0.994, 0.988, 0.0]]), 1001)[0] == pytest.approx([1.0, 0.5, 1 / 3, 6 / 1006])
    assert wishes(np.array([[0.5]]), 1).tolist() == [[1.0]]


def test_the_first_pick_is_what_both_want_and_then_each_gets_a_favourite() -> None:
    members = np.array([[1.0, 0.995, 0.1, 0.9], [0.1, 0.995, 1.0, 0.9]])
    assert fair_order(members, np.arange(4), 3, 1000).tolist() == [1, 0, 2]
    assert len(fair_order(members, np.arange(4), 9, 1000)) == 4


def test_whoever_got_the_last_favourite_waits() -> None:
    # Two favourites of each member, equally wanted: they alternate and are not served one after the other.
    members = np.array([[1.0, 1.0, 0.5, 0.5], [0.5, 0.5, 1.0, 1.0]])
    assert fair_order(members, np.arange(4), 2, 1000).tolist() == [0, 2]


def test_fair_ties_go_to_the_lower_id() -> None:
    even = np.full((2, 3), 0.5)
    assert fair_order(even, np.array([30, 10, 20]), 3, 3).tolist() == [1, 2, 0]
