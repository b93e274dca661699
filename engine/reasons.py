"""Reasons: which signals lifted an item above the usual, and what in the profile stands behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from engine.catalogue import Catalogue
from engine.filters import REDISCOVER_AFTER_DAYS
from engine.personal_reasons import Background, Evidence, personal_reasons
from engine.request import RankRequest
from engine.similarity import similarities
from engine.taste import Taste
from engine.types import FloatArray, Mode, Reason, ReasonType

_GOOD_AVERAGE = 7.0
_MANY_VOTES = 1_000
_AT_MOST = 6
_FAME = ("popularity", "trending", "confidence", "fame")
_NEW = ("freshness", "recent", "recent_decade")
_IS_NEW = 0.6  # exp(-years / 10): about five years
_CROWD = 0.4  # what everybody says explains a personal pick less than it moves the score


def reasons(request: RankRequest, background: Background, evidence: Evidence) -> tuple[Reason, ...]:
    """The strongest reasons first; their weights sum to 1. Every item has at least one."""
    found = _strongest(_all(request, background, evidence), _AT_MOST)
    return found or _strongest([_fallback(request.resources.catalogue, evidence.row)], 1)


def member_reasons(background: Background, own: Taste, means: Mapping[str, float], place: int) -> tuple[Reason, ...]:
    """What speaks for the item at a place in one member's own taste, the strongest first; often nothing.

    `means` are those of the member's signals over everything eligible.
    """
    scored = own.scored
    raised = lifts(scored.signals, scored.weights, means, place)
    evidence = Evidence(int(scored.rows[place]), raised, {}, {}, (), own.trust)
    return _strongest(personal_reasons(background, evidence), _AT_MOST)


def _strongest(reasons: Iterable[Reason], n: int) -> tuple[Reason, ...]:
    """At most n with weights that sum to 1; reasons that say the same are one."""
    merged: dict[tuple[ReasonType, str], Reason] = {}
    for reason in reasons:
        if reason.weight > 0:
            same = merged.get((reason.type, reason.key))
            weight = reason.weight + (same.weight if same is not None else 0.0)
            merged[reason.type, reason.key] = replace(reason, weight=weight)
    found = list(merged.values())
    found.sort(key=lambda reason: (-round(reason.weight, 9), reason.type, reason.key))
    kept = found[:n]
    total = sum(reason.weight for reason in kept)
    return tuple(Reason(reason.type, reason.key, reason.name, float(reason.weight / total)) for reason in kept)


def _all(request: RankRequest, background: Background, evidence: Evidence) -> Iterator[Reason]:
    catalogue = request.resources.catalogue
    if request.mode is Mode.REDISCOVER:
        days = int(evidence.signals.get("days", REDISCOVER_AFTER_DAYS))
        yield Reason(ReasonType.REWATCH, "days", str(days), 1.0)
    if request.mode in {Mode.SIMILAR, Mode.BECAUSE}:
        yield from _alike(request, evidence)
    if "query" in evidence.lifts:
        yield Reason(ReasonType.MOOD, "query", request.query.text if request.query else "", evidence.lifts["query"])
    if request.mode is Mode.GROUP:
        for member, fit in enumerate(evidence.fits):
            yield Reason(ReasonType.GROUP_MEMBER, str(member), "", 0.1 * fit)
    if request.mode is not Mode.SIMILAR:
        yield from personal_reasons(background, evidence)
    yield from _crowd(catalogue, evidence)
    for name, value in evidence.moved.items():
        if value > 0:
            nudge = name not in {"influence", "rules"}
            kind, share = (ReasonType.CONTEXT, _CROWD) if nudge else (ReasonType.BOOST, 1.0)
            yield Reason(kind, name, "", share * value)
    if evidence.trust < 1.0 and request.mode not in {Mode.SIMILAR, Mode.REDISCOVER}:
        told = any(len(profile.interactions.quiz) + len(profile.interactions.liked) for profile in request.profiles)
        yield Reason(ReasonType.COLD_START, "quiz" if told else "popularity", "", 0.2 * (1.0 - evidence.trust))


def _alike(request: RankRequest, evidence: Evidence) -> Iterator[Reason]:
    """What the item shares with the seeds."""
    catalogue, row = request.resources.catalogue, evidence.row
    weight = max(evidence.lifts.get("likeness", 0.0), 0.05)
    seeds = catalogue.rows(request.seed_items)
    seed = int(seeds[int(np.argmax(similarities(catalogue.embeddings, seeds, catalogue.embeddings[[row]])[:, 0]))])
    yield Reason(ReasonType.SIMILAR_TO, str(catalogue.ids[seed]), catalogue.names[seed], 0.5 * weight)
    code = catalogue.collections[row]
    if code >= 0 and code == catalogue.collections[seed]:
        name = catalogue.collection_names[code]
        yield Reason(ReasonType.COLLECTION, name, name, 0.3 * weight)
    for role, column in (("director", catalogue.directors), ("cast", catalogue.cast)):
        for name in sorted(set(column.of(row)) & set(column.of(seed)))[:1]:
            yield Reason(ReasonType.PERSON, f"{role}:{name}", name, 0.2 * weight)
    for name in sorted(set(catalogue.keywords.of(row)) & set(catalogue.keywords.of(seed)))[:2]:
        yield Reason(ReasonType.KEYWORD, name, name, 0.15 * weight)
    for name in sorted(set(catalogue.genres.of(row)) & set(catalogue.genres.of(seed)))[:2]:
        yield Reason(ReasonType.GENRE, name, name, 0.1 * weight)


def _crowd(catalogue: Catalogue, evidence: Evidence) -> Iterator[Reason]:
    row, lifts = evidence.row, evidence.lifts
    average, votes = float(catalogue.vote_averages[row]), int(catalogue.votes[row])
    if average >= _GOOD_AVERAGE and votes:
        yield Reason(ReasonType.QUALITY, "vote_average", f"{average:.1f}", _CROWD * lifts.get("quality", 0.0))
    if votes >= _MANY_VOTES:
        known = sum(lifts.get(name, 0.0) for name in _FAME)
        yield Reason(ReasonType.POPULAR, "votes", str(votes), _CROWD * known)
    if lifts.get("novelty", 0.0) > 0:
        yield Reason(ReasonType.EXPLORE, "novelty", "", lifts["novelty"])
    # Newer than most is not new: only what a signal itself calls new is said to be.
    if catalogue.years[row] and max(evidence.signals.get(name, 0.0) for name in _NEW) >= _IS_NEW:
        year, new = int(catalogue.years[row]), sum(lifts.get(name, 0.0) for name in _NEW)
        yield Reason(ReasonType.FRESH, "year", str(year), new)


def _fallback(catalogue: Catalogue, row: int) -> Reason:
    """Where nothing stands out, the crowd's word is the honest reason."""
    if catalogue.votes[row]:
        return Reason(ReasonType.QUALITY, "vote_average", f"{float(catalogue.vote_averages[row]):.1f}", 1.0)
    return Reason(ReasonType.EXPLORE, "novelty", "", 1.0)


def lifts(
    signals: Mapping[str, FloatArray], weights: Mapping[str, float], means: Mapping[str, float], place: int
) -> dict[str, float]:
    """What each weighted signal adds at one place above its mean, never below 0.

    Rounded, since a mean depends on the order of its terms in the last digits, and those are no reason.
    """
    return {
        name: max(0.0, round(weights[name] * (float(signals[name][place]) - means.get(name, 0.0)), 9))
        for name in signals
        if name in weights
    }
