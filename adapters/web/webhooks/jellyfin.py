"""Jellyfin's webhook plugin, with the template of docs/webhooks.md or with all properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from adapters.loose import flag, number
from adapters.web.webhooks.payload import Payload, event_of, parsed
from bot.ports.live import LibraryTold, PlayTold, RatingTold, Told

SERVER = "jellyfin"
_BEGUN = 0.05  # of a title; less is forgotten by Jellyfin itself
_TITLES = frozenset({"Movie", "Series", "Season", "Episode"})


class _Event(Payload):
    event: str = Field(default="", alias="NotificationType")
    item_type: str = Field(default="", alias="ItemType")
    item: str = Field(default="", alias="ItemId")
    series: str = Field(default="", alias="SeriesId")
    user: str = Field(default="", alias="UserId")
    completed: str = Field(default="", alias="PlayedToCompletion")
    position: str = Field(default="", alias="PlaybackPositionTicks")
    runtime: str = Field(default="", alias="RunTimeTicks")
    reason: str = Field(default="", alias="SaveReason")
    played: str = Field(default="", alias="Played")


def decode(payload: Mapping[str, Any]) -> Sequence[Told]:
    """Jellyfin keeps what was played as user data, which are there before the webhook is."""
    told = parsed(_Event, payload)
    match event_of(told.event):
        case "PlaybackStop":
            return _play(told, kept=flag(told.completed) or _share(told) >= _BEGUN)
        case "UserDataSaved":
            if told.reason == "UpdateUserRating":
                return (RatingTold(SERVER),)
            # Marked by hand: dated now by some apps and not at all by others.
            return _play(told, kept=False) if told.reason in ("TogglePlayed", "PlaybackFinished", "Import") else ()
        case "ItemAdded" | "ItemDeleted":
            return (LibraryTold(SERVER),) if told.item_type in {*_TITLES, ""} else ()
        case _:
            return ()


def _play(told: _Event, *, kept: bool) -> Sequence[Told]:
    item = told.series if told.item_type == "Episode" else told.item
    if told.item_type not in ("Movie", "Episode") or not item or not told.user:
        return ()
    return (PlayTold(SERVER, _id(told.user), _id(item), stopped=True, kept=kept),)


def _share(told: _Event) -> float:
    position, runtime = number(told.position), number(told.runtime)
    return position / runtime if position and runtime else 0.0


def _id(told: str) -> str:
    """As it is stored: without dashes."""
    return told.replace("-", "").lower()
