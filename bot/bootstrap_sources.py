"""Builds what the settings name: media servers, histories, metadata and requests. See `bot.bootstrap` for the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.http import Http, open_http
from adapters.media.jellyfin import JellyfinServer, jellyfin_config
from adapters.media.plex import PlexServer, plex_tv_config, server_config
from adapters.media.seerr import SeerrRequester, seerr_config
from adapters.media.tautulli import Tautulli, tautulli_config
from adapters.media.tmdb import TmdbMetadata, tmdb_access, tmdb_config
from adapters.media.tmdb.source import TmdbConfig
from bot.ports.clock import Clock
from bot.ports.media import HistoryProvider, MediaServer
from bot.services.sync import Sources
from bot.settings import PlexSettings, Settings, TmdbSettings


@asynccontextmanager
async def open_sources(settings: Settings, clock: Clock) -> AsyncIterator[Sources]:  # noqa: ARG001 - adapters may need it
    """Everything that is configured; connections are closed at the end of the block. Raises: InvalidSettings."""
    async with open_http() as http:
        yield sources_on(http, settings)


def sources_on(http: Http, settings: Settings) -> Sources:
    """Everything that is configured, on an open client. Raises: InvalidSettings."""
    servers: list[MediaServer] = []
    histories: list[HistoryProvider] = []
    if settings.plex is not None:
        plex = _plex(http, settings.plex)
        servers.append(plex)
        histories.append(plex)
    if settings.tautulli is not None:
        key = settings.tautulli.api_key.get_secret_value()
        config = tautulli_config(settings.tautulli.url, key, verify_tls=settings.tautulli.verify_tls)
        histories.append(Tautulli(http.service(config), key))
    if settings.jellyfin is not None:
        key = settings.jellyfin.api_key.get_secret_value()
        config = jellyfin_config(settings.jellyfin.url, key, verify_tls=settings.jellyfin.verify_tls)
        jellyfin = JellyfinServer(http.service(config))
        servers.append(jellyfin)
        histories.append(jellyfin)
    requesters = []
    if settings.seerr is not None:
        key = settings.seerr.api_key.get_secret_value()
        config = seerr_config(settings.seerr.url, key, verify_tls=settings.seerr.verify_tls)
        requesters.append(SeerrRequester(http.service(config)))
    return Sources(
        servers=tuple(servers),
        histories=tuple(histories),
        metadata=_tmdb(http, settings.tmdb) if settings.tmdb else None,
        requesters=tuple(requesters),
        locales=settings.tmdb.locales if settings.tmdb else (),
    )


def _plex(http: Http, settings: PlexSettings) -> PlexServer:
    token = settings.token.get_secret_value()
    server = http.service(server_config(settings.url, token, settings.client, verify_tls=settings.verify_tls))
    return PlexServer(server, http.service(plex_tv_config(settings.client, token)))


def _tmdb(http: Http, settings: TmdbSettings) -> TmdbMetadata:
    access = tmdb_access(settings.token.get_secret_value())
    client = http.service(tmdb_config(access, settings.url))
    return TmdbMetadata(client, query=access.query, config=TmdbConfig(settings.country, settings.locales))
