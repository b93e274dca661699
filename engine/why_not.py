"""Why a title was not recommended: the filters that removed it, where it ranks, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from engine.filters import eligible_rows, passing
from engine.modes import Outcome
from engine.pipeline import RecommendationPipeline
from engine.pool import Pipeline
from engine.profile import TasteProfile
from engine.reach import first_parts
from engine.request import RankRequest
from engine.scoring.adjustments import AdjustmentConfig, fatigue, hide_penalty
from engine.similarity import similarities
from engine.types import FloatArray, IntArray, Mode, RankedItem

_LOW_SHARE = 0.5  # a signal speaks against an item that lies in the lower half of everything eligible
_ANTI_FROM = 0.35
_LOW_AVERAGE = 6.0
_FEW_VOTES = 100
_NOTICEABLE = 0.005  # of a score: less would be written as nothing


class NegativeType(StrEnum):
    """What speaks against an item. `key`, `name` and `value` of a `Negative` mean what stands beside each."""

    FILTER = "filter"  # the filter; value 0
    WEAK_SIGNAL = "weak_signal"  # signal; value is it, `share` the part of all eligible items that lie below
    GENRE = "genre"  # genre; value is the affinity, -1..1
    UNUSED_GENRE = "unused_genre"  # genre that is on offer and never watched; value is the affinity
    PERSON = "person"  # "director:Name" or "cast:Name", the name; value is the affinity, -1..1
    ANTI_PROFILE = "anti_profile"  # id and name of a title abandoned or disliked; value is the similarity
    HIDDEN_SIMILAR = "hidden_similar"  # id and name of a hidden title; value is what it costs
    SHOWN = "shown"  # "count", times shown and not touched; value is what it costs
    MOVED = "moved"  # influence, rule or nudge; value is what it costs
    FRANCHISE = "franchise"  # id and name of the part that comes first; value 0
    LOW_RATING = "low_rating"  # "vote_average"; value is the average
    FEW_VOTES = "few_votes"  # "votes"; value is the number


@dataclass(frozen=True, slots=True)
class Negative:
    """One thing that speaks against an item, with its number."""

    type: NegativeType
    key: str
    name: str
    value: float
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class WhyNot:
    """`rank` counts from 1 among everything eligible; None if a filter removed the item."""

    id: int
    removed_by: tuple[str, ...]
    rank: int | None
    eligible: int
    score: float
    needed: float  # the score of the last place of the list asked for
    negatives: tuple[Negative, ...]


@dataclass(frozen=True, slots=True)
class ScoredOnce:
    """A pipeline that scores the same rows of one request only once. For a single question: it forgets nothing."""

    pipeline: Pipeline
    known: list[tuple[RankRequest, IntArray, Outcome]] = field(default_factory=list)

    def score(self, request: RankRequest, rows: IntArray) -> Outcome:
        """What the pipeline gives these rows."""
        for asked, those, outcome in self.known:
            if asked is request and np.array_equal(those, rows):
                return outcome
        outcome = self.pipeline.score(request, rows)
        self.known.append((request, rows, outcome))
        return outcome

    def first_parts(self, request: RankRequest, rows: IntArray) -> IntArray:
        """As the pipeline replaces sequels."""
        return self.pipeline.first_parts(request, rows)


def why_and_why_not(
    pipeline: RecommendationPipeline, request: RankRequest, item_id: int
) -> tuple[RankedItem | None, WhyNot]:
    """What `RecommendationPipeline.explain` and `why_not` say of one item, for little more than one of them costs.

    Raises: KeyError, ValueError, as they do.
    """
    scores = ScoredOnce(pipeline)
    return pipeline.explain(request, item_id, scores), why_not(pipeline, request, item_id, scores)


def why_not(
    pipeline: RecommendationPipeline, request: RankRequest, item_id: int, shared: Pipeline | None = None
) -> WhyNot:
    """Look at one item as the pipeline would for the (first) person of the request. `shared` as in `explain`.

    Raises: KeyError for an item that the catalogue does not hold, ValueError for a request that contradicts itself.
    """
    row = request.resources.catalogue.row(item_id)
    removed = tuple(dict.fromkeys(name for name, rows in passing(request) if not rows[row]))
    eligible, _ = eligible_rows(request)
    rows = np.union1d(eligible, [row]).astype(np.int64)
    outcome = (shared or pipeline).score(request, rows)
    place = int(np.searchsorted(rows, row))
    others = np.flatnonzero(rows != row) if removed else np.arange(len(rows))
    scores = np.round(outcome.scored.scores, 9)
    better = int((scores[others] > scores[place]).sum())
    ordered = np.sort(scores[others])[::-1]
    needed = float(ordered[min(max(request.n, 1), len(ordered)) - 1]) if len(ordered) else float(scores[place])
    negatives = [Negative(NegativeType.FILTER, name, name, 0.0) for name in removed]
    for profile in request.profiles[:1]:
        negatives.extend(_personal(request, profile, row, pipeline.config.taste.adjustment))
    if pipeline.config.keeps_franchise_order and request.mode is not Mode.REDISCOVER:
        negatives.extend(_franchise(request, row))
    negatives.extend(_weak(outcome.scored.signals, outcome.scored.weights, others, place))
    negatives.extend(
        Negative(NegativeType.MOVED, name, "", float(values[place]))
        for name, values in sorted(outcome.moved.items())
        if values[place] <= -_NOTICEABLE and name not in {"hidden_similar", "shown"}
    )
    negatives.extend(_crowd(request, row))
    return WhyNot(
        id=item_id,
        removed_by=removed,
        rank=None if removed else better + 1,
        eligible=len(eligible),
        score=float(scores[place]),
        needed=needed,
        negatives=tuple(negatives),
    )


def _personal(request: RankRequest, profile: TasteProfile, row: int, config: AdjustmentConfig) -> Iterator[Negative]:
    """Genres, people, the anti-profile, hides and exposures that speak against the row."""
    catalogue, interactions = request.resources.catalogue, profile.interactions
    affinities = list(profile.domains.values())[int(catalogue.domains[row])].genres
    for name in catalogue.genres.of(row):
        value = float(affinities[catalogue.genres.names.index(name)])
        if name in profile.unused_genres:
            yield Negative(NegativeType.UNUSED_GENRE, name, name, value)
        elif value < 0:
            yield Negative(NegativeType.GENRE, name, name, value)
    for role, column, affinity in (
        ("director", catalogue.directors, profile.directors),
        ("cast", catalogue.cast, profile.cast),
    ):
        known = dict(zip(affinity.codes.tolist(), affinity.values.tolist(), strict=True))
        for name in column.of(row):
            code = column.code(name)
            value = known.get(code, 0.0) if code is not None else 0.0
            if value < 0:
                yield Negative(NegativeType.PERSON, f"{role}:{name}", name, value)
    near = _nearest(request, profile.disliked, row)
    if near is not None and near[1] >= _ANTI_FROM:
        yield Negative(NegativeType.ANTI_PROFILE, str(catalogue.ids[near[0]]), catalogue.names[near[0]], near[1])
    near = _nearest(request, interactions.hidden[interactions.hidden_age_days < config.hide_days], row)
    if near is not None and (cost := float(hide_penalty(np.array([near[1]]), config)[0])) > 0:
        yield Negative(NegativeType.HIDDEN_SIMILAR, str(catalogue.ids[near[0]]), catalogue.names[near[0]], -cost)
    shown = interactions.skip_counts[interactions.skipped == row]
    if len(shown):
        yield Negative(
            NegativeType.SHOWN, "count", str(int(shown[0])), -float(fatigue(shown[:1].astype(np.float64), config)[0])
        )


def _nearest(request: RankRequest, rows: IntArray, row: int) -> tuple[int, float] | None:
    """The row of `rows` that lies nearest to `row`, and how near; nothing that may not be seen any more."""
    others = rows[rows != row]
    if request.allowed is not None:
        others = others[request.allowed[others]]
    if not len(others):
        return None
    embeddings = request.resources.catalogue.embeddings
    close = np.round(similarities(embeddings, others, embeddings[[row]])[:, 0], 9)
    best = int(np.lexsort((request.resources.catalogue.ids[others], -close))[0])
    return int(others[best]), float(close[best])


def _franchise(request: RankRequest, row: int) -> Iterator[Negative]:
    catalogue = request.resources.catalogue
    first = int(first_parts(request, np.array([row], dtype=np.int64))[0])
    if first != row:
        yield Negative(NegativeType.FRANCHISE, str(catalogue.ids[first]), catalogue.names[first], 0.0)


def _weak(
    signals: dict[str, FloatArray], weights: dict[str, float], others: IntArray, place: int
) -> Iterator[Negative]:
    """Signals with a positive weight in which most others do better; the costliest first."""
    found: list[tuple[float, Negative]] = []
    for name, values in signals.items():
        weight = weights.get(name, 0.0)
        if weight == 0 or not len(others):
            continue
        value = float(values[place])
        towards = np.sign(weight)
        share = float((towards * values[others] < towards * value).mean())
        if share < _LOW_SHARE:
            cost = weight * (value - float(values[others].mean()))
            found.append((cost, Negative(NegativeType.WEAK_SIGNAL, name, "", value, share)))
    found.sort(key=lambda entry: (entry[0], entry[1].key))
    yield from (negative for cost, negative in found if cost < 0)


def _crowd(request: RankRequest, row: int) -> Iterator[Negative]:
    catalogue = request.resources.catalogue
    votes, average = int(catalogue.votes[row]), float(catalogue.vote_averages[row])
    if 0 < average < _LOW_AVERAGE and votes >= _FEW_VOTES:
        yield Negative(NegativeType.LOW_RATING, "vote_average", f"{average:.1f}", average)
    if votes < _FEW_VOTES:
        yield Negative(NegativeType.FEW_VOTES, "votes", str(votes), float(votes))
