"""A sync that is stopped at any point, and one whose sources fail at any point, ends where a quiet one ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.errors import Unavailable
from bot.ports.media import ServerUser
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from tests.bot.services.sync.house import House
from tests.databases import dump
from tests.fakes.clock import FakeClock
from tests.fakes.media import FakeMediaServer
from tests.fakes.storage import FakeStorage

_REPOSITORIES = frozenset(
    ("members", "libraries", "titles", "histories", "server_items", "server_accounts", "sync_states", "metadata",
     "request_states", "pending_plays"),
)  # fmt: skip


class Counter:
    """Counts calls and raises at one of them."""

    def __init__(self, at: int = 0, error: type[BaseException] = asyncio.CancelledError) -> None:
        self.calls = 0
        self._at = at
        self._error = error

    def tick(self) -> None:
        self.calls += 1
        if self.calls == self._at:
            raise self._error


class Watched:
    """Something whose every method counts, and after it is done counts again."""

    commit: Any

    def __init__(self, real: Any, counter: Counter) -> None:
        self._real = real
        self._counter = counter

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name in _REPOSITORIES:
            return Watched(found, self._counter)
        if not callable(found):
            return found

        def call(*given: Any, **named: Any) -> Any:
            self._counter.tick()
            return found(*given, **named)

        return call


def watching(counter: Counter) -> Callable[[UnitOfWorkFactory], UnitOfWorkFactory]:
    """A factory of units of work that count; a commit counts before and after."""

    def wrap(storage: UnitOfWorkFactory) -> UnitOfWorkFactory:
        @asynccontextmanager
        async def factory() -> AsyncIterator[UnitOfWork]:
            async with storage() as uow:
                watched = Watched(uow, counter)

                async def commit() -> None:
                    counter.tick()
                    await uow.commit()
                    counter.tick()

                watched.commit = commit
                yield watched

        return factory

    return wrap


async def stopped_and_repeated(storage: UnitOfWorkFactory, at: int) -> tuple[dict[str, Any], bool]:
    """What is left by a sync that was stopped at one call and begun anew; whether it was stopped at all."""
    house = House(storage, FakeClock(), wrap=watching(Counter(at)))
    stopped = False
    try:
        await house.sync.run()
    except asyncio.CancelledError:
        stopped = True
    house.wrap = lambda plain: plain
    await house.sync.run()
    return await dump(storage), stopped


async def quiet(storage: UnitOfWorkFactory) -> tuple[dict[str, Any], int]:
    """What a sync leaves that nothing stops, and in how many calls."""
    counter = Counter()
    await House(storage, FakeClock(), wrap=watching(counter)).sync.run()
    return await dump(storage), counter.calls


async def test_stopped_at_every_call() -> None:
    clean, calls = await quiet(FakeStorage())
    assert calls > 200
    assert clean["items"]
    assert clean["waiting"]
    for at in range(1, calls + 1):
        found, stopped = await stopped_and_repeated(FakeStorage(), at)
        assert stopped
        assert found == clean, at


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
async def test_stopped_on_a_real_database(sqlite_storage: UnitOfWorkFactory, share: float) -> None:
    clean, calls = await quiet(FakeStorage())
    found, stopped = await stopped_and_repeated(sqlite_storage, round(calls * share))
    assert stopped
    assert found == clean


async def test_both_databases_end_alike(storage: UnitOfWorkFactory) -> None:
    assert (await quiet(storage))[0] == (await quiet(FakeStorage()))[0]


class Failing(FakeMediaServer):
    """Fails once, at one request, as a server that restarts."""

    failing_at = 0

    def _reach(self) -> None:
        FakeMediaServer._reach(self)
        if self.requests == self.failing_at:
            raise Unavailable(self.source, "It restarts.")


def failing(server: FakeMediaServer, at: int) -> Failing:
    """The same server, failing once."""
    twin = Failing(
        source=server.source,
        items_of=server.items_of,
        library_list=server.library_list,
        user_list=server.user_list,
        item_list=server.item_list,
        watch_list=server.watch_list,
        rating_list=server.rating_list,
        gone=server.gone,
    )
    twin.failing_at = at
    return twin


@pytest.mark.parametrize("name", ["plex", "tautulli", "jellyfin"])
async def test_a_source_that_restarts_at_every_request(name: str) -> None:
    def household(storage: FakeStorage) -> House:
        house = House(storage, FakeClock())
        # Who comes first gets the name; here nobody's is taken.
        house.jellyfin.user_list = [ServerUser("ja", "Jo", None, age_limit=16)]
        return house

    quiet_storage = FakeStorage()
    await household(quiet_storage).sync.run()
    clean = await dump(quiet_storage)
    for at in range(1, 13):
        storage = FakeStorage()
        house = household(storage)
        server = failing(getattr(house, name), at)
        setattr(house, name, server)
        first = await house.sync.run()
        failed = [source.source for source in first.failed]
        assert failed == ([name] if server.requests >= at else [])
        await house.sync.run(full=True)
        assert await dump(storage) == clean, at


async def test_a_service_that_is_down_does_not_stop_the_others(fake_storage: FakeStorage) -> None:
    house = House(fake_storage, FakeClock())
    house.plex.down = house.tmdb.down = True
    summary = await house.sync.run()
    assert {source.source: source.error for source in summary.failed} == {
        "plex": "The media server cannot be reached.",
        "tmdb": "The metadata service cannot be reached.",
    }
    found = await dump(fake_storage)
    assert ("jellyfin", "j1") in found["items"]
    assert found["requests"]
    house.plex.down = house.tmdb.down = False
    assert (await house.sync.run()).failed == ()
    assert (await dump(fake_storage))["items"] == (await quiet(FakeStorage()))[0]["items"]
