"""Tautulli's webhook agent, with the template of docs/webhooks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.web.webhooks.payload import Payload, event_of, parsed
from bot.ports.live import LibraryTold, PlayTold, Told

SERVER = "plex"  # whose people and titles Tautulli speaks of


class _Event(Payload):
    action: str = ""
    media_type: str = ""
    user_id: str = ""
    rating_key: str = ""
    grandparent_rating_key: str = ""


def decode(payload: Mapping[str, Any]) -> Sequence[Told]:
    """Tautulli writes a play down when it has ended."""
    told = parsed(_Event, payload)
    match event_of(told.action).lower().removeprefix("on_"):
        case "stop" | "watched" as action:
            item = told.grandparent_rating_key if told.media_type == "episode" else told.rating_key
            if told.media_type not in ("movie", "episode") or not item or not told.user_id:
                return ()
            return (PlayTold(SERVER, told.user_id, item, stopped=action == "stop", kept=action == "watched"),)
        case "created" | "added" | "recently_added":
            return (LibraryTold(SERVER),)
        case _:
            return ()
