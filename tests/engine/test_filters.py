"""What somebody may see at all."""

from __future__ import annotations

import pytest

from engine.catalogue import CatalogueItem
from engine.filters import eligible_rows, permitted
from engine.interactions import Influence, InteractionInput
from engine.request import RankRequest
from tests.engine.worlds import world_of

CATALOGUE = world_of(
    [
        CatalogueItem(id=1, libraries=(1,), minimum_age=18),
        CatalogueItem(id=2, libraries=(1, 2), minimum_age=6),
        CatalogueItem(id=3, libraries=(2,)),
        CatalogueItem(id=4, minimum_age=16),
        CatalogueItem(id=5),
    ]
).catalogue


@pytest.mark.parametrize(
    ("libraries", "age", "unrated", "expected"),
    [
        ((), None, True, [4, 5]),
        ((1,), None, True, [1, 2, 4, 5]),
        ((2,), None, True, [2, 3, 4, 5]),
        ((1, 2), 12, True, [2, 3, 5]),
        ((1, 2), 12, False, [2]),
        ((1, 2), 0, False, []),
        ((99,), 18, True, [4, 5]),
    ],
)
def test_libraries_and_age_decide(
    libraries: tuple[int, ...], age: int | None, unrated: bool, expected: list[int]
) -> None:
    assert CATALOGUE.ids[permitted(CATALOGUE, libraries, age, unrated=unrated)].tolist() == expected


def test_a_title_asked_for_by_hand_passes_a_blocked_genre_but_not_its_own_block() -> None:
    world = world_of([CatalogueItem(id=n, genres=("Horror",), directors=("Ann",)) for n in (1, 2, 3)])
    blocks = [Influence("genre", "Horror", "block"), Influence("person", "Ann", "block")]

    def eligible(*influences: Influence) -> list[int]:
        profile = world.profile(InteractionInput(influences=[*blocks, *influences]))
        rows, _removed = eligible_rows(RankRequest(world.resources, (profile,)))
        return [int(item) for item in world.catalogue.ids[rows]]

    assert eligible() == []
    assert eligible(Influence("title", "2", "boost")) == [2]
    assert eligible(Influence("title", "2", "suppress")) == []
    assert eligible(Influence("title", "2", "boost"), Influence("title", "2", "block")) == []
