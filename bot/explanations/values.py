"""The values that templates speak with, made from the reasons of one pick. Everything from outside is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.chat.plain import escape, one_line
from bot.explanations.phrases import ago, decade, decimal, genre_word, grouped, listing, moment, signal_word
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.recommendation import Answer, Negative, NegativeType, Reason
from bot.model.titles import Kind, Title

# Reasons that name a title somebody watched: nobody else's business in a room.
PERSONAL = frozenset(["similar_to", "collaborative", "rewatch", "boost", "collection", "franchise"])
PEOPLE = ("director", "writer", "cast")
# Filters that say what somebody watched or thinks of a title.
OWN_FILTERS = frozenset(["watched", "liked", "hidden", "disliked", "blocked", "rediscover", "excluded", "domain"])
_CROWD = frozenset(
    [
        "quality",
        "confidence",
        "freshness",
        "popularity",
        "trending",
        "novelty",
        "fame",
        "recent",
        "recent_decade",
        "unreleased",
    ]
)
_NAMELESS = frozenset(["cold_start", "cold_quiz", "context", "explore"])  # reasons that need no name
_NAMES_PER_SENTENCE = 2
_MAX_NAME = 80


def section_type(reason: Reason) -> str:
    """The word for a reason in section headings: people by what they did, taken from a key such as "director:Name"."""
    if reason.type == "person":
        role = reason.key.partition(":")[0]
        return role if role in PEOPLE else "cast"
    if reason.type == "cold_start" and reason.key == "quiz":
        return "cold_quiz"
    return {"liked_title": "similar_to", "companion": "group_member"}.get(reason.type, reason.type)


def usable(reasons: Iterable[Reason], *, personal: bool) -> list[Reason]:
    """Positive reasons that may be told here and have what their sentence needs, strongest first."""
    silent = ("group_member", "mood", "default")
    return [
        reason
        for reason in reasons
        if reason.weight > 0
        and section_type(reason) not in silent
        and (personal or reason.type not in PERSONAL)
        and (section_type(reason) in _NAMELESS or _safe(reason.name).strip(" ,"))
    ]


def values_of(reasons: Sequence[Reason], title: Title, answer: Answer | None) -> dict[str, Any]:
    """Every value that a sentence about these reasons may use."""

    def names(*types: str, limit: int = _NAMES_PER_SENTENCE) -> list[str]:
        found = (_safe(reason.name) for reason in reasons if section_type(reason) in types)
        return list(dict.fromkeys(found))[:limit]

    values: dict[str, Any] = {
        "liked": listing(names("similar_to")),
        "loved": listing(names("collaborative", limit=1)),
        "genres": listing([genre_word(name) for name in names("genre")]),
        "keywords": listing(names("keyword")),
        "cluster": listing(_genres("".join(names("cluster", limit=1)))[:3]),
        "collection": "".join(names("collection", "franchise", limit=1)),
        "vote": decimal("".join(names("quality", limit=1))),
        "votes": grouped("".join(names("popular", limit=1))),
        "year": "".join(names("fresh", limit=1)),
        "boost": listing(names("boost")),
        "era": decade("".join(names("era", limit=1))),
        "moment": moment("".join([reason.key for reason in reasons if reason.type == "context"][:1])),
        "kind": _("film") if title.facts.kind is Kind.MOVIE else _("series"),
        "made": _("directed") if title.facts.kind is Kind.MOVIE else _("created"),
        "e": "" if title.facts.kind is Kind.MOVIE else "e",  # French: un film vu, une série vue
        "query": "",
        "seed": "",
        "ago": "",
        "name": "",
        **{role: "".join(names(role, limit=1)) for role in PEOPLE},
    }
    for reason in reasons:
        if reason.type == "rewatch":
            values["ago"] = _ago(reason.name)
    if answer is not None:
        values["query"] = _safe(answer.ask.query or "")
        values["seed"] = _safe(answer.seed.facts.title) if answer.seed is not None else ""
    return values


def one_value(reason: Reason, title: Title) -> dict[str, Any]:
    """The values for one line of a full list of reasons."""
    name = _safe(reason.name)
    match str(reason.type):
        case "genre":
            name = genre_word(name)
        case "quality":
            name = decimal(name)
        case "popular":
            name = grouped(name)
        case "era":
            name = decade(name)
        case "cluster":
            name = listing(_genres(name))
    return {**values_of((reason,), title, None), "name": name}


def against(negative: Negative, title: Title) -> dict[str, Any]:
    """The values for one line about what speaks against a title, its number among them."""
    name = _safe(negative.name)
    match negative.type:
        case NegativeType.GENRE | NegativeType.UNUSED_GENRE:
            name = genre_word(name)
        case NegativeType.LOW_RATING:
            name = decimal(name)
        case NegativeType.FEW_VOTES:
            name = grouped(name)
        case NegativeType.WEAK_SIGNAL:
            name = signal_word(negative.key)
    return {
        **values_of((), title, None),
        "name": name,
        "key": negative.key,
        "value": decimal(f"{negative.value:.2f}".replace("-", "\u2212")),
        "percent": share(negative.value),
        "share": share(negative.share),
        "moment": moment(negative.key),
        "count": int(negative.name) if negative.name.isascii() and negative.name.isdecimal() else 0,
    }


def is_public(negative: Negative) -> bool:
    """Whether anybody may hear it: it says something about the title and nothing about the member."""
    if negative.type is NegativeType.WEAK_SIGNAL:
        return negative.key in _CROWD
    if negative.type is NegativeType.MOVED:
        return negative.key != "influence"
    return negative.type in (NegativeType.LOW_RATING, NegativeType.FEW_VOTES)


def _genres(names: str) -> list[str]:
    """ "Horror, Thriller" as words of a sentence."""
    return [genre_word(part.strip()) for part in names.split(",") if part.strip()]


def _safe(name: str) -> str:
    return escape(one_line(name, _MAX_NAME))


def _ago(name: str) -> str:
    """ "400" or "400 days" as people say it; other words stay as they are."""
    digits = name.strip().split(" ")[0].split(".")[0]
    return ago(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 7 else _safe(name)


def share(weight: float) -> str:
    """A share of the score as people read it."""
    percent = round(100 * abs(weight))
    return ngettext("{n} %", "{n} %", percent).format(n=percent)
