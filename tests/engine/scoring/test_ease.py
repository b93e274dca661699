"""EASE against its textbook solution, in both of the spaces it is computed in."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from engine.scoring.ease import EaseConfig, fit_people, fit_sparse
from engine.types import FloatArray, SparseMatrix


def textbook(interactions: SparseMatrix, regularisation: float) -> FloatArray:
    """The dense item-item weights, straight from the definition."""
    dense = interactions.toarray()
    inverse = np.linalg.inv(dense.T @ dense + regularisation * np.eye(dense.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return np.asarray(weights)


def interactions(n_people: int, n_items: int) -> SparseMatrix:
    generator = np.random.default_rng(n_people)
    return csr_array((generator.random((n_people, n_items)) < 0.3).astype(np.float64))


def test_two_items_by_hand() -> None:
    # Two people know both items, one knows the first only; lambda 1: P = [[4, 2], [2, 3]]^-1 = [[3, -2], [-2, 4]] / 8
    known = csr_array(np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 0.0]]))
    weights = fit_sparse(known, EaseConfig(regularisation=1.0)).matrix.toarray()
    assert weights == pytest.approx(np.array([[0.0, 0.5], [2 / 3, 0.0]]))


@pytest.mark.parametrize(("n_people", "n_items"), [(8, 30), (40, 12)])
def test_both_spaces_give_the_textbook_weights(n_people: int, n_items: int) -> None:
    known = interactions(n_people, n_items)
    expected = textbook(known, 5.0)
    config = EaseConfig(regularisation=5.0)
    assert fit_sparse(known, config).matrix.toarray() == pytest.approx(expected, abs=1e-6)
    for fitted in (fit_people(known, config), fit_sparse(known, config)):
        history, amounts = np.array([1, 4, 7]), np.array([0.5, 1.5, 1.0])
        vector = np.zeros(n_items)
        vector[history] = amounts
        assert fitted.scores(history, amounts) == pytest.approx(vector @ expected, abs=1e-5)


def test_only_the_largest_weights_of_an_item_are_kept() -> None:
    known = interactions(40, 12)
    dense = textbook(known, 5.0)
    kept = fit_sparse(known, EaseConfig(regularisation=5.0, top=3)).matrix.toarray()
    for item in range(12):
        strongest = np.argsort(-np.abs(dense[:, item]))[:3]
        assert set(np.flatnonzero(kept[:, item])) == set(strongest)
        assert kept[strongest, item] == pytest.approx(dense[strongest, item], abs=1e-6)


def test_what_too_few_people_know_says_nothing() -> None:
    known = csr_array(np.array([[1, 1, 1, 1], [1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 0]], dtype=np.float64))
    for fitted in (fit_people(known, EaseConfig(minimum_people=2)), fit_sparse(known, EaseConfig(minimum_people=2))):
        rare = fitted.scores(np.array([3]), np.ones(1))[:3]
        about_rare = fitted.scores(np.array([0, 1, 2]), np.ones(3))[3:]
        assert rare == pytest.approx(np.zeros(3))
        assert about_rare == pytest.approx(np.zeros(1))


def test_nobody_and_nothing_known() -> None:
    empty = csr_array((0, 5), dtype=np.float64)
    assert fit_sparse(empty).scores(np.array([1]), np.ones(1)).tolist() == [0.0] * 5
    silent = csr_array((3, 5), dtype=np.float64)
    assert fit_people(silent).scores(np.array([1]), np.ones(1)).tolist() == [0.0] * 5
