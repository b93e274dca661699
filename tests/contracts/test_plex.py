"""A Plex server through the ports, over real sockets; every request and answer is held against the descriptions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Rejected, Unavailable
from bot.model.titles import Kind
from bot.ports.media import HistoryProvider, MediaServer, ServerItem, ServerLibrary, ServerWatch
from bot.ports.sign_in import SignIn
from tests.contracts.kit import Answer, Fault
from tests.fakes.clock import NOON
from tests.fakes.services.plex_house import PlexHouse, open_house, series, small_world
from tests.fakes.services.plex_world import MACHINE, TOKEN, Person
from tests.samples import film, ref


@pytest.fixture
async def house() -> AsyncIterator[PlexHouse]:
    async with open_house(small_world()) as house:
        yield house


async def items_of(house: PlexHouse, library: str = "1", page: int = 100) -> list[ServerItem]:
    return [item async for told in house.server(page=page).items(library) for item in told]


async def watches_of(house: PlexHouse, page: int = 100) -> list[ServerWatch]:
    return [watch async for told in house.server(plays_page=page).watches() for watch in told]


async def test_libraries_are_those_of_films_and_series(house: PlexHouse) -> None:
    house.world.add_library("3", "Music", "artist")
    house.world.add_library("4", "Holidays", Kind.MOVIE, "com.plexapp.agents.none")
    told = await house.server().libraries()
    assert told == [ServerLibrary("1", "Films", Kind.MOVIE), ServerLibrary("2", "Series", Kind.SERIES)]


async def test_people_come_with_what_they_may_see(house: PlexHouse) -> None:
    house.world.add_person(Person(103, "Cleo", filters={"filterMovies": "contentRating=G%2CPG"}))
    house.world.add_person(Person(104, "Dora", sections=("2", "77"), filters={"filterTelevision": "label=Kids"}))
    house.world.add_person(Person(105, "Invited", accepted=False))
    users = {user.account: user for user in await house.server().users()}
    assert list(users) == ["1001", "101", "102", "103", "104"]
    assert users["1001"].is_admin and users["1001"].libraries is None and users["1001"].locale == "de"
    assert (users["101"].name, users["101"].libraries, users["101"].age_limit) == ("Anna", ("1",), None)
    assert (users["102"].libraries, users["102"].age_limit, users["102"].is_admin) == (None, 14, False)
    assert users["103"].age_limit == 10
    assert users["104"].libraries == ()  # its only library is filtered in a way that ages cannot tell


async def test_a_server_without_a_plex_home_has_people_too(house: PlexHouse) -> None:
    house.plex_tv.has_home = False
    assert len(await house.server().users()) == 3


async def test_filters_hold_wherever_plex_tv_tells_them(house: PlexHouse) -> None:
    house.world.add_person(Person(103, "Cleo", filters={"filterMovies": "contentRating=G%2CPG"}))
    house.plex_tv.server.route("GET", "/users")(lambda _call: Answer(b"<MediaContainer/>"))
    users = {user.account: user for user in await house.server().users()}
    assert (users["103"].name, users["103"].age_limit) == ("Cleo", 10)


async def test_an_owner_who_shares_with_himself_is_one_person(house: PlexHouse) -> None:
    house.world.add_person(house.world.owner)
    users = await house.server().users()
    assert [user.account for user in users] == ["1001", "101", "102"] and users[0].is_admin


async def test_permissions_that_cannot_be_read_are_not_guessed(house: PlexHouse) -> None:
    house.plex_tv.server.extra("GET", "/api/v2/home/users", lambda _call: Answer(None, status=402), reason="refused")
    with pytest.raises(Rejected):
        await house.server().users()


async def test_titles_come_with_all_that_the_server_knows(house: PlexHouse) -> None:
    key = house.world.add_title(
        "1",
        film(603, ref("tt0133093", "imdb"), title="The Matrix", year=1999, genres=("Action", "Sci-Fi", "Thriller"),
             runtime=136, countries=("US",), vote_average=8.2, collection="The Matrix Collection", overview="Neo."),
        content_rating="R", labels=("Overlay", "Mind-bending"),
        media=({"id": 1, "videoResolution": "4k", "videoCodec": "hevc", "audioChannels": 6, "Part": [
            {"id": 2, "key": "/library/parts/2/file.mkv", "Stream": [
                {"id": 3, "key": "/s/3", "codec": "hevc", "displayTitle": "4K", "streamType": 1, "DOVIPresent": True},
                {"id": 4, "key": "/s/4", "codec": "eac3", "displayTitle": "7.1", "streamType": 2, "channels": 8},
            ]}]},),
    )  # fmt: skip
    found = {item.key: item for item in await items_of(house)}[str(key)]
    facts = found.facts
    assert facts.refs == (ref(603), ref("tt0133093", "imdb"))
    assert facts.genres == ("Action", "Science Fiction", "Thriller")
    assert (facts.runtime, facts.countries, facts.vote_average, facts.minimum_age) == (136, ("US",), 8.2, 17)
    assert (facts.collection, facts.keywords, facts.overview) == ("The Matrix Collection", ("mind-bending",), "Neo.")
    assert found.quality is not None
    assert found.quality.resolution == "2160p" and found.quality.dynamic_range == "Dolby Vision"
    assert (found.quality.video, found.quality.audio) == ("hevc", "7.1")
    assert (
        found.page_url == f"https://app.plex.tv/desktop/#!/server/{MACHINE}/details?key=%2Flibrary%2Fmetadata%2F{key}"
    )
    assert facts.poster_url is None and TOKEN not in repr(found)


async def test_a_series_is_one_item_with_its_counts(house: PlexHouse) -> None:
    (item,) = await items_of(house, "2")
    assert (item.facts.kind, item.facts.seasons, item.facts.episodes, item.quality) == (Kind.SERIES, 2, 16, None)


async def test_a_large_library_costs_two_requests_a_page(house: PlexHouse) -> None:
    for number in range(10, 262):
        house.world.add_title("1", film(number))
    server = house.server(page=52)
    pages = [page async for page in server.items("1")]
    assert [item.key for page in pages for item in page] == [str(t.key) for t in house.world.listed("1")]
    assert max(map(len, pages)) == 52
    assert house.plex.server.count("GET", "/library/sections/{sectionId}/all") == 5
    assert house.plex.server.count("GET", "/library/metadata/{ids}") == 5
    assert server.requests == 12  # and the libraries and the identity once


async def test_only_what_is_new_or_changed_can_be_asked_for(house: PlexHouse) -> None:
    since = NOON - timedelta(hours=1)
    house.world.change(2, updated_at=NOON)
    new = house.world.add_title("1", film(77), added_at=NOON)
    told = [item.key async for page in house.server().items("1", since=since) for item in page]
    assert told == ["2", str(new)]
    house.plex.server.requests.clear()
    assert [item async for page in house.server().items("2", since=since) for item in page] == []
    assert house.plex.server.count("GET", "/library/metadata/{ids}") == 0


async def test_a_server_that_tells_everything_is_asked_for_no_details_of_the_old(house: PlexHouse) -> None:
    house.plex.filters = False
    for number in range(10, 20):
        house.world.add_title("1", film(number))
    house.world.change(12, updated_at=NOON)
    server = house.server(page=4, plays_page=2)
    assert [item.key async for page in server.items("1", since=NOON) for item in page] == ["12"]
    assert house.plex.server.count("GET", "/library/metadata/{ids}") == 1
    told = [watch.key async for page in server.watches(house.world.plays[5].at) for watch in page]
    assert told == ["6", "7"]


async def test_titles_that_vanish_while_paging_hide_no_others(house: PlexHouse) -> None:
    for number in range(10, 60):
        house.world.add_title("1", film(number))

    def shrink(number: int) -> None:
        if number in {2, 4, 9, 12}:
            for key in [t.key for t in house.world.listed("1")][:3]:
                house.world.delete(key)

    house.plex.before_list = shrink
    told = {item.key for item in await items_of(house, page=10)}
    assert {str(t.key) for t in house.world.listed("1")} <= told
    keys = [key async for page in house.server(keys_page=7).keys("1") for key in page]
    assert len(house.world.gone) == 12
    assert {str(t.key) for t in house.world.listed("1")} <= set(keys)


async def test_keys_are_all_there_even_when_the_server_gives_less_than_asked(house: PlexHouse) -> None:
    for number in range(10, 40):
        house.world.add_title("1", film(number))
    house.plex.page_limit = 4
    keys = [key async for page in house.server().keys("1") for key in page]
    assert keys == [str(t.key) for t in house.world.listed("1")]


async def test_a_list_that_never_stays_still_is_given_up(house: PlexHouse) -> None:
    for number in range(10, 40):
        house.world.add_title("1", film(number))

    def churn(_number: int) -> None:
        for title in house.world.listed("1"):
            house.world.delete(title.key)
        for number in range(30):
            house.world.add_title("1", film(number + 100))

    house.plex.before_list = churn
    with pytest.raises(Unavailable, match="keeps changing"):
        [page async for page in house.server(keys_page=5).keys("1")]


async def test_a_title_that_vanishes_between_list_and_details_is_left_out(house: PlexHouse) -> None:
    house.plex.server.route("GET", "/library/metadata/{ids}")(lambda _call: Answer({"errors": []}, status=404))
    assert await items_of(house) == []


async def test_plays_are_told_oldest_first_by_account_and_item(house: PlexHouse) -> None:
    server = house.server(plays_page=3)
    await server.users()
    plays = [watch async for page in server.watches() for watch in page]
    assert [play.key for play in plays] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [play.account for play in plays] == ["1001", "101", "101", "102", "102", "102", "102"]
    assert (plays[0].item, plays[0].kind, plays[0].episode) == ("1", Kind.MOVIE, None)
    assert [(play.item, play.episode) for play in plays[4:]] == [("4", "s01e01"), ("4", "s01e02"), ("4", "s01e03")]
    assert all(play.watched_at.utcoffset() == timedelta(0) and play.completion == 1.0 for play in plays)
    assert plays[4].title == "Series 9"


async def test_the_owner_is_known_without_asking_for_all_people(house: PlexHouse) -> None:
    plays = await watches_of(house)
    assert plays[0].account == "1001"
    assert house.plex_tv.server.count() == 1


async def test_later_plays_can_be_asked_for(house: PlexHouse) -> None:
    middle = house.world.plays[4].at
    told = [watch.key async for page in house.server().watches(middle) for watch in page]
    assert told == ["5", "6", "7"]


async def test_plays_of_deleted_titles_keep_their_key_and_name(house: PlexHouse) -> None:
    before = {play.key for play in await watches_of(house)}
    house.world.delete(1)
    house.world.delete(4)
    after = await watches_of(house)
    assert {play.key for play in after} == before
    assert {(play.item, play.title) for play in after} >= {(None, "Film 1"), (None, "Series 9")}
    assert await house.server().refs("1") == []


async def test_a_title_that_is_still_there_tells_its_references(house: PlexHouse) -> None:
    assert await house.server().refs("1") == [ref(1)]
    assert await house.server().refs("4") == [ref(9, kind=Kind.SERIES)]
    assert await house.server().refs("../../identity") == []


async def test_plays_of_nobody_and_of_music_are_left_out(house: PlexHouse) -> None:
    play = house.world.plays[0]
    house.world.plays = [
        replace(play, number=1, raw={"accountID": 0}),
        replace(play, number=2, raw={"type": "track"}),
        replace(play, number=3, raw={"viewedAt": None}),
        replace(play, number=4, raw={"accountID": 555}),
        replace(play, number=5, raw={"historyKey": None}),
    ]
    told = await watches_of(house)
    assert [watch.account for watch in told] == ["555", "1001"]
    assert len({watch.key for watch in told}) == 2


async def test_an_account_under_an_older_number_is_found_by_its_name(house: PlexHouse) -> None:
    house.world.plays = [replace(house.world.plays[1], person=33)]
    house.plex.accounts = [(1, "Olga"), (33, "anna")]
    server = house.server()
    await server.users()
    assert [watch.account async for page in server.watches() for watch in page] == ["101"]


async def test_ratings_are_those_of_the_owner(house: PlexHouse) -> None:
    house.world.change(4, user_rating=0.5, rated_at=None)
    house.world.change(2, user_rating=11.0)
    house.plex.strays = True
    told = await house.server().ratings()
    assert [(r.account, r.item, r.value) for r in told] == [("1001", "1", 9.0), ("1001", "4", 1.0)]
    assert told[0].rated_at == NOON - timedelta(days=3) and told[0].refs == (ref(1),)


async def test_the_adapters_fit_the_ports(house: PlexHouse) -> None:
    server: MediaServer = house.server()
    histories: list[HistoryProvider] = [house.server(), house.history()]
    sign_in: SignIn = house.sign_in()
    assert {server.source, sign_in.source, *(history.items_of for history in histories)} == {"plex"}


async def test_a_healthy_server_has_no_problems(house: PlexHouse) -> None:
    health = await house.server().check()
    assert (health.name, health.version, health.problems) == ("Plex", house.world.version, ())


async def test_the_check_names_what_is_missing(house: PlexHouse) -> None:
    house.world.version = "1.18.0.1"
    house.world.sections.clear()
    house.world.add_person(Person(104, "Dora", filters={"filterAll": "label!=Adult"}))
    problems = " ".join((await house.server().check()).problems)
    assert "older than 1.21" in problems and "no library" in problems and "Dora" in problems


async def test_a_token_of_a_guest_is_named_as_such(house: PlexHouse) -> None:
    house.plex_tv.owner_of_server = False
    problems = (await house.server().check()).problems
    assert any("owner" in problem for problem in problems)
    house.plex_tv.server.route("GET", "/resources")(lambda _call: [])
    assert any("no access" in problem for problem in (await house.server().check()).problems)
    with pytest.raises(Rejected):
        await house.server().users()


async def test_without_plex_tv_the_check_says_what_it_costs(house: PlexHouse) -> None:
    async with house.plex_tv.server.down():
        problems = (await house.server().check()).problems
    assert len(problems) == 1 and "permissions" in problems[0]


async def test_a_wrong_token_is_refused_and_never_repeated(house: PlexHouse) -> None:
    server = house.server(token="wrong-token-1")
    for call in (server.check, server.libraries, server.users):
        with pytest.raises(Rejected) as refused:
            await call()
        assert refused.value.status == 401 and "wrong-token-1" not in str(refused.value)


async def test_a_library_that_is_not_there_is_refused(house: PlexHouse) -> None:
    server = house.server()
    assert (server.source, server.items_of) == ("plex", "plex")
    with pytest.raises(Rejected, match="77"):
        await anext(server.items("77"))


async def test_details_that_are_refused_are_not_taken_for_deletions(house: PlexHouse) -> None:
    house.plex.server.allow_status("GET", "/library/metadata/{ids}", 403, reason="a proxy in between")
    house.plex.server.route("GET", "/library/metadata/{ids}")(lambda _call: Answer(None, status=403))
    with pytest.raises(Rejected):
        await items_of(house)


async def test_a_server_that_does_not_say_who_it_is_cannot_be_used(house: PlexHouse) -> None:
    house.plex.server.route("GET", "/identity")(lambda _call: {"MediaContainer": {"size": 0}})
    with pytest.raises(Unavailable):
        await house.server().machine()


@pytest.mark.parametrize(
    "answer", [Answer(b"<html>Router</html>"), Answer(b'"text"'), Answer(b'{"MediaContainer": []}'), Answer(b"")]
)
async def test_something_else_at_the_address_is_no_plex_server(house: PlexHouse, answer: Answer) -> None:
    for route in ("/library/sections/all", "/identity"):
        house.plex.server.route("GET", route)(lambda _call: answer)
    with pytest.raises(Unavailable):
        await house.server().libraries()
    with pytest.raises(Unavailable):
        await house.server().machine()


@pytest.mark.parametrize(
    "fault", [Fault.SERVER_ERROR, Fault.TOO_MANY, Fault.TRUNCATED, Fault.CUT_OFF, Fault.DISCONNECT]
)
async def test_passing_trouble_changes_nothing(house: PlexHouse, fault: Fault) -> None:
    for number in range(10, 40):
        house.world.add_title("1", film(number))
    clean = (await items_of(house, page=10), await watches_of(house, page=3), await house.server().users())
    house.plex.server.faults.plan(fault, every=3)
    house.plex_tv.server.faults.plan(fault, every=3)
    again = (await items_of(house, page=10), await watches_of(house, page=3), await house.server().users())
    assert again == clean
    assert house.plex.server.faults.hits[fault] and house.plex_tv.server.faults.hits[fault]


async def test_a_server_that_is_down_says_so(house: PlexHouse) -> None:
    server = house.server()
    async with house.plex.server.down():
        with pytest.raises(Unavailable):
            await server.libraries()
    assert await server.libraries()


async def test_shares_that_are_no_xml_or_attack_the_parser_are_refused(house: PlexHouse) -> None:
    share = b'<MediaContainer><SharedServer userID="&z;"/></MediaContainer>'
    bomb = b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>' + share
    for body in (bomb, b"<MediaContainer><Shared", b"{}", b"<html></html>"):
        house.plex_tv.shares_body = body
        with pytest.raises(Unavailable):
            await house.server().users()


async def test_one_title_that_cannot_be_read_spoils_no_others(house: PlexHouse) -> None:
    house.plex.strays = True
    odd = {"year": None, "guid": None, "Genre": "x", "Role": None, "duration": "soon", "addedAt": -5, "Media": [None]}
    house.world.change(1, raw={"title": ""})
    house.world.change(2, raw={**odd, "Guid": [{}, {"id": 7}], "contentRating": 12})
    told = await items_of(house)
    assert [item.key for item in told] == ["2", "3"]
    assert told[0].facts.refs == (ref(f"{MACHINE[:12]}-2", "plex"),)
    assert told[0].facts.minimum_age == 12
    house.world.add_title("2", series(5, title="名探偵コナン 🕵️ \u200f"))
    assert (await items_of(house, "2"))[1].facts.title.startswith("名探偵コナン")
