"""Ratings as arrays, the split of each person's past from their future, and drawn households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from engine.types import BoolArray, FloatArray, IntArray

KNOWN_SHARE = Fraction(4, 5)  # a fraction, so that 80 % of 35 is 28 and not 29
LIKED_FROM = 4.0  # stars


@dataclass(frozen=True, slots=True)
class History:
    """What one person rated, oldest first: rows of the items, stars (.5-5) and days since 1970-01-01."""

    items: IntArray
    stars: FloatArray
    days: FloatArray

    def __len__(self) -> int:
        return len(self.items)

    def part(self, chosen: slice | BoolArray) -> History:
        """Some of it, in the same order."""
        return History(self.items[chosen], self.stars[chosen], self.days[chosen])

    @property
    def today(self) -> float:
        """The day of the newest rating: the present, as this person knows it; 0 without any."""
        return float(self.days[-1]) if len(self.days) else 0.0


@dataclass(frozen=True, slots=True)
class RatingsData:
    """Everybody's ratings. `ids` names the people, ascending."""

    ids: IntArray
    histories: tuple[History, ...]
    n_items: int


@dataclass(frozen=True, slots=True)
class Holdout:
    """What is known of each person and which rows they went on to like; person by person."""

    known: tuple[History, ...]
    answers: tuple[IntArray, ...]

    @property
    def answered(self) -> IntArray:
        """The people (places) who have an answer."""
        return np.array([place for place, answer in enumerate(self.answers) if len(answer)], dtype=np.int64)


def ratings_data(people: IntArray, items: IntArray, stars: FloatArray, days: FloatArray, n_items: int) -> RatingsData:
    """Group flat ratings by person and sort each person's by time; equal times keep the order given."""
    ids, places = np.unique(people, return_inverse=True)
    order = np.lexsort((days, places))  # stable
    ends = np.cumsum(np.bincount(places, minlength=len(ids)))
    histories = tuple(
        History(items[rows], stars[rows], days[rows]) for rows in np.split(order, ends[:-1]) if len(ids) and len(rows)
    )
    return RatingsData(ids.astype(np.int64), histories, n_items)


def time_split(
    histories: Sequence[History], share: Fraction = KNOWN_SHARE, *, liked_from: float | None = LIKED_FROM
) -> Holdout:
    """The first ceil(`share`) of each person's ratings are known; answers are the later ones with so many stars.

    With `liked_from` None every later item is an answer.
    """
    known, answers = [], []
    for history in histories:
        count = ceil(share * len(history))
        known.append(history.part(slice(0, count)))
        later = history.part(slice(count, None))
        answers.append(later.items if liked_from is None else later.items[later.stars >= liked_from])
    return Holdout(tuple(known), tuple(answers))


def draw_households(n_people: int, size: int, count: int, seed: int) -> list[IntArray]:
    """`count` households of `size` different people each, as sorted places; a person may live in several.

    Raises: ValueError when there are fewer people than a household needs.
    """
    if size > n_people:
        raise ValueError(f"A household of {size} needs more than the {n_people} people there are.")
    generator = np.random.default_rng(seed)
    return [np.sort(generator.choice(n_people, size=size, replace=False)) for _ in range(count)]
