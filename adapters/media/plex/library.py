"""The libraries of a Plex server and the lists of what is in them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from adapters.http import ServiceClient
from adapters.loose import moment, rows, text
from adapters.media.plex.container import Fields, container, part_of_list
from adapters.media.plex.items import KINDS, TYPES, key_of
from adapters.paging import Slice, overlapping
from bot.errors import Rejected
from bot.model.titles import Kind
from bot.ports.media import ServerLibrary

# A page of whole titles with their streams is about 2 MB; a list of keys is light.
PAGE = 100
KEYS_PAGE = 1000
_NOT_FOUND = 404
# Home videos: nobody knows anything about them, and they are nobody else's business.
_PERSONAL_AGENTS = frozenset({"com.plexapp.agents.none", "tv.plex.agents.none"})
_LEFT_OUT_OF_KEYS = {
    "excludeElements": "Media,Genre,Country,Guid,Rating,Collection,Director,Writer,Role,Producer,Image,UltraBlurColors",
    "excludeFields": "summary,tagline",
}


class PlexLibraries:
    """Reads libraries. Raises: Unavailable, Rejected."""

    def __init__(self, client: ServiceClient, page: int = PAGE, keys_page: int = KEYS_PAGE) -> None:
        self._client = client
        self._page = page
        self._keys_page = keys_page

    async def libraries(self) -> Sequence[ServerLibrary]:
        """The libraries of films and series; music, photos and home videos are left out."""
        told = container(await self._client.get_json("/library/sections/all"))
        return [
            ServerLibrary(text(section.get("key")), text(section.get("title")) or text(section.get("key")), kind)
            for section in rows(told.get("Directory"))
            if (kind := KINDS.get(text(section.get("type"))))
            and text(section.get("key"))
            and text(section.get("agent")) not in _PERSONAL_AGENTS
        ]

    async def titles(self, library: str, kind: Kind, since: datetime | None) -> AsyncIterator[Sequence[Fields]]:
        """All that the server knows of each title, a page at a time; with `since` only what is new or changed."""
        query: list[tuple[str, str | int]] = [("includeGuids", 1), ("sort", "id:asc")]
        if since is not None:
            seconds = int(since.timestamp())
            query += [("push", 1), ("addedAt>", seconds), ("or", 1), ("updatedAt>", seconds), ("pop", 1)]
        async for page in self._listed(library, kind, query, self._page):
            wanted = [row for row in page if since is None or _is_newer(row, since)]
            if wanted:
                yield await self._described(wanted)

    async def keys(self, library: str, kind: Kind) -> AsyncIterator[Sequence[str]]:
        """The keys of all titles."""
        query: list[tuple[str, str | int]] = [("sort", "id:asc"), *_LEFT_OUT_OF_KEYS.items()]
        async for page in self._listed(library, kind, query, self._keys_page):
            yield [key for row in page if (key := key_of(row))]

    async def rated(self, library: str, kind: Kind) -> AsyncIterator[Sequence[Fields]]:
        """The titles that the owner rated, the best first."""
        query: list[tuple[str, str | int]] = [("includeGuids", 1), ("sort", "userRating:desc")]
        async for page in self._listed(library, kind, query, self._page):
            rated = [row for row in page if row.get("userRating") is not None]
            if rated:
                yield rated
            if len(rated) < len(page):
                return

    async def metadata(self, keys: Sequence[str]) -> Sequence[Fields]:
        """Everything about some titles; those that are gone are left out."""
        path = f"/library/metadata/{','.join(keys)}"
        try:
            return part_of_list(await self._client.get_json(path)).rows
        except Rejected as error:
            if error.status != _NOT_FOUND:
                raise
            return []

    def _listed(
        self, library: str, kind: Kind, query: Sequence[tuple[str, str | int]], size: int
    ) -> AsyncIterator[Sequence[Fields]]:
        async def fetch(start: int, length: int) -> Slice[Fields]:
            window = [("X-Plex-Container-Start", start), ("X-Plex-Container-Size", length)]
            path = f"/library/sections/{library}/all"
            return part_of_list(await self._client.get_json(path, query=[("type", TYPES[kind]), *query, *window]))

        return overlapping("Plex", fetch, lambda row: key_of(row) or text(row.get("title")), size)

    async def _described(self, listed: Sequence[Fields]) -> Sequence[Fields]:
        """Lists leave out labels, streams and most of the cast: ask for the whole titles of a page at once."""
        keys = [key for row in listed if (key := key_of(row))]
        whole = {key_of(row): row for row in await self.metadata(keys)} if keys else {}
        return [{**row, **whole[key_of(row)]} for row in listed if key_of(row) in whole]


def _is_newer(row: Fields, since: datetime) -> bool:
    told = [at for name in ("addedAt", "updatedAt") if (at := moment(row.get(name)))]
    return not told or max(told) >= since.replace(microsecond=0)
