"""What every media server and every history promises."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Protocol

import pytest

from adapters.demo.household import DemoHousehold
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
from tests.samples import film, ref


class Server(MediaServer, HistoryProvider, Protocol):
    """A media server that tells its own history."""


def fake_server() -> FakeMediaServer:
    """Two people, a library, three films and some plays."""
    return FakeMediaServer(
        library_list=[ServerLibrary("1", "Films")],
        user_list=[ServerUser("a", "Anna", None), ServerUser("b", "Ben", ("1",), age_limit=12)],
        item_list=[ServerItem("1", film(1)), ServerItem("1", film(2)), ServerItem(None, film(3))],
        watch_list=[
            ServerWatch("a", ref(2), "second", NOON),
            ServerWatch("a", ref(1), "first", NOON - timedelta(days=1), completion=0.5),
            ServerWatch("b", ref(1), "third", NOON, episode="s01e01"),
        ],
        rating_list=[ServerRating("a", ref(1), 8, NOON)],
    )


@pytest.fixture(params=["fake", "demo"])
def server(request: pytest.FixtureRequest) -> Server:
    return fake_server() if request.param == "fake" else DemoHousehold(FakeClock())


async def test_people_and_titles_name_libraries_that_exist(server: Server) -> None:
    libraries = [library.key for library in await server.libraries()]
    assert len(libraries) == len(set(libraries)) > 0
    users = await server.users()
    assert len({user.account for user in users}) == len(users) > 0
    for user in users:
        assert user.libraries is None or set(user.libraries) <= set(libraries)
    async for page in server.items():
        assert {item.library for item in page} <= {*libraries, None}


async def test_titles_can_be_recognised(server: Server) -> None:
    items = [item async for page in server.items() for item in page]
    assert items
    assert all(item.facts.refs and item.facts.title for item in items)
    assert [item async for page in server.items() for item in page] == items


async def test_plays_are_of_known_people_oldest_first_with_keys_of_their_own(server: Server) -> None:
    accounts = {user.account for user in await server.users()}
    refs = {each async for page in server.items() for item in page for each in item.facts.refs}
    plays = [play async for page in server.watches() for play in page]
    assert plays
    assert len({play.key for play in plays}) == len(plays)
    for play in plays:
        assert play.account in accounts
        assert play.ref in refs
        assert play.watched_at.utcoffset() == timedelta(0)
        assert play.completion is None or 0 <= play.completion <= 1
        assert play.plays >= 1
    assert all(before.watched_at <= after.watched_at for before, after in pairwise(plays))


async def test_later_plays_can_be_asked_for(server: Server) -> None:
    plays = [play async for page in server.watches() for play in page]
    middle = plays[len(plays) // 2].watched_at
    later = [play async for page in server.watches(middle) for play in page]
    assert later == [play for play in plays if play.watched_at >= middle]


async def test_ratings_are_of_known_people_from_one_to_ten(server: Server) -> None:
    accounts = {user.account for user in await server.users()}
    for rating in await server.ratings():
        assert rating.account in accounts
        assert 1 <= rating.value <= 10
        assert rating.rated_at.utcoffset() == timedelta(0)


async def test_a_server_that_is_down_says_so() -> None:
    server = fake_server()
    server.down = True
    with pytest.raises(Unavailable):
        await server.libraries()
    with pytest.raises(Unavailable):
        await anext(server.items())
    with pytest.raises(Unavailable):
        await anext(server.watches())
