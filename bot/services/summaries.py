"""A taste profile in names and numbers, for `/profile`."""

from __future__ import annotations

import numpy as np

from bot.model.members import Member
from bot.model.recommendation import DomainSummary, ProfileSummary
from engine.catalogue import DOMAINS, Catalogue
from engine.profile import DomainProfile, TasteProfile
from engine.types import BoolArray, IntArray

_GENRES = 8
_PEOPLE = 8
_EXAMPLES = 4


def summarise(member: Member, catalogue: Catalogue, profile: TasteProfile, allowed: BoolArray) -> ProfileSummary:
    """What the profile holds; titles that may not be shown (`allowed`, (n,)) are counted but not named."""
    interactions = profile.interactions
    return ProfileSummary(
        member=member,
        watched=int((interactions.plays > 0).sum()) + len(np.setdiff1d(interactions.seen, interactions.items)),
        rated=int((~np.isnan(interactions.rating)).sum()),
        cold_start=profile.is_cold,
        domains=tuple(_domain(catalogue, profile, domain, allowed) for domain in profile.domains.values()),
    )


def _domain(catalogue: Catalogue, profile: TasteProfile, domain: DomainProfile, allowed: BoolArray) -> DomainSummary:
    watched = profile.interactions.watched
    here = watched[catalogue.domains[watched] == DOMAINS.index(domain.domain)]
    shares = domain.genre_shares
    genres = sorted(
        ((name, float(share)) for name, share in zip(catalogue.genres.names, shares, strict=True) if share > 0),
        key=lambda entry: (-entry[1], entry[0]),
    )
    clusters = tuple(
        tuple(catalogue.names[row] for row in rows if allowed[row])[:_EXAMPLES] for rows in domain.cluster_items
    )
    return DomainSummary(
        domain=domain.domain,
        watched=len(here),
        genres=tuple(genres[:_GENRES]),
        people=_people(catalogue, profile, here),
        clusters=tuple(cluster for cluster in clusters if cluster),
    )


def _people(catalogue: Catalogue, profile: TasteProfile, rows: IntArray) -> tuple[tuple[str, float], ...]:
    """Directors and actors of the watched `rows` whom the member leans to, strongest first."""
    best: dict[str, float] = {}
    for column, affinity in ((catalogue.directors, profile.directors), (catalogue.cast, profile.cast)):
        took_part = np.zeros(len(column.names), dtype=np.bool_)
        took_part[column.values[rows].indices] = True
        for code, value in zip(affinity.codes, affinity.values, strict=True):
            if value > 0 and took_part[code]:
                name = column.names[int(code)]
                best[name] = max(float(value), best.get(name, 0.0))
    return tuple(sorted(best.items(), key=lambda entry: (-entry[1], entry[0]))[:_PEOPLE])
