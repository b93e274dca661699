"""Weights between the sizes they were learnt at, and the learnt ones themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.scoring.learned import LEARNT
from engine.scoring.weights import Tier, weights_for

TIERS = (Tier(1, {"a": 1.0}), Tier(10, {"a": 0.5, "b": -0.5}), Tier(1000, {"b": -1.0}))


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (0, {"a": 1.0}),
        (1, {"a": 1.0}),
        (10, {"a": 0.5, "b": -0.5}),
        (100, {"a": 0.25, "b": -0.75}),  # half-way from 10 to 1000 in the logarithm
        (5000, {"b": -1.0}),
    ],
)
def test_weights_lie_between_the_nearest_sizes(people: int, expected: dict[str, float]) -> None:
    found = {name: weight for name, weight in weights_for(people, TIERS).items() if weight}
    assert found == pytest.approx(expected)


def test_without_learnt_weights_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="no learnt weights"):
        weights_for(5, ())


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 100_000))
def test_the_learnt_weights_sum_to_one_for_any_number_of_people(people: int) -> None:
    weights = weights_for(people, LEARNT)
    assert sum(map(abs, weights.values())) == pytest.approx(1.0, abs=0.01)


def test_strangers_gain_in_weight_with_their_number() -> None:
    shares = [
        sum(weights_for(people, LEARNT).get(name, 0.0) for name in ("ease", "transitions")) for people in (1, 610)
    ]
    assert shares[0] == 0.0
    assert shares[1] > 0.1
    assert [tier.people for tier in LEARNT] == sorted({tier.people for tier in LEARNT})
