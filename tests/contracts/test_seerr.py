"""Seerr's own rules, against a server that follows the official description."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from adapters.media.seerr import SeerrRequester, seerr_config
from bot.errors import AlreadyRequested, InvalidInput, NotAllowed, NotFound, QuotaReached, Rejected, Unavailable
from bot.model.titles import Kind
from bot.ports.requests import FiledRequest, MediaState, Quota, RequestState
from tests.contracts.kit import Answer, DescribedServer, Fault
from tests.fakes.clock import NOON
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.seerr import SeerrService
from tests.fakes.services.seerr_world import (
    ADMIN,
    AUTO_APPROVE,
    AVAILABLE,
    BLOCKLISTED,
    MANAGE_REQUESTS,
    PARTIAL,
    REQUEST,
    Person,
    SeerrWorld,
    Work,
)
from tests.samples import ref

SHOW = ref(1396, kind=Kind.SERIES)
DAY = timedelta(days=1)


@dataclass
class Desk:
    """A fake Seerr and the adapter in front of it, three entries a page."""

    world: SeerrWorld
    service: SeerrService
    fake: DescribedServer
    requester: SeerrRequester


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    world = SeerrWorld()
    world.add(
        Person(1, "Owner", ADMIN, discord=("100", "101")),
        Person(2, "Anna", plex=77, discord=("200",), telegram="2000", movie_quota=(2, 7), tv_quota=(3, 7)),
        Person(3, "Ben", REQUEST | AUTO_APPROVE, jellyfin="0000000A-0000-0000-0000-000000000001"),
        Person(4, "Moderator", MANAGE_REQUESTS),
        Person(5, "Guest", 0),
    )
    world.add(*(Work("movie", number, f"Film {number}") for number in range(600, 607)))
    world.add(Work("tv", 1396, "Breaking Bad", "2008-01-20", seasons={0: 9, 1: 7, 2: 13, 3: 13, 4: 13}))
    service = SeerrService(world)
    async with service.server as fake, impatient_http() as http:
        client = http.service(seerr_config(fake.url, world.key))
        yield Desk(world, service, fake, SeerrRequester(client, page=3))
        fake.assert_clean()


async def test_everything_done_for_a_person_carries_that_person(desk: Desk) -> None:
    filed = await desk.requester.request(ref(603), account="2")
    await desk.requester.decide(filed.id, approve=True, account="4")
    await desk.requester.quotas("2")
    for call in desk.fake.requests:
        if call.method == "POST" or call.operation.endswith("quota"):
            assert call.headers["X-API-User"] in {"2", "4"}
    posted = next(call for call in desk.fake.requests if call.operation == "/request")
    assert posted.json == {"mediaType": "movie", "mediaId": 603, "is4k": False}
    assert desk.world.requests[1].owner == 2


@pytest.mark.parametrize("account", ["", " ", "0", "01", "-2", "2.0", "anna", "2 ", "²", "1e1", "2\r\nX-API-User: 1"])
async def test_without_a_numbered_account_nothing_is_sent(desk: Desk, account: str) -> None:
    for attempt in (
        desk.requester.request(ref(603), account=account),
        desk.requester.decide("1", approve=True, account=account),
        desk.requester.quotas(account),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert desk.fake.requests == []


async def test_a_request_is_not_approved_by_the_key_of_the_owner(desk: Desk) -> None:
    assert (await desk.requester.request(ref(603), account="2")).state is RequestState.PENDING
    assert (await desk.requester.request(ref(604), account="3")).state is RequestState.APPROVED


async def test_nothing_is_filed_where_the_person_s_header_is_lost_on_the_way(desk: Desk) -> None:
    desk.service.deaf = True
    with pytest.raises(Rejected, match="X-API-User"):
        await desk.requester.request(ref(603), account="2")
    with pytest.raises(Rejected, match="X-API-User"):
        await desk.requester.decide("1", approve=True, account="4")
    assert desk.world.requests == {}
    assert desk.fake.count("POST") == 0
    assert "X-API-User" in " ".join((await desk.requester.check()).problems)


async def test_somebody_whom_seerr_has_deleted_may_nothing(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        await desk.requester.request(ref(603), account="99")
    with pytest.raises(NotAllowed):
        await desk.requester.quotas("99")
    assert desk.world.requests == {}


async def test_refusals_are_told_in_the_service_s_own_words(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="permission to make movie requests"):
        await desk.requester.request(ref(603), account="5")
    desk.world.works[("movie", 604)].status = BLOCKLISTED
    with pytest.raises(NotAllowed, match="blocklisted"):
        await desk.requester.request(ref(604), account="2")
    for number in (600, 601):
        await desk.requester.request(ref(number), account="2")
    with pytest.raises(QuotaReached, match="Movie Quota exceeded"):
        await desk.requester.request(ref(602), account="2")
    with pytest.raises(AlreadyRequested, match="already exists"):
        await desk.requester.request(ref(600), account="3")


async def test_quotas_count_films_and_seasons_within_their_days(desk: Desk) -> None:
    await desk.requester.request(ref(603), account="2")
    await desk.requester.request(SHOW, account="2", seasons=[1, 2])
    quotas = await desk.requester.quotas("2")
    assert quotas.movies == Quota(limit=2, used=1, remaining=1, days=7)
    assert quotas.seasons == Quota(limit=3, used=2, remaining=1, days=7)
    with pytest.raises(QuotaReached):
        await desk.requester.request(SHOW, account="2", seasons=[3, 4])
    desk.world.now += 8 * DAY
    assert (await desk.requester.quotas("2")).seasons.remaining == 3
    assert (await desk.requester.quotas("3")).movies == Quota(limit=None, used=0, remaining=None, days=7)


async def test_all_seasons_are_those_that_nobody_has_asked_for(desk: Desk) -> None:
    await desk.requester.request(SHOW, account="3", seasons=[2, 2])
    filed = await desk.requester.request(SHOW, account="2")
    assert filed.seasons == (1, 3, 4)
    with pytest.raises(AlreadyRequested, match="No seasons available"):
        await desk.requester.request(SHOW, account="3")
    with pytest.raises(InvalidInput):
        await desk.requester.request(SHOW, account="3", seasons=[])


async def test_the_state_of_each_season_is_told(desk: Desk) -> None:
    show = desk.world.works[("tv", 1396)]
    show.status, show.season_status = PARTIAL, {1: AVAILABLE}
    await desk.requester.request(SHOW, account="2", seasons=[2])
    await desk.requester.request(SHOW, account="3", seasons=[3])
    status = await desk.requester.status(SHOW)
    assert status.state is MediaState.PARTIAL
    assert dict(status.seasons) == {
        1: MediaState.AVAILABLE,
        2: MediaState.PENDING,
        3: MediaState.PROCESSING,
        4: MediaState.UNKNOWN,
    }


async def test_a_title_that_does_not_exist_is_not_found(desk: Desk) -> None:
    for target in (ref(1), ref("tt0133093", "imdb"), ref(1, kind=Kind.SERIES)):
        with pytest.raises(NotFound):
            await desk.requester.status(target)
        with pytest.raises(NotFound):
            await desk.requester.request(target, account="2")
    assert desk.world.requests == {}


async def test_what_somebody_else_decided_comes_back_as_it_is(desk: Desk) -> None:
    filed = await desk.requester.request(ref(603), account="2")
    await desk.requester.decide(filed.id, approve=False, account="1")
    assert (await desk.requester.decide(filed.id, approve=True, account="4")).state is RequestState.DECLINED


async def test_users_carry_what_links_them_to_chats_and_servers(desk: Desk) -> None:
    users = {user.account: user async for page in desk.requester.users() for user in page}
    assert (users["1"].discord_ids, users["1"].is_admin) == (("100", "101"), True)
    assert (users["2"].plex_account, users["2"].telegram_id, users["2"].is_admin) == ("77", "2000", False)
    assert users["3"].jellyfin_account == "0000000a000000000000000000000001"
    assert users["4"].is_admin
    assert [len(page) async for page in desk.requester.users()] == [3, 2]


async def test_chat_ids_of_older_versions_are_read(desk: Desk) -> None:
    desk.world.version = "3.2.1"
    users = {user.account: user async for page in desk.requester.users() for user in page}
    assert users["2"].discord_ids == ("200",)


async def test_a_user_who_is_deleted_meanwhile_has_no_chat_ids(desk: Desk) -> None:
    pages = desk.requester.users()
    first = await anext(pages)
    del desk.world.people[5]
    rest = [user async for page in pages for user in page]
    assert {user.account for user in (*first, *rest)} == {"1", "2", "3", "4"}


HARD_WORDS = ["What's Up, Doc?", "8½", "M*A*S*H", "50/50", "(500) Days", "a+b=c&d#e", "Se7en; [REC]", "千と千尋", "%41"]


@pytest.mark.parametrize("name", HARD_WORDS)
async def test_any_title_can_be_searched(desk: Desk, name: str) -> None:
    desk.world.add(Work("movie", 9, name))
    (facts,) = await desk.requester.search(f"  {name} ", locale="de")
    assert facts.title == name
    assert desk.fake.requests[-1].query["language"] == "de"


async def test_a_search_tells_films_and_series_and_no_people(desk: Desk) -> None:
    desk.world.add(Work("tv", 605, "Film noir", "2008-01-20", genres=(10765, 1)))
    found = await desk.requester.search("film")
    assert {facts.kind for facts in found} == {Kind.MOVIE, Kind.SERIES}
    series = next(facts for facts in found if facts.kind is Kind.SERIES)
    assert (series.year, series.genres, series.language) == (2008, ("Sci-Fi & Fantasy",), "en")
    assert series.poster_url == "https://image.tmdb.org/t/p/w500/poster.jpg"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
async def test_an_empty_search_asks_nobody(desk: Desk, text: str) -> None:
    assert list(await desk.requester.search(text)) == []
    assert desk.fake.requests == []


async def listed(desk: Desk, **options: object) -> list[FiledRequest]:
    pages = desk.requester.listed(**options)  # type: ignore[arg-type]
    return [filed async for page in pages for filed in page]


async def test_requests_are_listed_by_their_last_change(desk: Desk) -> None:
    for number in range(600, 607):
        await desk.requester.request(ref(number), account="3")
        desk.world.now += DAY
    desk.world.requests[2].updated = desk.world.now
    assert [filed.id for filed in await listed(desk)] == ["2", "7", "6", "5", "4", "3", "1"]
    before = len(desk.fake.requests)
    recent = await listed(desk, since=NOON + 5 * DAY)
    assert [filed.id for filed in recent] == ["2", "7", "6"]
    assert len(desk.fake.requests) - before == 2
    assert recent[0].updated_at == desk.world.now
    assert recent[1].ref == ref(606)


async def test_a_request_that_vanishes_while_they_are_listed_hides_no_other(desk: Desk) -> None:
    for number in range(600, 607):
        await desk.requester.request(ref(number), account="3")
        desk.world.now += DAY
    pages = desk.requester.listed()
    seen = {filed.id for filed in await anext(pages)}
    del desk.world.requests[6], desk.world.requests[7]
    seen |= {filed.id async for page in pages for filed in page}
    assert seen == {"1", "2", "3", "4", "5", "6", "7"}


async def test_a_request_is_sent_once_whatever_happens(desk: Desk) -> None:
    for fault in (Fault.SERVER_ERROR, Fault.TOO_MANY, Fault.DISCONNECT):
        desk.fake.faults.clear()
        desk.fake.faults.plan(fault, every=1, matching=lambda call: call.method == "POST")
        before = desk.fake.count("POST")
        with pytest.raises(Unavailable):
            await desk.requester.request(ref(603), account="2")
        assert desk.fake.count("POST") == before + 1
    assert desk.world.requests == {}


@pytest.mark.parametrize("fault", [Fault.DISCONNECT, Fault.TRUNCATED, Fault.CUT_OFF])
async def test_an_answer_that_is_lost_leaves_the_outcome_to_be_read_back(desk: Desk, fault: Fault) -> None:
    desk.fake.faults.plan(fault, at={1}, matching=lambda call: call.method == "POST", after=True)
    with pytest.raises(Unavailable) as told:
        await desk.requester.request(ref(603), account="2")
    assert told.value.status is None
    (filed,) = (await desk.requester.status(ref(603))).requests
    assert (filed.account, filed.state) == ("2", RequestState.PENDING)


async def test_reading_is_repeated(desk: Desk) -> None:
    await desk.requester.request(ref(603), account="2")
    for fault in (Fault.SERVER_ERROR, Fault.TOO_MANY, Fault.DISCONNECT, Fault.TRUNCATED):
        desk.fake.faults.clear()
        desk.fake.faults.plan(fault, at={1}, retry_after="0")
        assert (await desk.requester.get("1")).account == "2"
        assert len(await listed(desk)) == 1


@pytest.mark.parametrize("seed", range(5))
async def test_chance_faults_do_not_change_what_is_read(desk: Desk, seed: int) -> None:
    for number in range(600, 607):
        await desk.requester.request(ref(number), account="3")

    async def everything() -> list[object]:
        users = [user async for page in desk.requester.users() for user in page]
        told = [
            await desk.requester.status(ref(603)),
            await desk.requester.quotas("2"),
            await desk.requester.search("film"),
        ]
        return [users, await listed(desk), await desk.requester.get("1"), *told]

    clean = await everything()
    desk.fake.faults.seeded(seed, 0.3)
    assert await everything() == clean
    assert desk.fake.faults.hits.total() > 0


async def test_a_healthy_service_has_no_problems(desk: Desk) -> None:
    health = await desk.requester.check()
    assert (health.name, health.version, health.problems) == ("Seerr", "3.3.0", ())


async def test_problems_are_named(desk: Desk) -> None:
    desk.world.people[1].permissions = REQUEST
    desk.world.restart_required = True
    problems = " ".join((await desk.requester.check()).problems)
    assert "administrator" in problems
    assert "restart" in problems


async def test_a_wrong_key_is_refused_and_not_told(desk: Desk) -> None:
    async with impatient_http() as http:
        requester = SeerrRequester(http.service(seerr_config(desk.fake.url, "a-wrong-key")))
        for attempt in (requester.check(), requester.get("1"), requester.request(ref(603), account="2")):
            with pytest.raises(Rejected) as told:
                await attempt
            assert "a-wrong-key" not in str(told.value)


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"[]", b"null", b'"x"', b"{", b"{}"])
async def test_an_answer_of_somebody_else_is_unavailable(desk: Desk, body: bytes) -> None:
    desk.fake.route("GET", "/search")(lambda _: Answer(body))
    with pytest.raises(Unavailable):
        await desk.requester.search("film")


async def test_a_request_that_was_filed_for_somebody_else_is_told(desk: Desk) -> None:
    answer = {"id": 9, "status": 2, "media": {"tmdbId": 603}, "requestedBy": {"id": 1}}
    desk.fake.route("POST", "/request")(lambda _: Answer(json.dumps(answer).encode(), status=201))
    with pytest.raises(Rejected, match="X-API-User"):
        await desk.requester.request(ref(603), account="2")


@pytest.mark.parametrize("body", [b"", b"[]", b'{"id": 1}'])
async def test_a_decision_with_an_odd_answer_has_an_unknown_outcome(desk: Desk, body: bytes) -> None:
    desk.fake.route("POST", "/request/{requestId}/{status}")(lambda _: Answer(body))
    with pytest.raises(Unavailable):
        await desk.requester.decide("1", approve=True, account="4")


async def test_a_service_of_one_person_is_healthy(desk: Desk) -> None:
    desk.world.people = {1: desk.world.people[1]}
    assert (await desk.requester.check()).problems == ()


@pytest.mark.parametrize(
    ("version", "name"), [("1.34.0", "Overseerr"), ("2.7.3", "Jellyseerr"), ("develop-1a2b", "Seerr")]
)
async def test_the_version_tells_which_program_it_is(desk: Desk, version: str, name: str) -> None:
    status = {"version": version, "commitTag": "x", "updateAvailable": False, "commitsBehind": 0}
    desk.fake.route("GET", "/status")(lambda _: {**status, "restartRequired": False})
    assert (await desk.requester.check()).name == name


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"status": "ok"}'])
async def test_something_else_than_seerr_is_refused(desk: Desk, body: bytes) -> None:
    desk.fake.route("GET", "/status")(lambda _: Answer(body))
    with pytest.raises(Rejected, match="Something else"):
        await desk.requester.check()


async def test_an_accepted_request_with_an_odd_answer_has_an_unknown_outcome(desk: Desk) -> None:
    desk.fake.route("POST", "/request")(lambda _: Answer(b'{"id": "?"}', status=201))
    with pytest.raises(Unavailable) as told:
        await desk.requester.request(ref(603), account="2")
    assert told.value.status is None
