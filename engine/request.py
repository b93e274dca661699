"""What a pipeline is asked: the catalogue with what was computed for it, the people, the mode and what must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from engine.catalogue import Catalogue
from engine.features import CatalogueFeatures
from engine.profile import TasteProfile
from engine.rules import BusinessRules
from engine.types import Aggregation, BoolArray, Filters, FloatArray, IntArray, Mode


@dataclass(frozen=True, slots=True)
class Scoring:
    """What a scorer sees: the catalogue, and one person."""

    catalogue: Catalogue
    features: CatalogueFeatures
    profile: TasteProfile


class Scorer(Protocol):
    """One signal. Values lie in 0..1 (or -1..1 where dislike is meant) and are never NaN."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) the signal for those rows; a row's value does not depend on the other rows' order."""
        ...


@dataclass(frozen=True, slots=True)
class Resources:
    """What belongs to a catalogue and is shared by all requests."""

    catalogue: Catalogue
    features: CatalogueFeatures
    scorers: Mapping[str, Scorer] = field(default_factory=dict)  # learnt ones by signal name: "ease", "neighbours", ...
    people: int = 1  # how many people's histories the learnt scorers rest on


@dataclass(frozen=True, slots=True)
class EventNudge:
    """A world event or a weather mood as something to nudge by; `weight` at most .15."""

    key: str
    weight: float
    genres: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    items: tuple[int, ...] = ()  # ids


@dataclass(frozen=True, slots=True)
class Context:
    """When and in what weather somebody asks; None or empty is unknown or switched off."""

    hour: float | None = None  # local, 0-24
    weekday: int | None = None  # 0 Monday
    month: int | None = None  # 1-12
    weather: str = ""  # "rain", "snow", "clear", "heat" or "cold"
    events: tuple[EventNudge, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What a search in words found. `relevance` is (n,) 0-1; rows outside `allowed` break a hard constraint."""

    relevance: FloatArray
    allowed: BoolArray | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RankRequest:
    """One question. A group has two to ten profiles, everything else one (none: an unknown person)."""

    resources: Resources
    profiles: tuple[TasteProfile, ...] = ()
    mode: Mode = Mode.TONIGHT
    n: int = 10
    filters: Filters = field(default_factory=Filters)
    allowed: BoolArray | None = None  # (n_items,) what all these people may see: libraries, age, restrictions
    candidates: IntArray | None = None  # rows to choose among, e.g. retrieved for many people at once; None: all
    seed_items: tuple[int, ...] = ()  # ids: the titles of similar and because-you-watched
    query: Query | None = None
    context: Context = field(default_factory=Context)
    rules: BusinessRules = field(default_factory=BusinessRules)
    aggregation: Aggregation = Aggregation.FAIRNESS  # wins `recommendarr evaluate group`
    seed: int = 0  # of the draws in shuffle
    signals: Mapping[str, FloatArray] = field(default_factory=dict)  # extra (n_items,) signals 0-1, e.g. "sequential"
