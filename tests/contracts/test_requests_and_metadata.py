"""What a request service and a metadata service promise."""

from __future__ import annotations

import pytest

from bot.errors import AlreadyRequested, NotAllowed, NotFound, QuotaReached, Unavailable
from bot.ports.metadata import MetadataSource
from bot.ports.requests import MediaState, Requester, RequestState
from tests.fakes.metadata import FakeMetadataSource
from tests.fakes.requests import FakeRequester
from tests.samples import film, ref


@pytest.fixture
def requester() -> Requester:
    return FakeRequester(available={ref(1)}, strangers={"stranger"}, admins={"admin"}, quota=2)


async def test_a_title_is_requested_once(requester: Requester) -> None:
    assert (await requester.status(ref(2))).state is MediaState.UNKNOWN
    filed = await requester.request(ref(2), account="anna")
    assert (filed.account, filed.state) == ("anna", RequestState.PENDING)
    assert (await requester.status(ref(2))).state is MediaState.PENDING
    assert (await requester.get(filed.id)).ref == ref(2)
    with pytest.raises(AlreadyRequested):
        await requester.request(ref(2), account="ben")


async def test_what_is_there_is_not_requested(requester: Requester) -> None:
    assert (await requester.status(ref(1))).state is MediaState.AVAILABLE
    with pytest.raises(AlreadyRequested):
        await requester.request(ref(1), account="anna")


async def test_a_request_has_the_rights_of_who_asks(requester: Requester) -> None:
    with pytest.raises(NotAllowed):
        await requester.request(ref(2), account="stranger")
    for number in (2, 3):
        await requester.request(ref(number), account="anna", seasons=[1])
    with pytest.raises(QuotaReached):
        await requester.request(ref(4), account="anna")
    assert (await requester.status(ref(4))).state is MediaState.UNKNOWN
    assert (await requester.request(ref(4), account="ben")).state is RequestState.PENDING


async def test_only_who_may_decides(requester: Requester) -> None:
    filed = await requester.request(ref(2), account="anna")
    with pytest.raises(NotAllowed):
        await requester.decide(filed.id, approve=True, account="anna")
    assert (await requester.decide(filed.id, approve=True, account="admin")).state is RequestState.APPROVED
    with pytest.raises(NotFound):
        await requester.decide("999", approve=True, account="admin")


@pytest.fixture
def metadata() -> MetadataSource:
    return FakeMetadataSource([film(603, ref("tt0133093", "imdb"), title="The Matrix"), film(604, title="Matrix 2")])


async def test_facts_are_found_by_any_reference(metadata: MetadataSource) -> None:
    for known in (ref(603), ref("tt0133093", "imdb")):
        details = await metadata.details(known, locales=["de"])
        assert details is not None
        assert details.facts.title == "The Matrix"
    assert await metadata.details(ref(1)) is None
    assert await metadata.find(ref("tt0133093", "imdb")) == ref(603)


async def test_search_finds_at_most_what_was_asked_for(metadata: MetadataSource) -> None:
    assert len(await metadata.search("matrix")) == 2
    assert len(await metadata.search("matrix", limit=1)) == 1
    assert list(await metadata.search("nothing of that name")) == []
    assert list(await metadata.search(" ")) == []


async def test_services_that_are_down_say_so() -> None:
    with pytest.raises(Unavailable):
        await FakeRequester(down=True).status(ref(1))
    source = FakeMetadataSource()
    source.down = True
    with pytest.raises(Unavailable):
        await source.details(ref(1))
