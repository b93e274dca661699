"""One person's history in arrays: sorted, cleaned, and cut to what may be seen."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue import CatalogueItem
from engine.interactions import Influence, Interaction, InteractionInput, build_interactions, visible_to
from tests.engine.worlds import random_person, random_world, world_of

NAN = float("nan")
CATALOGUE = world_of([CatalogueItem(id=item) for item in (30, 10, 20, 40)]).catalogue


def test_the_history_is_sorted_oldest_first_and_unknown_ids_are_left_out() -> None:
    history = [Interaction(10, age_days=1.0), Interaction(99), Interaction(30, age_days=9.0), Interaction(20, 1.0)]
    built = build_interactions(CATALOGUE, InteractionInput(history, liked=[40, 99], seen=[10]))
    assert CATALOGUE.ids[built.items].tolist() == [30, 10, 20]
    assert CATALOGUE.ids[built.liked].tolist() == [40]
    assert sorted(CATALOGUE.ids[built.watched].tolist()) == [10, 20, 30]


def test_of_two_entries_for_one_title_the_newer_counts() -> None:
    twice = [Interaction(10, age_days=50.0, rating=2.0), Interaction(10, age_days=3.0, rating=9.0)]
    for history in (twice, twice[::-1]):
        built = build_interactions(CATALOGUE, InteractionInput(history))
        assert built.rating.tolist() == [9.0]


def test_values_out_of_range_are_brought_into_it() -> None:
    wild = Interaction(10, age_days=NAN, completion=7.0, plays=-2, rating=55.0)
    built = build_interactions(CATALOGUE, InteractionInput([wild, Interaction(20, age_days=-4.0)]))
    assert built.age_days.tolist() == [0.0, 0.0]
    assert np.nanmax(built.completion) == 1.0
    assert built.plays.tolist() == [0.0, 1.0]
    assert np.nanmax(built.rating) == 10.0


@pytest.mark.parametrize(
    ("influence", "expected"),
    [
        (Influence("title", "12", "boost"), 12),
        (Influence("title", "-3", "boost"), -3),
        (Influence("title", "²", "boost"), None),
        (Influence("title", "--3", "boost"), None),
        (Influence("title", "", "boost"), None),
        (Influence("genre", "12", "boost"), None),
    ],
)
def test_a_title_is_meant_by_its_id_alone(influence: Influence, expected: int | None) -> None:
    assert influence.item_id == expected


def test_no_taste_is_drawn_from_a_library_that_was_closed() -> None:
    world = random_world(1)
    built = build_interactions(world.catalogue, random_person(world, 1))
    allowed = world.catalogue.in_libraries([1])
    seen = visible_to(built, allowed)
    for name in ("items", "liked", "disliked", "seen", "hidden", "skipped", "quiz"):
        rows = getattr(seen, name)
        assert allowed[rows].all()
        assert set(rows) == {row for row in getattr(built, name) if allowed[row]}
    assert len(seen.items) == len(seen.rating) == len(seen.abandoned) == len(seen.hour)
    assert np.array_equal(visible_to(built, np.ones(len(allowed), dtype=np.bool_)).items, built.items)
