"""The whole sync: one source by name, one sync at a time, progress, and the index afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from adapters.locks import file_lock
from bot.errors import InvalidInput, Locked, Unavailable
from bot.ports.media import ServerUser
from bot.services.sync import Sources, SyncService
from bot.services.sync.service import busy
from tests.bot.services.sync.house import House, item
from tests.fakes.media import FakeMediaServer
from tests.samples import ref


async def test_one_source_by_its_name(house: House) -> None:
    assert [source.source for source in (await house.sync.run(only="jellyfin")).sources] == ["jellyfin"]
    assert house.plex.requests == house.tmdb.requests == house.seerr.requests == 0
    assert [source.source for source in (await house.sync.run(only="tmdb")).sources] == ["tmdb"]
    assert house.tmdb.requests > 0
    with pytest.raises(InvalidInput, match="plex, jellyfin, tautulli, seerr, tmdb"):
        await house.sync.run(only="emby")


async def test_of_two_syncs_the_second_is_refused(house: House) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def index() -> int:
        begun.set()
        await may_end.wait()
        return 7

    service = SyncService(house.storage, house.clock, Sources(), index=index)
    first = asyncio.create_task(service.run())
    await begun.wait()
    for second in (service.run(), service.permissions(), service.plays("plex")):
        with pytest.raises(Locked, match="Another sync is running"):
            await second
    may_end.set()
    assert (await first).embedded == 7
    assert (await service.run(embed=False)).embedded is None


async def test_a_model_that_is_missing_hides_nothing_of_what_was_synced(house: House) -> None:
    async def index() -> int:
        raise Unavailable("models", "The model is not installed.")

    service = SyncService(house.storage, house.clock, Sources((house.plex,)), index=index)
    summary = await service.run()
    assert [(source.source, source.error) for source in summary.sources] == [
        ("plex", None),
        ("index", "The model is not installed."),
    ]
    assert summary.embedded is None


async def test_the_lock_holds_between_two_services(house: House) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "home" / "sync.lock"
        async with file_lock(path, busy)():
            with pytest.raises(Locked):
                await SyncService(house.storage, house.clock, Sources(), lock=file_lock(path, busy)).run()
        await SyncService(house.storage, house.clock, Sources(), lock=file_lock(path, busy)).run()


async def test_titles_come_without_the_people(house: House) -> None:
    """Plex itself may be up while plex.tv, which knows the people, is not."""

    class Peopleless(FakeMediaServer):
        async def users(self) -> Sequence[ServerUser]:
            raise Unavailable("plex.tv", "plex.tv cannot be reached.")

    await house.sync.run()
    house.plex = Peopleless(
        source="plex",
        items_of="plex",
        library_list=house.plex.library_list,
        item_list=[*house.plex.item_list, item("k9", "1", ref(9))],
    )
    (plex, *_) = (await house.sync.run()).sources
    assert plex.error == "plex.tv cannot be reached."
    assert [(stage.stage, stage.changes) for stage in plex.stages] == [("titles", {"new": 1}), ("ratings", {})]


async def test_a_source_that_told_nothing_is_not_asked_for_more(house: House) -> None:
    house.plex.down = True
    await house.sync.run()
    assert house.plex.requests == 2  # for people and for titles


async def test_progress_and_requests_are_told(house: House) -> None:
    told: list[tuple[str, str, int]] = []
    summary = await house.sync.run(progress=lambda *one: told.append(one))
    assert ("plex", "titles", 6) in told
    assert ("tautulli", "plays", 8) in told
    sent = {source.source: source.requests for source in summary.sources}
    assert sent == {each: getattr(house, each).requests for each in ("plex", "tautulli", "jellyfin", "seerr", "tmdb")}


async def test_a_failing_database_is_no_failing_source(house: House) -> None:
    def broken() -> object:
        raise Unavailable("database", "The disk is full.")

    service = SyncService(broken, house.clock, Sources((house.plex,)))  # type: ignore[arg-type]  # breaks
    with pytest.raises(Unavailable, match="The disk is full"):
        await service.run()


async def test_plays_alone_after_a_webhook(house: House) -> None:
    await house.sync.run()
    asked = house.plex.requests
    summary = await house.sync.plays("tautulli")
    assert [source.source for source in summary.sources] == ["tautulli"]
    assert house.plex.requests == asked
