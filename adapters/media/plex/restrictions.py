"""What a Plex account may not see: the profiles of a Plex Home, and filters by rating or label on a share.

Recommendarr knows one age limit per person. A filter by label cannot be told in ages; what it covers is then kept from
the person altogether, because too little is a nuisance and too much a breach.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from adapters.age_ratings import minimum_age
from bot.model.titles import Kind

_PROFILES = {
    "little_kid": ("G", "TV-Y", "TV-G"),
    "older_kid": ("PG", "TV-Y7", "TV-PG"),
    "teen": ("PG-13", "TV-14"),
}
_FIELDS = {"filterAll": tuple(Kind), "filterMovies": (Kind.MOVIE,), "filterTelevision": (Kind.SERIES,)}
_CONDITION = re.compile(r"(\w+)(!?)=+(.*)", re.DOTALL)
_EVERYTHING_RATED = 21  # an age limit that only hides what has no age


@dataclass(frozen=True, slots=True)
class Restriction:
    """`age_limit` in years, None for no limit; `closed`: kinds that are filtered by more than their rating."""

    age_limit: int | None = None
    closed: frozenset[Kind] = frozenset()

    def and_also(self, other: Restriction) -> Restriction:
        """Both at once."""
        limits = [limit for limit in (self.age_limit, other.age_limit) if limit is not None]
        return Restriction(min(limits) if limits else None, self.closed | other.closed)


def of_profile(profile: str) -> Restriction:
    """The restriction of a Plex Home profile; a profile that is not known lets the least through."""
    if not profile:
        return Restriction()
    ratings = _PROFILES.get(profile.lower(), _PROFILES["little_kid"])
    return Restriction(_allowed(ratings))


def of_filters(share: Mapping[str, object]) -> Restriction:
    """The restriction that the filters of a share make: `filterMovies="contentRating=G%2CPG|label=Kids"`."""
    found = Restriction()
    for field, kinds in _FIELDS.items():
        value = share.get(field)
        for condition in re.split(r"[|&]", value) if isinstance(value, str) else ():
            if condition.strip():
                found = found.and_also(_of_condition(unquote(condition.strip()), frozenset(kinds)))
    return found


def _of_condition(condition: str, kinds: frozenset[Kind]) -> Restriction:
    parts = _CONDITION.fullmatch(condition)
    if parts is None:
        return Restriction(closed=kinds)
    values = tuple(value.strip() for value in unquote(parts[3]).split(",") if value.strip())
    if not values:  # what is left when the last value of a filter is taken away filters nothing
        return Restriction()
    if parts[1] != "contentRating":
        return Restriction(closed=kinds)
    return Restriction(_excluded(values) if parts[2] else _allowed(values))


def _allowed(ratings: tuple[str, ...]) -> int:
    ages = [age for rating in ratings if (age := minimum_age(rating)) is not None]
    return max(ages, default=0)


def _excluded(ratings: tuple[str, ...]) -> int:
    ages = [age for rating in ratings if (age := minimum_age(rating)) is not None]
    return max(0, min(ages) - 1) if ages else _EVERYTHING_RATED
