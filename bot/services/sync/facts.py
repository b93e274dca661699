"""Whose word counts on a title: the metadata service's where it knows the title, else that of the server."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any

from bot.model.titles import Alias, TitleFacts, TitleRef
from bot.ports.media import ServerItem
from bot.services.merging import marked

_EMPTY: tuple[Any, ...] = (None, "", ())
# Of age ratings the strictest counts, see `strictest`.
_GAPS = tuple(
    field.name for field in fields(TitleFacts) if field.name not in {"refs", "kind", "aliases", "anime", "minimum_age"}
)


def digest_of(item: ServerItem, library: str) -> str:
    """32 hexadecimal digits that change with anything that a server says of an item, or with the library's name."""
    return hashlib.blake2b(repr((item, library)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def server_facts(item: ServerItem, source: str, library: str) -> TitleFacts:
    """What the server says, with anime recognised, and with a reference of the server's own where there is no other."""
    facts = marked(item.facts)
    if "anime" in library.casefold():
        facts = replace(facts, anime=True)
    if not facts.refs:
        facts = replace(facts, refs=(TitleRef(facts.kind, source, item.key),))
    return facts


def strictest(*ages: int | None) -> int | None:
    """Of several age ratings the highest: who is too young for one of them is not shown the title."""
    return max((age for age in ages if age is not None), default=None)


def gaps_filled(known: TitleFacts, said: TitleFacts) -> TitleFacts:
    """Only what is not known yet, to be stored over `known`; another name becomes an alias.

    The age rating is the one that is said: whoever else has a say in it is asked again by the caller.
    """
    kept: dict[str, Any] = {}
    for name in _GAPS:
        if getattr(known, name) not in _EMPTY:
            value = getattr(said, name)
            kept[name] = "" if isinstance(value, str) and name in {"title", "overview", "tagline"} else None
            if isinstance(value, tuple):
                kept[name] = ()
    return replace(said, **{**kept, "aliases": said.aliases + _other_name(known, said)})


def told_again(known: TitleFacts, said: TitleFacts) -> TitleFacts:
    """All that is said, to be stored over `known`; the name that is given up becomes an alias."""
    return replace(said, aliases=said.aliases + _other_name(said, known))


def metadata_facts(known: TitleFacts, said: TitleFacts, foreign: Collection[TitleRef] = ()) -> TitleFacts:
    """What the metadata service says, to be stored over `known`: it counts, but for an age rating below the known one.

    References in `foreign` belong to other titles and are left out.
    """
    facts = marked(replace(said, aliases=said.aliases + _other_name(said, known)))
    refs = tuple(ref for ref in facts.refs if ref not in foreign)
    refs += tuple(ref for ref in known.refs if ref not in refs)
    age = strictest(known.minimum_age, facts.minimum_age)
    return replace(facts, refs=refs, minimum_age=age)


def _other_name(first: TitleFacts, second: TitleFacts) -> tuple[Alias, ...]:
    """The second's title, unless it is among the first's names."""
    names = {first.title.casefold(), *(alias.name.casefold() for alias in first.aliases)}
    return (Alias(second.title),) if second.title and second.title.casefold() not in names else ()
