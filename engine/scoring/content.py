"""Content: how close an item lies to what somebody liked, in embedding space."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.catalogue import DOMAINS
from engine.profile import DomainProfile
from engine.request import Scoring
from engine.similarity import similarities
from engine.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class ContentScorer:
    """The best similarity over the mood clusters, less `anti_weight` times that to the anti-profile; 0..1.

    A cluster's similarity counts times (mass / largest mass) ** `mass_power`: several interests beat one mean, and a
    lone title does not outshout a habit.
    """

    anti_weight: float = 0.3
    mass_power: float = 0.15

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        result = np.zeros(len(rows))
        embeddings = scoring.catalogue.embeddings
        for profile, places in by_domain(scoring, rows):
            if not len(profile.clusters):
                continue
            has_anti = bool(profile.anti.any())
            vectors = np.vstack([profile.clusters, profile.anti[None]]) if has_anti else profile.clusters
            close = similarities(embeddings, rows[places], vectors, scoring.features.compact)
            factors = (profile.masses / profile.masses[0]) ** self.mass_power
            best = close[:, 0] * factors[0]
            for cluster in range(1, len(factors)):
                best = np.maximum(best, close[:, cluster] * factors[cluster])
            if has_anti:
                best -= self.anti_weight * np.maximum(close[:, -1], 0.0)
            result[places] = np.clip(best, 0.0, 1.0)
        return result


@dataclass(frozen=True, slots=True)
class CentroidScorer:
    """Cosine to one vector per domain: the weighted mean of what was liked; 0..1 (taste-profile)."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1, the best over the domains that have something liked."""
        centroids = [profile.centroid for profile in scoring.profile.domains.values() if profile.count]
        if not centroids:
            return np.zeros(len(rows))
        close = similarities(scoring.catalogue.embeddings, rows, np.stack(centroids), scoring.features.compact)
        return np.asarray(np.clip(close.max(axis=1), 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class AntiScorer:
    """Cosine to the anti-profile of the item's domain; 0..1, to be weighted below zero."""

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1."""
        result = np.zeros(len(rows))
        for profile, places in by_domain(scoring, rows):
            if profile.anti.any():
                vectors, short = profile.anti[None], scoring.features.compact
                close = similarities(scoring.catalogue.embeddings, rows[places], vectors, short)[:, 0]
                result[places] = np.clip(close, 0.0, 1.0)
        return result


def by_domain(scoring: Scoring, rows: IntArray) -> Iterator[tuple[DomainProfile, IntArray]]:
    """Each domain's profile with the places in `rows` of its items."""
    codes = scoring.catalogue.domains[rows]
    for code, domain in enumerate(DOMAINS):
        places = np.flatnonzero(codes == code)
        if len(places):
            yield scoring.profile.domains[domain], places.astype(np.int64)
