"""A profile in names: strongest first, what was turned by hand apart, nothing named that may not be seen."""

from __future__ import annotations

import numpy as np
import pytest

from bot.model.feedback import OverrideKind
from bot.model.members import Member
from bot.model.recommendation import Influence, ProfileSummary
from bot.services.summaries import summarise
from engine.catalogue import CatalogueItem
from engine.interactions import Influence as Turned
from engine.interactions import Interaction, InteractionInput
from tests.engine.worlds import World, world_of

ANNA = Member(1, "Anna")


@pytest.fixture
def world() -> World:
    """Twenty films: the even ones are horror by Ann, the odd ones comedies by Bob."""
    return world_of(
        [
            CatalogueItem(
                id=n,
                name=f"Film {n}",
                genres=("Comedy",) if n % 2 else ("Horror",),
                directors=("Bob",) if n % 2 else ("Ann",),
            )
            for n in range(1, 21)
        ]
    )


def summary(world: World, *turned: Turned, hidden: tuple[int, ...] = ()) -> ProfileSummary:
    history = [Interaction(n, age_days=20.0 - n, completion=1.0, plays=2, rating=9.0) for n in (2, 4, 6, 8, 10, 12, 3)]
    profile = world.profile(InteractionInput(history, influences=turned))
    allowed = ~np.isin(world.catalogue.ids, hidden)
    return summarise(ANNA, world.catalogue, profile, allowed)


def of(found: tuple[Influence, ...], subject: str) -> list[str]:
    return [one.name for one in found if one.subject == subject]


def test_the_strongest_of_each_sort_come_first(world: World) -> None:
    found = summary(world).influences
    assert of(found, "genre")[0] == "Horror"
    assert of(found, "person")[0] == "Ann"
    assert len(of(found, "title")) == 4
    for subject in ("title", "genre", "person"):
        weights = [one.weight for one in found if one.subject == subject]
        assert weights == sorted(weights, reverse=True)
        assert all(0 < weight <= 1 for weight in weights)
    assert not summary(world).changed


def test_what_was_turned_stands_apart(world: World) -> None:
    told = summary(
        world, Turned("genre", "Horror", "suppress"), Turned("person", "Ann", "boost"), Turned("title", "12", "block")
    )
    assert "Horror" not in of(told.influences, "genre")
    assert "Ann" not in of(told.influences, "person")
    assert "Film 12" not in of(told.influences, "title")
    assert [(one.subject, one.name, one.kind) for one in told.changed] == [
        ("genre", "Horror", OverrideKind.SUPPRESS),
        ("person", "Ann", OverrideKind.BOOST),
        ("title", "Film 12", OverrideKind.BLOCK),
    ]


def test_what_may_not_be_seen_is_counted_and_not_named(world: World) -> None:
    evens = tuple(range(2, 21, 2))
    told = summary(world, Turned("title", "2", "suppress"), Turned("title", "4711", "block"), hidden=evens)
    assert told.watched == 7
    assert of(told.influences, "title") == ["Film 3"]
    assert of(told.influences, "person") == ["Bob"]
    assert not told.changed
    (films,) = (domain for domain in told.domains if domain.watched)
    assert [name for name, _weight in films.people] == ["Bob"]
    assert all(name == "Film 3" for cluster in films.clusters for name in cluster)


def test_somebody_new_has_nothing(world: World) -> None:
    profile = world.profile(InteractionInput())
    told = summarise(ANNA, world.catalogue, profile, np.ones(20, dtype=np.bool_))
    assert (told.influences, told.changed, told.watched) == ((), (), 0)
