"""A running household: the fakes of Plex, plex.tv and Tautulli over one world, and the adapters that talk to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from adapters.http import Http, Timing, open_http
from adapters.media.plex import PlexServer, PlexSignIn, plex_tv_config, server_config
from adapters.media.plex.library import PlexLibraries
from adapters.media.tautulli import Tautulli, tautulli_config
from bot.model.titles import Kind, TitleFacts
from tests.fakes.clock import NOON
from tests.fakes.services.plex import FakePlex
from tests.fakes.services.plex_tv import FakePlexTv
from tests.fakes.services.plex_world import API_KEY, CLIENT, TOKEN, Person, World
from tests.fakes.services.tautulli import FakeTautulli
from tests.samples import film, ref


@dataclass(slots=True)
class PlexHouse:
    """Everything at once; `assert_clean` holds all requests and answers against the descriptions."""

    world: World
    plex: FakePlex
    plex_tv: FakePlexTv
    tautulli: FakeTautulli
    http: Http

    def server(
        self,
        *,
        token: str = TOKEN,
        page: int = 100,
        keys_page: int = 1000,
        plays_page: int = 1000,
    ) -> PlexServer:
        """The adapter of Plex, and how much it asks for at a time."""
        client = self.http.service(server_config(self.plex.server.url, token, CLIENT))
        plex_tv = self.http.service(plex_tv_config(CLIENT, token, url=self.plex_tv.server.url))
        libraries = PlexLibraries(client, page, keys_page)
        return PlexServer(client, plex_tv, libraries=libraries, history_page=plays_page)

    def history(self, *, api_key: str = API_KEY, page: int = 1000) -> Tautulli:
        """The adapter of Tautulli."""
        client = self.http.service(tautulli_config(self.tautulli.server.url, api_key))
        return Tautulli(client, api_key, page=page)

    def sign_in(self) -> PlexSignIn:
        """The adapter of the sign-in."""
        client = self.http.service(plex_tv_config(CLIENT, url=self.plex_tv.server.url))
        return PlexSignIn(client, self.server().users, CLIENT)

    def assert_clean(self) -> None:
        """Fail when anything was said that the descriptions do not allow."""
        for server in (self.plex.server, self.plex_tv.server, self.tautulli.server):
            server.assert_clean()


@asynccontextmanager
async def open_house(world: World, *, check_answers: int = 1) -> AsyncIterator[PlexHouse]:
    """Start the fakes; waits between attempts take no time. Whatever was said is checked at the end."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(open_http(timing=Timing(sleep=_at_once)))
        house = PlexHouse(
            world,
            FakePlex(world, check_answers=check_answers),
            FakePlexTv(world),
            FakeTautulli(world, check_answers=check_answers),
            http,
        )
        for server in (house.plex.server, house.plex_tv.server, house.tautulli.server):
            await stack.enter_async_context(server)
        yield house
        house.assert_clean()


def series(number: int, **facts: Any) -> TitleFacts:
    """A series known under a TMDB id."""
    values: dict[str, Any] = {"title": f"Series {number}", **facts}
    return TitleFacts(refs=(ref(number, kind=Kind.SERIES),), kind=Kind.SERIES, **values)


def small_world() -> World:
    """Two libraries, three films, a series, the owner, two guests, and plays of all of them."""
    world = World()
    world.add_library("1", "Films", Kind.MOVIE)
    world.add_library("2", "Series", Kind.SERIES, "tv.plex.agents.series")
    keys = [world.add_title("1", film(number, year=1990 + number)) for number in (1, 2, 3)]
    show = world.add_title("2", series(9, seasons=2, episodes=16))
    world.change(keys[0], user_rating=9.0, rated_at=NOON - timedelta(days=3))
    world.add_person(Person(101, "Anna", sections=("1",)))
    world.add_person(Person(102, "Ben", profile="teen", home=True))
    for day, (person, key) in enumerate([(1001, keys[0]), (101, keys[1]), (101, keys[0]), (102, keys[2])]):
        world.add_play(person, key, NOON - timedelta(days=20 - day), percent=96)
    for episode in (1, 2, 3):
        at = NOON - timedelta(days=10 - episode)
        world.add_play(102, show, at, season=1, episode=episode, percent=100, seconds=2500)
    return world


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)
