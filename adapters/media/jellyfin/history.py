"""What a person watched, as Jellyfin's user data tell it: how often and when last, not when each time.

One watch stands for one film or one episode of a person. Its key, `person/item`, stays the same for ever; when the
person watches it again, the same watch is told with more `plays` and a later `watched_at`, to be updated in place.
What is marked as watched without a date counts as watched when it was added; Jellyfin lists it last, so only a reading
without `since` is sure to find it. A play that was begun and left is told with its share.

Jellyfin's apps know favourites, a kind of bookmark, which are not ratings. Some know likes and dislikes, which Jellyfin
stores as ratings; where only the thumb is told, up counts as 9 and down as 2 of 10.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from adapters.http import ServiceClient
from adapters.iso_time import instant
from adapters.loose import integer, number, positive, table, text
from adapters.media.jellyfin.decode import key_of, kind_of, references
from adapters.media.jellyfin.pages import Entry, ItemQuery, walk
from bot.model.titles import Kind
from bot.ports.media import ServerRating, ServerWatch

_THUMB_UP, _THUMB_DOWN = 9.0, 2.0
_USER_DATA: ItemQuery = {
    "recursive": True,
    "collapseBoxSetItems": False,
    "fields": ("ProviderIds", "DateCreated"),
    "enableUserData": True,
    "enableImages": False,
}
_LATEST_FIRST: ItemQuery = {
    **_USER_DATA,
    "includeItemTypes": ("Movie", "Episode"),
    "sortBy": ("DatePlayed", "SortName"),
    "sortOrder": ("Descending",),
}


async def watches(
    client: ServiceClient, account: str, since: datetime | None, size: int
) -> AsyncIterator[Sequence[ServerWatch]]:
    """The person's watches, a page at a time, the latest first; with `since` no further back than needed."""
    for state in ("IsPlayed", "IsResumable"):
        query = {**_LATEST_FIRST, "userId": account, "filters": (state,)}
        async for page in walk(client, query, size):
            # What was watched and is now being watched again is in both lists; the first has told it.
            told = [entry for entry in page if state == "IsPlayed" or not _is_played(entry)]
            found = [watch for entry in told if (watch := decode_watch(entry, account)) is not None]
            wanted = [watch for watch in found if since is None or watch.watched_at >= since]
            if wanted:
                yield wanted
            if since is not None and _is_past(page, since):
                break


def decode_watch(entry: Entry, account: str) -> ServerWatch | None:
    """One film or episode with its user data; None when it belongs to no title or to no time."""
    data, key = table(entry.get("UserData")), key_of(entry.get("Id"))
    watched_at = instant(data.get("LastPlayedDate")) or instant(entry.get("DateCreated"))
    kind = Kind.SERIES if entry.get("Type") == "Episode" else kind_of(entry)
    if not key or watched_at is None or kind is None:
        return None
    episode = kind is Kind.SERIES
    item = key_of(entry.get("SeriesId")) if episode else key
    if not item:
        return None
    return ServerWatch(
        account=account,
        key=f"{account}/{key}",
        watched_at=watched_at,
        item=item,
        refs=() if episode else references(Kind.MOVIE, entry),
        completion=_completion(data),
        episode=_episode(entry) if episode else None,
        plays=positive(data.get("PlayCount")) or 1,
        title=text(entry.get("SeriesName" if episode else "Name")),
        kind=kind,
    )


async def ratings(client: ServiceClient, account: str, size: int) -> list[ServerRating]:
    """What the person likes and dislikes among films and series."""
    found: dict[str, ServerRating] = {}
    for thumb, value in (("Likes", _THUMB_UP), ("Dislikes", _THUMB_DOWN)):
        query = {**_USER_DATA, "includeItemTypes": ("Movie", "Series"), "sortBy": ("SortName",)}
        async for page in walk(client, {**query, "userId": account, "filters": (thumb,)}, size):
            for entry in page:
                rating = _rating(entry, account, value)
                if rating is not None and rating.item is not None:
                    found[rating.item] = rating
    return list(found.values())


def _rating(entry: Entry, account: str, thumb: float) -> ServerRating | None:
    data, kind, key = table(entry.get("UserData")), kind_of(entry), key_of(entry.get("Id"))
    rated_at = instant(data.get("LastPlayedDate")) or instant(entry.get("DateCreated"))
    if kind is None or not key or rated_at is None:
        return None
    value = number(data.get("Rating"))
    stars = thumb if value is None else min(max(value, 1.0), 10.0)
    return ServerRating(account, stars, rated_at, item=key, refs=references(kind, entry))


def _is_played(entry: Entry) -> bool:
    return table(entry.get("UserData")).get("Played") is True


def _is_past(page: Sequence[Entry], since: datetime) -> bool:
    """Whether the page ends with something last played before `since`: only older ones follow."""
    last = instant(table(page[-1].get("UserData")).get("LastPlayedDate"))
    return last is None or last < since


def _completion(data: Entry) -> float | None:
    if data.get("Played") is True:
        return 1.0
    share = number(data.get("PlayedPercentage"))
    return None if share is None else min(max(share / 100, 0.0), 1.0)


def _episode(entry: Entry) -> str | None:
    season, number_ = integer(entry.get("ParentIndexNumber")), integer(entry.get("IndexNumber"))
    if season is None or number_ is None or season < 0 or number_ < 0:
        return None
    return f"s{season:02d}e{number_:02d}"
