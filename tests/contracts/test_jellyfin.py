"""Jellyfin as a media server and a history, against a server that follows the official description."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.model.titles import Credit, Kind, Role, TitleRef
from bot.ports.media import Quality, ServerLibrary
from tests.contracts.jellyfin_household import (
    ANNA,
    BEN,
    DAY,
    FILMS,
    MATRIX,
    PILOT,
    SECOND,
    SERIES,
    SHOW,
    Household,
    items,
    keys,
    open_household,
    watches,
)
from tests.fakes.clock import NOON
from tests.fakes.services.jellyfin_world import Item, PlayState, guid


@pytest.fixture
async def household() -> AsyncIterator[Household]:
    async with open_household() as house:
        yield house


async def test_libraries_of_films_and_series_are_told(household: Household) -> None:
    assert await household.server.libraries() == [
        ServerLibrary(FILMS, "Films", Kind.MOVIE),
        ServerLibrary(SERIES, "Series", Kind.SERIES),
    ]


async def test_people_see_what_their_policy_opens(household: Household) -> None:
    anna, ben, carla = await household.server.users()
    assert (anna.libraries, anna.is_admin, anna.age_limit) == (None, True, None)
    assert (ben.libraries, ben.is_admin, ben.age_limit) == ((FILMS,), False, 13)
    assert carla.libraries == ()


async def test_blocked_libraries_are_taken_out_of_all(household: Household) -> None:
    household.world.accounts[1].policy = {"BlockedMediaFolders": [FILMS]}
    users = {user.account: user for user in await household.server.users()}
    assert users[BEN].libraries == (SERIES,)


async def test_a_blocked_library_stays_closed_although_it_is_enabled(household: Household) -> None:
    policy = {"EnableAllFolders": False, "EnabledFolders": [FILMS, SERIES], "BlockedMediaFolders": [FILMS]}
    household.world.accounts[1].policy = policy
    users = {user.account: user for user in await household.server.users()}
    assert users[BEN].libraries == (SERIES,)


@pytest.mark.parametrize(
    ("policy", "open_"),
    [
        ({"BlockedTags": ["Horror & gore"]}, (SERIES,)),
        ({"BlockedTags": ["Horror & gore", "Late"]}, ()),
        ({"BlockedTags": ["of no title"]}, None),
        ({"AllowedTags": ["Children"]}, ()),
    ],
)
async def test_libraries_with_titles_that_a_tag_hides_are_closed(
    household: Household, policy: dict[str, list[str]], open_: tuple[str, ...] | None
) -> None:
    household.world.items[MATRIX].told["Tags"] = ["Horror & gore"]
    household.world.items[SHOW].told["Tags"] = ["Late"]
    household.world.accounts[1].policy = dict(policy)
    users = {user.account: user for user in await household.server.users()}
    assert users[BEN].libraries == open_


@pytest.mark.parametrize(
    ("limit", "step", "seen", "hidden"),
    [(13, None, "PG-13", "TV-14"), (17, 0, "R", "TV-MA"), (17, 1, "NC-17", "XXX"), (10, 0, "PG", "TV-PG")],
)
async def test_an_age_limit_hides_what_the_server_would_hide(
    household: Household, limit: int, step: int | None, seen: str, hidden: str
) -> None:
    household.world.ratings["XXX"] = (1000, 0)
    household.world.accounts[1].policy = {"MaxParentalRating": limit, "MaxParentalSubRating": step}
    household.world.items[MATRIX].told["OfficialRating"] = seen
    household.world.items[guid(604)].told["OfficialRating"] = hidden
    ben = next(user for user in await household.server.users() if user.account == BEN)
    ages = {item.key: item.facts.minimum_age for item in await items(household)}
    young, old = ages[MATRIX], ages[guid(604)]
    assert young is not None and old is not None and ben.age_limit is not None
    assert young <= ben.age_limit < old


async def test_all_titles_are_told_a_page_at_a_time(household: Household) -> None:
    pages = [page async for page in household.server.items(FILMS)]
    assert max(len(page) for page in pages) <= 2
    found = [item for page in pages for item in page]
    assert [item.key for item in found] == [guid(number) for number in range(600, 607)]
    assert {item.library for item in found} == {FILMS}
    assert found[3].facts.refs == (TitleRef(Kind.MOVIE, "tmdb", "603"),)
    assert found[3].facts.minimum_age == 13
    assert found[3].page_url == f"{household.fake.url}/web/#/details?id={MATRIX}&serverId={household.world.id}"


async def test_a_film_carries_all_its_facts(household: Household) -> None:
    household.world.items[MATRIX].name = "The Matrix"
    household.world.items[MATRIX].told = {
        "OriginalTitle": "Matrix",
        "ProductionYear": 1999,
        "PremiereDate": "1999-03-30T00:00:00.0000000Z",
        "RunTimeTicks": 81_600_000_000,
        "Overview": "A hacker learns.\nThe truth.",
        "Taglines": ["Free your mind"],
        "Genres": ["Action", "Sci-Fi", "Action"],
        "Tags": ["Dystopia"],
        "CommunityRating": 8.2,
        "OfficialRating": "R",
        "ProviderIds": {"Imdb": "tt0133093", "Tmdb": "603", "Trakt": "481"},
        "People": [
            {"Name": "Lana Wachowski", "Type": "Director", "Id": guid(1)},
            {"Name": "Keanu Reeves", "Type": "Actor", "Role": "Neo", "Id": guid(2)},
            {"Name": "Carrie-Anne Moss", "Type": "Actor", "Id": guid(3)},
            {"Name": "Keanu Reeves", "Type": "Actor", "Id": guid(2)},
            {"Name": "Don Davis", "Type": "Composer", "Id": guid(4)},
        ],
    }
    facts = next(item for item in await items(household) if item.key == MATRIX).facts
    assert (facts.title, facts.original_title, facts.year, facts.runtime) == ("The Matrix", "Matrix", 1999, 136)
    assert [str(ref) for ref in facts.refs] == ["movie:603", "movie:imdb-tt0133093"]
    assert facts.genres == ("Action", "Science Fiction")
    assert facts.keywords == ("dystopia",)
    assert facts.credits == (
        Credit("Lana Wachowski", Role.DIRECTOR, 0),
        Credit("Keanu Reeves", Role.CAST, 0),
        Credit("Carrie-Anne Moss", Role.CAST, 1),
    )
    assert (facts.vote_average, facts.minimum_age, facts.tagline) == (8.2, 17, "Free your mind")
    assert facts.overview == "A hacker learns.\nThe truth."


async def test_the_best_version_is_the_quality(household: Household) -> None:
    def version(width: int, height: int, kind: str, channels: int) -> dict[str, object]:
        streams = [
            {"Type": "Video", "Codec": "hevc", "Width": width, "Height": height, "VideoRangeType": kind, "Index": 0},
            {"Type": "Audio", "Codec": "eac3", "Channels": channels, "Index": 1},
            {"Type": "Audio", "Codec": "aac", "Channels": 2, "Index": 2},
        ]
        return {"Protocol": "File", "Type": "Default", "MediaStreams": streams}

    household.world.items[MATRIX].told["MediaSources"] = [
        version(1920, 800, "SDR", 8),
        version(3840, 1600, "DOVIWithHDR10", 6),
    ]
    found = next(item for item in await items(household) if item.key == MATRIX)
    assert found.quality == Quality("2160p", "Dolby Vision", "hevc", "5.1")


async def test_a_series_is_one_item_whatever_its_episodes(household: Household) -> None:
    (show,) = await items(household, SERIES)
    assert (show.key, show.facts.kind, show.facts.seasons, show.facts.episodes) == (SHOW, Kind.SERIES, 1, 2)
    assert [str(ref) for ref in show.facts.refs] == ["series:1396", "series:tvdb-81189"]
    assert await keys(household, SERIES) == [SHOW]


async def test_only_what_changed_is_told_again(household: Household) -> None:
    household.world.items[MATRIX].saved = NOON
    found = await items(household, since=NOON - timedelta(hours=1))
    assert [item.key for item in found] == [MATRIX]


async def test_keys_cost_little(household: Household) -> None:
    assert await keys(household) == [guid(number) for number in range(600, 607)]
    call = household.fake.requests[-1]
    assert "fields" not in call.query
    assert household.fake.count("GET", "/Items") == 3  # 7 keys, 3 a page, one shared with the page before


@pytest.mark.parametrize("gone", [[600], [600, 601], [600, 601, 602], [600, 601, 602, 603]])
async def test_nothing_is_passed_over_when_titles_leave_while_they_are_read(
    household: Household, gone: list[int]
) -> None:
    found: set[str] = set()
    first = True
    async for page in household.server.keys(FILMS):
        found |= set(page)
        if first:
            for number in gone:
                household.world.remove(guid(number))
        first = False
    assert found >= {guid(number) for number in range(600, 607) if number not in gone}


async def test_titles_that_arrive_while_others_are_read_disturb_nothing(household: Household) -> None:
    found: list[str] = []
    async for page in household.server.keys(FILMS):
        found += page
        if len(found) < 5:
            number = 900 + len(found)
            household.world.add([Item(guid(number), "Movie", "A new one", FILMS, created=NOON)])
    assert set(found) >= {guid(number) for number in range(600, 607)}


async def test_films_and_episodes_are_told_with_counts_and_last_times(household: Household) -> None:
    world_ = household.world
    world_.watch(ANNA, MATRIX, NOON - DAY)
    world_.watch(ANNA, MATRIX, NOON)
    world_.watch(BEN, MATRIX, NOON)
    world_.watch(ANNA, SECOND, NOON - DAY)
    world_.states[(ANNA, PILOT)] = PlayState(plays=1, last=NOON, played=False, percentage=40.0)
    told = await watches(household)
    assert set(told) == {f"{ANNA}/{MATRIX}", f"{ANNA}/{SECOND}", f"{ANNA}/{PILOT}", f"{BEN}/{MATRIX}"}
    film = told[f"{ANNA}/{MATRIX}"]
    assert (film.plays, film.watched_at, film.item, film.completion, film.episode) == (2, NOON, MATRIX, 1.0, None)
    assert film.refs == (TitleRef(Kind.MOVIE, "tmdb", "603"),)
    episode = told[f"{ANNA}/{SECOND}"]
    assert (episode.item, episode.episode, episode.kind, episode.title) == (SHOW, "s01e02", Kind.SERIES, "Breaking Bad")
    assert told[f"{ANNA}/{PILOT}"].completion == 0.4


async def test_a_watch_keeps_its_key_when_its_count_grows(household: Household) -> None:
    household.world.watch(ANNA, MATRIX, NOON - DAY)
    (before,) = (await watches(household)).values()
    household.world.watch(ANNA, MATRIX, NOON)
    (after,) = (await watches(household, since=NOON - timedelta(hours=1))).values()
    assert (before.key, before.plays, after.plays) == (after.key, 1, 2)
    assert after.watched_at == NOON


async def test_what_is_watched_again_is_told_once(household: Household) -> None:
    household.world.states[(ANNA, MATRIX)] = PlayState(plays=3, played=True, percentage=10.0)
    pages = [page async for page in household.server.watches()]
    (watch,) = [watch for page in pages for watch in page]
    assert (watch.plays, watch.completion) == (3, 1.0)


async def test_a_history_is_read_no_further_back_than_needed(household: Household) -> None:
    for number in range(600, 607):
        household.world.watch(ANNA, guid(number), NOON - (607 - number) * DAY)
    told = await watches(household, since=NOON - 2 * DAY)
    assert set(told) == {f"{ANNA}/{guid(605)}", f"{ANNA}/{guid(606)}"}
    played = [call for call in household.fake.requests if call.query.getall("filters", []) == ["IsPlayed"]]
    assert len([call for call in played if call.query["userId"] == ANNA]) == 2


async def test_what_was_marked_without_a_date_counts_from_when_it_was_added(household: Household) -> None:
    household.world.states[(ANNA, MATRIX)] = PlayState(plays=0, last=None)
    (watch,) = (await watches(household)).values()
    assert (watch.plays, watch.watched_at) == (1, household.world.items[MATRIX].created)


async def test_likes_are_ratings_and_favourites_are_not(household: Household) -> None:
    household.world.states[(ANNA, guid(600))] = PlayState(likes=True)
    household.world.states[(ANNA, guid(601))] = PlayState(likes=False)
    household.world.states[(ANNA, guid(602))] = PlayState(rating=7.5)
    household.world.states[(BEN, guid(603))] = PlayState(favourite=True)
    told = {rating.item: rating.value for rating in await household.server.ratings()}
    assert told == {guid(600): 9.0, guid(601): 2.0, guid(602): 7.5}


async def test_references_are_known_as_long_as_the_title_is_there(household: Household) -> None:
    assert await household.server.refs(MATRIX) == (TitleRef(Kind.MOVIE, "tmdb", "603"),)
    household.world.remove(MATRIX)
    assert list(await household.server.refs(MATRIX)) == []
