"""Hard filters: what may be ranked at all. They run before anything is scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from engine.catalogue import DOMAINS, KINDS, Catalogue
from engine.interactions import Influence
from engine.request import RankRequest
from engine.similarity import similarities
from engine.types import BoolArray, Filters, IntArray, Mode, Role

REDISCOVER_AFTER_DAYS = 182.0
REDISCOVER_COMPLETION = 0.8
REDISCOVER_PREFERENCE = 0.65
INFLUENCE_SIMILARITY = 0.35
LIBRARY_MODES = frozenset({Mode.TONIGHT, Mode.GROUP, Mode.SHUFFLE, Mode.REDISCOVER})


class Passing(NamedTuple):
    """One filter's name and the items it lets pass."""

    name: str
    rows: BoolArray


def permitted(
    catalogue: Catalogue, libraries: Iterable[int], age: int | None = None, *, unrated: bool = True
) -> BoolArray:
    """(n_items,) what somebody may see who has these libraries and is at most `age` years old (None: grown up).

    A title in no library is decided by its age rating alone. With an age limit, titles without a rating pass only if
    `unrated` says so.
    """
    result = catalogue.in_libraries(libraries) | ~catalogue.in_any_library
    if age is not None:
        known = catalogue.minimum_ages >= 0
        result &= np.where(known, catalogue.minimum_ages <= age, unrated)
    return result


def passing(request: RankRequest) -> Iterator[Passing]:
    """Every filter that the request calls for, cheapest promise first: permission, what is known, then wishes."""
    catalogue = request.resources.catalogue
    if request.allowed is not None:
        yield Passing("permission", request.allowed)
    if request.candidates is not None:
        yield Passing("candidates", _flags(catalogue, request.candidates))
    yield from _known(request)
    yield from _availability(request)
    excluded = request.rules.excluded(catalogue)
    if excluded.any():
        yield Passing("rules", ~excluded)
    yield from _facts(catalogue, request.filters)
    yield from _names(catalogue, request.filters)
    if request.query is not None and request.query.allowed is not None:
        yield Passing("query", request.query.allowed)
    if request.filters.influenced_by:
        yield Passing("influenced_by", _influenced(catalogue, request.filters.influenced_by))


def eligible_rows(request: RankRequest) -> tuple[IntArray, dict[str, int]]:
    """The rows that pass all filters, and how many items each filter took away first."""
    remaining = np.ones(len(request.resources.catalogue), dtype=np.bool_)
    removed: dict[str, int] = {}
    for name, rows in passing(request):
        kept = remaining & rows
        lost = int(remaining.sum() - kept.sum())
        if lost:
            removed[name] = removed.get(name, 0) + lost
        remaining = kept
    return np.flatnonzero(remaining).astype(np.int64), removed


def _known(request: RankRequest) -> Iterator[Passing]:
    """Watched, hidden, disliked and blocked titles of anybody in the request."""
    catalogue = request.resources.catalogue
    excluded = (*request.filters.exclude, *request.seed_items)
    if excluded:
        yield Passing("excluded", ~_flags(catalogue, catalogue.rows(excluded)))
    for profile in request.profiles:
        interactions = profile.interactions
        if request.mode is Mode.REDISCOVER:
            loved = np.nan_to_num(interactions.completion, nan=0.0) >= REDISCOVER_COMPLETION
            loved |= np.isnan(interactions.completion) & (profile.preferences >= REDISCOVER_PREFERENCE)
            loved &= (interactions.age_days > REDISCOVER_AFTER_DAYS) & ~interactions.abandoned
            yield Passing("rediscover", _flags(catalogue, interactions.items[loved]))
        elif not request.filters.include_watched:
            yield Passing("watched", ~_flags(catalogue, interactions.watched))
            yield Passing("liked", ~_flags(catalogue, interactions.liked))
        yield Passing("hidden", ~_flags(catalogue, interactions.hidden))
        yield Passing("disliked", ~_flags(catalogue, interactions.disliked))
        yield from _blocked(request, profile.interactions.influences)


def _blocked(request: RankRequest, influences: Iterable[Influence]) -> Iterator[Passing]:
    """Blocked titles, and titles with a blocked genre or person unless they themselves are asked for by hand."""
    catalogue = request.resources.catalogue
    entries = tuple(influences)
    boosted = [entry.item_id for entry in entries if entry.effect == "boost" and entry.item_id is not None]
    asked_for = _flags(catalogue, catalogue.rows(boosted))
    for entry in entries:
        if entry.effect != "block":
            continue
        if entry.subject == "genre":
            yield Passing("blocked", ~catalogue.genres.has_any((entry.value,)) | asked_for)
        elif entry.subject == "person":
            yield Passing("blocked", ~_takes_part(catalogue, entry.value) | asked_for)
        elif entry.item_id is not None:
            yield Passing("blocked", ~_flags(catalogue, catalogue.rows((entry.item_id,))))


def _availability(request: RankRequest) -> Iterator[Passing]:
    """Tonight needs something to press play on; grab wants what is not there. A catalogue without libraries has all."""
    catalogue = request.resources.catalogue
    if request.mode is Mode.GRAB:
        yield Passing("available", ~catalogue.in_any_library)
    elif request.mode in LIBRARY_MODES and catalogue.libraries.names:
        yield Passing("unavailable", catalogue.in_any_library)


def _facts(catalogue: Catalogue, filters: Filters) -> Iterator[Passing]:
    if filters.kinds:
        yield Passing("kind", np.isin(catalogue.kinds, [KINDS.index(kind) for kind in filters.kinds]))
    if filters.domains:
        yield Passing("domain", np.isin(catalogue.domains, [DOMAINS.index(domain) for domain in filters.domains]))
    if filters.libraries:
        yield Passing("library", catalogue.in_libraries(filters.libraries))
    for name, low, high, values in (
        ("year", filters.year_min, filters.year_max, catalogue.years),
        ("runtime", filters.runtime_min, filters.runtime_max, catalogue.runtimes),
    ):
        if low is not None or high is not None:
            inside = values > 0
            inside = inside & (values >= low) if low is not None else inside
            yield Passing(name, inside & (values <= high) if high is not None else inside)
    if filters.minimum_age_max is not None:
        ages = catalogue.minimum_ages
        yield Passing("age", (ages >= 0) & (ages <= filters.minimum_age_max))
    if filters.vote_average_min is not None:
        yield Passing("rating", catalogue.vote_averages >= filters.vote_average_min)
    if filters.languages:
        yield Passing("language", catalogue.has_language(filters.languages))
    if filters.languages_not:
        yield Passing("language", ~catalogue.has_language(filters.languages_not))


def _names(catalogue: Catalogue, filters: Filters) -> Iterator[Passing]:
    if filters.genres:
        yield Passing("genre", catalogue.genres.has_all(filters.genres))
    if filters.genres_any:
        yield Passing("genre", catalogue.genres.has_any(filters.genres_any))
    if filters.genres_not:
        yield Passing("genre", ~catalogue.genres.has_any(filters.genres_not))
    if filters.keywords:
        yield Passing("keyword", catalogue.keywords.has_any(filters.keywords))
    if filters.keywords_not:
        yield Passing("keyword", ~catalogue.keywords.has_any(filters.keywords_not))
    if filters.countries:
        yield Passing("country", catalogue.countries.has_any(filters.countries))
    for name in filters.people:
        yield Passing("person", _takes_part(catalogue, name))
    for name in filters.people_not:
        yield Passing("person", ~_takes_part(catalogue, name))


def _takes_part(catalogue: Catalogue, name: str) -> BoolArray:
    result = np.zeros(len(catalogue), dtype=np.bool_)
    for role in Role:
        result |= catalogue.people(role).has_any((name,))
    return result


def _influenced(catalogue: Catalogue, ids: Iterable[int]) -> BoolArray:
    """What lies close to one of the titles, or continues it."""
    rows = catalogue.rows(ids)
    everything = np.arange(len(catalogue), dtype=np.int64)
    near = similarities(catalogue.embeddings, everything, catalogue.embeddings[rows]) >= INFLUENCE_SIMILARITY
    collections = catalogue.collections[rows]
    return np.asarray(near.any(axis=1) | np.isin(catalogue.collections, collections[collections >= 0]))


def _flags(catalogue: Catalogue, rows: IntArray) -> BoolArray:
    flags = np.zeros(len(catalogue), dtype=np.bool_)
    flags[rows] = True
    return flags
