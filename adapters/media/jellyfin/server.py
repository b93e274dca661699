"""Jellyfin as a media server and as a history."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from adapters.http import ServiceClient
from adapters.iso_time import written
from adapters.loose import rows, table, text
from adapters.media.jellyfin import history
from adapters.media.jellyfin.decode import FIELDS, decode_item, key_of, kind_of, references
from adapters.media.jellyfin.health import examine
from adapters.media.jellyfin.links import Links
from adapters.media.jellyfin.pages import Entry, ItemQuery, unreadable, walk
from adapters.media.jellyfin.parental import RatingScale
from adapters.media.jellyfin.people import blocked_tags, decode_user, is_restricted_by_tags, sees_only_tagged, users_of
from bot.model.titles import Kind, TitleRef
from bot.ports.media import Health, ServerItem, ServerLibrary, ServerRating, ServerUser, ServerWatch

SOURCE = "jellyfin"

_LIBRARIES: dict[str, Kind | None] = {"movies": Kind.MOVIE, "tvshows": Kind.SERIES, "mixed": None, "": None}
_TITLES: ItemQuery = {
    "recursive": True,
    "includeItemTypes": ("Movie", "Series"),
    "collapseBoxSetItems": False,
    # New titles are appended, so that they do not shift the pages while these are read.
    "sortBy": ("DateCreated", "SortName"),
    "sortOrder": ("Ascending",),
    "enableUserData": False,
}
PAGE = 200
KEYS_PAGE = 1000


class JellyfinServer:
    """`MediaServer` and `HistoryProvider` over an administrator's API key.

    `public_url`: where people reach the server, when that differs from where we do.
    """

    def __init__(
        self, client: ServiceClient, *, public_url: str | None = None, page: int = PAGE, keys_page: int = KEYS_PAGE
    ) -> None:
        self._client = client
        self._links = Links(public_url or client.config.base_url)
        self._scale: RatingScale | None = None
        self._page = page
        self._keys_page = keys_page

    @property
    def source(self) -> str:
        """The name under which its accounts, items and libraries are stored."""
        return SOURCE

    @property
    def items_of(self) -> str:
        """The history names items of the same server."""
        return SOURCE

    @property
    def requests(self) -> int:
        """How many requests were sent so far, repeats included."""
        return self._client.requests

    async def check(self) -> Health:
        """Version, state, and what the key may not do. Raises: Unavailable, Rejected."""
        return await examine(self._client)

    async def libraries(self) -> Sequence[ServerLibrary]:
        """The libraries of films, series, or both."""
        answer = await self._list("/Library/VirtualFolders")
        found = {
            key_of(folder.get("ItemId")): ServerLibrary(
                key=key_of(folder.get("ItemId")),
                name=text(folder.get("Name")) or key_of(folder.get("ItemId")),
                kind=_LIBRARIES[text(folder.get("CollectionType"))],
            )
            for folder in answer
            if text(folder.get("CollectionType")) in _LIBRARIES
        }
        return [library for key, library in found.items() if key]

    async def users(self) -> Sequence[ServerUser]:
        """Everybody with an account; who is disabled sees no library."""
        self._scale = await self._rating_scale()  # the people's limits and the titles' ages have to agree
        libraries = [library.key for library in await self.libraries()]
        users = [await self._person(entry, libraries) for entry in users_of(await self._list("/Users"))]
        return [user for user in users if user is not None]

    async def items(self, library: str, *, since: datetime | None = None) -> AsyncIterator[Sequence[ServerItem]]:
        """Films and series of one library, at most 200 at a time, oldest first."""
        links, scale = await self._linked(), self._scale or await self._rating_scale()
        self._scale = scale
        query = {
            **_TITLES,
            "parentId": library,
            "fields": FIELDS,
            "imageTypeLimit": 1,
            "enableImageTypes": ("Primary",),
            "minDateLastSaved": written(since) if since else None,
        }
        async for page in walk(self._client, query, self._page):
            items = [decode_item(entry, library, links, scale) for entry in page]
            found = [item for item in items if item is not None]
            if found:
                yield found

    async def keys(self, library: str) -> AsyncIterator[Sequence[str]]:
        """The ids of one library's films and series, at most 1,000 at a time."""
        query = {**_TITLES, "parentId": library, "enableImages": False}
        async for page in walk(self._client, query, self._keys_page):
            found = [key_of(entry.get("Id")) for entry in page if kind_of(entry) and key_of(entry.get("Id"))]
            if found:
                yield found

    async def watches(self, since: datetime | None = None) -> AsyncIterator[Sequence[ServerWatch]]:
        """One watch per person and film or episode; see `history`."""
        for account in await self._accounts():
            async for page in history.watches(self._client, account, since, self._page):
                yield page

    async def ratings(self) -> Sequence[ServerRating]:
        """Likes and dislikes; see `history`."""
        return [
            rating
            for account in await self._accounts()
            for rating in await history.ratings(self._client, account, self._page)
        ]

    async def refs(self, item: str) -> Sequence[TitleRef]:
        """References of a title that is still on the server, in whatever library; Jellyfin forgets what it deletes."""
        query: ItemQuery = {"ids": (item,), "fields": ("ProviderIds",), "enableUserData": False, "enableImages": False}
        async for page in walk(self._client, query, 2):
            for entry in page:
                kind = kind_of(entry)
                if kind is not None and key_of(entry.get("Id")) == key_of(item):
                    return references(kind, entry)
        return ()

    async def person(self, entry: Entry) -> ServerUser | None:
        """A user as an answer other than the list of users tells it."""
        return await self._person(entry, [library.key for library in await self.libraries()])

    @property
    def links(self) -> Links:
        """Where people reach the server."""
        return self._links

    async def _person(self, entry: Entry, libraries: Sequence[str]) -> ServerUser | None:
        if not is_restricted_by_tags(entry):
            return decode_user(entry, libraries)
        closed = {key for key in libraries if sees_only_tagged(entry) or await self._holds(key, blocked_tags(entry))}
        return decode_user(entry, libraries, closed)

    async def _holds(self, library: str, tags: Sequence[str]) -> bool:
        """Whether a library holds a title with one of the tags."""
        query: ItemQuery = {**_TITLES, "parentId": library, "tags": tags, "enableImages": False}
        async for page in walk(self._client, query, 2):
            return bool(page)
        return False

    async def _accounts(self) -> list[str]:
        return [key_of(entry.get("Id")) for entry in users_of(await self._list("/Users"))]

    async def _linked(self) -> Links:
        if not self._links.server:
            info = table(await self._client.get_json("/System/Info/Public"))
            self._links = Links(self._links.url, text(info.get("Id")))
        return self._links

    async def _rating_scale(self) -> RatingScale:
        return RatingScale.decode(await self._list("/Localization/ParentalRatings"))

    async def _list(self, path: str) -> Sequence[Entry]:
        answer = await self._client.get_json(path)
        if not isinstance(answer, list):
            raise unreadable(self._client)
        return rows(answer)
