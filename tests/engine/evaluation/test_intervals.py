"""Bootstrap intervals: deterministic, in the right place, and paired differences tighter than separate ones."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.intervals import bootstrap, paired


def test_the_same_seed_gives_the_same_interval() -> None:
    values = np.random.default_rng(1).random(50)
    assert bootstrap(values, seed=3) == bootstrap(values, seed=3)
    assert bootstrap(values, seed=3) != bootstrap(values, seed=4)


def test_the_interval_matches_the_standard_error() -> None:
    values = np.random.default_rng(1).normal(5.0, 2.0, 400)
    interval = bootstrap(values, seed=0)
    error = float(values.std()) / 20.0
    assert interval.mean == pytest.approx(float(values.mean()))
    assert interval.low == pytest.approx(interval.mean - 1.96 * error, abs=0.2 * error)
    assert interval.high == pytest.approx(interval.mean + 1.96 * error, abs=0.2 * error)


def test_constant_values_have_no_spread_and_nothing_is_zero() -> None:
    constant = bootstrap(np.full(10, 0.25), seed=0)
    assert (constant.low, constant.high) == (0.25, 0.25)
    assert bootstrap(np.zeros(0), seed=0).to_json() == {"mean": 0.0, "low": 0.0, "high": 0.0}


def test_a_small_but_steady_advantage_is_found_by_pairs() -> None:
    base = np.random.default_rng(2).random(300)
    better = base + 0.01
    difference = paired(better, base, seed=0)
    assert difference.low > 0.0
    assert bootstrap(better, seed=0).low < bootstrap(base, seed=0).high
