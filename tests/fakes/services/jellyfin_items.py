"""How Jellyfin finds, sorts and tells items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from multidict import MultiMapping

from tests.fakes.services.jellyfin_world import Item, JellyfinWorld, PlayState, stamp

# Fields that are told only when they are asked for.
_ON_REQUEST = frozenset(
    {
        *("ProviderIds", "OriginalTitle", "Overview", "Taglines", "Genres", "Tags", "People", "Studios"),
        *("DateCreated", "MediaSources", "MediaStreams", "ChildCount", "RecursiveItemCount"),
    }
)
_UNDERSTOOD = frozenset(
    {
        *("recursive", "includeItemTypes", "collapseBoxSetItems", "sortBy", "sortOrder", "enableUserData", "parentId"),
        *("fields", "imageTypeLimit", "enableImageTypes", "minDateLastSaved", "enableImages", "startIndex", "limit"),
        *("userId", "filters", "ids", "tags"),
    }
)
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


def find(world: JellyfinWorld, query: MultiMapping[str]) -> list[Item]:
    """The items that a query describes, in its order. An undecided query is a mistake of the caller."""
    unknown = set(query) - _UNDERSTOOD
    assert not unknown, f"the fake does not understand {sorted(unknown)}"
    found = [item for item in world.items.values() if _fits(world, item, query)]
    descending = query.get("sortOrder") == "Descending"
    for order in reversed(query.getall("sortBy", ["SortName"])):
        found.sort(key=_sort_key(world, order, query.get("userId", "")), reverse=descending)
    return found


def _fits(world: JellyfinWorld, item: Item, query: MultiMapping[str]) -> bool:
    kinds, ids = query.getall("includeItemTypes", []), query.getall("ids", [])
    if (kinds and item.type not in kinds) or (ids and item.id not in ids):
        return False
    if "parentId" in query and item.library != query["parentId"]:
        return False
    if "tags" in query and not set(query.getall("tags")) & set(item.told.get("Tags", ())):
        return False
    since = query.get("minDateLastSaved")
    if since and item.saved < datetime.fromisoformat(since):
        return False
    account = query.get("userId")
    if account is None:
        return True
    state = world.states.get((account, item.id), PlayState(plays=0, last=None, played=False))
    return world.account(account).may_open(item.library) and all(
        _passes(state, name) for name in query.getall("filters", [])
    )


def _passes(state: PlayState, name: str) -> bool:
    liked = state.likes if state.rating is None else state.rating >= 6.5
    match name:
        case "IsPlayed":
            return state.played
        case "IsResumable":
            return state.percentage is not None
        case "Likes":
            return liked is True
        case "Dislikes":
            return liked is False
    raise AssertionError(f"the fake does not understand the filter {name}")


def _sort_key(world: JellyfinWorld, order: str, account: str) -> Any:
    match order:
        case "SortName":
            return lambda item: item.name.casefold()
        case "DateCreated":
            return lambda item: item.created or _NEVER
        case "DatePlayed":
            return lambda item: ((state := world.states.get((account, item.id))) and state.last) or _NEVER
    raise AssertionError(f"the fake does not understand the order {order}")


def page(world: JellyfinWorld, items: Sequence[Item], query: MultiMapping[str]) -> list[dict[str, Any]]:
    """Items as `/Items` tells them."""
    parts: defaultdict[str, list[Item]] = defaultdict(list)
    if "ChildCount" in query.getall("fields", []) and any(item.type == "Series" for item in items):
        for item in world.items.values():
            if item.series:
                parts[item.series].append(item)
    return [_dto(world, item, query, parts[item.id]) for item in items]


def _dto(world: JellyfinWorld, item: Item, query: MultiMapping[str], parts: Sequence[Item]) -> dict[str, Any]:
    fields = set(query.getall("fields", []))
    dto: dict[str, Any] = {
        "Id": item.id,
        "Name": item.name,
        "Type": item.type,
        "ServerId": world.id,
        "IsFolder": item.type == "Series",
        "MediaType": "Unknown" if item.type == "Series" else "Video",
    }
    if item.created is not None:
        dto["DateCreated"] = stamp(item.created)
    if item.type == "Episode":
        series = world.items.get(item.series or "")
        dto |= {"SeriesId": item.series, "SeriesName": series.name if series else None}
        dto |= {"IndexNumber": item.episode, "ParentIndexNumber": item.season}
    if item.type == "Series":
        dto |= {"RecursiveItemCount": len(parts), "ChildCount": len({part.season for part in parts})}
    dto |= item.told
    if query.get("enableUserData") == "true" and "userId" in query:
        dto["UserData"] = _user_data(world.states.get((query["userId"], item.id)), item)
    return {name: value for name, value in dto.items() if name not in _ON_REQUEST or name in fields}


def _user_data(state: PlayState | None, item: Item) -> dict[str, Any]:
    state = state or PlayState(plays=0, last=None, played=False)
    data: dict[str, Any] = {
        "PlayCount": state.plays,
        "Played": state.played,
        "IsFavorite": state.favourite,
        "PlaybackPositionTicks": 0 if state.percentage is None else 6_000_000_000,
        "Key": item.id,
        "ItemId": item.id,
    }
    if state.last is not None:
        data["LastPlayedDate"] = stamp(state.last)
    if state.percentage is not None:
        data["PlayedPercentage"] = state.percentage
    if state.rating is not None:
        data["Rating"] = state.rating
    if state.likes is not None:
        data["Likes"] = state.likes
    return data
