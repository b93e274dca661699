"""Learning weights from choices."""

from __future__ import annotations

import numpy as np
import pytest

from engine.search.logit import fit_conditional_logit


def test_it_finds_the_weights_that_made_the_choices() -> None:
    draw = np.random.default_rng(3)
    truth = np.array([2.0, -1.0, 0.0])
    features = draw.normal(size=(3_000, 12, 3)).astype(np.float32)
    utilities = features @ truth + draw.gumbel(size=(3_000, 12))
    for choice, chosen in zip(features, utilities.argmax(axis=1), strict=True):
        choice[[0, chosen]] = choice[[chosen, 0]]
    found = fit_conditional_logit(features, np.ones((3_000, 12), dtype=bool))
    assert found == pytest.approx(truth, abs=0.12)


def test_candidates_that_could_not_be_chosen_do_not_count() -> None:
    features = np.zeros((50, 3, 1), dtype=np.float32)
    features[:, 0] = 1.0
    features[:, 2] = 5.0
    valid = np.ones((50, 3), dtype=bool)
    valid[:, 2] = False
    assert fit_conditional_logit(features, valid)[0] > 0.0
    assert fit_conditional_logit(features, np.ones((50, 3), dtype=bool))[0] < 0.0


def test_a_constant_feature_gets_no_weight_and_nothing_is_an_error() -> None:
    features = np.ones((10, 4, 1), dtype=np.float32)
    assert fit_conditional_logit(features, np.ones((10, 4), dtype=bool))[0] == pytest.approx(0.0, abs=1e-6)
    with pytest.raises(ValueError, match="nothing to learn"):
        fit_conditional_logit(np.zeros((0, 4, 2), dtype=np.float32), np.zeros((0, 4), dtype=bool))
