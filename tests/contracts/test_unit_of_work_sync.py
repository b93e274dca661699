"""What every implementation promises about what servers and services told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from bot.errors import Unavailable
from bot.model.history import Rating, WatchEvent
from bot.model.titles import Kind
from bot.ports.media import Quality, ServerWatch
from bot.ports.metadata import Season, Trailer
from bot.ports.requests import FiledRequest, MediaState, RequestState
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.ports.storage_sync import (
    PendingPlay,
    Relation,
    ServerAccount,
    StoredItem,
    SyncState,
    TitleMetadata,
    TitleRequests,
)
from tests.fakes.clock import NOON
from tests.samples import film, ref

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class House:
    """A transaction with a member, a library and four films, of which the first lies in it."""

    uow: UnitOfWork
    anna: int
    library: int
    titles: tuple[int, ...]


@pytest.fixture
async def house(storage: UnitOfWorkFactory) -> AsyncIterator[House]:
    async with storage() as uow:
        anna = await uow.members.add("Anna")
        library = await uow.libraries.ensure("plex", "1", "Films")
        titles = tuple(await uow.titles.upsert([film(number) for number in (1, 2, 3, 4)]))
        await uow.libraries.put(library.id, titles[:1], added_at=NOON)
        yield House(uow, anna.id, library.id, titles)


async def test_items_are_replaced_found_and_removed(house: House) -> None:
    items, (first, second, *_) = house.uow.server_items, house.titles
    quality = Quality("2160p", "HDR", "hevc", "5.1")
    one = StoredItem("plex", "k1", first, house.library, "d1", NOON, NOON, quality, "https://plex.example/1")
    two = StoredItem("plex", "k2", second, None, "d2")
    other = StoredItem("jellyfin", "k1", first, None, "d3")
    await items.put([one, two, other])
    await items.put([replace(one, digest="new")])
    assert await items.get("plex", ["k1", "k2", "none"]) == {"k1": replace(one, digest="new"), "k2": two}
    assert await items.keys("plex", house.library) == ["k1"]
    assert await items.of_titles([first, 4711]) == {first: [other, replace(one, digest="new")]}
    await items.remove("plex", ["k1", "none"])
    assert await items.get("plex", ["k1"]) == {}
    assert await items.of_titles([first]) == {first: [other]}
    with pytest.raises(Unavailable):
        await items.put([replace(one, title_id=4711)])


async def test_accounts_are_told_again(house: House) -> None:
    accounts = house.uow.server_accounts
    told = ServerAccount("plex", "7", house.anna, "Anna", 12, True)
    await accounts.put(told)
    await accounts.put(replace(told, source="jellyfin", active=False))
    await accounts.put(replace(told, age_limit=None))
    assert await accounts.of_source("plex") == [replace(told, age_limit=None)]
    assert [each.source for each in await accounts.of_member(house.anna)] == ["jellyfin", "plex"]
    assert await accounts.of_member(4711) == []


async def test_states_begin_empty(house: House) -> None:
    states = house.uow.sync_states
    assert await states.get("plex", "items") == SyncState("plex", "items")
    state = SyncState("plex", "items", NOON, NOON + DAY, NOON - DAY, {"done": ["1"], "n": 2})
    await states.save(state)
    await states.save(replace(state, cursor=None))
    assert await states.get("plex", "items") == replace(state, cursor=None)
    assert await states.all() == [replace(state, cursor=None)]


async def test_metadata_is_due_for_what_matters_and_is_old(house: House) -> None:
    metadata, (first, second, third, _) = house.uow.metadata, house.titles
    await house.uow.histories.add_events([WatchEvent(house.anna, second, "plex", "1", NOON)])
    assert await metadata.due(NOON, ["de"]) == [first, second]
    assert await metadata.due(NOON, ["de"], limit=1) == [first]
    assert await metadata.due(NOON, ["de"], after=first) == [second]
    told = TitleMetadata(
        first,
        NOON,
        ("de",),
        trailers=(Trailer("Trailer", "https://example.org/v", "de", True),),
        seasons=(Season(1, 8, date(2020, 1, 2), "One"), Season(2, 6)),
        providers={"DE": ("A", "B")},
    )
    await metadata.put([told, TitleMetadata(second, NOON, ("de",), found=False)])
    assert await metadata.due(NOON, ["de"]) == []
    assert await metadata.due(NOON, ["de", "fr"]) == [first, second]
    assert await metadata.due(NOON + DAY, ["de"]) == [first, second]
    assert await metadata.of([first, third]) == {first: told}
    assert await metadata.watched(house.titles) == {second}
    await house.uow.histories.add_events([WatchEvent(house.anna, first, "plex", "2", NOON)])
    assert await metadata.due(NOON, ["de"]) == [first]
    await metadata.put([replace(told, linked=True)])
    assert await metadata.due(NOON, ["de"]) == []
    await house.uow.request_states.put([TitleRequests(third, "seerr", MediaState.PENDING)])
    assert await metadata.due(NOON, ["de"]) == [third]


async def test_links_are_replaced_in_order(house: House) -> None:
    metadata, (first, second, third, fourth) = house.uow.metadata, house.titles
    await metadata.link(first, Relation.SIMILAR, [third, second, third, first])
    await metadata.link(first, Relation.RECOMMENDED, [fourth])
    assert await metadata.linked([first, second], Relation.SIMILAR) == {first: [third, second]}
    await metadata.link(first, Relation.SIMILAR, [fourth])
    assert await metadata.linked([first], Relation.SIMILAR) == {first: [fourth]}
    await metadata.link(first, Relation.SIMILAR, [])
    assert await metadata.linked([first], Relation.SIMILAR) == {}
    assert await metadata.linked([first], Relation.RECOMMENDED) == {first: [fourth]}


async def test_request_states_keep_their_requests(house: House) -> None:
    states, (first, second, *_) = house.uow.request_states, house.titles
    filed = FiledRequest("9", ref(1), "anna", RequestState.APPROVED, MediaState.PROCESSING, (1, 2), NOON, None, "One")
    told = TitleRequests(first, "seerr", MediaState.PARTIAL, (filed,), ((1, MediaState.AVAILABLE),), NOON)
    await states.put([told, TitleRequests(second, "seerr", MediaState.PENDING)])
    assert await states.of([first]) == {first: told}
    assert [each.title_id for each in await states.all("seerr")] == [first, second]
    assert await states.all("other") == []
    await states.remove("seerr", [second])
    await states.remove("other", [first])
    assert await states.all("seerr") == [told]


async def test_plays_wait_in_order(house: House) -> None:
    waiting = house.uow.pending_plays
    plays = [
        PendingPlay(
            "tautulli",
            "plex",
            ServerWatch("7", key, NOON, "k9", (ref(1), ref("x", "tvdb", Kind.SERIES)), 0.5, 60, "s01e01", 2, "A", kind),
        )
        for key, kind in (("a", None), ("b", Kind.SERIES), ("c", Kind.MOVIE))
    ]
    await waiting.put(plays)
    await waiting.put(plays[:1])
    assert await waiting.after("tautulli") == plays
    assert await waiting.after("tautulli", "a", limit=1) == plays[1:2]
    assert await waiting.known("tautulli", ["a", "z"]) == {"a"}
    assert await waiting.after("plex") == []
    await waiting.remove("tautulli", ["a", "z"])
    await waiting.remove("plex", ["b"])
    assert await waiting.after("tautulli") == plays[1:]


async def test_events_that_are_told_again_follow_what_is_told(house: House) -> None:
    histories, (first, second, *_) = house.uow.histories, house.titles
    event = WatchEvent(house.anna, first, "jellyfin", "1", NOON, 0.5, None, None, 1)
    assert await histories.put_events([event, event]) == 1
    version = await histories.version(house.anna)
    assert await histories.put_events([event]) == 0
    assert await histories.version(house.anna) == version
    told = replace(event, title_id=second, watched_at=NOON + DAY, plays=2, completion=1.0)
    assert await histories.put_events([told, replace(event, key="2")]) == 2
    assert await histories.version(house.anna) > version
    assert (await histories.of(house.anna)).events == (replace(event, key="2"), told)
    assert await histories.titles_of("jellyfin", ["1", "2", "3"]) == {"1": second, "2": first}
    assert await histories.titles_of("plex", ["1"]) == {}
    assert await histories.of_titles("jellyfin", [first, second]) == [told, replace(event, key="2")]
    assert await histories.of_titles("jellyfin", [second]) == [told]
    assert await histories.of_titles("plex", [first, second]) == await histories.of_titles("jellyfin", []) == []
    version = await histories.version(house.anna)
    assert await histories.drop_events("plex", ["1", "2"]) == await histories.drop_events("jellyfin", []) == 0
    assert await histories.version(house.anna) == version
    assert await histories.drop_events("jellyfin", ["1", "1", "3"]) == 1
    assert (await histories.of(house.anna)).events == (replace(event, key="2"),)
    assert await histories.version(house.anna) > version


async def test_ratings_of_one_source_are_told_and_dropped(house: House) -> None:
    histories, (first, second, *_) = house.uow.histories, house.titles
    plex = [Rating(house.anna, title, "plex", 7.0, NOON) for title in (first, second)]
    other = Rating(house.anna, first, "jellyfin", 4.0, NOON)
    await histories.add_ratings([*reversed(plex), other])
    assert await histories.ratings_of("plex") == plex
    assert await histories.ratings_of("nothing") == []
    version = await histories.version(house.anna)
    assert await histories.drop_ratings("plex", []) == 0
    assert await histories.drop_ratings("seerr", [(house.anna, first)]) == 0
    assert await histories.version(house.anna) == version
    assert await histories.drop_ratings("plex", [(house.anna, first), (house.anna + 99, second)]) == 1
    assert await histories.version(house.anna) > version
    assert await histories.ratings_of("plex") == plex[1:]
    assert await histories.ratings_of("jellyfin") == [other]


async def test_what_was_told_of_two_titles_that_become_one(house: House) -> None:
    uow, (first, second, third, fourth) = house.uow, house.titles
    await uow.server_items.put([StoredItem("plex", "k2", second, house.library, "d")])
    await uow.metadata.put([TitleMetadata(first, NOON), TitleMetadata(second, NOON + DAY)])
    await uow.request_states.put([TitleRequests(second, "seerr", MediaState.PENDING)])
    await uow.metadata.link(first, Relation.SIMILAR, [second, third])
    await uow.metadata.link(second, Relation.SIMILAR, [third, fourth])
    await uow.metadata.link(third, Relation.SIMILAR, [second, fourth])
    await uow.metadata.link(fourth, Relation.SIMILAR, [first, second])
    await uow.titles.upsert([film(1, ref(2))])
    assert (await uow.server_items.get("plex", ["k2"]))["k2"].title_id == first
    assert await uow.metadata.of([first, second]) == {first: TitleMetadata(first, NOON + DAY)}
    assert set(await uow.request_states.of([first, second])) == {first}
    linked = await uow.metadata.linked(house.titles, Relation.SIMILAR)
    assert {one: set(others) for one, others in linked.items()} == {
        first: {third, fourth},
        third: {first, fourth},
        fourth: {first},
    }
