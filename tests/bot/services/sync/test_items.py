"""Libraries: what is new, changed, moved, gone, and what only seems to be gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from bot.errors import Unavailable
from bot.model.titles import Title
from bot.ports.media import ServerItem
from tests.bot.services.sync.house import DAY, SHOW, House, item
from tests.databases import versions
from tests.fakes.clock import NOON
from tests.fakes.media import FakeMediaServer
from tests.samples import ref


async def titles(house: House) -> dict[str, Title]:
    """Everything in the catalogue by the reference it is shown under."""
    async with house.storage() as uow:
        return {str(title.ref): title async for batch in uow.titles.stream() for title in batch}


async def places(house: House, shown: str) -> set[str]:
    """Where a title lies."""
    async with house.storage() as uow:
        libraries = {library.id: f"{library.source}/{library.key}" for library in await uow.libraries.all()}
    return {libraries[one] for one in (await titles(house))[shown].libraries}


async def changes(house: House, source: str = "plex", *, full: bool = False) -> dict[str, int]:
    """What a sync says about the titles of a source."""
    summary = await house.sync.run(full=full)
    (told,) = [each for each in summary.sources if each.source == source]
    assert told.error is None
    return dict(next(stage.changes for stage in told.stages if stage.stage == "titles"))


async def test_one_film_on_two_servers_is_one_title(house: House) -> None:
    await house.sync.run()
    assert await places(house, "movie:1") == {"plex/1", "jellyfin/j"}
    async with house.storage() as uow:
        stored = await uow.server_items.of_titles([(await titles(house))["movie:1"].id])
    assert [(one.source, one.key, one.page_url) for one in next(iter(stored.values()))] == [
        ("jellyfin", "j1", None),
        ("plex", "k1", "https://p/1"),
    ]


async def test_a_title_without_references_is_known_by_its_key(house: House) -> None:
    await house.sync.run()
    assert (await titles(house))["movie:plex-k4"].facts.title == "Title k4"


async def test_anime_is_recognised(house: House) -> None:
    house.plex.item_list = [*house.plex.item_list, item("n2", "1", ref(12), keywords=("anime",))]
    await house.sync.run()
    found = await titles(house)
    # By the library, by what the metadata service says of it, by a keyword.
    assert [found[one].facts.anime for one in ("movie:11", "movie:3", "movie:12", "movie:1")] == [True] * 3 + [False]


async def test_added_changed_and_deleted_titles(house: House) -> None:
    await house.sync.run()
    house.clock.advance(DAY / 24)
    kept = [one for one in house.plex.item_list if one.key != "k2"]
    new = replace(item("k9", "1", ref(9)), added_at=house.clock.now(), updated_at=house.clock.now())
    changed = replace(kept[0], updated_at=house.clock.now(), facts=replace(kept[0].facts, minimum_age=18))
    house.plex.item_list = [changed, *kept[1:], new]
    assert await changes(house) == {"new": 1, "changed": 1, "gone": 1}
    assert await places(house, "movie:9") == {"plex/1"}
    assert (await titles(house))["movie:1"].facts.minimum_age == 18
    gone = (await titles(house))["movie:2"]
    assert gone.libraries == frozenset()
    async with house.storage() as uow:  # and what people did with it stays
        assert await uow.metadata.watched([gone.id]) == {gone.id}
        assert (await uow.titles.added())[(await titles(house))["movie:9"].id] == house.clock.now()


async def test_a_title_that_was_added_with_an_old_date_is_found(house: House) -> None:
    await house.sync.run()
    house.plex.item_list = [*house.plex.item_list, item("k9", "1", ref(9), age=900)]
    assert await changes(house) == {"new": 1}


async def test_a_title_that_moves_keeps_its_history(house: House) -> None:
    await house.sync.run()
    before = (await titles(house))["movie:1"].id
    # Some servers give a new key, some keep the old one.
    moved = {"k1": replace(house.plex.item_list[0], key="new", library="3")}
    moved |= {"k2": replace(house.plex.item_list[1], library="2")}
    house.plex.item_list = [moved.get(one.key, one) for one in house.plex.item_list]
    await house.sync.run()
    assert await places(house, "movie:1") == {"plex/3", "jellyfin/j"}
    assert await places(house, "movie:2") == {"plex/2"}
    assert (await titles(house))["movie:1"].id == before
    async with house.storage() as uow:
        assert await uow.metadata.watched([before]) == {before}


async def test_of_two_copies_one_may_go(house: House) -> None:
    house.plex.item_list = [*house.plex.item_list, item("copy", "1", ref(2))]
    await house.sync.run()
    house.plex.item_list = [one for one in house.plex.item_list if one.key != "k2"]
    assert await changes(house) == {"gone": 1}
    assert await places(house, "movie:2") == {"plex/1"}


async def test_a_key_that_means_another_title_now(house: House) -> None:
    await house.sync.run()
    house.plex.item_list = [item("k2", "1", ref(42), age=0) if one.key == "k2" else one for one in house.plex.item_list]
    await house.sync.run()
    assert await places(house, "movie:42") == {"plex/1"}
    assert await places(house, "movie:2") == set()


async def test_a_library_that_is_gone(house: House) -> None:
    await house.sync.run()
    house.plex.library_list = house.plex.library_list[:1]
    house.plex.item_list = [one for one in house.plex.item_list if one.library == "1"]
    assert await changes(house) == {"gone": 2}
    shown = next(str(t.ref) for t in (await titles(house)).values() if SHOW in t.facts.refs)
    assert await places(house, shown) == set()
    house.plex.library_list = []
    summary = await house.sync.run()
    assert [source.error for source in summary.failed] == ["plex tells of no libraries."]
    assert await places(house, "movie:2") == {"plex/1"}


async def test_a_disk_that_is_missing_empties_no_library_at_once(house: House) -> None:
    many = [item(f"m{number}", "1", ref(1000 + number)) for number in range(120)]
    few = house.plex.item_list
    house.plex.item_list = [*few, *many]
    await house.sync.run()
    house.plex.item_list = few
    assert await changes(house) == {"doubtful": 120}
    assert await places(house, "movie:1001") == {"plex/1"}
    house.plex.item_list = [*few, *many]
    assert await changes(house) == {}
    house.plex.item_list = few
    assert await changes(house) == {"doubtful": 120}
    assert await changes(house) == {"gone": 120}
    assert await places(house, "movie:1001") == set()


class Shifting(FakeMediaServer):
    """While its first listing is read, a title before the page that comes next goes: each later one moves up."""

    shifts = 1

    async def items(self, library: str, *, since: datetime | None = None) -> AsyncIterator[Sequence[ServerItem]]:
        start = 0
        while True:
            here = [one for one in self.item_list if one.library == library]
            yield here[start : start + self.page]
            start += self.page
            if start >= len(here):
                return
            if self.shifts:
                self.shifts -= 1
                self.item_list = [one for one in self.item_list if one.key != here[0].key]


async def test_pages_that_shift_lose_nothing(house: House) -> None:
    house.plex = Shifting(
        source="plex",
        items_of="plex",
        library_list=house.plex.library_list[:1],
        user_list=house.plex.user_list,
        item_list=[item(f"m{number}", "1", ref(1000 + number)) for number in range(9)],
    )
    await house.sync.run()
    in_library = {shown for shown in await titles(house) if "plex/1" in await places(house, shown)}
    assert in_library == {f"movie:{1000 + number}" for number in range(1, 9)}


async def test_a_listing_that_breaks_off_takes_nothing_away(house: House) -> None:
    await house.sync.run()
    before = await versions(house.storage)

    class Broken(FakeMediaServer):
        async def keys(self, library: str) -> AsyncIterator[Sequence[str]]:
            yield ["k1"]
            raise Unavailable("plex", "Its answer is incomplete.")

    house.plex = Broken(
        source="plex",
        library_list=house.plex.library_list,
        user_list=house.plex.user_list,
        item_list=house.plex.item_list,
    )
    summary = await house.sync.run()
    assert [source.error for source in summary.failed] == ["Its answer is incomplete."]
    assert await versions(house.storage) == before


@pytest.mark.parametrize("days", [-30, 30])
async def test_a_clock_that_jumps_changes_nothing(house: House, days: int) -> None:
    await house.sync.run()
    before = await versions(house.storage)
    house.clock.set(NOON + days * DAY)
    house.tmdb.down = True
    await house.sync.run()
    await house.sync.run()
    house.clock.set(NOON)
    await house.sync.run()
    assert await versions(house.storage) == before
    house.plex.item_list = [*house.plex.item_list, item("k9", "1", ref(9), age=0)]
    assert await changes(house) == {"new": 1}
