"""What every request service promises, held by the fake, Seerr and Overseerr alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.media.seerr import SeerrRequester, seerr_config
from bot.errors import AlreadyRequested, NotAllowed, NotFound, QuotaReached, Unavailable
from bot.model.titles import Kind
from bot.ports.requests import MediaState, Requester, RequestState, RequestUser
from tests.fakes.requests import FakeRequester
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.seerr import SeerrService
from tests.fakes.services.seerr_world import ADMIN, AVAILABLE, REQUEST, Person, SeerrWorld, Work
from tests.samples import film, ref

OWNER, ANNA, BEN, STRANGER = "1", "2", "3", "4"
SHOW = ref(1396, kind=Kind.SERIES)


def fake() -> FakeRequester:
    return FakeRequester(
        available={ref(1)},
        strangers={STRANGER},
        admins={OWNER},
        user_list=[RequestUser(account, account, account == OWNER) for account in (OWNER, ANNA, BEN, STRANGER)],
        titles=[film(number) for number in range(1, 5)],
        quota=2,
    )


@asynccontextmanager
async def service(described: str, version: str) -> AsyncIterator[SeerrRequester]:
    world = SeerrWorld(version=version)
    world.add(Person(1, "Owner", ADMIN), Person(4, "Stranger", 0))
    world.add(*(Person(number, name, REQUEST, movie_quota=(2, 7)) for number, name in ((2, "Anna"), (3, "Ben"))))
    world.add(
        *(Work("movie", number, f"Film {number}", status=AVAILABLE if number == 1 else 1) for number in range(1, 5))
    )
    world.add(Work("tv", 1396, "Breaking Bad", seasons={0: 9, 1: 7, 2: 13}))
    played = SeerrService(world, described)
    async with played.server as server, impatient_http() as http:
        yield SeerrRequester(http.service(seerr_config(server.url.removesuffix("/api/v1"), world.key)), page=3)
        server.assert_clean()


@pytest.fixture(params=["fake", "seerr", "seerr-3.2", "overseerr"])
async def requester(request: pytest.FixtureRequest) -> AsyncIterator[Requester]:
    if request.param == "fake":
        yield fake()
        return
    described, version = {
        "seerr": ("seerr", "3.3.0"),
        "seerr-3.2": ("seerr", "3.2.0"),
        "overseerr": ("overseerr", "1.34.0"),
    }[request.param]
    async with service(described, version) as real:
        yield real


async def test_a_title_is_requested_once(requester: Requester) -> None:
    assert (await requester.status(ref(2))).state is MediaState.UNKNOWN
    filed = await requester.request(ref(2), account=ANNA)
    assert (filed.ref, filed.account, filed.state) == (ref(2), ANNA, RequestState.PENDING)
    status = await requester.status(ref(2))
    assert status.state is MediaState.PENDING
    assert [(one.id, one.account) for one in status.requests] == [(filed.id, ANNA)]
    with pytest.raises(AlreadyRequested):
        await requester.request(ref(2), account=BEN)


async def test_what_is_there_is_not_requested(requester: Requester) -> None:
    assert (await requester.status(ref(1))).state is MediaState.AVAILABLE
    with pytest.raises(AlreadyRequested):
        await requester.request(ref(1), account=ANNA)


async def test_a_request_has_the_rights_of_who_asks(requester: Requester) -> None:
    with pytest.raises(NotAllowed):
        await requester.request(ref(2), account=STRANGER)
    assert (await requester.quotas(ANNA)).movies.remaining == 2
    for number in (2, 3):
        await requester.request(ref(number), account=ANNA)
    assert (await requester.quotas(ANNA)).movies.remaining == 0
    with pytest.raises(QuotaReached):
        await requester.request(ref(4), account=ANNA)
    assert (await requester.status(ref(4))).state is MediaState.UNKNOWN
    assert (await requester.request(ref(4), account=BEN)).account == BEN


async def test_chosen_seasons_are_requested(requester: Requester) -> None:
    filed = await requester.request(SHOW, account=ANNA, seasons=[2])
    assert (filed.ref, filed.seasons) == (SHOW, (2,))


@pytest.mark.parametrize(("approve", "state"), [(True, RequestState.APPROVED), (False, RequestState.DECLINED)])
async def test_only_an_admin_decides(requester: Requester, approve: bool, state: RequestState) -> None:
    filed = await requester.request(ref(2), account=ANNA)
    with pytest.raises(NotAllowed):
        await requester.decide(filed.id, approve=approve, account=BEN)
    assert (await requester.get(filed.id)).state is RequestState.PENDING
    assert (await requester.decide(filed.id, approve=approve, account=OWNER)).state is state
    assert (await requester.get(filed.id)).state is state


@pytest.mark.parametrize("request_id", ["99", "", "x", "../1", "²"])
async def test_an_unknown_request_is_not_found(requester: Requester, request_id: str) -> None:
    with pytest.raises(NotFound):
        await requester.get(request_id)
    with pytest.raises(NotFound):
        await requester.decide(request_id, approve=True, account=OWNER)


async def test_all_users_are_told_once(requester: Requester) -> None:
    users = [user async for page in requester.users() for user in page]
    assert [user.account for user in users] == [OWNER, ANNA, BEN, STRANGER]
    assert [user.is_admin for user in users] == [True, False, False, False]


async def test_all_requests_are_listed(requester: Requester) -> None:
    ids = {
        (await requester.request(target, account=account)).id
        for target, account in ((ref(2), ANNA), (ref(3), ANNA), (ref(4), BEN), (SHOW, BEN))
    }
    listed = [filed async for page in requester.listed() for filed in page]
    assert {filed.id for filed in listed} == ids
    assert {filed.ref for filed in listed} == {ref(2), ref(3), ref(4), SHOW}


async def test_titles_are_found_by_name(requester: Requester) -> None:
    assert [facts.refs[0] for facts in await requester.search("film 3")] == [ref(3)]
    assert list(await requester.search("nothing of that name")) == []


async def test_the_service_is_healthy(requester: Requester) -> None:
    assert (await requester.check()).problems == ()
    assert requester.requests > 0


async def test_a_service_that_is_down_says_so() -> None:
    with pytest.raises(Unavailable):
        await FakeRequester(down=True).status(ref(1))
