"""The pipeline: filter, score, choose, explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.checks import check, without_silenced
from engine.choosing import choose
from engine.filters import eligible_rows
from engine.modes import ModeConfig, Outcome, mode_scores
from engine.personal_reasons import Background, Evidence, prepare
from engine.pool import Pipeline, Pool, best_rows, level
from engine.reach import first_parts
from engine.reasons import lifts, member_reasons, reasons
from engine.request import RankRequest
from engine.reranking.diversity import DiversityConfig
from engine.taste import TasteConfig
from engine.types import FloatArray, IntArray, Mode, RankedItem, RankResult

_FIELD = 50


@dataclass(frozen=True, slots=True)
class PipelineConfig:
    """A pipeline by name: what it scores with, and how it chooses."""

    name: str
    taste: TasteConfig
    modes: ModeConfig = field(default_factory=ModeConfig)
    diversity: DiversityConfig | None = field(default_factory=DiversityConfig)  # None: the order of the scores
    keeps_franchise_order: bool = True
    needs: tuple[str, ...] = ()  # signals without which it cannot answer
    candidates: int = 400  # that many of the best are scored again exactly, and chosen from


class RecommendationPipeline:
    """Ranks what a request allows. Callable as often and from as many threads as you like: it keeps nothing."""

    def __init__(self, config: PipelineConfig) -> None:
        self.config = config

    def __call__(self, request: RankRequest) -> RankResult:
        """Answer the request; an empty catalogue or filters that let nothing pass make an empty result.

        Raises: ValueError for a request that contradicts itself (a group of one, arrays of another catalogue).
        """
        self._check(request)
        request = without_silenced(request)
        rows, removed = eligible_rows(request)
        pool, few = best_rows(request, rows, self, max(self.config.candidates, 4 * request.n))
        if few:
            removed = {**removed, "confidence": few}
        first = self.first_parts(request, pool.outcome.scored.rows) if pool else rows
        chosen = choose(request, pool, first, self.config.diversity) if pool else []
        items = self._items(request, pool, chosen) if pool else ()
        return RankResult(
            items=items,
            pipeline=self.config.name,
            mode=request.mode,
            eligible=len(rows) - few,
            removed=removed,
            cold_start=bool(pool and pool.outcome.trust < 1.0),
        )

    def scores(self, request: RankRequest) -> FloatArray:
        """(n_items,) the score of every eligible item before re-ranking, -inf for all others."""
        self._check(request)
        request = without_silenced(request)
        rows, _ = eligible_rows(request)
        result = np.full(len(request.resources.catalogue), -np.inf)
        if len(rows):
            result[rows] = self.score(request, rows).scored.scores
        return result

    def explain(self, request: RankRequest, item_id: int, shared: Pipeline | None = None) -> RankedItem | None:
        """What the pipeline makes of one item, wherever it ranks; None if a filter removes it. Raises: KeyError.

        `shared`: scores as this pipeline does, and is shared with another look at the same request.
        """
        self._check(request)
        request = without_silenced(request)
        rows, _ = eligible_rows(request)
        row = request.resources.catalogue.row(item_id)
        if row not in rows:
            return None
        pool, _ = best_rows(request, rows, shared or self, self.config.candidates, must=row)
        if pool is None:
            return None
        places = np.flatnonzero(pool.outcome.scored.rows == row)
        return self._items(request, pool, [int(place) for place in places])[0] if len(places) else None

    def _check(self, request: RankRequest) -> None:
        check(request)
        there = {*request.signals, *request.resources.scorers, *self.config.taste.scorers}
        for name in self.config.needs:
            if name not in there:
                raise ValueError(f"The pipeline “{self.config.name}” needs the signal “{name}”, which is not there.")

    def score(self, request: RankRequest, rows: IntArray) -> Outcome:
        """What the request's mode gives each of these rows, filters aside."""
        return mode_scores(request, rows, self.config.taste, self.config.modes)

    def first_parts(self, request: RankRequest, rows: IntArray) -> IntArray:
        """The rows, each sequel replaced by the first unseen part, if franchises are kept in order."""
        if not self.config.keeps_franchise_order or request.mode is Mode.REDISCOVER:
            return rows
        return first_parts(request, rows)

    def _items(self, request: RankRequest, pool: Pool, places: list[int]) -> tuple[RankedItem, ...]:
        rows = pool.outcome.scored.rows[places]
        background = prepare(request, rows)
        members = [prepare(request, rows, member) for member in range(len(pool.outcome.members))]
        return tuple(self._item(request, background, members, pool, place) for place in places)

    def _item(
        self, request: RankRequest, background: Background, members: Sequence[Background], pool: Pool, place: int
    ) -> RankedItem:
        scored, catalogue = pool.outcome.scored, request.resources.catalogue
        row = int(scored.rows[place])
        signals = {name: float(values[place]) for name, values in scored.signals.items()}
        moved = {name: float(values[place]) for name, values in pool.outcome.moved.items()}
        member_fits = tuple(float(fit) for fit in pool.outcome.fits[:, place])
        evidence = Evidence(
            row,
            lifts(scored.signals, scored.weights, pool.means, place),
            signals,
            {name: value - pool.means.get(name, 0.0) for name, value in moved.items() if value > 0},
            member_fits,
            pool.outcome.trust,
        )
        return RankedItem(
            row=row,
            id=int(catalogue.ids[row]),
            score=float(scored.scores[place]),
            match=_percentile(float(pool.ranks[place]), pool.eligible),
            confidence=level(float(pool.confidence[place])),
            signals={**signals, **{name: value for name, value in moved.items() if value}},
            reasons=reasons(request, background, evidence),
            fits=member_fits,
            member_reasons=tuple(
                member_reasons(one, taste, means, place)
                for one, taste, means in zip(members, pool.outcome.members, pool.member_means, strict=True)
            ),
        )


def _percentile(rank: float, eligible: int) -> int:
    """Where an item stands among everything eligible, 100 the best (rank 0).

    The last of three that meet every wish is no poor match, so few are placed as if they led a field of fifty.
    """
    return int(100 * (1.0 - rank / max(eligible - 1, _FIELD - 1)))
