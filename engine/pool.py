"""The pool: the best of everything eligible, from which an answer is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.candidates.selection import candidates
from engine.modes import Outcome
from engine.request import RankRequest
from engine.similarity import EXACT_ROWS
from engine.types import Confidence, FloatArray, IntArray, Mode

_HIGH, _MEDIUM = 0.60, 0.40


class Pipeline(Protocol):
    """What the pool needs of a pipeline."""

    def score(self, request: RankRequest, rows: IntArray) -> Outcome:
        """The scores of these rows."""
        ...

    def first_parts(self, request: RankRequest, rows: IntArray) -> IntArray:
        """The rows, sequels replaced by the first unseen part."""
        ...


@dataclass(frozen=True, slots=True)
class Pool:
    """The best eligible rows, best first, with what was found out about all eligible ones."""

    outcome: Outcome
    ranks: FloatArray  # 0 the best eligible row
    eligible: int
    means: Mapping[str, float]
    member_means: tuple[Mapping[str, float], ...]  # group: of each member's own signals
    confidence: FloatArray  # 0-1


def best_rows(
    request: RankRequest, rows: IntArray, pipeline: Pipeline, size: int, must: int | None = None
) -> tuple[Pool | None, int]:
    """The `size` best of the eligible rows, scored exactly; and how many fell short of the confidence asked for.

    `must` is a row that has to be among them.
    """
    if not len(rows):
        return None, 0
    ids, eligible = request.resources.catalogue.ids, len(rows)
    rows = candidates(request, rows)
    if must is not None:
        rows = np.union1d(rows, [must]).astype(np.int64)
    outcome = pipeline.score(request, rows)
    sureness = _sureness(request, outcome)
    enough = sureness >= _threshold(request.filters.minimum_confidence)
    few = int(len(rows) - enough.sum())
    if not enough.any():
        return None, few
    means = _means({**outcome.scored.signals, **outcome.moved})
    member_means = tuple(_means(member.scored.signals) for member in outcome.members)
    kept = np.flatnonzero(enough)
    best = kept
    if len(kept) > size:
        best = kept[np.argpartition(-outcome.scored.scores[kept], size)[:size]]
        extra = pipeline.first_parts(request, rows[best]) if must is None else np.array([must])
        best = np.union1d(best, kept[np.isin(rows[kept], extra)])
    # A group's percentiles are relative to everybody eligible, so its scores are kept as they are.
    exact = request.mode is Mode.GROUP or len(rows) <= EXACT_ROWS
    again = _at(outcome, best) if exact else pipeline.score(request, rows[best])
    order = np.lexsort((ids[again.scored.rows], -np.round(again.scored.scores, 9)))
    pool = _at(again, order)
    ranks = np.arange(len(order), dtype=np.float64)
    if must is not None and len(kept) > size:
        for place in np.flatnonzero(pool.scored.rows == must):
            ranks[place] = float((outcome.scored.scores[kept] > pool.scored.scores[place]).sum())
    return Pool(pool, ranks, eligible - few, means, member_means, sureness[best][order]), few


def _sureness(request: RankRequest, outcome: Outcome) -> FloatArray:
    """(rows,) 0-1: how well the person is known, how well the item is known, how far it stands out."""
    scores = outcome.scored.scores
    spread = float(scores.max() - scores.min())
    standing = (scores - scores.min()) / spread if spread > 1e-12 else np.zeros(len(scores))
    crowd = request.resources.features.confidence[outcome.scored.rows]
    return np.asarray(np.round(outcome.trust**2 * (0.35 + 0.35 * standing) + 0.30 * crowd, 6))


def _at(outcome: Outcome, places: IntArray) -> Outcome:
    moved = {name: values[places] for name, values in outcome.moved.items()}
    members = tuple(member.at(places) for member in outcome.members)
    return Outcome(outcome.scored.at(places), moved, outcome.trust, outcome.fits[:, places], members)


def _means(values: Mapping[str, FloatArray]) -> dict[str, float]:
    return {name: float(each.mean()) for name, each in values.items()}


def _threshold(confidence: Confidence) -> float:
    return {Confidence.LOW: -np.inf, Confidence.MEDIUM: _MEDIUM, Confidence.HIGH: _HIGH}[confidence]


def level(value: float) -> Confidence:
    if value >= _HIGH:
        return Confidence.HIGH
    return Confidence.MEDIUM if value >= _MEDIUM else Confidence.LOW
