"""Seerr, Radarr and Sonarr: what was requested, approved, fetched and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from adapters.web.webhooks.payload import Payload, event_of, parsed
from bot.ports.live import LibraryTold, RequestTold, Told

_SEERR = frozenset(
    {
        "MEDIA_PENDING", "MEDIA_APPROVED", "MEDIA_AUTO_APPROVED", "MEDIA_AUTO_REQUESTED", "MEDIA_AVAILABLE",
        "MEDIA_DECLINED", "MEDIA_FAILED",
    }
)  # fmt: skip
_FILES = frozenset({"Download", "MovieDelete", "MovieFileDelete", "SeriesDelete", "EpisodeFileDelete", "Rename"})
_PLANS = frozenset({"Grab", "MovieAdded", "SeriesAdd", "ManualInteractionRequired"})


class _SeerrEvent(Payload):
    notification_type: str = ""


class _ArrEvent(Payload):
    event_type: str = Field(default="", alias="eventType")


def decode_seerr(payload: Mapping[str, Any]) -> Sequence[Told]:
    """Seerr, Overseerr and Jellyseerr, with their own template or a shorter one."""
    event = event_of(parsed(_SeerrEvent, payload).notification_type)
    return (RequestTold(),) if event in _SEERR else ()


def decode_arr(payload: Mapping[str, Any]) -> Sequence[Told]:
    """Radarr and Sonarr. A file that came or went shows in the media server soon after."""
    event = event_of(parsed(_ArrEvent, payload).event_type)
    if event in _FILES:
        return (RequestTold(), LibraryTold())
    return (RequestTold(),) if event in _PLANS else ()
