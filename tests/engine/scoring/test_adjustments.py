"""What hiding and ignoring titles costs."""

from __future__ import annotations

import numpy as np
import pytest

from engine.scoring.adjustments import AdjustmentConfig, fatigue, hide_penalty

CONFIG = AdjustmentConfig()


@pytest.mark.parametrize(
    ("similarity", "cost"),
    [(-1.0, 0.0), (0.5, 0.0), (0.6, 0.0), (0.61, 0.066), (0.7, 0.12), (0.8, 0.18), (0.9, 0.24), (1.0, 0.30)],
)
def test_closeness_to_a_hidden_title_costs(similarity: float, cost: float) -> None:
    assert hide_penalty(np.array([similarity]), CONFIG)[0] == pytest.approx(cost)


def test_a_title_shown_thrice_and_never_touched_sinks() -> None:
    costs = fatigue(np.array([0.0, 1.0, 2.0, 3.0, 9.0]), CONFIG)
    assert costs == pytest.approx([0.0, 0.03, 0.06, 0.25, 0.25])
