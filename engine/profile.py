"""The taste profile: what the engine believes one person likes, one part per domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.interactions import Interactions
from engine.types import Domain, FloatArray, IntArray, Vectors

SIGNAL_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "completion": 0.35,
        "rewatch": 0.20,
        "rating": 0.15,
        "genre_frequency": 0.10,
        "time_to_start": 0.05,
        "session_time": 0.05,
        "people_affinity": 0.05,
        "abandon_velocity": 0.05,
    }
)


@dataclass(frozen=True, slots=True)
class Decay:
    """How the past fades: a weight halves every `half_life` watches or days, down to `floor`."""

    unit: str = "watches"  # or "days"
    half_life: float = 60.0
    floor: float = 0.15


@dataclass(frozen=True, slots=True)
class ProfileConfig:
    """How a profile is made. `depth_days` None means all history."""

    depth_days: float | None = 365.0  # 3, 6 or 12 months; counted from the newest interaction
    minimum_items: int = 30  # the newest this many count at any depth
    decay: Decay = Decay()
    shared_domains: frozenset[frozenset[Domain]] = frozenset()  # pairs that learn from each other
    maximum_clusters: int = 6
    cold_below: int = 10  # fewer watches than this is a cold start
    signal_weights: Mapping[str, float] = field(default_factory=lambda: SIGNAL_WEIGHTS)

    @staticmethod
    def all_pairs() -> frozenset[frozenset[Domain]]:
        """Every pair of domains: one blended taste."""
        return frozenset(frozenset((one, other)) for one in Domain for other in Domain if one != other)


@dataclass(frozen=True, slots=True)
class Affinity:
    """Liking for named things (people, keywords): `values` in -1..1 for the columns `codes` of a `NameMatrix`."""

    codes: IntArray
    values: FloatArray


@dataclass(frozen=True, slots=True)
class DomainProfile:
    """Taste within one domain. Without anything liked in it, `clusters` is empty."""

    domain: Domain
    centroid: Vectors  # (d,) unit or zero: weighted mean of what was liked
    clusters: Vectors  # (k, d) unit: moods, heaviest first, k <= 6
    masses: FloatArray  # (k,) share of the liked weight, sums to 1
    cluster_items: tuple[IntArray, ...]  # rows of each cluster, heaviest first
    anti: Vectors  # (d,) unit or zero: weighted mean of what was abandoned or disliked
    genres: FloatArray  # (n_genres,) affinity -1..1
    genre_shares: FloatArray  # (n_genres,) share of the liked weight, sums to 1 or is zero: for calibration
    count: int  # liked items


@dataclass(frozen=True, slots=True)
class TasteProfile:
    """Everything that ranking needs to know about one person."""

    interactions: Interactions
    config: ProfileConfig
    preferences: FloatArray  # (n_history,) 0-1, how much each item of the history was liked
    weights: FloatArray  # (n_history,) 0-1, decay; 0 beyond the depth
    signals: Mapping[str, FloatArray]  # each signal's value 0-1 per item of the history, NaN: missing
    liked: IntArray  # rows, strongest first
    liked_weights: FloatArray  # (n_liked,) preference x decay, > 0
    disliked: IntArray  # rows that make the anti-profile, strongest first
    disliked_weights: FloatArray
    domains: Mapping[Domain, DomainProfile]
    directors: Affinity
    cast: Affinity
    keywords: Affinity
    daypart_genres: FloatArray  # (4, n_genres) night, morning, afternoon, evening: how much more than usual, -1..1
    unused_genres: tuple[str, ...] = field(default=())  # always on offer, never watched

    @property
    def watch_count(self) -> int:
        """How many items this person is known to have watched."""
        return len(self.interactions.items)

    @property
    def is_cold(self) -> bool:
        """Whether there is too little history to lean on."""
        return self.watch_count < self.config.cold_below
