"""Closeness to one liked title, in embeddings without what all texts share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.candidates.themes import nearest_liked, themes
from engine.catalogue import CatalogueItem
from engine.interactions import Interaction, InteractionInput
from engine.request import Scoring
from engine.scoring.nearest import NearestScorer
from engine.types import Vectors
from tests.engine.worlds import World, world_of


def alike(count: int = 60, shared: float = 4.0) -> Vectors:
    """Vectors with a large common part and three topics, by their number."""
    rng = np.random.default_rng(3)
    vectors = rng.normal(0, 0.1, (count, 32))
    vectors[np.arange(count), np.arange(count) % 3] += 1.0
    vectors[:, 10] += shared
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def world() -> World:
    return world_of([CatalogueItem(id=n) for n in range(60)], alike())


def scoring(here: World, given: InteractionInput) -> Scoring:
    return Scoring(here.catalogue, here.resources.features, here.profile(given))


def watched(*ids: int) -> InteractionInput:
    return InteractionInput([Interaction(item, completion=1.0) for item in ids])


def test_what_all_texts_share_is_taken_away() -> None:
    vectors = alike()
    raw, turned = vectors @ vectors.T, themes(vectors) @ themes(vectors).T
    same, other = (0, 3), (0, 1)
    assert raw[same] - raw[other] < 0.2
    assert turned[same] - turned[other] > 0.8


def test_themes_are_unit_rows_and_nothing_without_an_embedding() -> None:
    vectors = alike()
    vectors[5] = 0.0
    rows = themes(vectors, 8)
    assert rows.shape == (60, 8)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([0.0 if n == 5 else 1.0 for n in range(60)], abs=1e-5)
    assert not themes(np.zeros((3, 4), dtype=np.float32)).any()
    assert themes(np.zeros((0, 4), dtype=np.float32)).shape == (0, 4)


def test_equal_embeddings_get_equal_themes_wherever_they_stand() -> None:
    vectors = np.repeat(alike(), 3, axis=0)
    vectors[[0, 101, 179]] = vectors[50]
    rows = themes(vectors)
    assert np.array_equal(rows[0], rows[101])
    assert np.array_equal(rows[0], rows[179])


def test_one_liked_title_is_enough() -> None:
    here = world()
    values = NearestScorer()(scoring(here, watched(0, 3, 6, 9, 1)), np.arange(60))
    topics = [values[np.arange(60) % 3 == topic].mean() for topic in range(3)]
    assert topics[1] > 0.6  # one title of five
    assert topics[2] < 0.2
    assert values[0] == pytest.approx(1.0)
    assert (values >= 0).all()
    assert (values <= 1).all()


def test_all_rows_at_once_and_a_few_agree() -> None:
    here = world()
    few = scoring(here, watched(0, 4))
    many = np.tile(np.arange(60), 30)
    expected = np.tile(NearestScorer()(few, np.arange(60)), 30)
    at_once = NearestScorer()(few, many)
    assert at_once == pytest.approx(expected, abs=1e-5)
    huge = replace(few, features=replace(few.features, approximate_from=10))
    assert NearestScorer()(huge, many) == pytest.approx(expected, abs=1e-5)


def test_nothing_liked_is_near_to_nothing() -> None:
    here = world()
    assert not NearestScorer()(scoring(here, InteractionInput()), np.arange(60)).any()
    assert not nearest_liked(here.resources.features.themes, np.zeros(0, dtype=np.int64)).any()
