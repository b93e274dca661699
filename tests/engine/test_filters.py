"""What somebody may see at all."""

from __future__ import annotations

import pytest

from engine.catalogue import CatalogueItem
from engine.filters import permitted
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
