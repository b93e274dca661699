"""Which person is meant, and what that person is best known for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from adapters.loose import number, positive, rows, table, text

_NEAR = 75.0  # of 100: below, the service only found somebody
_JOBS = {"Directing": {"Director"}, "Writing": {"Screenplay", "Writer", "Creator", "Teleplay", "Story", "Novel"}}
_CREW_JOBS = frozenset().union(*_JOBS.values())
_AS_THEMSELVES = (10767, 10763)  # genres: talk, news


def best_person(name: str, found: Sequence[Mapping[str, Any]]) -> int | None:
    """The id of the person whose name fits best, of equals the best known; None when none is near."""
    wanted = _folded(name)
    ranked = [
        (fuzz.token_set_ratio(wanted, _folded(text(person.get("name")))), number(person.get("popularity")) or 0.0, key)
        for person in found
        if (key := positive(person.get("id"))) is not None
    ]
    fit, _popularity, best = max(ranked, default=(0.0, 0.0, 0), key=lambda entry: (round(entry[0]), entry[1]))
    return best if fit >= _NEAR else None


def known_for(person: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The entries of a person's credits: first the department the person is known for, by votes; each title once."""
    department = text(person.get("known_for_department"))
    told = table(person.get("combined_credits"))
    acted = [entry for entry in rows(told.get("cast")) if not _as_oneself(entry)]
    made = [entry for entry in rows(told.get("crew")) if text(entry.get("job")) in _CREW_JOBS]
    mine = [entry for entry in made if text(entry.get("job")) in _JOBS.get(department, ())]
    first, second = (mine, [*acted, *made]) if department in _JOBS else (acted, made)
    ordered = [*sorted(first, key=_votes, reverse=True), *sorted(second, key=_votes, reverse=True)]
    each: dict[tuple[str, int | None], Mapping[str, Any]] = {}
    for entry in ordered:
        each.setdefault((text(entry.get("media_type")), positive(entry.get("id"))), entry)
    return list(each.values())


def _votes(entry: Mapping[str, Any]) -> float:
    return number(entry.get("vote_count")) or 0.0


def _as_oneself(entry: Mapping[str, Any]) -> bool:
    genres = entry.get("genre_ids")
    shows = isinstance(genres, list) and any(key in genres for key in _AS_THEMSELVES)
    return shows or text(entry.get("character")).casefold().startswith(("self", "himself", "herself"))


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
