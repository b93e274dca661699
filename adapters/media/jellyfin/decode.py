"""Jellyfin's items as facts about titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from adapters.iso_time import instant
from adapters.loose import integer, number, positive, prose, rows, table, text
from adapters.media.jellyfin.links import Links
from adapters.media.jellyfin.pages import Entry
from adapters.media.jellyfin.parental import RatingScale
from adapters.media.jellyfin.quality import best_quality
from bot.model.titles import Credit, Kind, Role, TitleFacts, TitleRef
from bot.ports.media import ServerItem

FIELDS = (
    "ProviderIds",
    "OriginalTitle",
    "Overview",
    "Taglines",
    "Genres",
    "Tags",
    "People",
    "DateCreated",
    "MediaSources",
    "ChildCount",
    "RecursiveItemCount",
)

KINDS = {"Movie": Kind.MOVIE, "Series": Kind.SERIES}
_TICKS_A_MINUTE = 600_000_000
_MOST_CREDITS = 40
_ROLES = {
    "Director": Role.DIRECTOR,
    "Writer": Role.WRITER,
    "Creator": Role.WRITER,
    "Actor": Role.CAST,
}
_PROVIDERS = {
    "tmdb": ("tmdb", re.compile(r"[1-9]\d*")),
    "imdb": ("imdb", re.compile(r"tt\d{5,}")),
    "tvdb": ("tvdb", re.compile(r"[1-9]\d*")),
    "anidb": ("anidb", re.compile(r"[1-9]\d*")),
    "anilist": ("anilist", re.compile(r"[1-9]\d*")),
}
_GENRES = {"Sci-Fi": "Science Fiction", "Children": "Family", "Musical": "Music", "Suspense": "Thriller"}


def key_of(value: object) -> str:
    """An id as we keep it: Jellyfin writes the same one with and without dashes."""
    return text(value).replace("-", "").lower()


def kind_of(entry: Entry) -> Kind | None:
    """What an item is to us; None for seasons, recordings, music and everything else that is not recommended."""
    return KINDS.get(text(entry.get("Type")))


def references(kind: Kind, entry: Entry) -> tuple[TitleRef, ...]:
    """What other services call the title, TMDB first; ids that cannot be theirs are left out."""
    told = {name.lower(): text(value) for name, value in table(entry.get("ProviderIds")).items()}
    return tuple(
        TitleRef(kind, source, told[provider])
        for provider, (source, shape) in _PROVIDERS.items()
        if shape.fullmatch(told.get(provider, ""))
    )


def decode_item(entry: Entry, library: str | None, links: Links, scale: RatingScale) -> ServerItem | None:
    """A film or series; None for anything else, and for what has neither an id nor a name."""
    kind, key = kind_of(entry), key_of(entry.get("Id"))
    if kind is None or not key or not text(entry.get("Name")):
        return None
    return ServerItem(
        key=key,
        library=library,
        facts=_facts(entry, kind, key, links, scale),
        added_at=instant(entry.get("DateCreated")),
        quality=best_quality(entry) if kind is Kind.MOVIE else None,
        page_url=links.page(key),
    )


def _facts(entry: Entry, kind: Kind, key: str, links: Links, scale: RatingScale) -> TitleFacts:
    title, original = text(entry.get("Name")), text(entry.get("OriginalTitle"))
    ended, released = instant(entry.get("EndDate")), instant(entry.get("PremiereDate"))
    taglines = entry.get("Taglines")
    series = kind is Kind.SERIES
    genres = _texts(entry.get("Genres"))
    average = number(entry.get("CommunityRating"))
    return TitleFacts(
        # A title that no service knows is named by Jellyfin's own id.
        refs=references(kind, entry) or (TitleRef(kind, "jellyfin", key),),
        kind=kind,
        title=title,
        year=positive(entry.get("ProductionYear")) or (released.year if released else None),
        original_title=original if original and original != title else None,
        end_year=ended.year if series and ended else None,
        released=released.date() if released else None,
        runtime=_minutes(entry),
        seasons=positive(entry.get("ChildCount")) if series else None,
        episodes=positive(entry.get("RecursiveItemCount")) if series else None,
        overview=prose(entry.get("Overview")),
        tagline=text(taglines[0]) if isinstance(taglines, list) and taglines else "",
        genres=tuple(dict.fromkeys(_GENRES.get(genre, genre) for genre in genres)),
        keywords=tuple(word.lower() for word in _texts(entry.get("Tags"))),
        credits=tuple(_credits(entry)),
        vote_average=average if average and 0 < average <= 10 else None,
        minimum_age=scale.age(text(entry.get("OfficialRating"))),
        anime="anime" in {genre.lower() for genre in genres} or "anidb" in _provider_names(entry),
        poster_url=links.poster(key, text(table(entry.get("ImageTags")).get("Primary"))),
    )


def _minutes(entry: Entry) -> int | None:
    ticks = integer(entry.get("RunTimeTicks"))
    return round(ticks / _TICKS_A_MINUTE) or None if ticks and ticks > 0 else None


def _credits(entry: Entry) -> Iterator[Credit]:
    told: set[tuple[str, Role]] = set()
    counts: dict[Role, int] = dict.fromkeys(Role, 0)
    for person in rows(entry.get("People")):
        role, name = _ROLES.get(text(person.get("Type"))), text(person.get("Name"))
        if role is None or not name or (name, role) in told or len(told) >= _MOST_CREDITS:
            continue
        told.add((name, role))
        yield Credit(name, role, counts[role])
        counts[role] += 1


def _texts(value: object) -> tuple[str, ...]:
    words = (text(word) for word in value) if isinstance(value, list) else ()
    return tuple(dict.fromkeys(word for word in words if word))


def _provider_names(entry: Entry) -> set[str]:
    ids: Mapping[str, object] = table(entry.get("ProviderIds"))
    return {name.lower() for name, value in ids.items() if text(value)}
