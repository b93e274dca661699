"""A made-up public: two camps of people who each watch their own films in order."""

from __future__ import annotations

import numpy as np

from engine.catalogue import CatalogueItem
from engine.evaluation.ratings import RatingsData, ratings_data
from tests.engine.worlds import World, world_of

FILMS = 60  # even rows belong to one camp, odd rows to the other


def two_camps(people: int = 24, watched: int = 20) -> RatingsData:
    """Person p belongs to camp p % 2, starts somewhere in its films and watches one after the other."""
    person, item, day = [], [], []
    for who in range(people):
        for step in range(watched):
            person.append(who)
            item.append((who % 2 + 2 * (who // 2 + step)) % FILMS)
            day.append(float(10_000 + step))
    return ratings_data(np.array(person), np.array(item), np.full(len(item), 5.0), np.array(day), FILMS)


def films() -> World:
    """The catalogue: horror for one camp, romance for the other."""
    genres = ("Horror", "Romance")
    return world_of(
        [
            CatalogueItem(
                id=row,
                name=f"Film {row}",
                year=1960 + row // 2,
                genres=(genres[row % 2],),
                votes=100 + row,
                vote_average=7.0,
                libraries=(1,),
            )
            for row in range(FILMS)
        ]
    )
