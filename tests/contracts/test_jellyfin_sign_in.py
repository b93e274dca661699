"""Sign-in by Quick Connect."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from adapters.media.jellyfin import JellyfinServer, JellyfinSignIn, jellyfin_config
from bot.errors import NotAllowed, NotFound, Rejected, Unavailable
from tests.contracts.kit import Answer, DescribedServer, Fault
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.jellyfin import JellyfinService
from tests.fakes.services.jellyfin_world import Account, JellyfinWorld, Library, guid

ANNA, BEN, FILMS = guid(0xA), guid(0xB), guid(0xF1)


@dataclass
class Door:
    """A fake Jellyfin and its sign-in."""

    world: JellyfinWorld
    fake: DescribedServer
    sign_in: JellyfinSignIn


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    world = JellyfinWorld(
        libraries=[Library(FILMS, "Films", "movies")],
        accounts=[
            Account(ANNA, "Anna", {"EnableAllFolders": False, "EnabledFolders": [FILMS], "MaxParentalRating": 13}),
            Account(BEN, "Ben"),
        ],
    )
    service = JellyfinService(world)
    async with service.server as fake, impatient_http() as http:
        client = http.service(jellyfin_config(fake.url, world.key))
        yield Door(world, fake, JellyfinSignIn(client, JellyfinServer(client)))
        fake.assert_clean()


async def test_who_entered_the_code_is_proven_once(door: Door) -> None:
    code = await door.sign_in.begin()
    assert code.url == f"{door.fake.url}/web/#/quickconnect"
    assert await door.sign_in.finish(code.secret) is None
    door.world.enter(code.code, ANNA)
    person = await door.sign_in.finish(code.secret)
    assert person is not None
    assert (person.account, person.name, person.libraries, person.age_limit) == (ANNA, "Anna", (FILMS,), 13)
    with pytest.raises(NotFound):
        await door.sign_in.finish(code.secret)


async def test_the_session_is_ended_at_once(door: Door) -> None:
    code = await door.sign_in.begin()
    door.world.enter(code.code, ANNA)
    await door.sign_in.finish(code.secret)
    assert door.fake.count("POST", "/Sessions/Logout") == 1
    assert door.world.tokens == {}


async def test_the_key_takes_no_part_in_a_sign_in(door: Door) -> None:
    code = await door.sign_in.begin()
    door.world.enter(code.code, ANNA)
    await door.sign_in.finish(code.secret)
    for call in door.fake.requests:
        if call.operation.startswith("/QuickConnect") or call.operation.startswith("/Users/Auth"):
            assert door.world.key not in call.headers["Authorization"]


async def test_two_people_sign_in_side_by_side(door: Door) -> None:
    first, second = await door.sign_in.begin(), await door.sign_in.begin()
    door.world.enter(second.code, BEN)
    door.world.enter(first.code, ANNA)
    people = [await door.sign_in.finish(code.secret) for code in (first, second)]
    assert [person.name for person in people if person] == ["Anna", "Ben"]


@pytest.mark.parametrize("secret", ["", "nobody's", "a&b=c d", "🎬"])
async def test_a_secret_that_jellyfin_does_not_know_is_not_found(door: Door, secret: str) -> None:
    with pytest.raises(NotFound):
        await door.sign_in.finish(secret)


@pytest.mark.parametrize("policy", [{"IsDisabled": True}, {"LockedOut": True}])
async def test_an_account_that_is_switched_off_is_not_allowed(door: Door, policy: dict[str, bool]) -> None:
    code = await door.sign_in.begin()
    door.world.enter(code.code, BEN)
    door.world.account(BEN).policy = dict(policy)
    with pytest.raises(NotAllowed):
        await door.sign_in.finish(code.secret)
    assert door.world.tokens == {}


async def test_without_quick_connect_nothing_begins(door: Door) -> None:
    door.world.quick_connect = False
    with pytest.raises(Rejected, match="Quick Connect"):
        await door.sign_in.begin()


async def test_a_session_that_cannot_be_ended_is_reported_without_its_token(door: Door) -> None:
    code = await door.sign_in.begin()
    door.world.enter(code.code, ANNA)
    door.fake.faults.plan(Fault.SERVER_ERROR, every=1, matching=lambda call: call.operation == "/Sessions/Logout")
    with capture_logs() as logs:
        person = await door.sign_in.finish(code.secret)
    assert person is not None
    assert any(entry["log_level"] == "warning" for entry in logs)
    assert not any(token in str(logs) for token in door.world.tokens)


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"Code": "1"}'])
async def test_a_code_that_cannot_be_read_is_unavailable(door: Door, body: bytes) -> None:
    door.fake.route("POST", "/QuickConnect/Initiate")(lambda _: Answer(body))
    with pytest.raises(Unavailable):
        await door.sign_in.begin()


async def test_an_answer_without_a_person_is_unavailable(door: Door) -> None:
    code = await door.sign_in.begin()
    door.world.enter(code.code, ANNA)
    door.fake.route("POST", "/Users/AuthenticateWithQuickConnect")(lambda _: Answer(b"{}"))
    with pytest.raises(Unavailable):
        await door.sign_in.finish(code.secret)


async def test_a_code_that_another_used_meanwhile_is_not_found(door: Door) -> None:
    code = await door.sign_in.begin()
    door.world.enter(code.code, ANNA)
    door.fake.route("POST", "/Users/AuthenticateWithQuickConnect")(lambda _: Answer(status=400))
    with pytest.raises(NotFound):
        await door.sign_in.finish(code.secret)


async def test_a_refusal_of_another_kind_stays_one(door: Door) -> None:
    door.fake.allow_status("GET", "/QuickConnect/Connect", 410, reason="a server of tomorrow")
    door.fake.route("GET", "/QuickConnect/Connect")(lambda _: Answer(status=410))
    with pytest.raises(Rejected):
        await door.sign_in.finish("secret")
    assert door.sign_in.source == "jellyfin"


async def test_an_unreachable_server_is_unavailable(door: Door) -> None:
    async with door.fake.down():
        with pytest.raises(Unavailable):
            await door.sign_in.begin()
        with pytest.raises(Unavailable):
            await door.sign_in.finish("secret")
