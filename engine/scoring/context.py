"""Nudges from the moment: time of day, weekday, season, weather, world events (recommendarr 4.14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.affinities import daypart
from engine.catalogue import KINDS, Catalogue
from engine.request import Context, Scoring
from engine.types import BoolArray, FloatArray, IntArray, Kind

_LIGHT = ("Comedy", "Animation", "Family", "Romance")
_SUMMER = ("Adventure", "Comedy")
_COZY = ("Family", "Comedy", "Romance", "Fantasy", "Mystery")
_WINTRY = (
    "snow",
    "winter",
    "blizzard",
    "ice",
    "arctic",
    "antarctica",
    "norway",
    "sweden",
    "finland",
    "iceland",
    "alps",
)
_FESTIVE = ("christmas", "christmas eve", "holiday", "santa claus", "new year's eve", "christmas tree")
_SHORT = 100  # minutes
_LONG = 130


@dataclass(frozen=True, slots=True)
class ContextConfig:
    """The sizes of the nudges; together they never move a score by more than `maximum`."""

    temporal: float = 0.04
    seasonal: float = 0.05
    weather: float = 0.04
    event_maximum: float = 0.15
    maximum: float = 0.20
    temporal_on: bool = True
    weather_on: bool = True
    events_on: bool = True


def context_nudges(scoring: Scoring, context: Context, rows: IntArray, config: ContextConfig) -> dict[str, FloatArray]:
    """(len(rows),) what each layer adds, by name; the sum lies within ± `maximum`."""
    parts: dict[str, FloatArray] = {}
    if config.temporal_on:
        parts.update((name, values[rows]) for name, values in _temporal(scoring, context, config))
    if config.weather_on and context.weather:
        parts[f"weather:{context.weather}"] = config.weather * _weather(scoring.catalogue, context.weather)[rows]
    if config.events_on:
        for event in context.events:
            weight = float(np.clip(event.weight, 0.0, config.event_maximum))
            found = scoring.catalogue.genres.has_any(event.genres) | scoring.catalogue.keywords.has_any(event.keywords)
            found[scoring.catalogue.rows(event.items)] = True
            parts[f"event:{event.key}"] = _floats(weight * found[rows])
    total = sum(parts.values(), np.zeros(len(rows)))
    over = np.abs(total) > config.maximum
    if over.any():
        scale = np.where(over, config.maximum / np.maximum(np.abs(total), 1e-12), 1.0)
        parts = {name: values * scale for name, values in parts.items()}
    return {name: values for name, values in parts.items() if values.any()}


def _temporal(scoring: Scoring, context: Context, config: ContextConfig) -> Iterator[tuple[str, FloatArray]]:
    catalogue = scoring.catalogue
    runtimes = catalogue.runtimes
    short = (runtimes > 0) & (runtimes <= _SHORT)
    weekend = context.weekday is not None and (
        context.weekday >= 5 or (context.weekday == 4 and (context.hour or 0.0) >= 17)
    )
    if context.hour is not None:
        part = int(daypart(np.array([context.hour]))[0])
        habit = np.asarray(scoring.features.genre_rows @ scoring.profile.daypart_genres[part], dtype=np.float64)
        yield "hour", _floats(config.temporal * np.clip(habit, -1.0, 1.0))
    if context.weekday is not None and weekend:
        evening = context.hour is None or context.hour >= 17
        crowd = 0.5 * scoring.features.popularity * evening + 0.5 * (runtimes >= _LONG)
        yield "weekend", _floats(config.temporal * crowd)
    elif context.weekday is not None:
        light = catalogue.genres.has_any(_LIGHT) if context.hour is not None and context.hour < 17 else short
        yield "weekday", _floats(config.temporal * 0.5 * (short.astype(np.float64) + (light | _is_series(catalogue))))
    if context.month == 12:
        yield "christmas", _floats(config.seasonal * catalogue.keywords.has_any(_FESTIVE))
    elif context.month in (6, 7, 8):
        yield "summer", _floats(config.seasonal * 0.5 * catalogue.genres.has_any(_SUMMER))
    elif context.month in (1, 2, 3):
        acclaimed = (catalogue.vote_averages >= 7.5) & (catalogue.votes >= 200) & catalogue.genres.has_any(("Drama",))
        yield "awards", _floats(config.seasonal * 0.5 * acclaimed)


def _weather(catalogue: Catalogue, weather: str) -> FloatArray:
    """(n_items,) 0-1 how well an item goes with the weather; nothing for a weather without a habit."""
    runtimes = catalogue.runtimes
    if weather in {"rain", "cold"}:
        return catalogue.genres.has_any(_COZY).astype(np.float64)
    if weather == "snow":
        return catalogue.keywords.has_any(_WINTRY).astype(np.float64)
    if weather == "heat":
        return catalogue.genres.has_any(_LIGHT).astype(np.float64)
    if weather == "clear":
        return ((runtimes > 0) & (runtimes <= _SHORT)).astype(np.float64)
    return np.zeros(len(catalogue))


def _is_series(catalogue: Catalogue) -> BoolArray:
    return np.asarray(catalogue.kinds == KINDS.index(Kind.SERIES))


def _floats(values: npt.ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)
