"""How much something was liked: worked numbers, and what happens to signals that are missing."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue import CatalogueItem
from engine.interactions import Interaction, InteractionInput, build_interactions
from engine.preferences import history_signals, preferences, rating_signal
from engine.profile import SIGNAL_WEIGHTS
from engine.types import FloatArray
from tests.engine.worlds import World, world_of

NAN = float("nan")


def signals_of(world: World, *history: Interaction) -> dict[str, FloatArray]:
    interactions = build_interactions(world.catalogue, InteractionInput(history))
    return history_signals(world.catalogue, world.resources.features, interactions)


def test_the_documented_weights_sum_to_one() -> None:
    assert sum(SIGNAL_WEIGHTS.values()) == pytest.approx(1.0)


def test_a_missing_signal_hands_its_weight_to_the_others() -> None:
    signals = {name: np.array([NAN, NAN, NAN]) for name in SIGNAL_WEIGHTS}
    signals["completion"] = np.array([1.0, 1.0, NAN])
    signals["rating"] = np.array([NAN, 0.0, NAN])
    expected = [1.0, 0.35 / 0.50, 0.5]
    assert preferences(signals, SIGNAL_WEIGHTS) == pytest.approx(expected)


def test_all_signals_are_weighed_as_documented() -> None:
    values = dict(zip(SIGNAL_WEIGHTS, [0.9, 0.5, 0.8, 0.3, 1.0, 0.2, 0.75, 0.1], strict=True))
    signals = {name: np.array([value]) for name, value in values.items()}
    by_hand = 0.35 * 0.9 + 0.2 * 0.5 + 0.15 * 0.8 + 0.1 * 0.3 + 0.05 * (1.0 + 0.2 + 0.75 + 0.1)
    assert preferences(signals, SIGNAL_WEIGHTS)[0] == pytest.approx(by_hand)


def test_ratings_are_read_against_the_persons_own_mean() -> None:
    strict = rating_signal(np.array([4.0] * 20 + [6.0]))
    generous = rating_signal(np.array([9.0] * 20 + [6.0]))
    assert strict[-1] > 0.6 > generous[-1]
    assert rating_signal(np.array([7.0, NAN]))[0] == pytest.approx(0.6)
    assert np.isnan(rating_signal(np.array([7.0, NAN]))[1])


@pytest.mark.parametrize(
    ("plays", "completion", "expected"),
    [(1, 1.0, 0.5), (2, 1.0, 0.75), (3, NAN, 0.875), (1, NAN, NAN), (0, 0.9, NAN)],
)
def test_rewatching_counts(plays: int, completion: float, expected: float) -> None:
    world = world_of([CatalogueItem(id=1)])
    value = signals_of(world, Interaction(1, plays=plays, completion=completion))["rewatch"][0]
    assert value == pytest.approx(expected, nan_ok=True)


def test_starting_soon_and_quitting_soon_both_tell() -> None:
    world = world_of([CatalogueItem(id=item) for item in range(3)])
    signals = signals_of(
        world,
        Interaction(0, age_days=3, wait_days=0.0),
        Interaction(1, age_days=2, wait_days=30.0, completion=0.1, abandoned=True),
        Interaction(2, age_days=1, completion=0.8, abandoned=True),
    )
    assert signals["time_to_start"] == pytest.approx([1.0, np.exp(-1), NAN], nan_ok=True)
    assert signals["abandon_velocity"] == pytest.approx([NAN, 0.05, 0.4], nan_ok=True)


def test_genres_and_people_that_recur_raise_the_preference() -> None:
    items = [
        CatalogueItem(id=1, genres=("Horror",), directors=("Ann",)),
        CatalogueItem(id=2, genres=("Horror", "Drama"), directors=("Ann",)),
        CatalogueItem(id=3, genres=("Drama",), directors=("Bob",)),
        CatalogueItem(id=4, genres=("Horror",)),
    ]
    signals = signals_of(world_of(items), *(Interaction(item, age_days=10 - item) for item in (1, 2, 3, 4)))
    assert signals["genre_frequency"] == pytest.approx([1.0, (1 + 2 / 3) / 2, 2 / 3, 1.0])
    assert signals["people_affinity"] == pytest.approx([0.75, 0.75, 0.5, NAN], nan_ok=True)


def test_the_usual_hour_counts_round_the_clock() -> None:
    world = world_of([CatalogueItem(id=item) for item in range(7)])
    hours = [23.5, 0.5, 23.9, 0.1, 22.9, 12.0, NAN]
    values = signals_of(world, *(Interaction(n, age_days=9 - n, hour=hour) for n, hour in enumerate(hours)))
    session = values["session_time"]
    assert session[:5].min() > 0.8
    assert session[5] < 0.5
    assert np.isnan(session[6])
