"""What Jellyfin's adapter makes of refusals, faults and answers of somebody else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.media.jellyfin import JellyfinServer, jellyfin_config
from bot.errors import Rejected, Unavailable
from bot.ports.media import ServerLibrary
from tests.contracts.jellyfin_household import (
    ANNA,
    DAY,
    MATRIX,
    SERIES,
    Household,
    items,
    keys,
    open_household,
    watches,
)
from tests.contracts.kit import Answer, Fault
from tests.fakes.clock import NOON
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.jellyfin_world import guid


@pytest.fixture
async def household() -> AsyncIterator[Household]:
    async with open_household() as house:
        yield house


async def test_a_healthy_server_has_no_problems(household: Household) -> None:
    health = await household.server.check()
    assert (health.name, health.version, health.problems) == ("Living room", "10.11.11", ())


async def test_problems_are_named(household: Household) -> None:
    household.world.version = "10.8.13"
    household.world.set_up = household.world.quick_connect = False
    household.world.accounts[1].policy = {"BlockedTags": ["horror"]}
    problems = " ".join((await household.server.check()).problems)
    for word in ("10.9", "start-up", "Quick Connect", "Ben"):
        assert word in problems
    household.world.key_is_admin = False
    assert "administrator" in " ".join((await household.server.check()).problems)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"Version": "4.8.10", "ProductName": "Emby Server"}'])
async def test_something_else_than_jellyfin_is_refused(household: Household, body: bytes) -> None:
    household.fake.route("GET", "/System/Info/Public")(lambda _: Answer(body))
    with pytest.raises(Rejected, match="Something else"):
        await household.server.check()


async def test_a_server_that_stops_and_tells_no_permissions_has_problems(household: Household) -> None:
    household.fake.route("GET", "/System/Info")(lambda _: {"IsShuttingDown": True})
    household.fake.route("GET", "/Users")(lambda _: [{"Id": ANNA, "Name": "Anna"}])
    problems = " ".join((await household.server.check()).problems)
    assert "shutting down" in problems
    assert "permissions" in problems


@pytest.mark.parametrize("path", ["/Users", "/Library/VirtualFolders", "/Localization/ParentalRatings"])
async def test_a_list_that_is_none_is_unavailable(household: Household, path: str) -> None:
    household.fake.route("GET", path)(lambda _: Answer(b'{"Items": []}'))
    with pytest.raises(Unavailable):
        await household.server.users()


async def test_people_and_libraries_without_an_id_are_left_out(household: Household) -> None:
    household.fake.route("GET", "/Users")(lambda _: Answer(b'[{"Name": "Nobody"}, null, {"Id": "a"}, {"Id": "A"}]'))
    household.fake.route("GET", "/Library/VirtualFolders")(lambda _: Answer(b'[{"Name": "Lost"}, {"ItemId": "1"}]'))
    assert [user.account for user in await household.server.users()] == ["a"]
    assert await household.server.libraries() == [ServerLibrary("1", "1", None)]


async def test_source_and_requests_are_told(household: Household) -> None:
    assert household.server.source == household.server.items_of == "jellyfin"
    await household.server.libraries()
    assert household.server.requests == household.fake.count() == 1


async def test_a_wrong_key_is_refused_and_not_told(household: Household) -> None:
    async with impatient_http() as http:
        server = JellyfinServer(http.service(jellyfin_config(household.fake.url, "wrongkey")))
        with pytest.raises(Rejected) as told:
            await server.libraries()
    assert told.value.status == 401
    assert "wrongkey" not in str(told.value)


@pytest.mark.parametrize("body", [b"<html>Bad gateway</html>", b"[]", b"null", b'{"Items": null}', b"{"])
async def test_an_answer_of_somebody_else_is_unavailable(household: Household, body: bytes) -> None:
    household.fake.route("GET", "/Items")(lambda _: Answer(body))
    with pytest.raises(Unavailable):
        await items(household)


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.TIMEOUT])
async def test_faults_on_the_way_change_nothing(household: Household, fault: Fault) -> None:
    household.world.watch(ANNA, MATRIX, NOON)
    clean = (await items(household), await watches(household))
    household.fake.faults.plan(fault, every=3, retry_after="0")
    assert (await items(household), await watches(household)) == clean
    assert household.fake.faults.hits[fault] >= 2


@pytest.mark.parametrize("seed", range(5))
async def test_chance_faults_change_nothing(household: Household, seed: int) -> None:
    for number in range(600, 607):
        household.world.watch(ANNA, guid(number), NOON - number * DAY)

    async def everything() -> list[object]:
        server = household.server
        told = [await server.libraries(), await server.users(), await server.ratings()]
        return [
            *told,
            await items(household),
            await items(household, SERIES),
            await keys(household),
            await watches(household),
        ]

    clean = await everything()
    household.fake.faults.seeded(seed, 0.3)
    assert await everything() == clean
    assert household.fake.faults.hits.total() > 0


async def test_a_server_that_is_gone_is_unavailable(household: Household) -> None:
    async with household.fake.down():
        with pytest.raises(Unavailable):
            await household.server.users()
