"""Reasons: honest, the strongest first, and never about what somebody may not see any more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from engine.catalogue import CatalogueItem
from engine.interactions import Interaction, InteractionInput
from engine.pipelines import build_pipeline
from engine.request import RankRequest
from engine.scoring.ease import EaseConfig, HistoryScorer, SparseWeights, fit_people
from engine.types import Mode, Reason, ReasonType
from tests.engine.worlds import DIMENSIONS, World, world_of


def saga_world() -> World:
    """Two moods: even ids near the first axis, odd ones near the second; 0 and 20 are parts of one saga."""
    rng = np.random.default_rng(2)
    vectors = rng.normal(0, 0.08, (40, DIMENSIONS))
    vectors[np.arange(40), np.arange(40) % 2] += 1.0
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    items = [
        CatalogueItem(
            id=n,
            name=f"Film {n}",
            year=1985 if n % 2 == 0 else 2015,
            genres=("Horror", "Thriller") if n % 2 == 0 else ("Comedy",),
            votes=5_000,
            vote_average=7.5,
            libraries=(1,),
            collection="Saga" if n in (0, 20) else "",
            collection_order=1 + n // 20,
        )
        for n in range(40)
    ]
    return world_of(items, vectors.astype(np.float32))


def request(world: World, *watched: int) -> RankRequest:
    history = [Interaction(item, age_days=30.0 - place, completion=1.0) for place, item in enumerate(watched)]
    return RankRequest(world.resources, (world.profile(InteractionInput(history)),), n=5)


def of_type(reasons: tuple[Reason, ...], kind: ReasonType) -> list[Reason]:
    return [reason for reason in reasons if reason.type is kind]


def test_the_mood_is_named_by_its_genres_where_there_are_several() -> None:
    world = saga_world()
    pipeline = build_pipeline(weights={"content": 1.0})
    both = pipeline(request(world, *range(16)))
    marks = {pick.id % 2: of_type(pick.reasons, ReasonType.CLUSTER)[0].name for pick in both.items}
    assert marks.items() <= {0: "Horror, Thriller", 1: "Comedy"}.items()
    one = pipeline(request(world, *range(0, 24, 2)))
    assert not any(of_type(pick.reasons, ReasonType.CLUSTER) for pick in one.items)


def test_the_next_part_of_a_franchise_is_called_that() -> None:
    world = saga_world()
    explained = build_pipeline(weights={"content": 1.0}).explain(request(world, *range(0, 20, 2)), 20)
    assert explained is not None
    assert of_type(explained.reasons, ReasonType.FRANCHISE) == [
        reason for reason in explained.reasons if reason.key == "Saga"
    ]
    assert of_type(explained.reasons, ReasonType.FRANCHISE)


def test_years_that_are_watched_oftener_count_as_a_reason() -> None:
    world = saga_world()
    pick = build_pipeline(weights={"era": 1.0})(request(world, *range(0, 20, 2))).items[0]
    assert of_type(pick.reasons, ReasonType.ERA)[0].name == "1980s"


@pytest.mark.parametrize("kind", ["sparse", "exact"])
def test_collaborative_reasons_name_the_title_through_which_the_crowd_speaks(kind: str) -> None:
    world = saga_world()
    weights = np.zeros((40, 40))
    weights[4, 30] = 0.9  # who liked 4 liked 30
    weights[6, 30] = 0.2
    scorer = HistoryScorer(SparseWeights(csr_array(weights)))
    if kind == "exact":
        together = np.zeros((30, 40))
        together[:, [4, 30]] = 1.0
        together[:10, 6] = together[15:, 8] = 1.0
        scorer = HistoryScorer(fit_people(csr_array(together), EaseConfig(regularisation=1.0)))
    asked = request(world, 2, 4, 6)
    asked = replace(asked, resources=replace(world.resources, scorers={"ease": scorer}))
    best = build_pipeline(weights={"ease": 1.0})(asked).items[0]
    assert best.id == 30
    assert [(r.key, r.name) for r in of_type(best.reasons, ReasonType.COLLABORATIVE)] == [("4", "Film 4")]


def test_no_reason_names_a_title_that_may_not_be_seen_any_more() -> None:
    world = saga_world()
    allowed = np.ones(40, dtype=np.bool_)
    allowed[[0, 2, 4]] = False
    asked = replace(request(world, 0, 2, 4, 6, 8), allowed=allowed)
    for mode in (Mode.TONIGHT, Mode.SHUFFLE):
        result = build_pipeline(weights={"content": 1.0})(replace(asked, mode=mode))
        named = {reason.key for pick in result.items for reason in of_type(pick.reasons, ReasonType.SIMILAR_TO)}
        assert named <= {"6", "8"}
        assert named


def test_the_same_reason_is_given_once() -> None:
    world = saga_world()
    asked = replace(request(world, 0, 2, 4), mode=Mode.BECAUSE, seed_items=(2,))
    for pick in build_pipeline(weights={"content": 1.0, "genre": 0.5})(asked).items:
        keys = [(reason.type, reason.key) for reason in pick.reasons]
        assert len(keys) == len(set(keys))
