"""What somebody is in the mood for, as constraints that code enforces and wishes that a search weighs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.catalogue import DOMAINS, KINDS, Catalogue
from engine.search.lexicon.genres import GENRE_EQUIVALENTS
from engine.types import BoolArray, Domain, Kind

ANIME = "anime"
_MUCH_SHORTER = 0.85  # of the middle one: who says "shorter" of a list means by more than a minute
_JUST_SHORTER = 1.0


@dataclass(frozen=True, slots=True)
class MoodQuery:
    """A sentence, understood. Empty means "not said"; bounds are inclusive; titles are item ids."""

    text: str = ""
    language_spoken: str = "en"
    kind: str = ""  # movie, series or anime
    genres: tuple[str, ...] = ()
    genres_either: tuple[tuple[str, ...], ...] = ()  # of those in `genres`: all of one of these will do
    genres_not: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    tones_not: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    topics_not: tuple[str, ...] = ()
    year_min: int | None = None
    year_max: int | None = None
    runtime_min: int | None = None  # minutes
    runtime_max: int | None = None
    language: str = ""  # ISO 639-1
    country: str = ""  # ISO 3166-1
    languages_not: tuple[str, ...] = ()
    countries_not: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    people_not: tuple[str, ...] = ()
    titles: tuple[int, ...] = ()
    titles_not: tuple[int, ...] = ()
    praised: tuple[int, ...] = ()  # item ids that were spoken well of before: what is like them is preferred
    compared: tuple[int, ...] = ()  # item ids that a bare "shorter" or "newer" is compared with
    rest: str = ""  # words that say something, but nothing of the above

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was understood."""
        return self == MoodQuery(text=self.text, language_spoken=self.language_spoken)

    def dense_text(self) -> str:
        """What to embed: the wishes in words, without the constraints (a vector cannot be told "not"), and without
        the tones, which have texts of their own. Genres alone are demands, and need no embedding."""
        wishes = (*self.topics, *((self.rest,) if self.rest else ()))
        return ", ".join((*self.genres, *wishes)) if wishes else ""


def constraints_mask(catalogue: Catalogue, query: MoodQuery) -> BoolArray:
    """(n,) whether an item satisfies everything that the sentence demands or forbids.

    Unknown facts do not pass a demand: a title without a year is not from the seventies. Tones and topics are wishes,
    not demands; what is named as a title is no answer itself.
    """
    mask = np.ones(len(catalogue), dtype=np.bool_)
    if query.kind == ANIME:
        mask &= catalogue.domains == DOMAINS.index(Domain.ANIME)
    elif query.kind:
        mask &= catalogue.kinds == KINDS.index(Kind(query.kind))
    alternatives = {genre for group in query.genres_either for genre in group}
    mask &= _all_genres(catalogue, [genre for genre in query.genres if genre not in alternatives])
    if query.genres_either:
        mask &= np.logical_or.reduce([_all_genres(catalogue, group) for group in query.genres_either])
    if query.genres_not:
        mask &= ~catalogue.genres.has_any(query.genres_not)
    mask &= _bounded(catalogue.years, query.year_min, query.year_max)
    mask &= _bounded(catalogue.runtimes, query.runtime_min, query.runtime_max)
    if query.language:
        mask &= _in_language(catalogue, query.language)
    for language in query.languages_not:
        mask &= ~_in_language(catalogue, language)
    if query.country:
        mask &= catalogue.countries.has_any((query.country,))
    if query.countries_not:
        mask &= ~catalogue.countries.has_any(query.countries_not)
    for person in query.people:
        mask &= took_part(catalogue, person)
    for person in query.people_not:
        mask &= ~took_part(catalogue, person)
    mask = _comparing(catalogue, query, mask)
    mask[catalogue.rows((*query.titles, *query.titles_not, *query.praised))] = False
    return mask


def _all_genres(catalogue: Catalogue, genres: Iterable[str]) -> BoolArray:
    mask = np.ones(len(catalogue), dtype=np.bool_)
    for genre in genres:
        mask &= catalogue.genres.has_any((genre, *GENRE_EQUIVALENTS.get(genre, ())))
    return mask


def _bounded(values: np.typing.NDArray[np.signedinteger], low: int | None, high: int | None) -> BoolArray:
    mask = np.ones(len(values), dtype=np.bool_)
    if low is not None:
        mask &= values >= low
    if high is not None:
        mask &= values <= high
    if low is not None or high is not None:
        mask &= values > 0
    return mask


def _in_language(catalogue: Catalogue, language: str) -> BoolArray:
    if language not in catalogue.language_names:
        return np.zeros(len(catalogue), dtype=np.bool_)
    return np.asarray(catalogue.languages == catalogue.language_names.index(language))


def took_part(catalogue: Catalogue, person: str) -> BoolArray:
    """(n,) whether somebody directed, wrote or played in an item."""
    columns = (catalogue.directors, catalogue.writers, catalogue.cast)
    return np.asarray(np.logical_or.reduce([column.has_any((person,)) for column in columns]))


def _comparing(catalogue: Catalogue, query: MoodQuery, mask: BoolArray) -> BoolArray:
    """What satisfies the comparisons by a good deal, or else, where that leaves nothing, at all."""
    much = mask & _by_comparison(catalogue, query, _MUCH_SHORTER)
    return much if much.any() else mask & _by_comparison(catalogue, query, _JUST_SHORTER)


def _by_comparison(catalogue: Catalogue, query: MoodQuery, share: float) -> BoolArray:
    """Shorter, longer, older and newer than the middle one of those compared with, else than the titles named, else
    than the middle one of all: facts, so they are compared and not felt. Running times are compared within a kind: an
    episode is no shorter film."""
    mask = np.ones(len(catalogue), dtype=np.bool_)
    named = bool(query.titles) and not query.compared
    seeds = catalogue.rows(query.compared or query.titles)
    if not (query.compared or query.titles):
        seeds, share = np.arange(len(catalogue)), _JUST_SHORTER  # "nothing too long"
    for direction in query.directions:
        if direction in ("older", "newer"):
            years = catalogue.years[seeds]
            mask &= _bounded(catalogue.years, *_bounds(direction, years, 1.0, named=named))
        elif direction in ("shorter", "longer"):
            fits = np.zeros(len(catalogue), dtype=np.bool_)
            for kind in set(catalogue.kinds[seeds].tolist()):
                minutes = catalogue.runtimes[seeds[catalogue.kinds[seeds] == kind]]
                bounds = _bounds(direction, minutes, share, named=named)
                fits |= (catalogue.kinds == kind) & _bounded(catalogue.runtimes, *bounds)
            mask &= fits if len(seeds) else True
    return mask


def _bounds(
    direction: str, values: np.typing.NDArray[np.signedinteger], share: float, *, named: bool
) -> tuple[int | None, int | None]:
    """The bounds that a comparison with `values` sets: with all titles named, else with `share` of the middle one of
    a list. None, where no value is known."""
    known = values[values > 0]
    if not len(known):
        return None, None
    middle = float(np.median(known))
    match direction:
        case "shorter":
            return None, math.ceil(known.min() if named else share * middle) - 1
        case "longer":
            return math.floor(known.max() if named else middle / share) + 1, None
        case "older":
            return None, math.ceil(known.min() if named else middle) - 1
        case _:
            return math.floor(known.max() if named else middle) + 1, None
