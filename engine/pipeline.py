"""The pipeline: filter, score, choose, explain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from engine.candidates.selection import candidates
from engine.filters import LIBRARY_MODES, eligible_rows
from engine.group import fair_order
from engine.interactions import Influence
from engine.modes import ModeConfig, Outcome, mode_scores
from engine.personal_reasons import Background, Evidence, prepare
from engine.profiling import build_profile
from engine.reasons import lifts, reasons
from engine.request import RankRequest
from engine.reranking.diversity import DiversityConfig, diversify, genre_spread
from engine.reranking.franchise import next_parts
from engine.sampling import weighted_draw
from engine.similarity import EXACT_ROWS
from engine.taste import TasteConfig
from engine.types import (
    Aggregation,
    BoolArray,
    Confidence,
    FloatArray,
    IntArray,
    Mode,
    RankedItem,
    RankResult,
)

_HIGH, _MEDIUM = 0.60, 0.40
_DIVERSE = frozenset({Mode.TONIGHT, Mode.MOOD, Mode.GROUP, Mode.GRAB, Mode.BECAUSE, Mode.REDISCOVER})

_CALIBRATED = frozenset({Mode.TONIGHT, Mode.GRAB, Mode.GROUP})  # where nothing else was asked for


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


@dataclass(frozen=True, slots=True)
class _Pool:
    """The best eligible rows, best first, with what was found out about all eligible ones."""

    outcome: Outcome
    ranks: FloatArray  # 0 the best eligible row
    eligible: int
    means: Mapping[str, float]
    confidence: FloatArray  # 0-1


class RecommendationPipeline:
    """Ranks what a request allows. Callable as often and from as many threads as you like: it keeps nothing."""

    def __init__(self, config: PipelineConfig) -> None:
        self.config = config

    def __call__(self, request: RankRequest) -> RankResult:
        """Answer the request; an empty catalogue or filters that let nothing pass make an empty result.

        Raises: ValueError for a request that contradicts itself (a group of one, arrays of another catalogue).
        """
        self._check(request)
        request = _without(request)
        rows, removed = eligible_rows(request)
        pool, few = self._pool(request, rows)
        if few:
            removed = {**removed, "confidence": few}
        chosen = self._choose(request, pool) if pool else []
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
        request = _without(request)
        rows, _ = eligible_rows(request)
        result = np.full(len(request.resources.catalogue), -np.inf)
        if len(rows):
            result[rows] = self.score(request, rows).scored.scores
        return result

    def explain(self, request: RankRequest, item_id: int) -> RankedItem | None:
        """What the pipeline makes of one item, wherever it ranks; None if a filter removes it. Raises: KeyError."""
        self._check(request)
        request = _without(request)
        rows, _ = eligible_rows(request)
        row = request.resources.catalogue.row(item_id)
        if row not in rows:
            return None
        pool, _ = self._pool(request, rows, must=row)
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

    def _pool(self, request: RankRequest, rows: IntArray, must: int | None = None) -> tuple[_Pool | None, int]:
        """The best rows scored exactly, best first, ties by id; and how many fell short of the confidence asked for."""
        if not len(rows):
            return None, 0
        ids, eligible = request.resources.catalogue.ids, len(rows)
        rows = candidates(request, rows)
        if must is not None:
            rows = np.union1d(rows, [must]).astype(np.int64)
        outcome = self.score(request, rows)
        sureness = self._sureness(request, outcome)
        enough = sureness >= _threshold(request.filters.minimum_confidence)
        few = int(len(rows) - enough.sum())
        if not enough.any():
            return None, few
        means = {name: float(values.mean()) for name, values in outcome.scored.signals.items()}
        kept = np.flatnonzero(enough)
        size = max(self.config.candidates, 4 * request.n)
        best = kept
        if len(kept) > size:
            best = kept[np.argpartition(-outcome.scored.scores[kept], size)[:size]]
            extra = self._next_parts(request, rows[best]) if must is None else np.array([must])
            best = np.union1d(best, kept[np.isin(rows[kept], extra)])
        # A group's percentiles are relative to everybody eligible, so its scores are kept as they are.
        exact = request.mode is Mode.GROUP or len(rows) <= EXACT_ROWS
        again = _at(outcome, best) if exact else self.score(request, rows[best])
        order = np.lexsort((ids[again.scored.rows], -np.round(again.scored.scores, 9)))
        pool = _at(again, order)
        ranks = np.arange(len(order), dtype=np.float64)
        if must is not None and len(kept) > size:
            place = int(np.flatnonzero(pool.scored.rows == must)[0])
            ranks[place] = float((outcome.scored.scores[kept] > pool.scored.scores[place]).sum())
        return _Pool(pool, ranks, eligible - few, means, sureness[best][order]), few

    def _sureness(self, request: RankRequest, outcome: Outcome) -> FloatArray:
        """(rows,) 0-1: how well the person is known, how well the item is known, how far it stands out."""
        scores = outcome.scored.scores
        spread = float(scores.max() - scores.min())
        standing = (scores - scores.min()) / spread if spread > 1e-12 else np.zeros(len(scores))
        crowd = request.resources.features.confidence[outcome.scored.rows]
        return np.asarray(np.round(outcome.trust**2 * (0.35 + 0.35 * standing) + 0.30 * crowd, 6))

    def _next_parts(self, request: RankRequest, rows: IntArray) -> IntArray:
        """The rows, each sequel replaced by the first unseen part, if franchises are kept in order."""
        if not self.config.keeps_franchise_order or request.mode is Mode.REDISCOVER:
            return rows
        return first_parts(request, rows)

    def _in_order(self, request: RankRequest, pool: _Pool) -> tuple[IntArray, FloatArray]:
        """Places of the pool, best first, with what each is worth: a first part is worth what its sequel scores.

        Where a filter has removed the first part, the sequel goes too.
        """
        scored = pool.outcome.scored
        place_of = {int(row): place for place, row in enumerate(scored.rows)}
        worth: dict[int, float] = {}
        for row, score in zip(self._next_parts(request, scored.rows), scored.scores, strict=True):
            place = place_of.get(int(row))
            if place is not None:
                worth.setdefault(place, float(score))
        return np.fromiter(worth, dtype=np.int64), np.fromiter(worth.values(), dtype=np.float64)

    def _choose(self, request: RankRequest, pool: _Pool) -> list[int]:
        """The places of the answer, in order."""
        places, scores = self._in_order(request, pool)
        n = max(0, min(request.n, len(places)))
        if n == 0:
            return []
        scored = pool.outcome.scored
        rows = scored.rows[places]
        genres = request.resources.features.genres
        if request.mode is Mode.SHUFFLE:
            drawn = weighted_draw(scores, request.resources.catalogue.ids[rows], n, request.seed)
            return [int(place) for place in places[drawn]]
        if request.mode is Mode.GROUP and request.aggregation is Aggregation.FAIRNESS and request.query is None:
            fair = fair_order(pool.outcome.fits[:, places], request.resources.catalogue.ids[rows], n, pool.eligible)
            return [int(place) for place in places[fair]]
        if self.config.diversity is None or request.mode not in _DIVERSE:
            return [int(place) for place in places[:n]]
        few = places[: self.config.diversity.pool]
        shares = genres[scored.rows[few]].toarray().astype(np.float64)
        shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1.0)
        if pool.outcome.trust == 0.0 and request.query is None:
            spread = few[genre_spread(scores[: len(few)], shares, n, len(few))]
            return [int(place) for place in [*spread, *places[len(few) : n]]]
        vectors = request.resources.catalogue.embeddings[scored.rows[few]]
        target = _calibration_target(request, rows) if request.mode in _CALIBRATED else np.zeros(shares.shape[1])
        order = diversify(scores[: len(few)], vectors, shares, target, n, self.config.diversity)
        return [int(place) for place in [*few[order], *places[len(few) : n]]]

    def _items(self, request: RankRequest, pool: _Pool, places: list[int]) -> tuple[RankedItem, ...]:
        background = prepare(request, pool.outcome.scored.rows[places])
        return tuple(self._item(request, background, pool, place) for place in places)

    def _item(self, request: RankRequest, background: Background, pool: _Pool, place: int) -> RankedItem:
        scored, catalogue = pool.outcome.scored, request.resources.catalogue
        row = int(scored.rows[place])
        signals = {name: float(values[place]) for name, values in scored.signals.items()}
        moved = {name: float(values[place]) for name, values in pool.outcome.moved.items()}
        member_fits = tuple(float(fit) for fit in pool.outcome.fits[:, place])
        evidence = Evidence(
            row,
            lifts(scored.signals, scored.weights, pool.means, place),
            signals,
            moved,
            member_fits,
            pool.outcome.trust,
        )
        below = pool.eligible - 1 - pool.ranks[place]
        return RankedItem(
            row=row,
            id=int(catalogue.ids[row]),
            score=float(scored.scores[place]),
            match=100 if pool.ranks[place] == 0 else int(100 * below / max(1, pool.eligible - 1)),
            confidence=_level(float(pool.confidence[place])),
            signals={**signals, **{name: value for name, value in moved.items() if value}},
            reasons=reasons(request, background, evidence),
            fits=member_fits,
        )


def check(request: RankRequest) -> None:
    """Raises: ValueError for a request that contradicts itself."""
    count = len(request.resources.catalogue)
    people = len(request.profiles)
    if request.mode is Mode.GROUP and not 2 <= people <= 10:
        raise ValueError("A group has two to ten members.")
    if request.mode is not Mode.GROUP and people != 1:
        raise ValueError("Every mode but group is about exactly one person.")
    if request.mode in {Mode.SIMILAR, Mode.BECAUSE} and not len(request.resources.catalogue.rows(request.seed_items)):
        raise ValueError("This mode needs a title of the catalogue to start from.")
    if request.allowed is not None and request.allowed.shape != (count,):
        raise ValueError("The permission mask belongs to another catalogue.")
    given = [*request.signals.values(), *([request.query.relevance] if request.query is not None else [])]
    if any(values.shape != (count,) for values in given):
        raise ValueError("A signal belongs to another catalogue.")


def first_parts(request: RankRequest, rows: IntArray) -> IntArray:
    """(len(rows),) for each row the first part of its franchise that these people have not seen, or itself."""
    resources = request.resources
    return next_parts(resources.catalogue, resources.features.part_ranks, rows, _seen(request), _reachable(request))


def _without(request: RankRequest) -> RankRequest:
    """The request with profiles in which the titles of `not_influenced_by` count for nothing."""
    if not request.filters.not_influenced_by:
        return request
    silenced = tuple(Influence("title", str(item), "ignore") for item in request.filters.not_influenced_by)
    resources = request.resources
    profiles = tuple(
        build_profile(
            resources.catalogue,
            resources.features,
            replace(profile.interactions, influences=(*profile.interactions.influences, *silenced)),
            profile.config,
        )
        for profile in request.profiles
    )
    return replace(request, profiles=profiles)


def _at(outcome: Outcome, places: IntArray) -> Outcome:
    moved = {name: values[places] for name, values in outcome.moved.items()}
    return Outcome(outcome.scored.at(places), moved, outcome.trust, outcome.fits[:, places])


def _threshold(confidence: Confidence) -> float:
    return {Confidence.LOW: -np.inf, Confidence.MEDIUM: _MEDIUM, Confidence.HIGH: _HIGH}[confidence]


def _level(value: float) -> Confidence:
    if value >= _HIGH:
        return Confidence.HIGH
    return Confidence.MEDIUM if value >= _MEDIUM else Confidence.LOW


def _seen(request: RankRequest) -> BoolArray:
    """(n_items,) what everybody has seen; the titles asked about count as seen."""
    count = len(request.resources.catalogue)
    seen = np.ones(count, dtype=np.bool_)
    for profile in request.profiles:
        own = np.zeros(count, dtype=np.bool_)
        own[profile.interactions.watched] = True
        own[profile.interactions.liked] = True
        seen &= own
    seen[request.resources.catalogue.rows(request.seed_items)] = True
    return seen


def _reachable(request: RankRequest) -> BoolArray:
    """(n_items,) what these people may and can watch at all, whatever else they asked for."""
    catalogue = request.resources.catalogue
    reachable = np.ones(len(catalogue), dtype=np.bool_) if request.allowed is None else request.allowed.copy()
    if request.mode in LIBRARY_MODES and catalogue.libraries.names:
        reachable &= catalogue.in_any_library
    for profile in request.profiles:
        reachable[profile.interactions.hidden] = False
        reachable[profile.interactions.disliked] = False
    return reachable


def _calibration_target(request: RankRequest, rows: IntArray) -> FloatArray:
    """(n_genres,) the profile's genre shares in the domain most of the pool belongs to; the mean over a group."""
    codes = np.bincount(request.resources.catalogue.domains[rows])
    targets = [list(profile.domains.values())[int(codes.argmax())].genre_shares for profile in request.profiles]
    return np.asarray(np.mean(targets, axis=0))
