"""Variety: similar picks step back, genres come in the proportions of the profile."""

from __future__ import annotations

import numpy as np
import pytest

from engine.reranking.diversity import DiversityConfig, divergence, diversify, genre_spread

VECTORS = np.array([[1, 0], [1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
NO_GENRES = np.zeros((4, 0))
NO_TARGET = np.zeros(0)


def test_pure_relevance_keeps_the_order() -> None:
    order = diversify(np.array([0.9, 0.8, 0.7, 0.6]), VECTORS, NO_GENRES, NO_TARGET, 4, DiversityConfig(relevance=1.0))
    assert order.tolist() == [0, 1, 2, 3]


def test_a_twin_of_a_pick_steps_back_by_the_documented_sum() -> None:
    scores = np.array([1.0, 0.9, 0.8, 0.0])
    # After the first: .5 x .9 - .5 x 1 for the twin, .5 x .8 - 0 for the stranger.
    order = diversify(scores, VECTORS, NO_GENRES, NO_TARGET, 3, DiversityConfig(relevance=0.5, calibration=0.0))
    assert order.tolist() == [0, 2, 1]


def test_ties_keep_the_order_of_the_pool() -> None:
    order = diversify(np.full(4, 0.5), np.zeros((4, 2), dtype=np.float32), NO_GENRES, NO_TARGET, 4, DiversityConfig())
    assert order.tolist() == [0, 1, 2, 3]


def test_calibration_brings_the_genres_of_the_profile() -> None:
    genres = np.repeat(np.eye(2), [8, 4], axis=0)
    scores = np.linspace(1.0, 0.5, 12)
    still = np.zeros((12, 2), dtype=np.float32)
    plain = diversify(scores, still, genres, np.zeros(2), 6, DiversityConfig())
    wished = diversify(scores, still, genres, np.array([0.5, 0.5]), 6, DiversityConfig(calibration=9.0))
    assert (plain < 8).all()
    assert (wished >= 8).sum() == 3


def test_divergence_is_nothing_for_the_target_and_one_for_a_list_without_it() -> None:
    target = np.array([0.5, 0.5, 0.0])
    values = divergence(target, np.array([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0], [0.7, 0.3, 0.0]]))
    assert values[0] == pytest.approx(0.0, abs=1e-9)
    assert values[1] == pytest.approx(1.0)
    assert 0.0 < values[2] < 1.0


def test_a_newcomers_list_spreads_over_genres() -> None:
    genres = np.repeat(np.eye(3), 3, axis=0)
    assert genre_spread(np.linspace(1.0, 0.9, 9), genres, 3, 9).tolist() == [0, 3, 6]


def test_no_more_than_there_is() -> None:
    none = diversify(np.zeros(0), np.zeros((0, 2), dtype=np.float32), np.zeros((0, 0)), NO_TARGET, 5, DiversityConfig())
    assert len(none) == 0


def test_closeness_to_a_liked_title_is_a_share_of_the_worth_and_the_best_stays_first() -> None:
    scores = np.array([1.0, 0.9, 0.8, 0.0])
    close = np.array([0.5, 0.0, 1.0, 0.5])
    still = np.zeros((4, 2), dtype=np.float32)
    nothing = np.zeros((4, 0))
    plain = DiversityConfig(closeness=0.0)
    assert diversify(scores, still, nothing, NO_TARGET, 4, plain, close).tolist() == [0, 1, 2, 3]
    # .75 x .9 + .25 x 0 for the second, .75 x .8 + .25 x 1 for the third
    assert diversify(scores, still, nothing, NO_TARGET, 4, DiversityConfig(), close).tolist() == [0, 2, 1, 3]
    assert diversify(scores, still, nothing, NO_TARGET, 4, DiversityConfig()).tolist() == [0, 1, 2, 3]
