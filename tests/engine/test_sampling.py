"""Draws that a seed decides, not the order of the rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.sampling import uniform, weighted_draw


def test_numbers_are_even_and_never_touch_the_ends() -> None:
    values = uniform(np.arange(20_000), 7)
    assert values.min() > 0
    assert values.max() < 1
    assert np.abs(np.histogram(values, 10)[0] - 2_000).max() < 200


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(-(2**40), 2**70), order=st.permutations(range(12)))
def test_a_draw_depends_on_ids_and_seed_alone(seed: int, order: list[int]) -> None:
    ids, scores = np.arange(100, 112), np.linspace(0, 1, 12)
    one = ids[weighted_draw(scores, ids, 5, seed)]
    two = ids[order][weighted_draw(scores[order], ids[order], 5, seed)]
    assert one.tolist() == two.tolist()
    assert len(set(one)) == 5


def test_better_scores_are_drawn_oftener() -> None:
    ids, scores = np.arange(20), np.linspace(0, 1, 20)
    drawn = np.concatenate([weighted_draw(scores, ids, 3, seed) for seed in range(400)])
    counts = np.bincount(drawn, minlength=20)
    assert counts[15:].sum() > 4 * counts[:5].sum()
    assert counts[:10].sum() > 0


def test_nothing_to_draw_from() -> None:
    assert len(weighted_draw(np.zeros(0), np.zeros(0, dtype=np.int64), 3, 1)) == 0
