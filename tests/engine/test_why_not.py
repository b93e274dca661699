"""Every negative signal with its number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.catalogue import CatalogueItem
from engine.interactions import Interaction, InteractionInput
from engine.pipelines import build_pipeline
from engine.request import RankRequest
from engine.types import Filters
from engine.why_not import NegativeType, ScoredOnce, WhyNot, why_and_why_not, why_not
from tests.engine.worlds import DIMENSIONS, WEIGHTS, World, world_of

PIPELINE = build_pipeline(weights=WEIGHTS)


def world_of_two_tastes() -> World:
    rng = np.random.default_rng(0)
    vectors = rng.normal(0, 0.05, (40, DIMENSIONS))
    vectors[np.arange(40), np.arange(40) % 2] += 1.0
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    items = [
        CatalogueItem(
            id=n,
            name=f"Film {n}",
            year=2000,
            genres=("Horror",) if n % 2 else ("Comedy",),
            directors=("Ann",) if n % 2 else ("Bob",),
            votes=50 if n == 31 else 5_000,
            vote_average=4.0 if n == 33 else 7.0,
            libraries=(1,),
            collection="Saga" if n in (20, 22) else "",
            collection_order={20: 2, 22: 1}.get(n, 0),
        )
        for n in range(40)
    ]
    return world_of(items, vectors.astype(np.float32))


def asked(item: int, **more: object) -> WhyNot:
    world = world_of_two_tastes()
    history = [Interaction(2 * n, age_days=float(n), completion=1.0) for n in range(9)]
    history += [Interaction(2 * n + 1, age_days=float(n), completion=0.1, abandoned=True) for n in range(4)]
    profile = world.profile(InteractionInput(history, hidden=[(35, 1.0)], skipped=[(37, 4)]))
    return why_not(PIPELINE, RankRequest(world.resources, (profile,), n=3, **more), item)  # type: ignore[arg-type]


def by_type(answer: WhyNot, kind: NegativeType) -> list[tuple[str, float]]:
    return [(negative.key, negative.value) for negative in answer.negatives if negative.type is kind]


def test_what_a_filter_removed_is_named_with_every_filter() -> None:
    answer = asked(1, filters=Filters(year_min=2010))
    assert answer.rank is None
    assert answer.removed_by == ("watched", "year")
    assert [key for key, _ in by_type(answer, NegativeType.FILTER)] == ["watched", "year"]


def test_low_genre_people_and_the_anti_profile_come_with_numbers() -> None:
    answer = asked(21)
    assert answer.rank is not None
    assert answer.rank > 10
    assert answer.score < answer.needed
    ((genre, affinity),) = by_type(answer, NegativeType.GENRE)
    assert (genre, affinity < 0) == ("Horror", True)
    ((person, value),) = by_type(answer, NegativeType.PERSON)
    assert person == "director:Ann"
    assert value == pytest.approx(-4.25 / 5.25)  # four left early, one skipped four times
    ((title, similarity),) = by_type(answer, NegativeType.ANTI_PROFILE)
    assert int(title) in {1, 3, 5, 7}
    assert similarity > 0.9
    assert "content" in [key for key, _ in by_type(answer, NegativeType.WEAK_SIGNAL)]


def test_hides_and_exposures_cost_what_they_say() -> None:
    ((title, cost),) = by_type(asked(21), NegativeType.HIDDEN_SIMILAR)
    assert title == "35"
    assert -0.30 <= cost < -0.2
    assert by_type(asked(37), NegativeType.SHOWN) == [("count", -0.25)]


def test_a_sequel_names_the_part_that_comes_first() -> None:
    assert by_type(asked(20), NegativeType.FRANCHISE) == [("22", 0.0)]
    assert by_type(asked(22), NegativeType.FRANCHISE) == []


def test_the_crowd_speaks_against_bad_and_unknown_titles() -> None:
    assert by_type(asked(33), NegativeType.LOW_RATING) == [("vote_average", 4.0)]
    assert by_type(asked(31), NegativeType.FEW_VOTES) == [("votes", 50.0)]


def test_nothing_weighs_on_the_best_pick() -> None:
    world = world_of_two_tastes()
    history = [Interaction(2 * n, age_days=float(n), completion=1.0) for n in (*range(9), 11)]
    request = RankRequest(world.resources, (world.profile(InteractionInput(history)),), n=3)
    best = max(PIPELINE(request).items, key=lambda item: item.score)
    answer = why_not(PIPELINE, request, best.id)
    assert answer.rank == 1
    assert answer.score >= answer.needed
    assert answer.negatives == ()


def test_an_unknown_title_is_an_error() -> None:
    with pytest.raises(KeyError):
        asked(999)


@pytest.mark.parametrize("item", [1, 20, 22, 31, 33, 35, 37, 38])
@pytest.mark.parametrize("filters", [Filters(), Filters(year_min=2010), Filters(not_influenced_by=(0, 2))])
def test_both_looks_at_once_say_what_each_says_alone(item: int, filters: Filters) -> None:
    world = world_of_two_tastes()
    history = [Interaction(2 * n, age_days=float(n), completion=1.0) for n in range(9)]
    profile = world.profile(InteractionInput(history, hidden=[(35, 1.0)], skipped=[(37, 4)]))
    request = RankRequest(world.resources, (profile,), n=3, filters=filters)
    explained, against = why_and_why_not(PIPELINE, request, item)
    assert explained == PIPELINE.explain(request, item)
    assert against == why_not(PIPELINE, request, item)


def test_scores_are_shared_by_the_same_rows_of_the_same_request_alone() -> None:
    world = world_of_two_tastes()
    request = RankRequest(world.resources, (world.profile(InteractionInput()),), n=3)
    scores, rows = ScoredOnce(PIPELINE), np.arange(40)
    first = scores.score(request, rows)
    assert scores.score(request, rows.copy()) is first
    assert len(scores.score(request, rows[:7]).scored.scores) == 7
    assert scores.score(replace(request, n=4), rows) is not first
