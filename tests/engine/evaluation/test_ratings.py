"""The split in time and the drawn households."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.ratings import draw_households, ratings_data, time_split


def test_people_are_split_in_time_and_equal_times_keep_their_order() -> None:
    data = ratings_data(
        people=np.array([9, 9, 2, 9, 9, 9]),
        items=np.array([0, 1, 2, 3, 4, 5]),
        stars=np.array([5.0, 4.0, 3.0, 4.5, 3.5, 4.0]),
        days=np.array([5.0, 1.0, 7.0, 5.0, 0.0, 9.0]),
        n_items=6,
    )
    assert data.ids.tolist() == [2, 9]
    assert data.histories[1].items.tolist() == [4, 1, 0, 3, 5]
    holdout = time_split(data.histories)
    assert holdout.known[1].items.tolist() == [4, 1, 0, 3]
    assert holdout.answers[1].tolist() == [5]
    assert holdout.known[1].today == 5.0
    assert holdout.known[0].items.tolist() == [2]  # a single rating is known, nobody is asked about nothing
    assert holdout.answered.tolist() == [1]


@pytest.mark.parametrize(("count", "known"), [(35, 28), (5, 4), (6, 5), (1, 1), (20, 16)])
def test_the_known_part_is_rounded_up_exactly(count: int, known: int) -> None:
    data = ratings_data(
        np.zeros(count, int), np.arange(count), np.full(count, 5.0), np.linspace(0.0, 9.0, count), count
    )
    assert len(time_split(data.histories).known[0]) == known


def test_disliked_titles_are_no_answers() -> None:
    data = ratings_data(np.zeros(10, int), np.arange(10), np.array([5.0] * 9 + [3.5]), np.linspace(0.0, 9.0, 10), 10)
    assert time_split(data.histories).answers[0].tolist() == [8]


def test_households_are_drawn_the_same_for_a_seed_without_doubles() -> None:
    first = draw_households(30, 6, 20, seed=5)
    assert [home.tolist() for home in first] == [home.tolist() for home in draw_households(30, 6, 20, seed=5)]
    assert all(len(np.unique(home)) == 6 for home in first)
    assert [home.tolist() for home in first] != [home.tolist() for home in draw_households(30, 6, 20, seed=6)]
    with pytest.raises(ValueError, match="household of 31"):
        draw_households(30, 31, 1, seed=0)
