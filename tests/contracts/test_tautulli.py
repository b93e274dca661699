"""Tautulli through the port, over real sockets; every request is held against its documentation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Rejected, Unavailable
from bot.model.titles import Kind
from bot.ports.media import ServerWatch
from tests.contracts.kit import Answer, Fault
from tests.fakes.clock import NOON
from tests.fakes.services.plex_house import PlexHouse, open_house, small_world
from tests.fakes.services.plex_world import API_KEY, Person
from tests.samples import film, ref


@pytest.fixture
async def house() -> AsyncIterator[PlexHouse]:
    async with open_house(small_world()) as house:
        yield house


async def watches_of(house: PlexHouse, since: datetime | None = None, page: int = 1000) -> list[ServerWatch]:
    return [watch async for told in house.history(page=page).watches(since) for watch in told]


async def test_plays_come_by_the_accounts_and_keys_of_plex(house: PlexHouse) -> None:
    history = house.history()
    assert (history.source, history.items_of) == ("tautulli", "plex")
    plays = await watches_of(house, page=3)
    accounts = {user.account for user in await house.server().users()}
    keys = {key for library in ("1", "2") for key in map(str, [t.key for t in house.world.listed(library)])}
    assert {play.account for play in plays} <= accounts and {play.item for play in plays} <= keys
    assert [play.key for play in plays] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [play.watched_at for play in plays] == [play.at for play in house.world.plays]
    assert plays[0].watched_at.utcoffset() == timedelta(0)
    assert [(play.item, play.episode, play.kind) for play in plays[4:6]] == [
        ("4", "s01e01", Kind.SERIES),
        ("4", "s01e02", Kind.SERIES),
    ]
    assert (plays[4].title, plays[4].duration) == ("Series 9", 2500)


@pytest.mark.parametrize(
    ("told", "completion"),
    [
        ({"percent_complete": 42, "watched_status": 0.25}, 0.42),
        ({"percent_complete": 86, "watched_status": 1}, 1.0),
        ({"percent_complete": 0, "watched_status": 1}, 1.0),
        ({"percent_complete": 0, "watched_status": 0}, 0.0),
        ({"percent_complete": None, "watched_status": 0.5}, 0.5),
        ({"percent_complete": 180, "watched_status": 0.75}, 1.0),
        ({"percent_complete": None, "watched_status": None}, None),
        ({"percent_complete": "33", "watched_status": "0"}, 0.33),
    ],
)
async def test_how_much_was_watched(house: PlexHouse, told: dict[str, Any], completion: float | None) -> None:
    house.world.plays = [replace(house.world.plays[0], raw={"percent_complete": "", "watched_status": "", **told})]
    assert (await watches_of(house))[0].completion == completion


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"play_duration": 263}, 263),
        ({"play_duration": None, "duration": "90"}, 90),
        ({"play_duration": 0, "duration": 0, "started": 1000, "stopped": 5000, "paused_counter": 400}, 3600),
        ({"play_duration": 0, "duration": 0, "started": None}, None),
    ],
)
async def test_how_long_it_took(house: PlexHouse, told: dict[str, Any], seconds: int | None) -> None:
    house.world.plays = [replace(house.world.plays[0], raw=told)]
    assert (await watches_of(house))[0].duration == seconds


async def test_what_is_no_finished_play_of_a_title_by_somebody_is_left_out(house: PlexHouse) -> None:
    play = house.world.plays[0]
    odd: list[dict[str, Any]] = [
        {"media_type": "track"}, {"media_type": "clip"}, {"live": 1}, {"user_id": 0}, {"user_id": None},
        {"row_id": None, "reference_id": None, "state": "playing"}, {"stopped": 0}, {"stopped": None},
    ]  # fmt: skip
    house.world.plays = [replace(play, number=n, raw=raw) for n, raw in enumerate(odd, start=1)] + [
        replace(play, number=90, raw={"user_id": "1001"})
    ]
    assert [(watch.key, watch.account) for watch in await watches_of(house, page=3)] == [("90", "1001")]


async def test_a_session_in_progress_is_not_asked_for(house: PlexHouse) -> None:
    house.tautulli.running = [{"row_id": None, "media_type": "movie"}]
    assert len(await watches_of(house)) == 7


async def test_an_episode_without_a_number_is_a_play_of_its_series(house: PlexHouse) -> None:
    house.world.plays = [replace(house.world.plays[4], season=None, episode=None)]
    (watch,) = await watches_of(house)
    assert (watch.item, watch.episode) == ("4", None)


async def test_later_plays_can_be_asked_for_whatever_the_servers_time_zone(house: PlexHouse) -> None:
    middle = house.world.plays[4].at
    assert [watch.key for watch in await watches_of(house, middle)] == ["5", "6", "7"]
    assert house.tautulli.server.requests[-1].query["after"] == (middle - timedelta(days=2)).date().isoformat()
    assert await watches_of(house, datetime(2030, 1, 1, tzinfo=UTC)) == []
    house.world.plays = [replace(play, at=middle + timedelta(minutes=play.number)) for play in house.world.plays]
    assert [w.key for w in await watches_of(house, middle + timedelta(minutes=6), page=3)] == ["6", "7"]


async def test_a_long_history_costs_a_request_a_page(house: PlexHouse) -> None:
    start = NOON - timedelta(days=300)
    for minute in range(2000):
        house.world.add_play(101, 1, start + timedelta(minutes=minute))
    history = house.history(page=500)
    pages = [page async for page in history.watches()]
    assert sum(map(len, pages)) == 2007 and max(map(len, pages)) <= 500
    assert history.requests == 5


async def test_plays_that_arrive_or_are_deleted_while_paging_hide_no_others(house: PlexHouse) -> None:
    history = house.history(page=3)
    kept = [str(play.number) for play in house.world.plays[2:]]
    told: list[str] = []
    async for page in history.watches():
        told += [watch.key for watch in page]
        if len(told) == 3:
            del house.world.plays[:2]
            house.world.add_play(101, 1, NOON)
    assert set(kept) <= set(told)


async def test_references_come_from_plex_while_the_title_is_there(house: PlexHouse) -> None:
    history = house.history()
    assert list(await history.refs("1")) == [ref(1)]
    assert list(await history.refs("4")) == [ref(9, kind=Kind.SERIES)]


async def test_references_of_a_deleted_title_come_from_its_plays(house: PlexHouse) -> None:
    own = ref("5d7768ba96b655001fdc0408", "plex")
    key = house.world.add_title("1", film(50, own))
    house.world.add_play(101, key, NOON)
    house.world.plays[4] = replace(
        house.world.plays[4], raw={"guid": "com.plexapp.agents.thetvdb://121361/6/1?lang=en"}
    )
    house.world.delete(key)
    house.world.delete(4)
    history = house.history()
    assert list(await history.refs(str(key))) == [own]
    assert list(await history.refs("4")) == [ref(121361, "tvdb", Kind.SERIES)]
    assert list(await history.refs("4040")) == []
    assert (await watches_of(house))[-1].refs == (own,)


async def test_the_metadata_of_an_episode_names_its_series(house: PlexHouse) -> None:
    told = {
        "media_type": "episode", "rating_key": "8", "grandparent_rating_key": "77", "guids": ["tmdb://1"],
        "grandparent_guids": ["imdb://tt0944947", "tmdb://1399"], "grandparent_guid": "plex://show/0" * 1,
    }  # fmt: skip
    envelope = {"response": {"result": "success", "message": None, "data": told}}
    house.tautulli.server.route("GET", "get_metadata")(lambda _call: envelope)
    history = house.history()
    assert list(await history.refs("77")) == [ref(1399, kind=Kind.SERIES), ref("tt0944947", "imdb", Kind.SERIES)]
    assert list(await history.refs("8")) == []


async def test_a_refused_question_about_a_title_leads_to_its_plays(house: PlexHouse) -> None:
    refusal = {"response": {"result": "error", "message": "Unable to retrieve metadata", "data": {}}}
    house.tautulli.server.route("GET", "get_metadata")(lambda _call: refusal)
    assert list(await house.history().refs("1")) == []
    assert list(await house.history().refs("no key")) == []


async def test_tautulli_knows_no_ratings(house: PlexHouse) -> None:
    assert list(await house.history().ratings()) == []


async def test_a_healthy_tautulli_has_no_problems(house: PlexHouse) -> None:
    health = await house.history().check()
    assert (health.name, health.version, health.problems) == ("Tautulli", "v2.15.1", ())


async def test_the_check_names_what_is_missing(house: PlexHouse) -> None:
    house.tautulli.version = "v2.1.9"
    house.tautulli.connected = False
    house.world.add_person(Person(103, "Cleo", keep_history=False))
    problems = (await house.history().check()).problems
    assert len(problems) == 3
    assert "2.6" in problems[0] and "connection" in problems[1] and "Cleo" in problems[2]


@pytest.mark.parametrize("status", [200, 400, 401])
async def test_a_wrong_key_is_refused_and_not_repeated_to_anybody(house: PlexHouse, status: int) -> None:
    house.tautulli.bad_key_status = status
    with pytest.raises(Rejected) as refused:
        await house.history(api_key="wrong-key-1").check()
    assert refused.value.status == 401
    assert "wrong-key-1" not in str(refused.value) and API_KEY not in str(refused.value)


@pytest.mark.parametrize(
    "body", [b"<html>Router</html>", b"[]", b"{}", b'{"response": {"result": "success", "data": []}}']
)
async def test_something_else_at_the_address_is_no_tautulli(house: PlexHouse, body: bytes) -> None:
    house.tautulli.server.route("GET", "get_history")(lambda _call: Answer(body))
    with pytest.raises(Unavailable):
        await watches_of(house)


async def test_the_key_is_in_no_error(house: PlexHouse) -> None:
    refusal = {"response": {"result": "error", "message": f"no {API_KEY} here", "data": {}}}
    house.tautulli.server.route("GET", "get_history")(lambda _call: refusal)
    with pytest.raises(Rejected) as refused:
        await watches_of(house)
    assert API_KEY not in str(refused.value)
    async with house.tautulli.server.down():
        with pytest.raises(Unavailable) as unreachable:
            await watches_of(house)
    assert API_KEY not in str(unreachable.value)


@pytest.mark.parametrize(
    "fault", [Fault.SERVER_ERROR, Fault.TOO_MANY, Fault.TRUNCATED, Fault.CUT_OFF, Fault.DISCONNECT]
)
async def test_passing_trouble_changes_nothing(house: PlexHouse, fault: Fault) -> None:
    clean = await watches_of(house, page=2)
    house.tautulli.server.faults.plan(fault, every=2)
    assert await watches_of(house, page=2) == clean
    assert house.tautulli.server.faults.hits[fault]


async def test_plex_and_tautulli_tell_the_same_plays(house: PlexHouse) -> None:
    server = house.server()
    await server.users()
    plex = [(w.account, w.item, w.episode, w.watched_at) async for page in server.watches() for w in page]
    assert plex == [(w.account, w.item, w.episode, w.watched_at) for w in await watches_of(house)]
