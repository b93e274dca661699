"""A taste profile in names and numbers, for `/profile`."""

from __future__ import annotations

import numpy as np

from bot.model.feedback import OverrideKind
from bot.model.members import Member
from bot.model.recommendation import DomainSummary, Influence, ProfileSummary
from engine.catalogue import DOMAINS, Catalogue
from engine.profile import DomainProfile, TasteProfile
from engine.types import BoolArray, IntArray

_GENRES = 8
_PEOPLE = 8
_EXAMPLES = 4
_INFLUENCES = 4  # of each sort


def summarise(member: Member, catalogue: Catalogue, profile: TasteProfile, allowed: BoolArray) -> ProfileSummary:
    """What the profile holds; titles that may not be shown (`allowed`, (n,)) are counted but not named."""
    interactions = profile.interactions
    return ProfileSummary(
        member=member,
        watched=int((interactions.plays > 0).sum()) + len(np.setdiff1d(interactions.seen, interactions.items)),
        rated=int((~np.isnan(interactions.rating)).sum()),
        cold_start=profile.is_cold,
        domains=tuple(_domain(catalogue, profile, domain, allowed) for domain in profile.domains.values()),
        influences=_influences(catalogue, profile, allowed),
        changed=_changed(catalogue, profile, allowed),
    )


def _influences(catalogue: Catalogue, profile: TasteProfile, allowed: BoolArray) -> tuple[Influence, ...]:
    """What counts most, those turned by hand left out: they are told apart."""
    turned = {(entry.subject, entry.value) for entry in profile.interactions.influences}
    titles = [
        Influence("title", str(catalogue.ids[row]), catalogue.names[row], float(weight))
        for row, weight in zip(profile.liked, profile.liked_weights, strict=True)
        if allowed[row]
    ]
    genres = [Influence("genre", name, name, weight) for name, weight in _genres(catalogue, profile) if weight > 0]
    watched = profile.interactions.watched
    people = [
        Influence("person", name, name, weight)
        for name, weight in _people(catalogue, profile, watched[allowed[watched]], _PEOPLE + len(turned))
    ]
    strongest = [[one for one in each if (one.subject, one.value) not in turned] for each in (titles, genres, people)]
    return tuple(one for each in strongest for one in each[:_INFLUENCES])


def _genres(catalogue: Catalogue, profile: TasteProfile) -> list[tuple[str, float]]:
    """Every genre with its affinity in the domain that knows most about the member, strongest first."""
    main = max(profile.domains.values(), key=lambda domain: domain.count)
    affinities = zip(catalogue.genres.names, main.genres.tolist(), strict=True)
    return sorted(affinities, key=lambda entry: (-entry[1], entry[0]))


def _changed(catalogue: Catalogue, profile: TasteProfile, allowed: BoolArray) -> tuple[Influence, ...]:
    """What was turned by hand; a title that may not be shown is left out."""
    if not profile.interactions.influences:
        return ()
    genres = dict(_genres(catalogue, profile))
    people = dict(_people(catalogue, profile, np.arange(len(catalogue)), None))
    found: list[Influence] = []
    for entry in profile.interactions.influences:
        kind = OverrideKind(entry.effect)
        if entry.subject == "title":
            rows = catalogue.rows([entry.item_id] if entry.item_id is not None else [])
            if len(rows) and allowed[rows[0]]:
                found.append(Influence("title", entry.value, catalogue.names[rows[0]], 0.0, kind=kind))
        else:
            weight = (genres if entry.subject == "genre" else people).get(entry.value, 0.0)
            found.append(Influence(entry.subject, entry.value, entry.value, weight, kind=kind))
    return tuple(found)


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
        people=_people(catalogue, profile, here[allowed[here]], _PEOPLE),
        clusters=tuple(cluster for cluster in clusters if cluster),
    )


def _people(
    catalogue: Catalogue, profile: TasteProfile, rows: IntArray, limit: int | None
) -> tuple[tuple[str, float], ...]:
    """Directors and actors of `rows` whom the member leans to, strongest first."""
    best: dict[str, float] = {}
    for column, affinity in ((catalogue.directors, profile.directors), (catalogue.cast, profile.cast)):
        took_part = np.zeros(len(column.names), dtype=np.bool_)
        took_part[column.values[rows].indices] = True
        for code, value in zip(affinity.codes, affinity.values, strict=True):
            if value > 0 and took_part[code]:
                name = column.names[int(code)]
                best[name] = max(float(value), best.get(name, 0.0))
    return tuple(sorted(best.items(), key=lambda entry: (-entry[1], entry[0]))[:limit])
