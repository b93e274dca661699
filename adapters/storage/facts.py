"""Facts about a title: cleaned, united with what is known, and turned into rows and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from sys import intern
from typing import Any, TypeVar

from sqlalchemy import Row

from adapters.storage.types import from_json, safe_float, safe_integer, safe_text, to_json
from bot.model.titles import DEFAULT_SOURCE, Alias, Credit, Kind, Role, TitleFacts, TitleRef

T = TypeVar("T")

_KINDS = {kind.value: kind for kind in Kind}
_ROLES = {role.value: role for role in Role}
_SOURCE_ORDER = {DEFAULT_SOURCE: 0, "imdb": 1, "tvdb": 2, "local": 9}
_LISTS = ("genres", "keywords", "countries")
_INTEGERS = (
    "year",
    "end_year",
    "runtime",
    "seasons",
    "episodes",
    "vote_count",
    "minimum_age",
    "collection_order",
)
_FLOATS = ("vote_average", "popularity")
_TEXTS = ("title", "original_title", "overview", "tagline", "language", "collection", "poster_url", "page_url")
_REPLACED = tuple(field.name for field in fields(TitleFacts) if field.name not in {"refs", "kind", "aliases", "anime"})


def clean(facts: TitleFacts) -> TitleFacts:
    """The facts as both databases can keep them; what they cannot keep counts as not said."""
    changed: dict[str, Any] = {}
    for names, safe in ((_TEXTS, _safe_optional), (_INTEGERS, safe_integer), (_FLOATS, safe_float)):
        for name in names:
            value = getattr(facts, name)
            kept = safe(value)
            if kept != value:
                changed[name] = kept
    refs = tuple(dict.fromkeys(TitleRef(ref.kind, safe_text(ref.source), safe_text(ref.value)) for ref in facts.refs))
    if refs != facts.refs:
        changed["refs"] = refs
    aliases = tuple(dict.fromkeys(Alias(safe_text(alias.name), safe_text(alias.locale)) for alias in facts.aliases))
    if aliases != facts.aliases:
        changed["aliases"] = aliases
    return replace(facts, **changed) if changed else facts


def unite(known: TitleFacts, said: TitleFacts) -> TitleFacts:
    """What is known after a source has spoken: its non-empty facts replace, references and aliases are added."""
    changed: dict[str, Any] = {}
    for name in _REPLACED:
        value = getattr(said, name)
        if value not in (None, "", ()) and value != getattr(known, name):
            changed[name] = value
    if said.anime and not known.anime:
        changed["anime"] = True
    if refs := _added(known.refs, said.refs):
        changed["refs"] = known.refs + refs
    if aliases := _added(known.aliases, said.aliases):
        changed["aliases"] = known.aliases + aliases
    return replace(known, **changed) if changed else known


def strictest(*facts: TitleFacts) -> int | None:
    """The highest age rating of those who speak of one title at once: none of them may open it to the younger."""
    return max((each.minimum_age for each in facts if each.minimum_age is not None), default=None)


def absorb(known: TitleFacts, other: TitleFacts) -> TitleFacts:
    """The facts of two stored titles that turned out to be one: those of `known` count, `other` fills its gaps.

    Of two age ratings the strictest counts.
    """
    filled = unite(other, known)
    united = replace(
        filled,
        kind=known.kind,
        minimum_age=strictest(known, other),
        refs=known.refs + _added(known.refs, other.refs),
        aliases=known.aliases + _added(known.aliases, other.aliases),
    )
    names = {known.title.casefold(), *(alias.name.casefold() for alias in united.aliases)}
    if other.title and other.title.casefold() not in names:
        # People who know the title by the name that is given up shall still find it.
        united = replace(united, aliases=(*united.aliases, Alias(other.title)))
    return united


def display_ref(refs: Iterable[TitleRef]) -> TitleRef:
    """The reference a title is shown under: TMDB, IMDb, TVDB, others, local ones last; of equals the oldest."""
    return min(refs, key=lambda ref: _SOURCE_ORDER.get(ref.source, 5))


def _safe_optional(text: str | None) -> str | None:
    return None if text is None else safe_text(text)


def _added(known: tuple[T, ...], said: tuple[T, ...]) -> tuple[T, ...]:
    seen = set(known)
    return tuple(dict.fromkeys(value for value in said if value not in seen))


def to_row(title_id: int, facts: TitleFacts) -> dict[str, Any]:
    """The row of `titles`; references and aliases have tables of their own."""
    row: dict[str, Any] = {name: getattr(facts, name) for name in (*_TEXTS, *_INTEGERS, *_FLOATS, "released", "anime")}
    row |= {name: to_json(getattr(facts, name)) for name in _LISTS}
    row["id"] = title_id
    row["kind"] = facts.kind.value
    row["credits"] = to_json([[credit.name, credit.role.value, credit.order] for credit in facts.credits])
    return row


def from_row(row: Row[*tuple[Any, ...]], refs: tuple[TitleRef, ...], aliases: tuple[Alias, ...]) -> TitleFacts:
    """The facts back from a row of `titles`."""
    values = row._mapping
    return TitleFacts(
        refs=refs,
        kind=_KINDS[values["kind"]],
        title=values["title"],
        year=values["year"],
        original_title=values["original_title"],
        aliases=aliases,
        end_year=values["end_year"],
        released=values["released"],
        runtime=values["runtime"],
        seasons=values["seasons"],
        episodes=values["episodes"],
        overview=values["overview"],
        tagline=values["tagline"],
        genres=_strings(values["genres"]),
        keywords=_strings(values["keywords"]),
        credits=_credits(values["credits"]),
        language=values["language"],
        countries=_strings(values["countries"]),
        vote_average=values["vote_average"],
        vote_count=values["vote_count"],
        popularity=values["popularity"],
        minimum_age=values["minimum_age"],
        collection=values["collection"],
        collection_order=values["collection_order"],
        anime=values["anime"],
        poster_url=values["poster_url"],
        page_url=values["page_url"],
    )


def ref_from_row(kind: str, source: str, value: str) -> TitleRef:
    """A reference back from its row."""
    return TitleRef(_KINDS[kind], source, value)


def _strings(text: str) -> tuple[str, ...]:
    """Names that many titles share are kept once: a catalogue in memory then weighs a third less."""
    return () if text == "[]" else tuple(map(intern, from_json(text)))


def _credits(text: str) -> tuple[Credit, ...]:
    if text == "[]":
        return ()
    return tuple(Credit(intern(name), _ROLES[role], order) for name, role, order in from_json(text))
