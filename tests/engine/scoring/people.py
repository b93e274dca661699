"""A tiny catalogue, and people with a few films behind them."""

from __future__ import annotations

from engine.catalogue import CatalogueItem
from engine.interactions import Interaction, InteractionInput
from engine.request import Scoring
from tests.engine.worlds import World, world_of


def six_films() -> World:
    """Rows 0 to 5, released from 1990 to 2015, every five years."""
    return world_of([CatalogueItem(id=row, name=f"Film {row}", year=1990 + 5 * row) for row in range(6)])


def scoring_of(world: World, *rows: int, ratings: tuple[float, ...] = ()) -> Scoring:
    """What a scorer sees of somebody who watched these rows in this order, rated 7 unless told."""
    given = ratings or (7.0,) * len(rows)
    history = [
        Interaction(int(world.catalogue.ids[row]), age_days=float(len(rows) - place), rating=rating)
        for place, (row, rating) in enumerate(zip(rows, given, strict=True))
    ]
    return Scoring(world.catalogue, world.resources.features, world.profile(InteractionInput(history)))
