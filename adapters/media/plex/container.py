"""The `MediaContainer` in which a Plex server wraps every answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.loose import integer, rows
from adapters.paging import Slice
from bot.errors import Unavailable
from bot.i18n import gettext as _

Fields = Mapping[str, Any]


def container(answer: object) -> Fields:
    """The inside of an answer. Raises: Unavailable, when it is not one of a Plex server."""
    inside = answer.get("MediaContainer") if isinstance(answer, dict) else None
    if not isinstance(inside, dict):
        raise Unavailable("Plex", _("What answers at the address of Plex is not a Plex server."))
    return inside


def part_of_list(answer: object) -> Slice[Fields]:
    """A page of metadata."""
    inside = container(answer)
    found = rows(inside.get("Metadata"))
    return Slice(found, integer(inside.get("totalSize")))
