"""What a community knows: everything that is learnt from several people's histories, and the signals it feeds.

The people are those of the server who contribute, or strangers in public data; only what several know is learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.sparse import csr_array

from engine.request import Scorer, Scoring
from engine.scoring.ease import EaseConfig, HistoryScorer, ItemWeights, SparseWeights, fit_people, fit_sparse
from engine.scoring.history import Recency
from engine.scoring.neighbours import (
    MINIMUM_PEOPLE,
    CooccurrenceConfig,
    TransitionConfig,
    cooccurrence,
    transitions,
)
from engine.types import BoolArray, FloatArray, IntArray, SparseMatrix

_DENSE_BELOW = 1_000  # people up to whom EASE is exact
_TREND_DAYS = 365.0  # what was liked that long ago counts 1/e
_TREND_GAIN = 10.0
# Signals and how a history speaks in each.
_RECENCY = {"ease": Recency(5.0, 0.3), "transitions": Recency(5.0, 0.05), "neighbours": Recency(5.0, 0.1)}


@dataclass(frozen=True, slots=True)
class Past:
    """What one person knows: distinct rows in time order (oldest first), whether liked, on which day (since 1970)."""

    items: IntArray
    liked: BoolArray
    days: FloatArray


@dataclass(frozen=True, slots=True)
class CommunityConfig:
    """How a community is learnt from. `minimum_people` is 3 for a server; public data may use 1."""

    minimum_people: int = MINIMUM_PEOPLE
    ease: EaseConfig = field(default_factory=EaseConfig)
    cooccurrence: CooccurrenceConfig = field(default_factory=CooccurrenceConfig)
    transitions: TransitionConfig = field(default_factory=TransitionConfig)
    dense_below: int = _DENSE_BELOW


@dataclass(frozen=True, slots=True)
class Community:
    """Learnt knowledge for `n_items` rows of one catalogue."""

    people: int
    ease: ItemWeights
    transitions: SparseWeights
    neighbours: SparseWeights
    likes: FloatArray  # (n_items,) people who liked it
    liked_rows: IntArray  # one entry per like
    liked_days: FloatArray  # days since 1970-01-01

    def scorers(self, today: float) -> dict[str, Scorer]:
        """The signals by name; `today` is the day since 1970-01-01 from which trends are seen."""
        weights: dict[str, ItemWeights] = {
            "ease": self.ease,
            "transitions": self.transitions,
            "neighbours": self.neighbours,
        }
        result: dict[str, Scorer] = {name: HistoryScorer(weights[name], _RECENCY[name]) for name in weights}
        result["liked_here"] = FixedScorer(_share_of_largest(np.log1p(self.likes)))
        result["trending_here"] = FixedScorer(_share_of_largest(np.log1p(_TREND_GAIN * self.recent_likes(today))))
        return result

    def recent_likes(self, today: float) -> FloatArray:
        """(n_items,) likes up to `today`, older ones counting less."""
        ages = today - self.liked_days
        weights = np.where(ages >= 0.0, np.exp(-np.maximum(ages, 0.0) / _TREND_DAYS), 0.0)
        return np.bincount(self.liked_rows, weights=weights, minlength=len(self.likes)).astype(np.float64)


@dataclass(frozen=True, slots=True)
class FixedScorer:
    """Values that belong to the items and to no person."""

    values: FloatArray  # (n_items,)

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:  # noqa: ARG002  # the same for everybody
        """(len(rows),) the values as they are."""
        return self.values[rows]


def learn_community(pasts: Sequence[Past], n_items: int, config: CommunityConfig | None = None) -> Community:
    """Learn from people's pasts; nobody at all makes a community that is silent."""
    config = config or CommunityConfig()
    least = config.minimum_people
    known = interaction_matrix([past.items for past in pasts], n_items)
    ease = replace(config.ease, minimum_people=least)
    liked_rows = np.concatenate([np.zeros(0, dtype=np.int64), *(past.items[past.liked] for past in pasts)])
    likes = np.bincount(liked_rows, minlength=n_items).astype(np.float64)
    return Community(
        people=len(pasts),
        ease=fit_people(known, ease) if 0 < len(pasts) <= config.dense_below else fit_sparse(known, ease),
        transitions=transitions(
            [(past.items, past.liked) for past in pasts], n_items, replace(config.transitions, minimum_people=least)
        ),
        neighbours=cooccurrence(known, replace(config.cooccurrence, minimum_people=least)),
        likes=likes,
        liked_rows=liked_rows,
        liked_days=np.concatenate([np.zeros(0), *(past.days[past.liked] for past in pasts)]),
    )


def interaction_matrix(items: Sequence[IntArray], n_items: int) -> SparseMatrix:
    """(n_people, n_items) of ones from each person's distinct rows."""
    sizes = np.fromiter((len(rows) for rows in items), dtype=np.int64, count=len(items))
    columns = np.concatenate([np.zeros(0, dtype=np.int64), *items])
    people = np.repeat(np.arange(len(items)), sizes)
    matrix: SparseMatrix = csr_array((np.ones(len(columns)), (people, columns)), shape=(len(items), n_items))
    return matrix


def _share_of_largest(values: FloatArray) -> FloatArray:
    largest = float(values.max(initial=0.0))
    return values / largest if largest > 0 else values
