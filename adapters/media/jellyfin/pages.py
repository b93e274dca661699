"""Walks through `/Items`, a page at a time, and misses nothing when the list shifts underneath."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from adapters.http import ServiceClient
from adapters.loose import integer, rows, text
from adapters.paging import Slice, overlapping
from bot.errors import Unavailable
from bot.i18n import gettext as _

Entry = Mapping[str, Any]
ItemQuery = Mapping[str, str | int | bool | Sequence[str] | None]


def walk(client: ServiceClient, query: ItemQuery, size: int) -> AsyncIterator[Sequence[Entry]]:
    """The raw entries that a query finds. Raises: Unavailable, Rejected."""

    async def fetch(start: int, limit: int) -> Slice[Entry]:
        answer = await client.get_json("/Items", query={**query, "startIndex": start, "limit": limit})
        if not isinstance(answer, dict) or not isinstance(answer.get("Items"), list):
            raise unreadable(client)
        return Slice(rows(answer["Items"]), integer(answer.get("TotalRecordCount")))

    return overlapping(client.config.service, fetch, lambda entry: text(entry.get("Id")), size)


def unreadable(client: ServiceClient) -> Unavailable:
    """The error for JSON that is not what Jellyfin answers: a proxy or another program speaks there."""
    service = client.config.service
    return Unavailable(service, _("{service} sent an answer that cannot be read.").format(service=service))
