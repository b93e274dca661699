"""Films and series as a Plex server describes them."""

from __future__ import annotations

import re
from urllib.parse import quote

from adapters.age_ratings import minimum_age
from adapters.loose import day, integer, moment, number, positive, prose, rows, text
from adapters.media.plex import vocabulary
from adapters.media.plex.container import Fields
from adapters.media.plex.quality import quality_of
from adapters.plex_guids import ANIME_AGENTS, refs_of_guids
from bot.model.titles import Credit, Kind, Role, TitleFacts, TitleRef
from bot.ports.media import ServerItem

KINDS = {"movie": Kind.MOVIE, "show": Kind.SERIES}
TYPES = {Kind.MOVIE: 1, Kind.SERIES: 2}  # numbers of Plex's own
_ANIME_GENRES = frozenset({"anime", "anim\u00e9"})
# Collections that follow one story, as TMDB names them; the others are somebody's shelves.
_FRANCHISE = re.compile(r"(collection|filmreihe|\(reihe\)|saga|trilogy|trilogie)\W*$", re.IGNORECASE)
# Labels that tools stick on everything say nothing about a title.
_TOOL_LABELS = frozenset({"overlay", "kometa", "pmm"})
_VOTES = ("themoviedb://", "imdb://")  # ratings on the scale of 0 to 10 that everybody's votes make


def key_of(item: Fields) -> str:
    """The server's own id of a title; empty when there is none."""
    return text(item.get("ratingKey"))


def decode_item(item: Fields, library: str, machine: str) -> ServerItem | None:
    """A film or series; None for what is neither or has no name. `machine`: the identifier of the server."""
    key, title = key_of(item), text(item.get("title"))
    kind = KINDS.get(text(item.get("type")))
    if not key or not title or kind is None:
        return None
    return ServerItem(
        key=key,
        library=library,
        facts=_facts(item, kind, title, machine),
        added_at=moment(item.get("addedAt")),
        updated_at=moment(item.get("updatedAt")),
        quality=quality_of(item),
        page_url=page_url(machine, key),
    )


def page_url(machine: str, key: str) -> str:
    """Opens a title in Plex's web player, which asks for a sign-in by itself."""
    details = quote(f"/library/metadata/{key}", safe="")
    return f"https://app.plex.tv/desktop/#!/server/{quote(machine, safe='')}/details?key={details}"


def item_refs(item: Fields, kind: Kind, machine: str) -> tuple[TitleRef, ...]:
    """References of a title, at least one: what no other service knows is named by the server itself."""
    guids = [text(guid.get("id")) for guid in rows(item.get("Guid"))]
    refs = refs_of_guids(kind, [*guids, text(item.get("guid"))])
    return refs or (TitleRef(kind, "plex", f"{machine[:12]}-{key_of(item)}"),)


def _facts(item: Fields, kind: Kind, title: str, machine: str) -> TitleFacts:
    released = day(item.get("originallyAvailableAt"))
    year = positive(item.get("year")) or (released.year if released else None)
    genre_names, collections = _tags(item, "Genre"), _tags(item, "Collection")
    franchise = next((name for name in collections if _FRANCHISE.search(name)), None)
    labels = [label.lower() for label in _tags(item, "Label") if label.lower() not in _TOOL_LABELS]
    keywords = [*labels, *(name.lower() for name in collections if name != franchise)]
    milliseconds = positive(item.get("duration"))
    is_series = kind is Kind.SERIES
    original = text(item.get("originalTitle"))
    return TitleFacts(
        refs=item_refs(item, kind, machine),
        kind=kind,
        title=title,
        year=year,
        original_title=original or None,
        released=released,
        runtime=max(1, round(milliseconds / 60_000)) if milliseconds else None,
        seasons=positive(item.get("childCount")) if is_series else None,
        episodes=positive(item.get("leafCount")) if is_series else None,
        overview=prose(item.get("summary")),
        tagline=text(item.get("tagline")),
        genres=vocabulary.genres(genre_names),
        keywords=tuple(dict.fromkeys(keywords)),
        credits=_credits(item),
        countries=vocabulary.countries(_tags(item, "Country")),
        vote_average=_votes(item),
        minimum_age=minimum_age(text(item.get("contentRating"))),
        collection=franchise,
        anime=_is_anime(item, genre_names),
    )


def _tags(item: Fields, element: str) -> list[str]:
    return [name for tag in rows(item.get(element)) if (name := text(tag.get("tag")))]


def _credits(item: Fields) -> tuple[Credit, ...]:
    parts = (("Director", Role.DIRECTOR), ("Writer", Role.WRITER), ("Role", Role.CAST))
    return tuple(
        Credit(name, role, order)
        for element, role in parts
        for order, name in enumerate(dict.fromkeys(_tags(item, element)))
    )


def _votes(item: Fields) -> float | None:
    for value, image in (("audienceRating", "audienceRatingImage"), ("rating", "ratingImage")):
        votes = number(item.get(value))
        if votes is not None and 0 < votes <= 10 and text(item.get(image)).startswith(_VOTES):
            return votes
    return None


def _is_anime(item: Fields, genre_names: list[str]) -> bool:
    named = any(name.casefold() in _ANIME_GENRES for name in genre_names)
    return named or text(item.get("guid")).startswith(ANIME_AGENTS)


def episode_name(season: object, episode: object) -> str | None:
    """ "s01e02", "s00e02" for a special; None when the numbers are not told."""
    first, second = integer(season), integer(episode)
    if first is None or second is None or first < 0 or second < 0:
        return None
    return f"s{first:02d}e{second:02d}"
