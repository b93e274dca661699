"""Two descriptions of one title become one, whatever the order in which they arrive.

The description with more votes is the fresher picture of the same source and wins where both speak; the other fills
what is missing. Lists that say more with every source are united. Merging the same description again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from bot.model.titles import Alias, Credit, Role, TitleFacts

_UNITED = frozenset({"refs", "kind", "title", "original_title", "aliases", "keywords", "credits", "anime"})
_SCALARS = tuple(field.name for field in fields(TitleFacts) if field.name not in _UNITED)


def merged(known: TitleFacts, new: TitleFacts, *, only_original: bool = False) -> TitleFacts:
    """What is known after `new` has been told; `only_original` says that its title may not be the usual one."""
    fresher = (new.vote_count or 0) > (known.vote_count or 0)
    title = _title(known, new, fresher=fresher, only_original=only_original)
    names = [Alias(name) for facts in (known, new) for name in (facts.title, facts.original_title) if name]
    original = (new.original_title if fresher else None) or known.original_title or new.original_title
    changes: dict[str, Any] = {
        name: _said(getattr(known, name), getattr(new, name), fresher=fresher) for name in _SCALARS
    }
    facts = replace(
        known,
        **changes,
        refs=tuple(dict.fromkeys((*known.refs, *new.refs))),
        title=title,
        original_title=original,
        aliases=_aliases(known.aliases, (*new.aliases, *names), {title, original}),
        keywords=tuple(dict.fromkeys((*known.keywords, *new.keywords))),
        credits=united_credits(known.credits, new.credits),
        anime=known.anime or new.anime,
    )
    return marked(facts)


def marked(facts: TitleFacts) -> TitleFacts:
    """The same, with animation from Japan marked as anime."""
    anime = "anime" in facts.keywords or ("Animation" in facts.genres and facts.language == "ja")
    return replace(facts, anime=True) if anime and not facts.anime else facts


def united_credits(known: Sequence[Credit], new: Sequence[Credit]) -> tuple[Credit, ...]:
    """Everybody of both lists once per role, numbered from 0: the longer list in its billing, then the rest."""
    united: list[Credit] = []
    for role in Role:
        first, second = sorted((_billed(credits, role) for credits in (known, new)), key=len, reverse=True)
        rest = {key: name for key, name in second.items() if key not in first}
        united += [Credit(name, role, place) for place, name in enumerate((first | rest).values())]
    return tuple(united)


def _billed(credits: Sequence[Credit], role: Role) -> dict[str, str]:
    """Names in their billing by their case-folded form."""
    people = sorted((credit for credit in credits if credit.role is role), key=lambda credit: credit.order)
    names: dict[str, str] = {}
    for credit in people:
        names.setdefault(credit.name.casefold(), credit.name)
    return names


def _title(known: TitleFacts, new: TitleFacts, *, fresher: bool, only_original: bool) -> str:
    if not new.title or (only_original and known.title):
        return known.title
    # A title that only repeats the original one gives way to a usual title, unless that one gave way before.
    lost = any(alias.name == new.title for alias in known.aliases)
    provisional = not known.title or (known.title == known.original_title and not lost)
    return new.title if fresher or provisional else known.title


def _said(known: Any, new: Any, *, fresher: bool) -> Any:
    first, second = (new, known) if fresher else (known, new)
    return first if first not in (None, "", ()) else second


def _aliases(known: Sequence[Alias], new: Iterable[Alias], taken: set[str | None]) -> tuple[Alias, ...]:
    kept = {name.casefold() for name in (*taken, *(alias.name for alias in known)) if name}
    aliases = list(known)
    for alias in new:
        if alias.name.casefold() not in kept:
            kept.add(alias.name.casefold())
            aliases.append(alias)
    return tuple(aliases)
