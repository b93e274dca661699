"""Making a taste profile out of interactions (recommendarr 3)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.affinities import (
    QUIZ_FADES,
    Weighted,
    daypart_genres,
    genre_affinity,
    genre_weights,
    keyword_affinity,
    people_affinity,
    unused_genres,
)
from engine.catalogue import DOMAINS, Catalogue
from engine.clustering import mood_clusters
from engine.features import CatalogueFeatures
from engine.interactions import Interactions
from engine.preferences import STRONG_ABANDON, history_signals, preferences, rating_signal
from engine.profile import Decay, DomainProfile, ProfileConfig, TasteProfile
from engine.similarity import unit
from engine.types import Domain, FloatArray, IntArray

_LIKED_FROM = 0.5  # preference
_CLUSTERED_ITEMS = 200  # the strongest; more adds time, not moods
_SKIPS = 3


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
    never = unused_genres(catalogue, features, interactions.items)
    domains = {
        domain: _domain_profile(catalogue, features, config, domain, liked, disliked, interactions, never)
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
        directors=people_affinity(catalogue.directors, liked, disliked, interactions.influences),
        cast=people_affinity(catalogue.cast, liked, disliked, interactions.influences),
        keywords=keyword_affinity(features.keywords, liked, disliked),
        daypart_genres=daypart_genres(features, interactions),
        unused_genres=never,
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


def _liked(catalogue: Catalogue, interactions: Interactions, preference: FloatArray, weights: FloatArray) -> Weighted:
    """What was liked: by preference, by word, or in the quiz."""
    strength = np.where((preference >= _LIKED_FROM) & ~_left_early(interactions), preference**2 * weights, 0.0)
    scores = np.zeros(len(catalogue))
    scores[interactions.items] = strength
    fading = QUIZ_FADES / (QUIZ_FADES + len(interactions.items))
    scores[interactions.quiz] = np.maximum(scores[interactions.quiz], fading)
    scores[interactions.liked] = 1.0
    scores[interactions.disliked] = 0.0
    silenced = [entry.item_id for entry in interactions.influences if entry.effect != "boost"]
    scores[catalogue.rows(item for item in silenced if item is not None)] = 0.0
    return _strongest(catalogue, scores)


def _disliked(catalogue: Catalogue, interactions: Interactions, weights: FloatArray) -> Weighted:
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


def _strongest(catalogue: Catalogue, scores: FloatArray) -> Weighted:
    rows = np.flatnonzero(scores > 0)
    rows = rows[np.lexsort((catalogue.ids[rows], -scores[rows]))]
    return Weighted(rows.astype(np.int64), scores[rows])


def _title_influence(catalogue: Catalogue, interactions: Interactions) -> FloatArray:
    """(n_history,) 2 for a boosted title, 0 for one that is suppressed or blocked, else 1."""
    factors = np.ones(len(catalogue))
    for entry in interactions.influences:
        if entry.item_id is not None:
            factors[catalogue.rows((entry.item_id,))] = 2.0 if entry.effect == "boost" else 0.0
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
    liked: Weighted,
    disliked: Weighted,
    interactions: Interactions,
    unused: tuple[str, ...],
) -> DomainProfile:
    codes = _sharing(config, domain)
    ours, theirs = _within(catalogue, liked, codes), _within(catalogue, disliked, codes)
    positive, negative = genre_weights(features.genres, ours), genre_weights(features.genres, theirs)
    total = float(positive.sum())
    clusters, masses, members = _clusters(catalogue, ours, config.maximum_clusters)
    return DomainProfile(
        domain=domain,
        centroid=_mean(catalogue, ours),
        clusters=clusters,
        masses=masses,
        cluster_items=members,
        anti=_mean(catalogue, theirs),
        genres=genre_affinity(catalogue, features, codes, ours, positive, negative, interactions, unused),
        genre_shares=positive / total if total > 0 else positive,
        count=len(ours.rows),
    )


def _within(catalogue: Catalogue, weighted: Weighted, codes: list[int]) -> Weighted:
    keep = np.isin(catalogue.domains[weighted.rows], codes)
    return Weighted(weighted.rows[keep], weighted.weights[keep])


def _mean(catalogue: Catalogue, weighted: Weighted) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vectors = catalogue.embeddings[weighted.rows].astype(np.float64)
    mean = weighted.weights @ vectors if len(vectors) else np.zeros(catalogue.embeddings.shape[1])
    return unit(mean)


def _clusters(
    catalogue: Catalogue, liked: Weighted, maximum: int
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


def _lend(
    domains: Mapping[Domain, DomainProfile], catalogue: Catalogue, config: ProfileConfig, liked: Weighted
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
