"""Reasons that lie in the person: liked titles, moods, genres, people, keywords, and who else liked those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.catalogue import Catalogue
from engine.columns import NameMatrix
from engine.profile import Affinity, DomainProfile, TasteProfile
from engine.request import RankRequest
from engine.similarity import similarities
from engine.types import FloatArray, IntArray, Reason, ReasonType

_SIMILAR_FROM = 0.30
_LIKED_LOOKED_AT = 200
_CLUSTER_SHARE = 0.25
_NEXT_PART = 0.05  # on the scale of a score
_CONTENT = frozenset({"content", "nearest", "centroid", "mean_content", "features", "short_term"})
_COLLABORATIVE = frozenset({"ease", "neighbours", "transitions", "graph", "nearest_people", "lists", "sequential"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why one row scored: how much each signal adds above its mean over everything eligible, and the signals."""

    row: int
    lifts: Mapping[str, float]
    signals: Mapping[str, float]
    moved: Mapping[str, float]  # adjustments that lifted the item, above what they lift everything
    fits: tuple[float, ...]
    trust: float


@dataclass(frozen=True, slots=True)
class Background:
    """What the reasons of all picks of one answer share; one person's."""

    request: RankRequest
    profile: TasteProfile
    domains: tuple[DomainProfile, ...]
    liked: IntArray  # strongest first, none that may not be seen any more
    strength: FloatArray  # 0-1
    places: Mapping[int, int]  # row of a pick -> its column below
    closeness: FloatArray  # (n_liked, n_picks)
    spoken: FloatArray  # (n_liked, n_picks) what learnt weights say from each liked title to each pick


def prepare(request: RankRequest, rows: IntArray, member: int = 0) -> Background:
    """Compare all picks with what the person at that place of the request liked, once."""
    profile, catalogue = request.profiles[member], request.resources.catalogue
    liked, strength = profile.liked[:_LIKED_LOOKED_AT], profile.liked_weights[:_LIKED_LOOKED_AT]
    if request.allowed is not None:
        liked, strength = liked[request.allowed[liked]], strength[request.allowed[liked]]
    strength = strength / max(float(strength.max(initial=0.0)), 1e-9)
    return Background(
        request=request,
        profile=profile,
        domains=tuple(profile.domains.values()),
        liked=liked,
        strength=strength,
        places={int(row): place for place, row in enumerate(rows)},
        closeness=similarities(catalogue.embeddings, liked, catalogue.embeddings[rows]),
        spoken=_spoken(request, liked, rows),
    )


def _spoken(request: RankRequest, liked: IntArray, rows: IntArray) -> FloatArray:
    """(n_liked, n_picks) summed over the learnt scorers that can tell; zero where none can."""
    total = np.zeros((len(liked), len(rows)))
    for name in sorted(_COLLABORATIVE & set(request.resources.scorers)):
        between = getattr(request.resources.scorers[name], "between", None)
        if between is not None:
            words = np.maximum(between(liked, rows), 0.0)
            total += words / max(float(words.max(initial=0.0)), 1e-9)
    return total


def personal_reasons(background: Background, evidence: Evidence) -> Iterator[Reason]:
    """Every reason that lies in the person, each with what it adds to the score."""
    catalogue, profile = background.request.resources.catalogue, background.profile
    row, lifts = evidence.row, evidence.lifts
    closeness = sum(lifts.get(name, 0.0) for name in _CONTENT)
    if closeness > 0:
        yield from _similar_to(background, row, closeness)
        yield from _cluster(background, row, _CLUSTER_SHARE * closeness)
    if lifts.get("genre", 0.0) > 0:
        yield from _genres(background, row, lifts["genre"])
    if lifts.get("people", 0.0) > 0:
        yield from _people(catalogue.directors, profile.directors, row, lifts["people"], "director")
        yield from _people(catalogue.cast, profile.cast, row, lifts["people"], "cast")
    if lifts.get("keywords", 0.0) > 0:
        yield from _keywords(background, row, lifts["keywords"])
    if lifts.get("era", 0.0) > 0 and catalogue.years[row]:
        yield Reason(ReasonType.ERA, "decade", f"{int(catalogue.years[row]) // 10 * 10}s", lifts["era"])
    yield from _franchise(catalogue, profile, row)
    together = sum(lifts.get(name, 0.0) for name in _COLLABORATIVE)
    if together > 0:
        yield _collaborative(background, row, together)


def _similar_to(background: Background, row: int, weight: float) -> Iterator[Reason]:
    """The two liked titles that lie nearest, the stronger liked the sooner."""
    catalogue, liked = background.request.resources.catalogue, background.liked
    close = background.closeness[:, background.places[row]]
    value = np.round(close * (0.8 + 0.2 * background.strength), 9)
    order = np.lexsort((catalogue.ids[liked], -value))
    share = 0.65
    for place in order[:2]:
        if close[place] >= _SIMILAR_FROM and liked[place] != row:
            source = int(liked[place])
            yield Reason(ReasonType.SIMILAR_TO, str(catalogue.ids[source]), catalogue.names[source], share * weight)
            share = 0.35


def _cluster(background: Background, row: int, weight: float) -> Iterator[Reason]:
    """The mood that the item lies in, where the person has several: named by the genres that mark it."""
    resources = background.request.resources
    catalogue = resources.catalogue
    domain = background.domains[int(catalogue.domains[row])]
    if len(domain.clusters) < 2:
        return
    cluster = int(np.argmax(domain.clusters @ catalogue.embeddings[row]))
    genres = resources.features.genres
    counts = np.bincount(genres[domain.cluster_items[cluster]].indices, minlength=genres.shape[1])
    marks = [catalogue.genres.names[code] for code in np.argsort(-counts, kind="stable")[:2] if counts[code] > 0]
    if marks:
        yield Reason(ReasonType.CLUSTER, str(cluster), ", ".join(marks), weight)


def _collaborative(background: Background, row: int, weight: float) -> Reason:
    """Named after the liked title that says the most for the pick, where the learnt scorers can tell."""
    catalogue, liked = background.request.resources.catalogue, background.liked
    words = np.round(background.spoken[:, background.places[row]] * background.strength, 9)
    if not words.any():
        return Reason(ReasonType.COLLABORATIVE, "", "", weight)
    source = int(liked[np.lexsort((catalogue.ids[liked], -words))[0]])
    return Reason(ReasonType.COLLABORATIVE, str(catalogue.ids[source]), catalogue.names[source], weight)


def _franchise(catalogue: Catalogue, profile: TasteProfile, row: int) -> Iterator[Reason]:
    """The item continues something of which a part was watched."""
    code = catalogue.collections[row]
    if code >= 0 and (catalogue.collections[profile.interactions.watched] == code).any():
        name = catalogue.collection_names[code]
        yield Reason(ReasonType.FRANCHISE, name, name, _NEXT_PART)


def _genres(background: Background, row: int, weight: float) -> Iterator[Reason]:
    catalogue = background.request.resources.catalogue
    domain = background.domains[int(catalogue.domains[row])]
    affinity = dict(zip(catalogue.genres.names, domain.genres.tolist(), strict=True))
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


def _keywords(background: Background, row: int, weight: float) -> Iterator[Reason]:
    resources = background.request.resources
    names, matrix = resources.catalogue.keywords.names, resources.features.keywords
    start, end = matrix.indptr[row], matrix.indptr[row + 1]
    codes = matrix.indices[start:end]
    shares = _looked_up(background.profile.keywords, codes) * matrix.data[start:end]
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
