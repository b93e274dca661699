"""No sequel before the first part that is still to be seen."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue import CatalogueItem
from engine.interactions import Interaction, InteractionInput
from engine.pipelines import build_pipeline
from engine.request import RankRequest
from engine.reranking.franchise import next_parts, part_ranks
from engine.types import Filters, Mode
from tests.engine.worlds import WEIGHTS, World, world_of

PIPELINE = build_pipeline(weights=WEIGHTS)


def saga() -> World:
    """Four parts out of order; the third is by far the best known; ten other films to watch."""
    parts = [
        CatalogueItem(id=3, name="III", year=1990, votes=90_000, vote_average=9.0, collection="Saga", libraries=(1,)),
        CatalogueItem(id=1, name="I", year=1980, votes=10, vote_average=6.0, collection="Saga", libraries=(1,)),
        CatalogueItem(id=4, name="IV", year=2000, votes=10, vote_average=6.0, collection="Saga", libraries=(1,)),
        CatalogueItem(id=2, name="II", year=1985, votes=10, vote_average=6.0, collection="Saga", libraries=(1,)),
    ]
    others = [CatalogueItem(id=10 + n, year=1970 + n, votes=900, vote_average=7.0, libraries=(1,)) for n in range(10)]
    return world_of([*parts, *others])


@pytest.mark.parametrize(
    ("seen", "expected"),
    [([], [1, 1, 1, 1]), ([1], [2, 1, 2, 2]), ([1, 2], [3, 1, 3, 2]), ([1, 2, 3], [3, 1, 4, 2]), ([2], [1, 1, 1, 1])],
)
def test_a_sequel_gives_way_to_the_first_unseen_part(seen: list[int], expected: list[int]) -> None:
    catalogue = saga().catalogue
    flags = np.zeros(len(catalogue), dtype=np.bool_)
    flags[catalogue.rows(seen)] = True
    rows = np.arange(4, dtype=np.int64)
    found = next_parts(catalogue, part_ranks(catalogue), rows, flags, np.ones(len(catalogue), dtype=np.bool_))
    assert [int(catalogue.ids[row]) for row in found] == expected


def test_a_part_that_cannot_be_had_does_not_bar_the_others() -> None:
    catalogue = saga().catalogue
    reachable = catalogue.ids != 1
    rows = catalogue.rows([3, 4])
    nothing = np.zeros(len(catalogue), dtype=np.bool_)
    found = next_parts(catalogue, part_ranks(catalogue), rows, nothing, reachable)
    assert [int(catalogue.ids[row]) for row in found] == [2, 2]


def test_an_order_given_by_the_collection_beats_the_years() -> None:
    items = [
        CatalogueItem(id=1, year=1977, collection="S", collection_order=4),
        CatalogueItem(id=2, year=1999, collection="S", collection_order=1),
    ]
    ranks = part_ranks(world_of(items).catalogue)
    assert ranks[1] < ranks[0]


def test_the_famous_third_part_brings_the_first_one_forward() -> None:
    world = saga()
    newcomer = world.profile(InteractionInput())
    result = PIPELINE(RankRequest(world.resources, (newcomer,), n=5))
    ids = [item.id for item in result.items]
    assert 1 in ids
    assert not {2, 3, 4} & set(ids)


def test_after_the_first_part_comes_the_second() -> None:
    world = saga()
    person = world.profile(InteractionInput([Interaction(1, completion=1.0)]))
    ids = [item.id for item in PIPELINE(RankRequest(world.resources, (person,), n=11)).items]
    assert 2 in ids
    assert not {3, 4} & set(ids)


def test_a_wish_that_rules_out_the_first_part_rules_out_its_sequels() -> None:
    world = saga()
    newcomer = world.profile(InteractionInput())
    wish = Filters(year_min=1984)
    ids = [item.id for item in PIPELINE(RankRequest(world.resources, (newcomer,), filters=wish)).items]
    assert not {2, 3, 4} & set(ids)


def test_somebody_asking_for_more_like_the_first_part_may_see_the_second() -> None:
    world = saga()
    newcomer = world.profile(InteractionInput())
    request = RankRequest(world.resources, (newcomer,), mode=Mode.SIMILAR, seed_items=(1,))
    ids = [item.id for item in PIPELINE(request).items]
    assert 2 in ids
    assert not {3, 4} & set(ids)
