"""A household on Jellyfin, told by a server that follows the official description."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from adapters.media.jellyfin import JellyfinServer, jellyfin_config
from bot.ports.media import ServerItem, ServerWatch
from tests.contracts.kit import DescribedServer
from tests.fakes.clock import NOON
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.jellyfin import JellyfinService
from tests.fakes.services.jellyfin_world import Account, Item, JellyfinWorld, Library, guid

FILMS, SERIES, MUSIC = guid(0xF1), guid(0x5E), guid(0x3C)
ANNA, BEN, CARLA = guid(0xA), guid(0xB), guid(0xC)
MATRIX, SHOW, PILOT, SECOND = guid(603), guid(1396), guid(13961), guid(13962)
DAY = timedelta(days=1)


@dataclass
class Household:
    """A fake Jellyfin and the adapter that reads it, two entries a page."""

    world: JellyfinWorld
    fake: DescribedServer
    server: JellyfinServer


def world() -> JellyfinWorld:
    """Three people, films, a series and what was played."""
    films = [
        Item(
            guid(number),
            "Movie",
            f"Film {number}",
            FILMS,
            created=NOON - (1000 - number) * DAY,
            saved=NOON - (1000 - number) * DAY,
            told={"ProviderIds": {"Tmdb": str(number)}, "OfficialRating": "PG-13"},
        )
        for number in range(600, 607)
    ]
    show = Item(SHOW, "Series", "Breaking Bad", SERIES, told={"ProviderIds": {"Tvdb": "81189", "Tmdb": "1396"}})
    episodes = [
        Item(PILOT, "Episode", "Pilot", SERIES, series=SHOW, season=1, episode=1),
        Item(SECOND, "Episode", "Cat's in the Bag", SERIES, series=SHOW, season=1, episode=2),
    ]
    result = JellyfinWorld(
        libraries=[
            Library(FILMS, "Films", "movies"),
            Library(SERIES, "Series", "tvshows"),
            Library(MUSIC, "M", "music"),
        ],
        accounts=[
            Account(ANNA, "Anna", {"IsAdministrator": True}),
            Account(BEN, "Ben", {"EnableAllFolders": False, "EnabledFolders": [FILMS], "MaxParentalRating": 13}),
            Account(CARLA, "Carla", {"IsDisabled": True}),
        ],
    )
    result.add([*films, show, *episodes])
    return result


@asynccontextmanager
async def open_household() -> AsyncIterator[Household]:
    """The household, its server checked for violations at the end."""
    service = JellyfinService(world())
    async with service.server as fake, impatient_http() as http:
        client = http.service(jellyfin_config(fake.url, service.world.key))
        yield Household(service.world, fake, JellyfinServer(client, page=2, keys_page=3))
        fake.assert_clean()


async def items(household: Household, library: str = FILMS, **options: object) -> list[ServerItem]:
    """All titles of a library."""
    return [item async for page in household.server.items(library, **options) for item in page]  # type: ignore[arg-type]


async def keys(household: Household, library: str = FILMS) -> list[str]:
    """The keys of all titles of a library."""
    return [key async for page in household.server.keys(library) for key in page]


async def watches(household: Household, **options: object) -> dict[str, ServerWatch]:
    """All plays by key."""
    pages = household.server.watches(**options)  # type: ignore[arg-type]
    return {watch.key: watch async for page in pages for watch in page}
