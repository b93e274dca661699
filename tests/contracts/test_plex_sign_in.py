"""Sign-in with a Plex account, over real sockets; nothing of the token may stay behind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.errors import NotAllowed, NotFound, Rejected, Unavailable
from tests.contracts.kit import Answer, Call, Fault
from tests.fakes.services.plex_house import PlexHouse, open_house, small_world
from tests.fakes.services.plex_world import CLIENT, TOKEN


@pytest.fixture
async def house() -> AsyncIterator[PlexHouse]:
    async with open_house(small_world()) as house:
        yield house


async def test_a_person_signs_in_on_plexs_own_page(house: PlexHouse) -> None:
    sign_in = house.sign_in()
    begun = await sign_in.begin()
    assert sign_in.source == "plex" and begun.lifetime == 1800
    assert begun.url is not None
    page = parse_qs(urlsplit(begun.url).fragment.removeprefix("?"))
    assert begun.url.startswith("https://app.plex.tv/auth#?")
    assert (page["clientID"], page["code"]) == ([CLIENT], [begun.code])
    assert await sign_in.finish(begun.secret) is None
    token = house.plex_tv.confirm(5000, 102)
    who = await sign_in.finish(begun.secret)
    assert who is not None
    assert (who.account, who.name, who.age_limit) == ("102", "Ben", 14)
    assert token not in house.plex_tv.tokens
    assert token not in repr((vars(sign_in), begun, who))


async def test_the_owners_token_is_never_used_to_begin(house: PlexHouse) -> None:
    await house.sign_in().begin()
    assert all(TOKEN not in call.headers.values() for call in house.plex_tv.server.requests)


async def test_a_sign_in_is_good_for_one_look(house: PlexHouse) -> None:
    sign_in = house.sign_in()
    begun = await sign_in.begin()
    house.plex_tv.confirm(5000, 101)
    assert await sign_in.finish(begun.secret) is not None
    with pytest.raises(NotFound):
        await sign_in.finish(begun.secret)


@pytest.mark.parametrize("person", [105, 999])
async def test_an_account_without_access_to_the_server_is_not_let_in(house: PlexHouse, person: int) -> None:
    sign_in = house.sign_in()
    begun = await sign_in.begin()
    token = house.plex_tv.confirm(5000, person)
    with pytest.raises(NotAllowed):
        await sign_in.finish(begun.secret)
    assert token not in house.plex_tv.tokens


async def test_the_number_of_somebody_elses_sign_in_is_not_enough(house: PlexHouse) -> None:
    sign_in = house.sign_in()
    await sign_in.begin()
    house.plex_tv.confirm(5000, 101)
    for secret in ("5000.guess", "5000", "", "../user.x", "5000.", f"{'9' * 50}.a"):
        with pytest.raises(NotFound):
            await sign_in.finish(secret)


async def test_a_sign_in_that_is_too_old_is_not_found(house: PlexHouse) -> None:
    sign_in = house.sign_in()
    begun = await sign_in.begin()
    house.plex_tv.pins.clear()
    with pytest.raises(NotFound):
        await sign_in.finish(begun.secret)


async def test_the_owner_may_sign_in_too(house: PlexHouse) -> None:
    sign_in = house.sign_in()
    begun = await sign_in.begin()
    house.plex_tv.confirm(5000, 1001)
    who = await sign_in.finish(begun.secret)
    assert who is not None and who.is_admin


async def test_trouble_with_signing_out_does_not_keep_anybody_out(house: PlexHouse) -> None:
    sign_in = house.sign_in()
    begun = await sign_in.begin()
    house.plex_tv.confirm(5000, 101)
    house.plex_tv.server.faults.plan(
        Fault.SERVER_ERROR, at=range(1, 10), matching=lambda call: call.path.endswith("/signout")
    )
    who = await sign_in.finish(begun.secret)
    assert who is not None and who.account == "101"
    assert house.plex_tv.server.faults.hits[Fault.SERVER_ERROR] > 1


async def test_plex_tv_being_down_or_odd_says_so(house: PlexHouse) -> None:
    sign_in = house.sign_in()
    begun = await sign_in.begin()
    house.plex_tv.server.faults.plan(Fault.SERVER_ERROR, at=range(1, 100))
    with pytest.raises(Unavailable):
        await sign_in.finish(begun.secret)
    house.plex_tv.server.faults.clear()
    house.plex_tv.server.route("GET", "/pins/{pinID}")(lambda _call: Answer(b"{}", status=401))
    with pytest.raises(Rejected):
        await sign_in.finish(begun.secret)
    house.plex_tv.server.route("POST", "/pins")(lambda _call: Answer(b"{}", status=201))
    with pytest.raises(Unavailable):
        await sign_in.begin()


async def test_an_account_that_cannot_be_read_is_nobody(house: PlexHouse) -> None:
    sign_in = house.sign_in()
    begun = await sign_in.begin()
    house.plex_tv.server.allow_status("GET", "/user", 403, reason="an account that was blocked")
    for status, error in ((200, Unavailable), (403, Rejected)):
        house.plex_tv.confirm(5000, 101)
        answer = Answer(b"{}", status=status)
        house.plex_tv.server.route("GET", "/user")(partial(_always, answer))
        with pytest.raises(error):
            await sign_in.finish(begun.secret)
    assert "token-of-101-5000" not in house.plex_tv.tokens


def _always(answer: Answer, _call: Call) -> Answer:
    return answer
