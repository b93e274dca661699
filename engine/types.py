"""The engine's vocabulary: array types, kinds, modes, signals, reasons and filters.

An *item* is a title; its *row* is its dense place 0..n-1 in a catalogue, its *id* the stable number it has outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

FloatArray: TypeAlias = npt.NDArray[np.float64]
Vectors: TypeAlias = npt.NDArray[np.float32]  # rows of unit length (or zero)
IntArray: TypeAlias = npt.NDArray[np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
SparseMatrix: TypeAlias = csr_array


class Kind(StrEnum):
    """What is recommended as one thing."""

    MOVIE = "movie"
    SERIES = "series"


class Domain(StrEnum):
    """The part of a taste profile that an item feeds."""

    FILMS = "films"
    SERIES = "series"
    ANIME = "anime"


class Role(StrEnum):
    """What a person did for an item."""

    DIRECTOR = "director"
    WRITER = "writer"
    CAST = "cast"


class Mode(StrEnum):
    """The question that a ranking answers."""

    TONIGHT = "tonight"
    SIMILAR = "similar"
    MOOD = "mood"
    GROUP = "group"
    SHUFFLE = "shuffle"
    REDISCOVER = "rediscover"
    GRAB = "grab"
    BECAUSE = "because-you-watched"


class Confidence(IntEnum):
    """How sure the engine is of a pick; ordered, so that a minimum can be asked for."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


class Aggregation(StrEnum):
    """How a group's scores become one."""

    AVERAGE = "average"
    LEAST_MISERY = "least-misery"
    MOST_PLEASURE = "most-pleasure"
    AVERAGE_WITHOUT_MISERY = "average-without-misery"
    FAIRNESS = "fairness"


class ReasonType(StrEnum):
    """Why an item was picked. `key` and `name` of a `Reason` mean what stands beside each."""

    SIMILAR_TO = "similar_to"  # a liked title's id, its name
    CLUSTER = "cluster"  # number of one of several mood clusters, the genres that mark it ("Horror, Thriller")
    GENRE = "genre"  # genre
    PERSON = "person"  # person's name; key is "director:Name" or "cast:Name"
    KEYWORD = "keyword"  # keyword
    COLLECTION = "collection"  # collection
    QUALITY = "quality"  # "vote_average", the average as written
    POPULAR = "popular"  # "votes", the number of votes
    COLLABORATIVE = "collaborative"  # a liked title's id, its name: people who loved it loved this
    MOOD = "mood"  # "query", the matched word or empty
    GROUP_MEMBER = "group_member"  # member's place in the request as a number; weight is the fit 0-1
    REWATCH = "rewatch"  # "days", days since the last play
    COLD_START = "cold_start"  # "quiz" or "popularity"
    CONTEXT = "context"  # the nudge, e.g. "weekday"
    ERA = "era"  # "decade", one that is watched oftener than there is of it ("1980s")
    FRESH = "fresh"  # "year", the year
    BOOST = "boost"  # what was boosted by hand or by a rule
    EXPLORE = "explore"  # "novelty": off the beaten track on purpose
    FRANCHISE = "franchise"  # collection: its next part, earlier ones being watched


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for one item; `weight` 0-1 is its share in the item's score, the strongest stand first."""

    type: ReasonType
    key: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What must hold for every returned item; an empty value asks for nothing.

    Unknown facts do not pass: a title without a year is not "from the seventies".
    """

    kinds: frozenset[Kind] = frozenset()
    domains: frozenset[Domain] = frozenset()
    libraries: frozenset[int] = frozenset()  # in any of these
    genres: tuple[str, ...] = ()  # has all of these
    genres_any: tuple[str, ...] = ()  # has one of these
    genres_not: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()  # has one of these
    keywords_not: tuple[str, ...] = ()
    year_min: int | None = None  # inclusive
    year_max: int | None = None
    runtime_min: int | None = None  # minutes, inclusive
    runtime_max: int | None = None
    languages: tuple[str, ...] = ()  # ISO 639-1, one of these
    languages_not: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()  # ISO 3166-1, one of these
    people: tuple[str, ...] = ()  # all of these took part
    people_not: tuple[str, ...] = ()
    minimum_age_max: int | None = None  # youngest suitable age at most this; unrated titles do not pass
    vote_average_min: float | None = None
    minimum_confidence: Confidence = Confidence.LOW
    influenced_by: tuple[int, ...] = ()  # ids: only picks for which one of these titles speaks
    not_influenced_by: tuple[int, ...] = ()  # ids: these titles count for nothing
    exclude: tuple[int, ...] = ()  # ids, e.g. what was shown already
    include_watched: bool = False


@dataclass(frozen=True, slots=True)
class RankedItem:
    """One pick. `score` is the pipeline's own scale, `match` the percentile among everything allowed (best = 100)."""

    row: int
    id: int
    score: float
    match: int
    confidence: Confidence
    signals: Mapping[str, float]
    reasons: tuple[Reason, ...]
    fits: tuple[float, ...] = ()  # group: each member's fit 0-1, in the order of the request
    member_reasons: tuple[tuple[Reason, ...], ...] = ()  # group: what speaks for it in each member's own taste


@dataclass(frozen=True, slots=True)
class RankResult:
    """The picks in order, and how many items each filter took away (an item counts for the first that caught it)."""

    items: tuple[RankedItem, ...]
    pipeline: str
    mode: Mode
    eligible: int  # items left after all filters
    removed: Mapping[str, int] = field(default_factory=dict)
    cold_start: bool = False
