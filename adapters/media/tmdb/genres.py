"""Genres: lists of titles carry their ids, people and filters their names, and series have names of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.model.titles import Kind

ANIMATION = "Animation"
# What films call a genre → what series call the one that holds it.
_OF_SERIES: Mapping[str, str] = {
    "action": "action & adventure",
    "adventure": "action & adventure",
    "science fiction": "sci-fi & fantasy",
    "fantasy": "sci-fi & fantasy",
    "war": "war & politics",
    "family": "kids",
}


class Genres:
    """The ids of TMDB's genres, which films and series share where they mean the same."""

    def __init__(self, films: Mapping[int, str], series: Mapping[int, str]) -> None:
        self._names = {**series, **films}
        self._ids = {
            Kind.MOVIE: {name.casefold(): key for key, name in films.items()},
            Kind.SERIES: {name.casefold(): key for key, name in series.items()},
        }

    def names(self, ids: Sequence[int]) -> tuple[str, ...]:
        """The English names of the ids that are known."""
        return tuple(dict.fromkeys(self._names[key] for key in ids if key in self._names))

    def ids(self, names: Sequence[str], kind: Kind) -> tuple[int, ...] | None:
        """The ids behind English names for one kind of title; None when one of them does not exist there."""
        known = self._ids[kind]
        found: dict[int, None] = {}
        for name in (name.casefold() for name in names):
            key = known.get(name, known.get(_OF_SERIES.get(name, "")) if kind is Kind.SERIES else None)
            if key is None:
                return None
            found[key] = None
        return tuple(found)
