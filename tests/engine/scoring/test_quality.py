"""Worked numbers of the crowd's signals."""

from __future__ import annotations

import numpy as np
import pytest

from engine.scoring.quality import bayesian_mean, vote_confidence


@pytest.mark.parametrize(
    ("average", "votes", "expected"),
    [(10.0, 2, 0.68), (8.2, 27_000, 0.82), (9.0, 0, 0.6818), (5.0, 500, 0.5909)],
)
def test_few_votes_are_drawn_to_the_prior(average: float, votes: int, expected: float) -> None:
    mean = bayesian_mean(np.array([average]), np.array([float(votes)]), prior_mean=6.818, prior_votes=500.0)
    assert mean[0] / 10 == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("votes", "expected"),
    [(0, 0.0), (1, 0.0), (100, 0.50), (500, 0.67), (2_000, 0.80), (10_000, 0.90), (50_000, 0.97), (10**9, 0.97)],
)
def test_confidence_goes_through_the_documented_points(votes: int, expected: float) -> None:
    assert vote_confidence(np.array([float(votes)]), np.array([7.0]))[0] == pytest.approx(expected)


def test_confidence_is_interpolated_on_the_logarithm_of_the_votes() -> None:
    middle = float(np.sqrt(100 * 500))
    assert vote_confidence(np.array([middle]), np.array([7.0]))[0] == pytest.approx((0.50 + 0.67) / 2)


@pytest.mark.parametrize("average", [9.4, 3.1])
def test_an_extreme_rating_by_few_is_trusted_less_and_the_penalty_fades(average: float) -> None:
    few, some, many = (
        vote_confidence(np.array([votes]), np.array([average]))[0]
        / vote_confidence(np.array([votes]), np.array([7.0]))[0]
        for votes in (100.0, 1_000.0, 2_000.0)
    )
    assert few == pytest.approx(1 - 0.30 * 0.95)
    assert few < some < many == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("average", "votes", "factor"),
    [(8.7, 1_000, 1.05), (8.5, 500, 1.05), (9.0, 3_000, 1.05), (8.4, 1_000, 1.0), (8.7, 499, 1.0), (8.7, 3_001, 1.0)],
)
def test_a_cult_title_gains_five_percent(average: float, votes: int, factor: float) -> None:
    plain = vote_confidence(np.array([float(votes)]), np.array([7.0]))[0]
    assert vote_confidence(np.array([float(votes)]), np.array([average]))[0] == pytest.approx(factor * plain)


def test_confidence_never_reaches_one() -> None:
    votes = np.geomspace(1, 1e9, 200)
    for average in (0.0, 5.0, 8.7, 10.0):
        values = vote_confidence(votes, np.full(200, average))
        assert values.max() <= 0.98
        assert values.min() >= 0.0
