"""Builds what the settings name: media servers, histories, metadata and requests. See `bot.bootstrap` for the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from adapters.chat import health
from adapters.http import Http, HttpConfig, ServiceClient, open_http
from adapters.media.jellyfin import JellyfinServer, JellyfinSignIn, jellyfin_config
from adapters.media.plex import PlexServer, PlexSignIn, plex_tv_config, server_config
from adapters.media.seerr import SeerrRequester, seerr_config
from adapters.media.tautulli import Tautulli, tautulli_config
from adapters.media.tmdb import TmdbConfig, TmdbMetadata, tmdb_access, tmdb_config
from bot.ports.clock import Clock
from bot.ports.media import Health, HistoryProvider, MediaServer
from bot.ports.sign_in import SignIn
from bot.services.sync import Sources
from bot.settings import (
    JellyfinSettings,
    PlexSettings,
    SeerrSettings,
    Settings,
    TautulliSettings,
    TmdbSettings,
)


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
        histories.append(_tautulli(http, settings.tautulli))
    if settings.jellyfin is not None:
        jellyfin = JellyfinServer(_jellyfin_client(http, settings.jellyfin))
        servers.append(jellyfin)
        histories.append(jellyfin)
    return Sources(
        servers=tuple(servers),
        histories=tuple(histories),
        metadata=_tmdb(http, settings.tmdb) if settings.tmdb else None,
        requesters=(_seerr(http, settings.seerr),) if settings.seerr else (),
        locales=settings.tmdb.locales if settings.tmdb else (),
    )


def sign_ins_on(http: Http, settings: Settings) -> tuple[SignIn, ...]:
    """Ways in which people prove who they are on a configured media server. Raises: InvalidSettings."""
    ways: list[SignIn] = []
    if settings.plex is not None:
        plex = _plex(http, settings.plex)
        nobody = http.service(plex_tv_config(settings.plex.client))  # speaks for the person, not for the owner
        ways.append(PlexSignIn(nobody, plex.users, settings.plex.client))
    if settings.jellyfin is not None:
        client = _jellyfin_client(http, settings.jellyfin)
        ways.append(JellyfinSignIn(client, JellyfinServer(client)))
    return tuple(ways)


def checks_on(http: Http, settings: Settings) -> dict[str, Callable[[], Awaitable[Health]]]:
    """Section of the settings → how to ask the configured service how it is.

    A wrong setting raises InvalidSettings only then, so that it does not hide what there is to say of the others.
    """
    plex, tautulli, jellyfin = settings.plex, settings.tautulli, settings.jellyfin
    tmdb, seerr = settings.tmdb, settings.seerr
    checks: dict[str, Callable[[], Awaitable[Health]]] = {}
    if plex is not None:
        checks["plex"] = lambda: _plex(http, plex).check()
    if tautulli is not None:
        checks["tautulli"] = lambda: _tautulli(http, tautulli).check()
    if jellyfin is not None:
        checks["jellyfin"] = lambda: JellyfinServer(_jellyfin_client(http, jellyfin)).check()
    if tmdb is not None:
        checks["tmdb"] = lambda: _tmdb(http, tmdb).check()
    if seerr is not None:
        checks["seerr"] = lambda: _seerr(http, seerr).check()
    return checks | _chat_checks(http, settings)


def _chat_checks(http: Http, settings: Settings) -> dict[str, Callable[[], Awaitable[Health]]]:
    checks: dict[str, Callable[[], Awaitable[Health]]] = {}
    discord, telegram = settings.discord, settings.telegram
    if discord is not None:
        config = health.discord_config(discord.token.get_secret_value())
        checks["discord"] = lambda: health.discord_health(http.service(config), free_text=discord.free_text)
    if telegram is not None:
        bot = health.telegram_config(telegram.token.get_secret_value())
        checks["telegram"] = lambda: health.telegram_health(http.service(bot))
    for name, server in settings.nextcloud_talk.items():
        cloud = health.nextcloud_config(server.url, verify_tls=server.verify_tls)
        checks[f"nextcloud-talk {name}"] = partial(_nextcloud, http, cloud)
    return checks


async def _nextcloud(http: Http, config: HttpConfig) -> Health:
    return await health.nextcloud_health(http.service(config))


def _plex(http: Http, settings: PlexSettings) -> PlexServer:
    token = settings.token.get_secret_value()
    server = http.service(server_config(settings.url, token, settings.client, verify_tls=settings.verify_tls))
    return PlexServer(server, http.service(plex_tv_config(settings.client, token)))


def _tautulli(http: Http, settings: TautulliSettings) -> Tautulli:
    key = settings.api_key.get_secret_value()
    return Tautulli(http.service(tautulli_config(settings.url, key, verify_tls=settings.verify_tls)), key)


def _jellyfin_client(http: Http, settings: JellyfinSettings) -> ServiceClient:
    key = settings.api_key.get_secret_value()
    return http.service(jellyfin_config(settings.url, key, verify_tls=settings.verify_tls))


def _tmdb(http: Http, settings: TmdbSettings) -> TmdbMetadata:
    access = tmdb_access(settings.token.get_secret_value())
    client = http.service(tmdb_config(access, settings.url))
    return TmdbMetadata(client, query=access.query, config=TmdbConfig(settings.country, settings.locales))


def _seerr(http: Http, settings: SeerrSettings) -> SeerrRequester:
    key = settings.api_key.get_secret_value()
    return SeerrRequester(http.service(seerr_config(settings.url, key, verify_tls=settings.verify_tls)))
