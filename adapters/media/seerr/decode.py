"""Seerr's users, search results, titles and requests as ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from adapters.iso_time import instant
from adapters.loose import day, integer, number, positive, prose, rows, table, text
from adapters.media.seerr.genres import GENRES
from bot.model.titles import DEFAULT_SOURCE, Kind, TitleFacts, TitleRef
from bot.ports.requests import FiledRequest, MediaState, Quota, RequestState, RequestUser, TitleStatus

Entry = Mapping[str, Any]

MEDIA_TYPES = {Kind.MOVIE: "movie", Kind.SERIES: "tv"}
_KINDS = {name: kind for kind, name in MEDIA_TYPES.items()}
_REQUEST_STATES = dict(enumerate(RequestState, start=1))
_MEDIA_STATES = dict(enumerate(MediaState, start=1))
_ADMIN, _MANAGE_REQUESTS = 2, 16  # bits of a user's permissions
_POSTERS = "https://image.tmdb.org/t/p/w500"
_POSTER = re.compile(r"/[\w.-]+")


def decode_user(entry: Entry, settings: Entry) -> RequestUser | None:
    """A user with the chat ids of the notification settings; None without an id."""
    account = positive(entry.get("id"))
    if account is None:
        return None
    names = ("displayName", "username", "plexUsername", "jellyfinUsername")
    name = next((text(entry.get(key)) for key in names if text(entry.get(key))), "")
    plex = positive(entry.get("plexId"))
    return RequestUser(
        account=str(account),
        name=name.partition("@")[0] or text(entry.get("email")).partition("@")[0] or str(account),
        is_admin=bool((integer(entry.get("permissions")) or 0) & (_ADMIN | _MANAGE_REQUESTS)),
        plex_account=str(plex) if plex else None,
        jellyfin_account=text(entry.get("jellyfinUserId")).replace("-", "").lower() or None,
        discord_ids=tuple(_discord_ids(settings)),
        telegram_id=text(settings.get("telegramChatId")) or None,
    )


def _discord_ids(settings: Entry) -> list[str]:
    """`discordIds` since 3.3 (a list, or one text with commas), `discordId` before."""
    told = settings.get("discordIds")
    listed = told if isinstance(told, list) else text(told).split(",")
    ids = [text(one) for one in (*listed, settings.get("discordId"))]
    return list(dict.fromkeys(one for one in ids if one.isascii() and one.isdigit()))


def decode_result(entry: Entry) -> TitleFacts | None:
    """A film or series that a search found; None for people and for what has no name."""
    kind, number_ = _KINDS.get(text(entry.get("mediaType"))), positive(entry.get("id"))
    film = kind is Kind.MOVIE
    title = text(entry.get("title" if film else "name"))
    if kind is None or number_ is None or not title:
        return None
    original = text(entry.get("originalTitle" if film else "originalName"))
    released = day(entry.get("releaseDate" if film else "firstAirDate"))
    poster = text(entry.get("posterPath"))
    genres = entry.get("genreIds")
    return TitleFacts(
        refs=(TitleRef(kind, DEFAULT_SOURCE, str(number_)),),
        kind=kind,
        title=title,
        year=released.year if released else None,
        original_title=original if original and original != title else None,
        released=released,
        overview=prose(entry.get("overview")),
        genres=tuple(GENRES[one] for one in genres if one in GENRES) if isinstance(genres, list) else (),
        language=text(entry.get("originalLanguage")) or None,
        vote_average=number(entry.get("voteAverage")) or None,
        vote_count=positive(entry.get("voteCount")),
        popularity=number(entry.get("popularity")),
        poster_url=_POSTERS + poster if _POSTER.fullmatch(poster) else None,
    )


def decode_status(ref: TitleRef, details: Entry) -> TitleStatus:
    """What Seerr knows about a title, in ordinary quality; 4K versions are a world of their own."""
    media = table(details.get("mediaInfo"))
    requests = tuple(
        filed
        for entry in rows(media.get("requests"))
        if entry.get("is4k") is not True and (filed := decode_request(entry, ref, media)) is not None
    )
    seasons: dict[int, MediaState] = {}
    if ref.kind is Kind.SERIES:
        listed = (integer(season.get("seasonNumber")) for season in rows(details.get("seasons")))
        seasons = {season: MediaState.UNKNOWN for season in listed if season is not None and season > 0}
        seasons |= dict(_requested(requests))
        seasons |= dict(_present(media))
    return TitleStatus(ref, media_state(media.get("status")), tuple(sorted(seasons.items())), requests)


def _requested(requests: tuple[FiledRequest, ...]) -> Iterator[tuple[int, MediaState]]:
    states = {RequestState.PENDING: MediaState.PENDING, RequestState.APPROVED: MediaState.PROCESSING}
    for request in requests:
        if request.state in states:
            yield from ((season, states[request.state]) for season in request.seasons)


def _present(media: Entry) -> Iterator[tuple[int, MediaState]]:
    for season in rows(media.get("seasons")):
        which, state = integer(season.get("seasonNumber")), media_state(season.get("status"))
        if which is not None and state is not MediaState.UNKNOWN:
            yield which, state


def decode_request(entry: Entry, ref: TitleRef | None = None, media: Entry | None = None) -> FiledRequest | None:
    """A request; `ref` and `media` where the entry does not carry them. None when it names no title or person."""
    about = table(entry.get("media")) or media or {}
    ref = ref or reference(entry, about)
    account = positive(table(entry.get("requestedBy")).get("id"))
    which, state = positive(entry.get("id")), _REQUEST_STATES.get(integer(entry.get("status")) or 0)
    if ref is None or account is None or which is None or state is None:
        return None
    seasons = {integer(season.get("seasonNumber")) for season in rows(entry.get("seasons"))}
    return FiledRequest(
        id=str(which),
        ref=ref,
        account=str(account),
        state=state,
        media=media_state(about.get("status4k" if entry.get("is4k") is True else "status")),
        seasons=tuple(sorted(season for season in seasons if season is not None)),
        created_at=instant(entry.get("createdAt")),
        updated_at=instant(entry.get("updatedAt")),
    )


def reference(entry: Entry, media: Entry) -> TitleRef | None:
    """The title that a request is about."""
    kind = _KINDS.get(text(entry.get("type")) or text(media.get("mediaType")))
    tmdb = positive(media.get("tmdbId"))
    return TitleRef(kind, DEFAULT_SOURCE, str(tmdb)) if kind and tmdb else None


def media_state(code: object) -> MediaState:
    """Seerr's number for what it has of a title."""
    return _MEDIA_STATES.get(integer(code) or 0, MediaState.UNKNOWN)


def decode_quota(entry: Entry) -> Quota:
    """A quota; a limit of 0 means none."""
    limit, used = positive(entry.get("limit")), max(0, integer(entry.get("used")) or 0)
    remaining = integer(entry.get("remaining"))
    if limit is None:
        return Quota(limit=None, used=used, remaining=None, days=positive(entry.get("days")))
    left = limit - used if remaining is None else remaining
    return Quota(limit=limit, used=used, remaining=max(0, left), days=positive(entry.get("days")))
