"""What is asked of the engine on a member's behalf, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.feedback import OverrideKind
from bot.model.members import Member
from bot.model.titles import Domain, Kind, Title
from engine.types import Mode as Mode
from engine.types import Reason as Reason
from engine.types import ReasonType as ReasonType
from engine.why_not import Negative as Negative
from engine.why_not import NegativeType as NegativeType


@dataclass(frozen=True, slots=True)
class Ask:
    """One request for recommendations. Limits given here add to those that the mood sentence names."""

    mode: Mode = Mode.TONIGHT
    query: str | None = None  # mood, in the member's own words
    seed: int | None = None  # title id, for SIMILAR and BECAUSE
    companions: tuple[int, ...] = ()  # member ids, for GROUP
    kind: Kind | None = None
    genres: tuple[str, ...] = ()
    genres_not: tuple[str, ...] = ()
    year_min: int | None = None
    year_max: int | None = None
    runtime_min: int | None = None  # minutes
    runtime_max: int | None = None
    language: str | None = None  # ISO 639-1
    country: str | None = None  # ISO 3166-1
    limit: int = 5
    exclude: frozenset[int] = field(default_factory=frozenset)  # title ids shown before
    pipeline: str | None = None  # None: the configured one
    compared: tuple[int, ...] = ()  # title ids that a bare "shorter" or "newer" is compared with
    liked: tuple[int, ...] = ()  # title ids that the member spoke well of in this conversation
    draw: int | None = None  # seed of SHUFFLE; None: another draw each time


@dataclass(frozen=True, slots=True)
class MemberFit:
    """How a group pick serves one member."""

    name: str
    match: int  # percentile among the candidates, 0-100
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """One recommended title."""

    title: Title
    score: float
    match: int  # percentile among the candidates, the best is 100
    confidence: str  # high, medium, low
    signals: Mapping[str, float]
    reasons: tuple[Reason, ...]  # strongest first
    per_member: tuple[MemberFit, ...] = ()
    in_library: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What was recommended to whom, and how the words were understood."""

    ask: Ask
    member: Member
    pipeline: str
    picks: tuple[Pick, ...]
    took_ms: float
    cold_start: bool = False
    interpreted: tuple[str, ...] = ()  # such as "1970–1979", "not Comedy"
    seed: Title | None = None
    named: tuple[int, ...] = ()  # ids of the titles that the words named as examples
    companions: tuple[Member, ...] = ()
    more: bool = True  # whether asking for more may bring something


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """Everything that speaks for and against one title for one member."""

    title: Title
    pick: Pick | None  # None: filtered out
    negatives: tuple[Negative, ...] = ()
    removed_by: tuple[str, ...] = ()  # every hard filter that removed it: "watched", "hidden", "rules", ...
    rank: int | None = None  # among everything eligible, 1 first; None: filtered out
    eligible: int = 0
    score: float = 0.0
    needed: float = 0.0  # the score of the last place of an answer


@dataclass(frozen=True, slots=True)
class DomainSummary:
    """What one sub-profile holds, strongest first."""

    domain: Domain
    watched: int
    genres: tuple[tuple[str, float], ...]
    people: tuple[tuple[str, float], ...]
    clusters: tuple[tuple[str, ...], ...]  # example titles of each mood cluster


@dataclass(frozen=True, slots=True)
class Influence:
    """Something that shapes a profile: `subject` is "title", "genre" or "person", `value` its id or name."""

    subject: str
    value: str
    name: str
    weight: float  # -1 to 1
    ref: str = ""  # of a title
    kind: OverrideKind | None = None  # how the member turned it by hand


@dataclass(frozen=True, slots=True)
class ProfileSummary:
    """What the bot thinks a member likes."""

    member: Member
    watched: int
    rated: int
    cold_start: bool
    domains: tuple[DomainSummary, ...]
    influences: tuple[Influence, ...] = ()  # titles, genres, people, the strongest of each first
    changed: tuple[Influence, ...] = ()  # turned by hand
