"""What can be evaluated: anything that ranks for a person after seeing everybody's visible past.

Here are the two plain references; `engine.evaluation.pipelines` makes methods of the product's own pipelines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from engine.evaluation.metrics import rank_rows
from engine.evaluation.ratings import History
from engine.scoring.community import interaction_matrix
from engine.scoring.ease import EaseConfig, fit_people, fit_sparse
from engine.scoring.history import Recency
from engine.scoring.neighbours import transitions
from engine.types import FloatArray, IntArray

_AVERAGE_STARS = 3.5


class Ranker(Protocol):
    """Ranks for the people it was made for."""

    def __call__(self, place: int, n: int) -> IntArray:
        """The `n` best rows for the person at `place` among the visible ones, without what that person knows."""
        ...


class Method(Protocol):
    """A way to recommend."""

    def __call__(self, visible: Sequence[History], strangers: Sequence[History]) -> Ranker:
        """Learn from what is visible: the people to rank for, and strangers whose data is public (often nobody)."""
        ...


def by_scores(visible: Sequence[History], scores: Callable[[int], FloatArray]) -> Ranker:
    """A ranker from scores per person, (n_items,)."""

    def rank(place: int, n: int) -> IntArray:
        return rank_rows(scores(place), visible[place].items, n)

    return rank


def popularity_method(n_items: int) -> Method:
    """The same for everybody: how many people know an item."""

    def method(visible: Sequence[History], strangers: Sequence[History]) -> Ranker:
        known = np.concatenate([history.items for history in (*visible, *strangers)])
        counts = np.bincount(known, minlength=n_items).astype(np.float64)
        return by_scores(visible, lambda _place: counts)

    return method


def ease_method(n_items: int, regularisation: float, recency: Recency | None) -> Method:
    """Exact EASE on who knows what; with `recency` histories are weighted by stars over 3.5 and by age in titles."""

    def method(visible: Sequence[History], strangers: Sequence[History]) -> Ranker:
        known = interaction_matrix([history.items for history in (*visible, *strangers)], n_items)
        weights = fit_people(known, EaseConfig(regularisation=regularisation))

        def scores(place: int) -> FloatArray:
            history = visible[place]
            amounts = np.ones(len(history))
            if recency is not None:
                amounts = history.stars / _AVERAGE_STARS * recency.weights(len(history))
            return weights.scores(history.items, amounts)

        return by_scores(visible, scores)

    return method


def familiar_scores(
    n_items: int, config: EaseConfig | None = None
) -> Callable[[Sequence[History]], Callable[[int], FloatArray]]:
    """Scores of a person from who knows what alone: EASE and transitions, each at most 1, in equal parts."""
    config = config or EaseConfig(regularisation=500.0, top=300)

    def learn(known: Sequence[History]) -> Callable[[int], FloatArray]:
        ease = fit_sparse(interaction_matrix([history.items for history in known], n_items), config)
        steps = transitions([(history.items, np.ones(len(history), dtype=np.bool_)) for history in known], n_items)

        def scores(place: int) -> FloatArray:
            items = known[place].items
            total = np.zeros(n_items)
            for weights, recency in ((ease, Recency(10.0, 0.1)), (steps, Recency(5.0, 0.05))):
                said = weights.scores(items, recency.weights(len(items)))
                said[items] = 0.0
                total += said / max(float(said.max()), 1e-12)
            return total

        return scores

    return learn
