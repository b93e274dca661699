"""A Plex media server: `MediaServer` and, where no Tautulli is watching it, `HistoryProvider`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

from adapters.http import ServiceClient
from adapters.loose import integer, rows, text
from adapters.media.plex import checks, history
from adapters.media.plex.config import SOURCE
from adapters.media.plex.container import Fields, container, part_of_list
from adapters.media.plex.items import KINDS, decode_item, item_refs, key_of
from adapters.media.plex.library import PlexLibraries
from adapters.media.plex.people import People, read_people
from adapters.media.plex.plex_tv import PlexTv
from adapters.paging import Slice, overlapping
from bot.errors import Rejected, Unavailable
from bot.i18n import gettext as _
from bot.model.titles import Kind, TitleRef
from bot.ports.media import Health, ServerItem, ServerLibrary, ServerRating, ServerUser, ServerWatch

HISTORY_PAGE = 1000


class PlexServer:
    """Libraries and histories from the server, people and permissions from plex.tv; both with the owner's token."""

    def __init__(
        self,
        server: ServiceClient,
        plex_tv: ServiceClient,
        *,
        libraries: PlexLibraries | None = None,
        history_page: int = HISTORY_PAGE,
    ) -> None:
        self._server = server
        self._plex_tv = PlexTv(plex_tv)
        self._libraries = libraries or PlexLibraries(server)
        self._history_page = history_page
        self._machine = ""
        self._kinds: dict[str, Kind] = {}
        self._people: People | None = None

    @property
    def source(self) -> str:
        """The name under which its accounts, items and libraries are stored."""
        return SOURCE

    @property
    def items_of(self) -> str:
        """Its plays name its own titles."""
        return SOURCE

    @property
    def requests(self) -> int:
        """How many requests were sent so far, to the server and to plex.tv, repeats included."""
        return self._server.requests + self._plex_tv.requests

    async def check(self) -> Health:
        """Raises: Unavailable, Rejected, when the server itself cannot be used."""
        identity = container(await self._server.get_json("/identity"))
        libraries = await self.libraries()
        problems = list(checks.of_server(text(identity.get("version")), libraries))
        try:
            problems += checks.of_ownership(await self._plex_tv.owns(await self.machine()))
            people = await self._read_people(libraries)
        except (Unavailable, Rejected) as error:
            problems.append(checks.without_plex_tv(str(error)))
        else:
            problems += checks.of_restrictions(people.restricted_by_label)
        return Health("Plex", text(identity.get("version")), tuple(problems))

    async def machine(self) -> str:
        """The identifier of the server, under which plex.tv knows it."""
        if not self._machine:
            told = text(container(await self._server.get_json("/identity")).get("machineIdentifier"))
            if not told:
                raise Unavailable("Plex", _("What answers at the address of Plex is not a Plex server."))
            self._machine = told
        return self._machine

    async def libraries(self) -> Sequence[ServerLibrary]:
        """The libraries of films and series."""
        found = await self._libraries.libraries()
        self._kinds = {library.key: library.kind for library in found if library.kind}
        return found

    async def users(self) -> Sequence[ServerUser]:
        """The owner, and everybody who accepted a share. Raises: Rejected, when the token is not the owner's."""
        return (await self._read_people(await self.libraries())).users

    async def items(self, library: str, *, since: datetime | None = None) -> AsyncIterator[Sequence[ServerItem]]:
        """The titles of one library, a page at a time."""
        kind, machine = await self._kind(library), await self.machine()
        async for page in self._libraries.titles(library, kind, since):
            yield [item for row in page if (item := decode_item(row, library, machine))]

    async def keys(self, library: str) -> AsyncIterator[Sequence[str]]:
        """The keys of all titles of one library."""
        async for page in self._libraries.keys(library, await self._kind(library)):
            yield page

    async def watches(self, since: datetime | None = None) -> AsyncIterator[Sequence[ServerWatch]]:
        """Plays of everybody, the oldest first."""
        accounts = await self._accounts()
        query: list[tuple[str, str | int]] = [("sort", "viewedAt:asc")]
        if since is not None:
            query.append(("viewedAt>", int(since.timestamp())))

        async def fetch(start: int, size: int) -> Slice[Fields]:
            window = {"X-Plex-Container-Start": str(start), "X-Plex-Container-Size": str(size)}
            return part_of_list(
                await self._server.get_json("/status/sessions/history/all", query=query, headers=window)
            )

        async for page in overlapping("Plex", fetch, history.history_key, self._history_page):
            told = [watch for row in page if (watch := history.decode_watch(row, accounts))]
            wanted = [watch for watch in told if since is None or watch.watched_at >= since]
            if wanted:
                yield wanted

    async def ratings(self) -> Sequence[ServerRating]:
        """The owner's own; a server tells nobody else's."""
        owner, machine = (await self._plex_tv.account()).id, await self.machine()
        found: dict[str, ServerRating] = {}
        for library in await self.libraries():
            kind = library.kind or Kind.MOVIE
            async for page in self._libraries.rated(library.key, kind):
                told = {key_of(row): history.decode_rating(row, kind, owner, machine) for row in page}
                found.update({key: rating for key, rating in told.items() if rating})
        return list(found.values())

    async def refs(self, item: str) -> Sequence[TitleRef]:
        """References of a title that the server still has somewhere; empty once it is deleted."""
        told = await self._libraries.metadata([item]) if item.isascii() and item.isdigit() else []
        machine = await self.machine()
        kinds = ((row, KINDS.get(text(row.get("type")))) for row in told)
        return [ref for row, kind in kinds if kind for ref in item_refs(row, kind, machine)]

    async def _read_people(self, libraries: Sequence[ServerLibrary]) -> People:
        self._people = await read_people(self._plex_tv, await self.machine(), libraries)
        return self._people

    async def _kind(self, library: str) -> Kind:
        if library not in self._kinds:
            await self.libraries()
        if library not in self._kinds:
            raise Rejected("Plex", _("Plex has no library with the key {key}.").format(key=library))
        return self._kinds[library]

    async def _accounts(self) -> Mapping[int, str]:
        """Accounts on plex.tv by the server's own numbers: alike but for the owner's, and for names that moved."""
        users = self._people.users if self._people else ()
        owner = next((user.account for user in users if user.is_admin), None) or (await self._plex_tv.account()).id
        ids = {user.account for user in users}
        told = container(await self._server.get_json("/accounts"))
        found = {history.OWNER: owner}
        for row in rows(told.get("Account")):
            local, name = integer(row.get("id")), text(row.get("name")).casefold()
            namesakes = [user.account for user in users if name and user.name.casefold() == name]
            if local and local != history.OWNER and str(local) not in ids and len(namesakes) == 1:
                found[local] = namesakes[0]
        return found
