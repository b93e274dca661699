"""What is asked of the recommender and what it answers: values that services, commands, cards and words share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.model.members import Member
from bot.model.titles import Domain, Kind, Title


class Mode(StrEnum):
    """How titles are chosen."""

    TONIGHT = "tonight"
    GRAB = "grab"
    REDISCOVER = "rediscover"
    SHUFFLE = "shuffle"
    MOOD = "mood"
    GROUP = "group"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request for titles. `seed` is the title id that SIMILAR starts from, `companions` are member ids."""

    mode: Mode
    query: str | None = None
    seed: int | None = None
    companions: tuple[int, ...] = ()
    kind: Kind | None = None
    genres: tuple[str, ...] = ()
    genres_not: tuple[str, ...] = ()
    year_min: int | None = None
    year_max: int | None = None
    runtime_min: int | None = None
    runtime_max: int | None = None
    limit: int = 5
    exclude: frozenset[int] = frozenset()  # title ids shown already
    pipeline: str | None = None
    seed_value: int | None = None  # of the random draw


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a title was chosen: a type such as "genre" or "liked_title", its key and name, and its share."""

    type: str
    key: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Pick:
    """One chosen title. `per_member` is filled for groups: name, fit 0-100, reasons."""

    title: Title
    score: float
    match: int  # 0-100
    confidence: str  # "high", "medium" or "low"
    signals: Mapping[str, float] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    per_member: tuple[tuple[str, int, tuple[Reason, ...]], ...] = ()
    in_library: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """The picks, best first. `interpreted` says in words how a mood sentence was understood."""

    ask: Ask
    member: Member
    mode: Mode
    pipeline: str
    picks: tuple[Pick, ...]
    took_ms: float
    cold_start: bool = False
    interpreted: tuple[str, ...] = ()
    more: bool = False
    personal_names: bool = True  # False in shared rooms: words may name no watched title


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """What speaks for and against one title. `removed_by` names the filter that keeps it out, if one does."""

    title: Title
    pick: Pick | None
    negatives: tuple[Reason, ...] = ()
    removed_by: str | None = None


@dataclass(frozen=True, slots=True)
class DomainSummary:
    """What is known about a member's taste in one domain, strongest first."""

    domain: Domain
    watched: int
    genres: tuple[tuple[str, float], ...] = ()
    people: tuple[tuple[str, float], ...] = ()
    clusters: tuple[tuple[str, ...], ...] = ()  # names of titles that stand for each mood


@dataclass(frozen=True, slots=True)
class ProfileSummary:
    """What is known about a member's taste."""

    domains: tuple[DomainSummary, ...]
    watched: int
    rated: int
    influences: tuple[Reason, ...] = ()
