"""The household in a running whole: fake services on real sockets, the real adapters, and the real sync."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from adapters.http import Http, Timing, open_http
from adapters.media.jellyfin import JellyfinServer, jellyfin_config
from adapters.media.plex import PlexServer, plex_tv_config, server_config
from adapters.media.seerr import SeerrRequester, seerr_config
from adapters.media.tautulli import Tautulli, tautulli_config
from adapters.media.tmdb import TmdbConfig, TmdbMetadata, tmdb_access, tmdb_config
from bot.services.sync import Sources
from tests.contracts.kit import DescribedServer
from tests.fakes.services.jellyfin import JellyfinService
from tests.fakes.services.plex import FakePlex
from tests.fakes.services.plex_tv import FakePlexTv
from tests.fakes.services.plex_world import API_KEY, CLIENT, TOKEN
from tests.fakes.services.seerr import SeerrService
from tests.fakes.services.tautulli import FakeTautulli
from tests.fakes.services.tmdb import READ_TOKEN, FakeTmdb
from tests.scenario.household import Household
from tests.scenario.services import jellyfin_world, plex_world, seerr_world, tmdb

LOCALES = ("en",)
COUNTRY = "DE"  # whose age ratings the fake of TMDB knows


@dataclass(slots=True)
class Services:
    """Everything that listens. `sources` makes adapters as a new process would."""

    plex: FakePlex
    plex_tv: FakePlexTv
    tautulli: FakeTautulli
    jellyfin: JellyfinService
    tmdb: FakeTmdb
    seerr: SeerrService

    @property
    def servers(self) -> dict[str, DescribedServer]:
        """By the name that plans of faults use."""
        return {
            "plex": self.plex.server,
            "plex_tv": self.plex_tv.server,
            "tautulli": self.tautulli.server,
            "jellyfin": self.jellyfin.server,
            "tmdb": self.tmdb.server,
            "seerr": self.seerr.server,
        }

    def plex_sources(self, http: Http, *, page: int = 100, timeout: float = 15.0, hurried: bool = True) -> Sources:
        """Plex with Tautulli, TMDB and Seerr. `hurried`: without TMDB's limit of requests a second."""
        client = http.service(replace(server_config(self.plex.server.url, TOKEN, CLIENT), timeout=timeout))
        plex_tv = http.service(replace(plex_tv_config(CLIENT, TOKEN, url=self.plex_tv.server.url), timeout=timeout))
        server = PlexServer(client, plex_tv)
        watcher = http.service(replace(tautulli_config(self.tautulli.server.url, API_KEY), timeout=timeout))
        history = Tautulli(watcher, API_KEY, page=10 * page)
        return self._with_services(http, (server,), (server, history), timeout=timeout, hurried=hurried)

    def jellyfin_sources(self, http: Http, *, timeout: float = 15.0, hurried: bool = True) -> Sources:
        """Jellyfin, TMDB and Seerr."""
        config = jellyfin_config(self.jellyfin.server.url, self.jellyfin.world.key)
        # Its pages are told under a name that stays, whatever port is free.
        server = JellyfinServer(http.service(replace(config, timeout=timeout)), public_url="https://jellyfin.test")
        return self._with_services(http, (server,), (server,), timeout=timeout, hurried=hurried)

    def everything(self, http: Http, *, timeout: float = 15.0, hurried: bool = True) -> Sources:
        """Both servers in one household."""
        first = self.plex_sources(http, timeout=timeout, hurried=hurried)
        second = self.jellyfin_sources(http, timeout=timeout, hurried=hurried)
        return replace(
            first,
            servers=(*first.servers, *second.servers),
            histories=(*first.histories, *second.histories),
        )

    def _with_services(
        self,
        http: Http,
        servers: tuple[PlexServer | JellyfinServer, ...],
        histories: tuple[PlexServer | Tautulli | JellyfinServer, ...],
        *,
        timeout: float,
        hurried: bool,
    ) -> Sources:
        access = tmdb_access(READ_TOKEN)
        config = replace(tmdb_config(access, self.tmdb.url), timeout=timeout)
        config = replace(config, per_second=None) if hurried else config
        metadata = TmdbMetadata(http.service(config), query=access.query, config=TmdbConfig(COUNTRY, LOCALES))
        asking = replace(seerr_config(self.seerr.server.url, self.seerr.world.key), timeout=timeout)
        return Sources(servers, histories, metadata, (SeerrRequester(http.service(asking)),), LOCALES)

    def assert_clean(self) -> None:
        """Fail when anything was said that a description does not allow."""
        for server in self.servers.values():
            server.assert_clean()


@asynccontextmanager
async def open_services(household: Household, *, check_answers: int = 1) -> AsyncIterator[Services]:
    """Start all fakes over one household; whatever was said is checked at the end."""
    world = plex_world(household)
    services = Services(
        FakePlex(world, check_answers=check_answers),
        FakePlexTv(world),
        FakeTautulli(world, check_answers=check_answers),
        JellyfinService(jellyfin_world(household), check_answers=check_answers),
        tmdb(household, check_answers=check_answers),
        SeerrService(seerr_world(household), check_answers=check_answers),
    )
    async with AsyncExitStack() as stack:
        for server in services.servers.values():
            await stack.enter_async_context(server)
        yield services
        services.assert_clean()


@asynccontextmanager
async def impatient() -> AsyncIterator[Http]:
    """A client whose waits between attempts take no time."""
    async with open_http(timing=Timing(sleep=_at_once)) as http:
        yield http


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)
