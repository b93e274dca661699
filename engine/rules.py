"""Business rules: what the owner of the server filters and boosts for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.catalogue import KINDS, Catalogue
from engine.types import BoolArray, FloatArray, IntArray, Kind

_LISTS = ("genres", "keywords", "people", "languages", "countries", "titles")
_NUMBERS = ("year_min", "year_max", "runtime_min", "runtime_max", "vote_average_min", "votes_min")
_MAXIMUM_BOOST = 0.5
_ID_LIMIT = 2**63
_LARGEST = 1e12


class InvalidRules(ValueError):
    """The rules cannot be read; the text is one sentence for the owner of the server."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition: every part that is given must hold; within a list one is enough."""

    name: str
    kind: Kind | None = None
    genres: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    titles: tuple[int, ...] = ()  # ids
    year_min: float | None = None
    year_max: float | None = None
    runtime_min: float | None = None
    runtime_max: float | None = None
    vote_average_min: float | None = None
    votes_min: float | None = None
    boost: float = 0.0  # -.5 to .5, added to a score between 0 and 1

    def matches(self, catalogue: Catalogue) -> BoolArray:
        """(n_items,) where the condition holds; an unknown fact does not match."""
        result = np.ones(len(catalogue), dtype=np.bool_)
        if self.kind is not None:
            result &= catalogue.kinds == KINDS.index(self.kind)
        if self.genres:
            result &= catalogue.genres.has_any(self.genres)
        if self.keywords:
            result &= catalogue.keywords.has_any(self.keywords)
        if self.people:
            found = catalogue.directors.has_any(self.people) | catalogue.cast.has_any(self.people)
            result &= found | catalogue.writers.has_any(self.people)
        if self.languages:
            result &= catalogue.has_language(self.languages)
        if self.countries:
            result &= catalogue.countries.has_any(self.countries)
        if self.titles:
            chosen = np.zeros(len(catalogue), dtype=np.bool_)
            chosen[catalogue.rows(self.titles)] = True
            result &= chosen
        for low, high, values in (
            (self.year_min, self.year_max, catalogue.years),
            (self.runtime_min, self.runtime_max, catalogue.runtimes),
            (self.vote_average_min, None, catalogue.vote_averages),
            (self.votes_min, None, catalogue.votes),
        ):
            if low is not None:
                result &= (values >= low) & (values > 0)
            if high is not None:
                result &= (values <= high) & (values > 0)
        return result


@dataclass(frozen=True, slots=True)
class BusinessRules:
    """Titles that match an `exclude` rule are never recommended; `boosts` move the score."""

    exclude: tuple[Rule, ...] = ()
    boosts: tuple[Rule, ...] = ()

    def excluded(self, catalogue: Catalogue) -> BoolArray:
        """(n_items,) what the owner does not want recommended."""
        result = np.zeros(len(catalogue), dtype=np.bool_)
        for rule in self.exclude:
            result |= rule.matches(catalogue)
        return result

    def boost(self, catalogue: Catalogue, rows: IntArray) -> FloatArray:
        """(len(rows),) what to add to the scores."""
        result = np.zeros(len(rows))
        for rule in self.boosts:
            result += rule.boost * rule.matches(catalogue)[rows]
        return np.clip(result, -_MAXIMUM_BOOST, _MAXIMUM_BOOST)


def parse_rules(data: object) -> BusinessRules:
    """Read rules from the content of a JSON file: `{"exclude": [{...}], "boosts": [{..., "boost": 0.1}]}`.

    Raises: InvalidRules with one sentence that says which rule is wrong and why.
    """
    if not isinstance(data, Mapping):
        raise InvalidRules("The rules must be an object with the lists “exclude” and “boosts”.")
    unknown = sorted(set(map(str, data)) - {"exclude", "boosts"})
    if unknown:
        raise InvalidRules(f"The rules hold an unknown part “{unknown[0]}”; known are “exclude” and “boosts”.")
    return BusinessRules(
        exclude=_parse_list(data.get("exclude", []), "exclude", needs_boost=False),
        boosts=_parse_list(data.get("boosts", []), "boosts", needs_boost=True),
    )


def _parse_list(entries: object, part: str, *, needs_boost: bool) -> tuple[Rule, ...]:
    if not isinstance(entries, list):
        raise InvalidRules(f"“{part}” must be a list of rules.")
    return tuple(
        _parse_rule(entry, f"{part} {number}", needs_boost=needs_boost) for number, entry in enumerate(entries, 1)
    )


def _parse_rule(entry: object, place: str, *, needs_boost: bool) -> Rule:
    if not isinstance(entry, Mapping):
        raise InvalidRules(f"Rule {place} must be an object.")
    unknown = sorted(set(map(str, entry)) - {"name", "kind", "boost", *_LISTS, *_NUMBERS})
    if unknown:
        raise InvalidRules(f"Rule {place} has an unknown condition “{unknown[0]}”.")
    conditions: dict[str, object] = {}
    for key in _LISTS:
        if key in entry:
            conditions[key] = _list(entry[key], f"{key} of rule {place}", int if key == "titles" else str)
    for key in _NUMBERS:
        if key in entry:
            conditions[key] = _number(entry[key], f"{key} of rule {place}")
    if "kind" in entry:
        if not isinstance(entry["kind"], str) or entry["kind"] not in set(Kind):
            raise InvalidRules(f"The kind of rule {place} must be “movie” or “series”.")
        conditions["kind"] = Kind(entry["kind"])
    if not conditions:
        raise InvalidRules(f"Rule {place} has no condition and would match everything.")
    boost = _number(entry.get("boost", 0.0), f"boost of rule {place}")
    if needs_boost and not 0 < abs(boost) <= _MAXIMUM_BOOST:
        raise InvalidRules(f"The boost of rule {place} must lie between -{_MAXIMUM_BOOST} and {_MAXIMUM_BOOST}, not 0.")
    return Rule(name=str(entry.get("name", place)), boost=boost, **conditions)  # type: ignore[arg-type]  # checked above


def _list(value: object, place: str, kind: type[int] | type[str]) -> tuple[object, ...]:
    def fits(entry: object) -> bool:
        return type(entry) is kind and (not isinstance(entry, int) or 0 <= entry < _ID_LIMIT)

    if not isinstance(value, list) or not value or not all(map(fits, value)):
        raise InvalidRules(f"{place[0].upper()}{place[1:]} must be a list of {'numbers' if kind is int else 'words'}.")
    return tuple(value)


def _number(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        raise InvalidRules(f"{place[0].upper()}{place[1:]} must be a number.")
    return float(value)
