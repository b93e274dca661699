"""From several people's scores to one order."""

from __future__ import annotations

import numpy as np
import pytest

from engine.group import aggregate, fair_order, fits
from engine.types import Aggregation

SCORES = np.array([[1.0, 0.6, 0.2, 0.5], [0.0, 0.6, 0.9, 0.5]])


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Aggregation.AVERAGE, [0.5, 0.6, 0.55, 0.5]),
        (Aggregation.LEAST_MISERY, [0.0, 0.6, 0.2, 0.5]),
        (Aggregation.MOST_PLEASURE, [1.0, 0.6, 0.9, 0.5]),
        (Aggregation.AVERAGE_WITHOUT_MISERY, [-0.5, 0.6, -0.45, 0.5]),
        (Aggregation.FAIRNESS, [0.5, 0.6, 0.55, 0.5]),
    ],
)
def test_aggregations(how: Aggregation, expected: list[float]) -> None:
    assert aggregate(SCORES, how) == pytest.approx(expected)


def test_fits_are_percentile_ranks_and_equal_scores_share_one() -> None:
    assert fits(np.array([[0.1, 5.0, 0.1, 2.0, 9.0]]))[0] == pytest.approx([0.125, 0.75, 0.125, 0.5, 1.0])
    assert fits(np.array([[3.0]]))[0] == pytest.approx([0.5])


def test_a_members_scale_does_not_outweigh_anothers() -> None:
    assert fits(SCORES * np.array([[100.0], [0.01]])) == pytest.approx(fits(SCORES))


def test_each_pick_serves_whoever_has_got_the_least() -> None:
    order = fair_order(SCORES, np.arange(4), 3)
    assert order[0] == 0  # both have nothing yet: the first member's favourite
    assert order[1] == 2  # then the second member's
    assert len(fair_order(SCORES, np.arange(4), 9)) == 4


def test_fair_ties_go_to_the_lower_id() -> None:
    even = np.full((2, 3), 0.5)
    assert fair_order(even, np.array([30, 10, 20]), 3).tolist() == [1, 2, 0]
