"""Plex's own webhooks, which need a Plex Pass: what was watched or rated, and what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from adapters.web.webhooks.payload import Payload, event_of, parsed
from bot.ports.live import LibraryTold, PlayTold, RatingTold, Told

SERVER = "plex"


class _Account(Payload):
    id: str = ""


class _Metadata(Payload):
    type: str = ""
    rating_key: str = Field(default="", alias="ratingKey")
    grandparent_rating_key: str = Field(default="", alias="grandparentRatingKey")


class _Event(Payload):
    event: str = ""
    account: _Account = Field(default=_Account(), alias="Account")
    metadata: _Metadata = Field(default=_Metadata(), alias="Metadata")


def decode(payload: Mapping[str, Any]) -> Sequence[Told]:
    """Plex writes a play down when it counts as watched, not when it stops."""
    told = parsed(_Event, payload)
    match event_of(told.event):
        case "media.scrobble" | "media.stop":
            keys = {"movie": told.metadata.rating_key, "episode": told.metadata.grandparent_rating_key}
            item = keys.get(told.metadata.type, "")
            if not item or not told.account.id:
                return ()
            stopped = told.event == "media.stop"
            return (PlayTold(SERVER, told.account.id, item, stopped=stopped, kept=not stopped),)
        case "media.rate":
            return (RatingTold(SERVER),)
        case "library.new":
            return (LibraryTold(SERVER),)
        case _:
            return ()
