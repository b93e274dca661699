"""What every media server and every history promises."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Protocol

import pytest

from adapters.demo.household import DemoHousehold
from adapters.media.plex import PlexServer
from adapters.media.tautulli import Tautulli
from bot.errors import Unavailable
from bot.ports.media import (
    HistoryProvider,
    MediaServer,
    ServerItem,
    ServerLibrary,
    ServerRating,
    ServerUser,
    ServerWatch,
)
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.media import FakeMediaServer
from tests.fakes.services.plex_house import open_house, small_world
from tests.samples import film, ref


class Server(MediaServer, HistoryProvider, Protocol):
    """A media server that tells its own history."""


def fake_server() -> FakeMediaServer:
    """Two people, two libraries, three films and some plays."""
    return FakeMediaServer(
        library_list=[ServerLibrary("1", "Films"), ServerLibrary("2", "Nothing yet")],
        user_list=[ServerUser("a", "Anna", None), ServerUser("b", "Ben", ("1",), age_limit=12)],
        item_list=[ServerItem(f"k{number}", "1", film(number)) for number in (1, 2, 3)],
        watch_list=[
            ServerWatch("a", "second", NOON, "k2", (ref(2),)),
            ServerWatch("a", "first", NOON - timedelta(days=1), "k1", completion=0.5),
            ServerWatch("b", "third", NOON, refs=(ref(1),), episode="s01e01"),
        ],
        rating_list=[ServerRating("a", 8, NOON, "k1")],
    )


class WatchedPlex:
    """A Plex server whose plays are told by Tautulli."""

    def __init__(self, plex: PlexServer, tautulli: Tautulli) -> None:
        self.check, self.libraries, self.users = plex.check, plex.libraries, plex.users
        self.items, self.keys, self.requests = plex.items, plex.keys, 0
        self.source, self.items_of = tautulli.source, tautulli.items_of
        self.watches, self.ratings, self.refs = tautulli.watches, tautulli.ratings, tautulli.refs


@pytest.fixture(params=["fake", "demo", "plex", "tautulli"])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    match request.param:
        case "fake":
            yield fake_server()
        case "demo":
            yield DemoHousehold(FakeClock())
        case "plex":
            async with open_house(small_world()) as house:
                yield house.server(page=2, plays_page=2)
        case "tautulli":
            async with open_house(small_world()) as house:
                yield WatchedPlex(house.server(), house.history(page=2))


async def items_of(server: Server) -> Sequence[ServerItem]:
    libraries = await server.libraries()
    return [item for library in libraries async for page in server.items(library.key) for item in page]


async def test_people_and_titles_name_libraries_that_exist(server: Server) -> None:
    libraries = [library.key for library in await server.libraries()]
    assert len(libraries) == len(set(libraries)) > 0
    users = await server.users()
    assert len({user.account for user in users}) == len(users) > 0
    for user in users:
        assert user.libraries is None or set(user.libraries) <= set(libraries)
    assert {item.library for item in await items_of(server)} <= {*libraries, None}


async def test_titles_can_be_recognised(server: Server) -> None:
    items = await items_of(server)
    assert items
    assert all(item.key and item.facts.refs and item.facts.title for item in items)
    assert len({item.key for item in items}) == len(items)
    assert await items_of(server) == items


async def test_the_keys_of_a_library_are_those_of_its_titles(server: Server) -> None:
    items = await items_of(server)
    for library in await server.libraries():
        keys = [key async for page in server.keys(library.key) for key in page]
        assert sorted(keys) == sorted(item.key for item in items if item.library == library.key)


async def test_plays_are_of_known_people_and_titles_with_keys_of_their_own(server: Server) -> None:
    accounts = {user.account for user in await server.users()}
    items = await items_of(server)
    refs = {each for item in items for each in item.facts.refs}
    plays = [play async for page in server.watches() for play in page]
    assert plays
    assert len({play.key for play in plays}) == len(plays)
    for play in plays:
        assert play.account in accounts
        assert play.item or play.refs
        assert play.item is None or play.item in {item.key for item in items}
        assert set(play.refs) <= refs
        assert play.watched_at.utcoffset() == timedelta(0)
        assert play.completion is None or 0 <= play.completion <= 1
        assert play.plays >= 1


async def test_later_plays_can_be_asked_for(server: Server) -> None:
    plays = [play async for page in server.watches() for play in page]
    middle = sorted(play.watched_at for play in plays)[len(plays) // 2]
    later = [play async for page in server.watches(middle) for play in page]
    assert later == [play for play in plays if play.watched_at >= middle]


async def test_ratings_are_of_known_people_from_one_to_ten(server: Server) -> None:
    accounts = {user.account for user in await server.users()}
    for rating in await server.ratings():
        assert rating.account in accounts
        assert rating.item or rating.refs
        assert 1 <= rating.value <= 10
        assert rating.rated_at.utcoffset() == timedelta(0)


async def test_a_server_that_is_down_says_so() -> None:
    server = fake_server()
    server.down = True
    with pytest.raises(Unavailable):
        await server.libraries()
    with pytest.raises(Unavailable):
        await anext(server.items("1"))
    with pytest.raises(Unavailable):
        await anext(server.keys("1"))
    with pytest.raises(Unavailable):
        await anext(server.watches())
