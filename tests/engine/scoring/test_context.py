"""The moment nudges: what each layer lifts, and the ceiling over all of them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue import CatalogueItem
from engine.interactions import Interaction, InteractionInput
from engine.request import Context, EventNudge, Scoring
from engine.scoring.context import ContextConfig, context_nudges
from engine.types import FloatArray
from tests.engine.worlds import world_of

ITEMS = [
    CatalogueItem(id=0, genres=("Comedy",), runtime=90, keywords=("christmas",)),
    CatalogueItem(id=1, genres=("Drama",), runtime=160, votes=50_000, vote_average=8.2),
    CatalogueItem(id=2, genres=("Adventure",), runtime=120, keywords=("snow",)),
    CatalogueItem(id=3, genres=("Horror",), runtime=100),
]


def nudges(context: Context, config: ContextConfig | None = None) -> dict[str, FloatArray]:
    world = world_of(ITEMS)
    history = [Interaction(3, hour=23.0), *(Interaction(n, hour=15.0) for n in range(3))]
    scoring = Scoring(world.catalogue, world.resources.features, world.profile(InteractionInput(history)))
    return context_nudges(scoring, context, np.arange(4), config or ContextConfig())


@pytest.mark.parametrize(
    ("context", "layer", "best"),
    [
        (Context(month=12), "christmas", 0),
        (Context(month=7), "summer", 0),
        (Context(month=2), "awards", 1),
        (Context(weekday=5), "weekend", 1),
        (Context(weekday=4, hour=21.0), "weekend", 1),
        (Context(weekday=1, hour=14.0), "weekday", 0),
        (Context(hour=23.5), "hour", 3),
        (Context(weather="rain"), "weather:rain", 0),
        (Context(weather="snow"), "weather:snow", 2),
        (Context(weather="clear"), "weather:clear", 0),
        (Context(weather="heat"), "weather:heat", 0),
        (Context(events=(EventNudge("expedition", 0.1, genres=("Adventure",)),)), "event:expedition", 2),
        (Context(events=(EventNudge("award", 0.1, items=(1,)),)), "event:award", 1),
    ],
)
def test_each_layer_lifts_what_goes_with_the_moment(context: Context, layer: str, best: int) -> None:
    found = nudges(context)
    assert layer in found
    assert int(np.argmax(found[layer])) == best
    assert found[layer][best] > 0


@pytest.mark.parametrize("context", [Context(), Context(weather="fog"), Context(month=4), Context(weekday=1, month=10)])
def test_an_ordinary_moment_changes_little(context: Context) -> None:
    assert sum(np.abs(values).max() for values in nudges(context).values()) <= 0.05


def test_layers_can_be_switched_off() -> None:
    moment = Context(hour=21.0, weekday=5, month=12, weather="rain", events=(EventNudge("x", 0.1, genres=("Drama",)),))
    off = ContextConfig(temporal_on=False, weather_on=False, events_on=False)
    assert nudges(moment, off) == {}
    assert set(nudges(moment, ContextConfig(temporal_on=False, events_on=False))) == {"weather:rain"}


def test_no_event_weighs_more_than_allowed_and_all_together_stay_under_the_ceiling() -> None:
    one = nudges(Context(events=(EventNudge("war", 5.0, genres=("Drama",)),)))
    assert one["event:war"].max() == pytest.approx(0.15)
    many = nudges(Context(month=2, events=tuple(EventNudge(str(n), 0.15, genres=("Drama",)) for n in range(5))))
    assert sum(values[1] for values in many.values()) == pytest.approx(0.20)
