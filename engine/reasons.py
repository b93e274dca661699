"""Reasons: which signals lifted an item above the usual, and what in the profile stands behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.catalogue import Catalogue
from engine.columns import NameMatrix
from engine.filters import REDISCOVER_AFTER_DAYS
from engine.profile import Affinity, TasteProfile
from engine.request import RankRequest
from engine.similarity import similarities
from engine.types import FloatArray, Mode, Reason, ReasonType

_SIMILAR_FROM = 0.30
_LIKED_LOOKED_AT = 200
_GOOD_AVERAGE = 7.0
_MANY_VOTES = 1_000
_AT_MOST = 6
_CLUSTER_SHARE = 0.25
_NEXT_PART = 0.05  # on the scale of a score
_CROWD = 0.4  # what everybody says explains a personal pick less than it moves the score
_CONTENT = frozenset({"content", "centroid", "mean_content", "features", "likeness_text", "short_term"})
_COLLABORATIVE = frozenset({"ease", "neighbours", "graph", "transitions", "nearest_people", "lists", "sequential"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why one row scored: how much each signal adds above its mean over everything eligible, and the signals."""

    row: int
    lifts: Mapping[str, float]
    signals: Mapping[str, float]
    moved: Mapping[str, float]
    fits: tuple[float, ...]
    trust: float


def reasons(request: RankRequest, evidence: Evidence) -> tuple[Reason, ...]:
    """The strongest reasons first; their weights sum to 1. Every item has at least one."""
    merged: dict[tuple[ReasonType, str], Reason] = {}
    for reason in _all(request, evidence):
        if reason.weight > 0:
            same = merged.get((reason.type, reason.key))
            weight = reason.weight + (same.weight if same is not None else 0.0)
            merged[reason.type, reason.key] = replace(reason, weight=weight)
    found = list(merged.values()) or [_fallback(request.resources.catalogue, evidence.row)]
    found.sort(key=lambda reason: (-round(reason.weight, 9), reason.type, reason.key))
    kept = found[:_AT_MOST]
    total = sum(reason.weight for reason in kept)
    return tuple(Reason(reason.type, reason.key, reason.name, float(reason.weight / total)) for reason in kept)


def _all(request: RankRequest, evidence: Evidence) -> Iterator[Reason]:
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
        yield from _personal(request, request.profiles[0], evidence)
    yield from _crowd(catalogue, evidence)
    for name, value in evidence.moved.items():
        if value > 0:
            nudge = name not in {"influence", "rules"}
            yield Reason(ReasonType.CONTEXT if nudge else ReasonType.BOOST, name, "", value)
    if evidence.trust < 1.0 and request.mode not in {Mode.SIMILAR, Mode.REDISCOVER}:
        told = any(len(profile.interactions.quiz) + len(profile.interactions.liked) for profile in request.profiles)
        yield Reason(ReasonType.COLD_START, "quiz" if told else "popularity", "", 0.2 * (1.0 - evidence.trust))


def _personal(request: RankRequest, profile: TasteProfile, evidence: Evidence) -> Iterator[Reason]:
    catalogue, row, lifts = request.resources.catalogue, evidence.row, evidence.lifts
    closeness = sum(lifts.get(name, 0.0) for name in _CONTENT)
    if closeness > 0:
        yield from _similar_to(request, profile, row, closeness)
        yield from _cluster(request, profile, row, _CLUSTER_SHARE * closeness)
    if lifts.get("genre", 0.0) > 0:
        yield from _genres(catalogue, profile, row, lifts["genre"])
    if lifts.get("people", 0.0) > 0:
        yield from _people(catalogue.directors, profile.directors, row, lifts["people"], "director")
        yield from _people(catalogue.cast, profile.cast, row, lifts["people"], "cast")
    if lifts.get("keywords", 0.0) > 0:
        yield from _keywords(request, profile, row, lifts["keywords"])
    yield from _franchise(catalogue, profile, row)
    together = sum(lifts.get(name, 0.0) for name in _COLLABORATIVE)
    if together > 0:
        yield _collaborative(request, profile, row, together)


def _similar_to(request: RankRequest, profile: TasteProfile, row: int, weight: float) -> Iterator[Reason]:
    """The two liked titles that lie nearest, the stronger liked the sooner; none that may not be seen any more."""
    catalogue = request.resources.catalogue
    liked, strength = profile.liked[:_LIKED_LOOKED_AT], profile.liked_weights[:_LIKED_LOOKED_AT]
    if request.allowed is not None:
        liked, strength = liked[request.allowed[liked]], strength[request.allowed[liked]]
    close = similarities(catalogue.embeddings, liked, catalogue.embeddings[[row]])[:, 0]
    value = np.round(close * (0.8 + 0.2 * strength / max(float(strength.max(initial=0.0)), 1e-9)), 9)
    order = np.lexsort((catalogue.ids[liked], -value))
    share = 0.65
    for place in order[:2]:
        if close[place] >= _SIMILAR_FROM and liked[place] != row:
            source = int(liked[place])
            yield Reason(ReasonType.SIMILAR_TO, str(catalogue.ids[source]), catalogue.names[source], share * weight)
            share = 0.35


def _cluster(request: RankRequest, profile: TasteProfile, row: int, weight: float) -> Iterator[Reason]:
    """The mood that the item lies in, where the person has several: named by the genres that mark it."""
    catalogue = request.resources.catalogue
    domain = list(profile.domains.values())[int(catalogue.domains[row])]
    if len(domain.clusters) < 2:
        return
    cluster = int(similarities(domain.clusters, np.arange(len(domain.clusters)), catalogue.embeddings[[row]]).argmax())
    counts = np.asarray(request.resources.features.genres[domain.cluster_items[cluster]].sum(axis=0)).ravel()
    marks = [catalogue.genres.names[code] for code in np.argsort(-counts, kind="stable")[:2] if counts[code] > 0]
    if marks:
        yield Reason(ReasonType.CLUSTER, str(cluster), ", ".join(marks), weight)


def _franchise(catalogue: Catalogue, profile: TasteProfile, row: int) -> Iterator[Reason]:
    """The item continues something of which a part was watched."""
    code = catalogue.collections[row]
    if code >= 0 and (catalogue.collections[profile.interactions.watched] == code).any():
        name = catalogue.collection_names[code]
        yield Reason(ReasonType.FRANCHISE, name, name, _NEXT_PART)


def _genres(catalogue: Catalogue, profile: TasteProfile, row: int, weight: float) -> Iterator[Reason]:
    domain = list(profile.domains.values())[int(catalogue.domains[row])]
    affinity = dict(zip(catalogue.genres.names, domain.genres, strict=True))
    liked = sorted((name for name in catalogue.genres.of(row) if affinity[name] > 0.1), key=lambda x: (-affinity[x], x))
    total = sum(affinity[name] for name in liked)
    for name in liked[:2]:
        yield Reason(ReasonType.GENRE, name, name, weight * float(affinity[name]) / total)


def _people(column: NameMatrix, affinity: Affinity, row: int, weight: float, role: str) -> Iterator[Reason]:
    codes = column.values.indices[column.values.indptr[row] : column.values.indptr[row + 1]]
    values = _looked_up(affinity, codes)
    liked = [(-value, column.names[code]) for code, value in zip(codes, values, strict=True) if value > 0.2]
    for _, name in sorted(liked)[:1]:
        share = 0.6 if role == "director" else 0.4
        yield Reason(ReasonType.PERSON, f"{role}:{name}", name, share * weight)


def _keywords(request: RankRequest, profile: TasteProfile, row: int, weight: float) -> Iterator[Reason]:
    names, matrix = request.resources.catalogue.keywords.names, request.resources.features.keywords
    start, end = matrix.indptr[row], matrix.indptr[row + 1]
    codes = matrix.indices[start:end]
    shares = _looked_up(profile.keywords, codes) * matrix.data[start:end]
    liked = [(-round(float(share), 9), names[code]) for code, share in zip(codes, shares, strict=True) if share > 0]
    total = -sum(share for share, _ in liked)
    for share, name in sorted(liked)[:2]:
        yield Reason(ReasonType.KEYWORD, name, name, weight * -share / total)


def _looked_up(affinity: Affinity, codes: npt.NDArray[np.integer]) -> FloatArray:
    """(len(codes),) the affinities for these columns, 0 where there is none."""
    if not len(affinity.codes):
        return np.zeros(len(codes))
    places = np.minimum(np.searchsorted(affinity.codes, codes), len(affinity.codes) - 1)
    return np.where(affinity.codes[places] == codes, affinity.values[places], 0.0)


def _collaborative(request: RankRequest, profile: TasteProfile, row: int, weight: float) -> Reason:
    """Named after the liked title through which the crowd speaks, where a scorer can tell."""
    catalogue = request.resources.catalogue
    for name in sorted(request.resources.scorers):
        sources = getattr(request.resources.scorers[name], "sources", None)
        if name in _COLLABORATIVE and sources is not None:
            rows = [int(one) for one in sources(profile, row) if request.allowed is None or request.allowed[one]]
            if rows:
                source = rows[0]
                return Reason(ReasonType.COLLABORATIVE, str(catalogue.ids[source]), catalogue.names[source], weight)
    return Reason(ReasonType.COLLABORATIVE, "", "", weight)


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
        known = lifts.get("popularity", 0.0) + lifts.get("trending", 0.0) + lifts.get("confidence", 0.0)
        yield Reason(ReasonType.POPULAR, "votes", str(votes), _CROWD * known)
    if lifts.get("novelty", 0.0) > 0:
        yield Reason(ReasonType.EXPLORE, "novelty", "", lifts["novelty"])
    if lifts.get("freshness", 0.0) > 0 and catalogue.years[row]:
        yield Reason(ReasonType.FRESH, "year", str(catalogue.years[row]), lifts["freshness"])


def _fallback(catalogue: Catalogue, row: int) -> Reason:
    """Where nothing stands out, the crowd's word is the honest reason."""
    if catalogue.votes[row]:
        return Reason(ReasonType.QUALITY, "vote_average", f"{float(catalogue.vote_averages[row]):.1f}", 1.0)
    return Reason(ReasonType.EXPLORE, "novelty", "", 1.0)


def lifts(
    signals: Mapping[str, FloatArray], weights: Mapping[str, float], means: Mapping[str, float], place: int
) -> dict[str, float]:
    """What each weighted signal adds at one place above its mean, never below 0."""
    return {
        name: max(0.0, weights[name] * (float(signals[name][place]) - means.get(name, 0.0)))
        for name in signals
        if name in weights
    }
