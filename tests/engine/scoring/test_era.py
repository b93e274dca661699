"""Years: whose years are whose, what is new, what is not out yet, what is famous for its time."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue import CatalogueItem
from engine.scoring.era import EraScorer, fame_in_its_time, recent, spread_of_years, unreleased
from tests.engine.scoring.people import scoring_of, six_films
from tests.engine.worlds import world_of

ROWS = np.arange(6)
IN_2005 = 35.5 * 365.25  # the middle of 2005


def test_somebodys_years_score_above_the_others() -> None:
    scores = EraScorer()(scoring_of(six_films(), 1), ROWS)
    assert scores.argmax() == 1
    assert scores[1] > scores[2] > scores[3] > scores[4]
    assert scores[1] > 0 > scores[4]
    assert np.abs(scores).max() <= 1.0
    prepared = EraScorer(spread_of_years(six_films().catalogue))
    assert prepared(scoring_of(six_films(), 1), ROWS[::-1]).tolist() == scores[::-1].tolist()


def test_no_history_and_no_year_say_nothing() -> None:
    assert EraScorer()(scoring_of(six_films()), ROWS).tolist() == [0.0] * 6
    world = world_of([CatalogueItem(id=0, year=1990), CatalogueItem(id=1)])
    assert EraScorer()(scoring_of(world, 0), np.array([1])).tolist() == [0.0]
    assert EraScorer()(scoring_of(world, 1), np.array([0])).tolist() == [0.0]


def test_new_films_fade_with_the_years_and_the_future_does_not_count() -> None:
    scores = recent(six_films().catalogue, IN_2005, years=3.0)
    assert scores[[1, 2, 3]] == pytest.approx(np.exp(-np.array([10.5, 5.5, 0.5]) / 3.0))
    assert scores[4:].tolist() == [0.0, 0.0]


def test_unreleased_films_are_told_by_the_day_where_it_is_known() -> None:
    assert unreleased(six_films().catalogue, IN_2005).tolist() == [0.0] * 4 + [1.0] * 2
    spring, autumn = 12_869, 13_052  # days of 2005
    world = world_of([CatalogueItem(id=0, year=2005, released_day=spring), CatalogueItem(id=1, released_day=autumn)])
    assert unreleased(world.catalogue, IN_2005).tolist() == [0.0, 1.0]
    assert unreleased(world_of([CatalogueItem(id=0)]).catalogue, IN_2005).tolist() == [0.0]


def test_fame_compares_with_films_of_the_same_years_only() -> None:
    films = [(1980, 10), (1981, 20), (1983, 30), (2010, 5_000), (2011, 9_000), (2010, 0), (0, 99)]
    items = [CatalogueItem(id=row, year=year, votes=votes) for row, (year, votes) in enumerate(films)]
    fame = fame_in_its_time(world_of(items).catalogue)
    assert fame == pytest.approx([0.0, 1 / 3, 2 / 3, 1 / 3, 2 / 3, 0.0, 0.0])
