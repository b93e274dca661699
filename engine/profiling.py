"""Making a taste profile out of interactions (recommendarr 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from engine.catalogue import DOMAINS, Catalogue
from engine.clustering import mood_clusters
from engine.columns import NameMatrix
from engine.features import CatalogueFeatures
from engine.interactions import Influence, Interactions
from engine.preferences import STRONG_ABANDON, history_signals, preferences, rating_signal
from engine.profile import Affinity, Decay, DomainProfile, ProfileConfig, TasteProfile
from engine.similarity import unit
from engine.types import Domain, FloatArray, IntArray, SparseMatrix

_LIKED_FROM = 0.5  # preference
_CLUSTERED_ITEMS = 200  # the strongest; more adds time, not moods
_QUIZ_FADES = 10.0  # watches after which a quiz pick counts half
_SKIPS = 3
_ON_OFFER = 0.05  # share of the catalogue from which a genre counts as always on offer
_UNUSED_AFTER = 20  # watches
_UNUSED_PENALTY = 0.2
_RARE = -0.5  # a genre that is rarely watched is not yet disliked
_INFLUENCE = 0.5
DAYPARTS = ("night", "morning", "afternoon", "evening")


class _Weighted(NamedTuple):
    """Rows with a weight each, strongest first (ties by id)."""

    rows: IntArray
    weights: FloatArray


def build_profile(
    catalogue: Catalogue,
    features: CatalogueFeatures,
    interactions: Interactions,
    config: ProfileConfig | None = None,
) -> TasteProfile:
    """Make the profile of one person; an empty history makes an empty profile, never an error."""
    config = config or ProfileConfig()
    signals = history_signals(catalogue, features, interactions)
    preference = preferences(signals, config.signal_weights)
    weights = history_weights(interactions.age_days, config) * _title_influence(catalogue, interactions)
    liked = _liked(catalogue, interactions, preference, weights)
    disliked = _disliked(catalogue, interactions, weights)
    unused = _unused_genres(catalogue, features, interactions.items)
    domains = {
        domain: _domain_profile(catalogue, features, config, domain, liked, disliked, interactions, unused)
        for domain in DOMAINS
    }
    return TasteProfile(
        interactions=interactions,
        config=config,
        preferences=preference,
        weights=weights,
        signals=signals,
        liked=liked.rows,
        liked_weights=liked.weights,
        disliked=disliked.rows,
        disliked_weights=disliked.weights,
        domains=_lend(domains, catalogue, config, liked),
        directors=_people(catalogue.directors, liked, disliked, interactions.influences),
        cast=_people(catalogue.cast, liked, disliked, interactions.influences),
        keywords=_keywords(features.keywords, liked, disliked),
        daypart_genres=_daypart_genres(features, interactions),
        unused_genres=unused,
    )


def history_weights(age_days: FloatArray, config: ProfileConfig) -> FloatArray:
    """(n,) 0-1 for a history sorted oldest first: decay, and 0 beyond the depth.

    Depth counts from the newest interaction, so that nobody who was away loses the profile, and the newest
    `minimum_items` always count.
    """
    count = len(age_days)
    places = np.arange(count - 1, -1, -1, dtype=np.float64)  # 0: the newest
    ages = age_days - age_days.min(initial=np.inf) if count else age_days
    weights = decay_weights(places if config.decay.unit == "watches" else ages, config.decay)
    if config.depth_days is not None:
        weights = np.where((ages <= config.depth_days) | (places < config.minimum_items), weights, 0.0)
    return weights


def decay_weights(distance: FloatArray, decay: Decay) -> FloatArray:
    """Halved every half-life, never below the floor."""
    return np.maximum(np.exp2(-distance / max(decay.half_life, 1e-6)), decay.floor)


def daypart(hours: FloatArray) -> IntArray:
    """(n,) 0 night (22-4), 1 morning (4-12), 2 afternoon (12-18), 3 evening (18-22); -1 unknown."""
    part = np.searchsorted([4.0, 12.0, 18.0, 22.0], np.nan_to_num(hours) % 24.0, side="right") % 4
    return np.asarray(np.where(np.isnan(hours), -1, part), dtype=np.int64)


def _liked(catalogue: Catalogue, interactions: Interactions, preference: FloatArray, weights: FloatArray) -> _Weighted:
    """What was liked: by preference, by word, or in the quiz."""
    strength = np.where((preference >= _LIKED_FROM) & ~_left_early(interactions), preference**2 * weights, 0.0)
    scores = np.zeros(len(catalogue))
    scores[interactions.items] = strength
    fading = _QUIZ_FADES / (_QUIZ_FADES + len(interactions.items))
    scores[interactions.quiz] = np.maximum(scores[interactions.quiz], fading)
    scores[interactions.liked] = 1.0
    scores[interactions.disliked] = 0.0
    silenced = [int(entry.value) for entry in interactions.influences if _is_title(entry) and entry.effect != "boost"]
    scores[catalogue.rows(silenced)] = 0.0
    return _strongest(catalogue, scores)


def _disliked(catalogue: Catalogue, interactions: Interactions, weights: FloatArray) -> _Weighted:
    """What makes the anti-profile: abandoned early or disliked strongly, rated low, skipped three times mildly."""
    low_rating = np.nan_to_num(rating_signal(interactions.rating), nan=1.0) < 0.25
    half_way = interactions.abandoned & (np.nan_to_num(interactions.completion, nan=1.0) < 0.5)
    strength = np.where(half_way, 0.5, 0.0)
    strength = np.maximum(strength, np.where(low_rating, 0.7, 0.0))
    strength = np.maximum(strength, _left_early(interactions).astype(np.float64)) * (weights > 0)
    scores = np.zeros(len(catalogue))
    scores[interactions.skipped] = np.where(interactions.skip_counts >= _SKIPS, 0.25, 0.0)
    scores[interactions.items] = strength
    scores[interactions.disliked] = 1.0
    scores[interactions.liked] = 0.0
    return _strongest(catalogue, scores)


def _left_early(interactions: Interactions) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray(interactions.abandoned & (np.nan_to_num(interactions.completion, nan=1.0) < STRONG_ABANDON))


def _strongest(catalogue: Catalogue, scores: FloatArray) -> _Weighted:
    rows = np.flatnonzero(scores > 0)
    rows = rows[np.lexsort((catalogue.ids[rows], -scores[rows]))]
    return _Weighted(rows.astype(np.int64), scores[rows])


def _is_title(entry: Influence) -> bool:
    return entry.subject == "title" and entry.value.lstrip("-").isdigit()


def _title_influence(catalogue: Catalogue, interactions: Interactions) -> FloatArray:
    """(n_history,) 2 for a boosted title, 0 for one that is suppressed or blocked, else 1."""
    factors = np.ones(len(catalogue))
    for entry in interactions.influences:
        if _is_title(entry):
            factors[catalogue.rows((int(entry.value),))] = 2.0 if entry.effect == "boost" else 0.0
    return factors[interactions.items]


def _sharing(config: ProfileConfig, domain: Domain) -> list[int]:
    """The codes of the domains that a domain learns from."""
    shared = {domain, *(other for pair in config.shared_domains if domain in pair for other in pair)}
    return [code for code, known in enumerate(DOMAINS) if known in shared]


def _domain_profile(
    catalogue: Catalogue,
    features: CatalogueFeatures,
    config: ProfileConfig,
    domain: Domain,
    liked: _Weighted,
    disliked: _Weighted,
    interactions: Interactions,
    unused: tuple[str, ...],
) -> DomainProfile:
    codes = _sharing(config, domain)
    ours, theirs = _within(catalogue, liked, codes), _within(catalogue, disliked, codes)
    positive, negative = _genre_weights(features.genres, ours), _genre_weights(features.genres, theirs)
    total = float(positive.sum())
    clusters, masses, members = _clusters(catalogue, ours, config.maximum_clusters)
    return DomainProfile(
        domain=domain,
        centroid=_mean(catalogue, ours),
        clusters=clusters,
        masses=masses,
        cluster_items=members,
        anti=_mean(catalogue, theirs),
        genres=_genre_affinity(catalogue, features, codes, ours, positive, negative, interactions, unused),
        genre_shares=positive / total if total > 0 else positive,
        count=len(ours.rows),
    )


def _within(catalogue: Catalogue, weighted: _Weighted, codes: list[int]) -> _Weighted:
    keep = np.isin(catalogue.domains[weighted.rows], codes)
    return _Weighted(weighted.rows[keep], weighted.weights[keep])


def _mean(catalogue: Catalogue, weighted: _Weighted) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vectors = catalogue.embeddings[weighted.rows].astype(np.float64)
    mean = weighted.weights @ vectors if len(vectors) else np.zeros(catalogue.embeddings.shape[1])
    return unit(mean)


def _clusters(
    catalogue: Catalogue, liked: _Weighted, maximum: int
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float32]], FloatArray, tuple[IntArray, ...]]:
    """Centres, masses and members of the moods, heaviest first."""
    rows, weights = liked.rows[:_CLUSTERED_ITEMS], liked.weights[:_CLUSTERED_ITEMS]
    vectors = catalogue.embeddings[rows]
    known = np.linalg.norm(vectors, axis=1) > 0.5
    rows, weights, vectors = rows[known], weights[known], vectors[known]
    if not len(rows):
        return np.zeros((0, catalogue.embeddings.shape[1]), dtype=np.float32), np.zeros(0), ()
    labels = mood_clusters(vectors, weights, maximum)
    masses = np.bincount(labels, weights=weights)
    order = np.argsort(-masses, kind="stable")
    centres = [unit(weights[labels == label] @ vectors[labels == label].astype(np.float64)) for label in order]
    return np.stack(centres), masses[order] / masses.sum(), tuple(rows[labels == label] for label in order)


def _genre_weights(genres: SparseMatrix, weighted: _Weighted) -> FloatArray:
    """(n_genres,) summed weight; an item's weight is split among its genres."""
    rows = genres[weighted.rows]
    own = np.maximum(np.diff(rows.indptr), 1)
    return np.asarray(rows.T @ (weighted.weights / own), dtype=np.float64)


def _genre_affinity(
    catalogue: Catalogue,
    features: CatalogueFeatures,
    codes: list[int],
    liked: _Weighted,
    positive: FloatArray,
    negative: FloatArray,
    interactions: Interactions,
    unused: tuple[str, ...],
) -> FloatArray:
    """(n_genres,) -1..1: half how often, half how much oftener than on offer; dislikes and the quiz move it."""
    result = np.zeros(len(positive))
    total = positive.sum()
    if total > 0:
        offered = _offered(features, codes)
        lift = np.log((positive / total + 0.02) / (offered + 0.02))
        trust = len(liked.rows) / (len(liked.rows) + 5.0)
        result = trust * (0.5 * positive / positive.max() + 0.5 * np.maximum(np.tanh(lift), _RARE))
    if negative.sum() > 0:
        result -= 0.5 * negative / max(float(negative.sum()), float(total))
    fading = _QUIZ_FADES / (_QUIZ_FADES + len(interactions.items))
    place = {name: code for code, name in enumerate(catalogue.genres.names)}
    for name, weight in interactions.quiz_genres:
        if name in place:
            result[place[name]] += fading * weight
    for name in unused:
        result[place[name]] -= _UNUSED_PENALTY
    for entry in interactions.influences:
        if entry.subject == "genre" and entry.value in place:
            result[place[entry.value]] += _INFLUENCE if entry.effect == "boost" else -_INFLUENCE
    return np.clip(result, -1.0, 1.0)


def _offered(features: CatalogueFeatures, codes: list[int]) -> FloatArray:
    """(n_genres,) share of each genre among what these domains offer, split like the weights."""
    offered = features.genre_weights[codes].sum(axis=0)
    return np.asarray(offered / max(float(offered.sum()), 1e-9))


def _unused_genres(catalogue: Catalogue, features: CatalogueFeatures, items: IntArray) -> tuple[str, ...]:
    """Genres that are always on offer in the domains somebody watches, and were never watched."""
    if len(items) < _UNUSED_AFTER:
        return ()
    domains = np.unique(catalogue.domains[items])
    offered = features.genre_counts[domains].sum(axis=0) / max(1, int(np.isin(catalogue.domains, domains).sum()))
    watched = np.asarray(features.genres[items].sum(axis=0)).ravel()
    codes = np.flatnonzero((offered >= _ON_OFFER) & (watched == 0))
    return tuple(catalogue.genres.names[code] for code in codes)


def _people(column: NameMatrix, liked: _Weighted, disliked: _Weighted, influences: tuple[Influence, ...]) -> Affinity:
    """Affinity per person: liked less disliked weight, over both plus one (one good film is not yet a love)."""
    good = np.asarray(column.values[liked.rows].T @ liked.weights, dtype=np.float64)
    bad = np.asarray(column.values[disliked.rows].T @ disliked.weights, dtype=np.float64)
    values = (good - bad) / (good + bad + 1.0)
    for entry in influences:
        code = column.code(entry.value) if entry.subject == "person" else None
        if code is not None:
            values[code] = np.clip(values[code] + (_INFLUENCE if entry.effect == "boost" else -_INFLUENCE), -1.0, 1.0)
    codes = np.flatnonzero(values).astype(np.int64)
    return Affinity(codes, values[codes])


def _keywords(matrix: SparseMatrix, liked: _Weighted, disliked: _Weighted) -> Affinity:
    """The idf-weighted mean of the liked items' keywords less 0.3 of the disliked, at length 1."""
    values = np.asarray(matrix[liked.rows].T @ liked.weights, dtype=np.float64)
    if len(disliked.rows):
        values -= 0.3 * np.asarray(matrix[disliked.rows].T @ disliked.weights, dtype=np.float64)
    length = float(np.linalg.norm(values))
    codes = np.flatnonzero(values).astype(np.int64)
    return Affinity(codes, values[codes] / length if length > 0 else values[codes])


def _daypart_genres(features: CatalogueFeatures, interactions: Interactions) -> FloatArray:
    """(4, n_genres) how much more than usual a genre is watched at that time of day, -1..1; 0 with few plays."""
    rows = features.genres[interactions.items]
    result = np.zeros((len(DAYPARTS), rows.shape[1]))
    parts = daypart(interactions.hour)
    known = parts >= 0
    if not known.any():
        return result
    usual = np.asarray(rows[known].sum(axis=0), dtype=np.float64).ravel() / known.sum()
    for part in range(len(DAYPARTS)):
        count = int((parts == part).sum())
        share = np.asarray(rows[parts == part].sum(axis=0), dtype=np.float64).ravel() / max(count, 1)
        result[part] = (share - usual) * count / (count + 5.0)
    return np.clip(result, -1.0, 1.0)


def _lend(
    domains: Mapping[Domain, DomainProfile], catalogue: Catalogue, config: ProfileConfig, liked: _Weighted
) -> dict[Domain, DomainProfile]:
    """A domain in which nothing was liked yet borrows the moods of the others: themes carry over, genres do not."""
    empty = [domain for domain, profile in domains.items() if not profile.count]
    result = dict(domains)
    if not empty or not len(liked.rows):
        return result
    full = [profile for profile in domains.values() if profile.count == len(liked.rows)]
    clusters, masses, members = (
        (full[0].clusters, full[0].masses, full[0].cluster_items)
        if full
        else _clusters(catalogue, liked, config.maximum_clusters)
    )
    for domain in empty:
        own = domains[domain]
        result[domain] = DomainProfile(
            domain=domain,
            centroid=_mean(catalogue, liked),
            clusters=clusters,
            masses=masses,
            cluster_items=members,
            anti=own.anti,
            genres=own.genres,
            genre_shares=own.genre_shares,
            count=0,
        )
    return result
