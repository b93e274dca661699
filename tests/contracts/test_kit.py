"""The kit itself: what it lets through, what it objects to, and the faults that it deals out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.contracts.kit import Answer, Call, DescribedServer, Fault, load

USER = {"id": 7, "email": "anna@example.org", "createdAt": "2026-01-01", "updatedAt": "2026-01-01"}
KEY = {"X-Api-Key": "key"}


@pytest.fixture
async def seerr() -> AsyncIterator[DescribedServer]:
    server = DescribedServer(load("seerr"))

    @server.route("GET", "/user/{userId}")
    def user(call: Call) -> Any:
        return USER if call.params["userId"] == "7" else {"id": "seven"}

    @server.route("POST", "/request")
    def ask(call: Call) -> Answer:
        return Answer({"id": 1, "status": 1, "media": {}, "modifiedBy": USER}, status=201)

    async with server:
        yield server


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers=KEY) as session:
        yield session


async def test_a_described_request_and_answer_pass(seerr: DescribedServer, client: aiohttp.ClientSession) -> None:
    async with client.get(f"{seerr.url}/user/7") as response:
        assert await response.json() == USER
    body = {"mediaType": "movie", "mediaId": 603, "is4k": False}
    async with client.post(f"{seerr.url}/request", json=body) as response:
        assert response.status == 201
    seerr.assert_clean()
    assert (seerr.count(), seerr.count("GET", "/user/{userId}")) == (2, 1)


@pytest.mark.parametrize(
    ("method", "path", "json", "problem"),
    [
        ("GET", "/nowhere", None, "no such path"),
        ("DELETE", "/request", None, "no such path or method"),
        ("GET", "/user/7?depth=2", None, "'depth' is not described"),
        ("GET", "/user/seven", None, "path parameter 'userId'"),
        ("GET", "/user/8", None, "answer 200"),
        ("GET", "/status", None, "no handler"),
        ("GET", "/search", None, "'query' is missing"),
        ("GET", "/search?query=x&page=first", None, "query parameter 'page'"),
        ("POST", "/request", {"mediaType": "book", "mediaId": 603}, "body $.mediaType"),
        ("POST", "/request", {"mediaType": "movie"}, "'mediaId' is a required property"),
        ("POST", "/request", None, "body is missing"),
    ],
)
async def test_what_the_description_does_not_allow_is_a_violation(
    seerr: DescribedServer, client: aiohttp.ClientSession, method: str, path: str, json: Any, problem: str
) -> None:
    async with client.request(method, seerr.url + path, json=json):
        pass
    with pytest.raises(AssertionError) as told:
        seerr.assert_clean()
    assert problem in str(told.value)


async def test_a_request_without_any_key_is_a_violation(seerr: DescribedServer) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{seerr.url}/user/7"):
        pass
    assert seerr.violations == ["GET /user/{userId}: none of the described ways to authenticate is used"]


async def test_a_required_header_is_demanded_of_every_request(client: aiohttp.ClientSession) -> None:
    async with DescribedServer(load("seerr"), required_headers={"X-API-User": r"\d+"}) as server:
        async with client.get(f"{server.url}/status", headers={"X-API-User": "7"}):
            pass
        assert not any("X-API-User" in violation for violation in server.violations)
        async with client.get(f"{server.url}/status"):
            pass
        assert any("X-API-User" in violation for violation in server.violations)


async def test_extras_are_allowed_with_a_reason(seerr: DescribedServer, client: aiohttp.ClientSession) -> None:
    seerr.extra("GET", "/hidden/{name}", lambda call: {"name": call.params["name"]}, reason="for this test")
    seerr.allow_query("GET", "/user/{userId}", ["depth"], reason="for this test")
    async with client.get(f"{seerr.url}/hidden/door") as response:
        assert await response.json() == {"name": "door"}
    async with client.get(f"{seerr.url}/user/7?depth=1"):
        pass
    seerr.assert_clean()


async def test_a_handler_that_fails_is_a_violation(client: aiohttp.ClientSession) -> None:
    server = DescribedServer(load("seerr"))

    @server.route("GET", "/status")
    def status(call: Call) -> Any:
        raise KeyError("version")

    async with server, client.get(f"{server.url}/status") as response:
        assert response.status == 500
    assert server.violations == ["GET /status: the fake's handler failed: KeyError('version')"]


async def test_fields_that_are_not_described_are_violations_where_that_is_wanted(
    client: aiohttp.ClientSession,
) -> None:
    server = DescribedServer(load("seerr"), known_fields=True)
    server.allow_field("$.shoeSize", reason="for this test")

    @server.route("GET", "/user/{userId}")
    def user(call: Call) -> Any:
        return {**USER, "shoeSize": 43, "colour": "red"}

    async with server, client.get(f"{server.url}/user/7"):
        pass
    assert server.violations == ["GET /user/{userId}: the answer's field $.colour is not described"]


def test_a_route_that_is_not_described_cannot_be_registered() -> None:
    with pytest.raises(LookupError):
        DescribedServer(load("seerr")).route("GET", "/hidden")


async def test_each_fault_shows_as_what_it_is(seerr: DescribedServer, client: aiohttp.ClientSession) -> None:
    url = f"{seerr.url}/user/7"
    seerr.faults.plan(Fault.TOO_MANY, at={1}, retry_after="9")
    seerr.faults.plan(Fault.SERVER_ERROR, at={2})
    seerr.faults.plan(Fault.TRUNCATED, at={3})
    seerr.faults.plan(Fault.CUT_OFF, at={4})
    seerr.faults.plan(Fault.DISCONNECT, at={5}, after=True)
    seerr.faults.plan(Fault.TIMEOUT, at={6})
    async with client.get(url) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "9")
    async with client.get(url) as response:
        assert response.status == 500
    async with client.get(url) as response:
        assert response.status == 200
        with pytest.raises(ValueError, match=r"."):
            await response.json()
    with pytest.raises(aiohttp.ClientPayloadError):
        async with client.get(url) as response:
            await response.read()
    post = client.post(f"{seerr.url}/request", json={"mediaType": "movie", "mediaId": 1})
    with pytest.raises(aiohttp.ClientError):
        await post
    with pytest.raises(TimeoutError):
        await client.get(url, timeout=aiohttp.ClientTimeout(total=0.05))
    async with client.get(url) as response:
        assert await response.json() == USER
    assert sum(seerr.faults.hits.values()) == 6


async def test_a_seeded_plan_fails_no_request_too_often(seerr: DescribedServer, client: aiohttp.ClientSession) -> None:
    seerr.faults.seeded(3, 1.0, [Fault.SERVER_ERROR], at_most=2)
    statuses = []
    for _ in range(4):
        async with client.get(f"{seerr.url}/user/7") as response:
            statuses.append(response.status)
    assert statuses == [500, 500, 200, 200]


async def test_a_server_that_restarts_refuses_and_comes_back(
    seerr: DescribedServer, client: aiohttp.ClientSession
) -> None:
    async with client.get(f"{seerr.url}/user/7"):
        pass
    async with seerr.down():
        with pytest.raises(aiohttp.ClientError):
            await client.get(f"{seerr.url}/user/7")
    async with client.get(f"{seerr.url}/user/7") as response:
        assert response.status == 200


async def test_tautulli_is_checked_by_its_commands(client: aiohttp.ClientSession) -> None:
    server = DescribedServer(load("tautulli"))

    @server.route("GET", "get_history")
    def history(call: Call) -> Any:
        return {"response": {"result": "success", "message": None, "data": {"data": []}}}

    async with server:
        async with client.get(f"{server.url}/api/v2?apikey=k&cmd=get_history&start=0&length=50"):
            pass
        server.assert_clean()
        for query in ("cmd=get_history", "apikey=k&cmd=get_history&page=1", "apikey=k&cmd=get_story", "apikey=k"):
            before = len(server.violations)
            async with client.get(f"{server.url}/api/v2?{query}"):
                pass
            assert len(server.violations) == before + 1, server.violations
        async with client.get(f"{server.url}/api/v2?apikey=k&cmd=get_metadata"):
            pass
        assert "GET get_history: parameter 'page' is not documented" in server.violations


async def test_telegram_is_checked_by_its_methods(client: aiohttp.ClientSession) -> None:
    server = DescribedServer(load("telegram"))
    chat = {"id": 5, "type": "private", "first_name": "Anna"}

    @server.route("POST", "sendMessage")
    def send(call: Call) -> Any:
        return {"ok": True, "result": {"message_id": 1, "date": 0, "chat": chat, "text": call.form["text"]}}

    async with server:
        url = f"{server.url}/bot1:abc/sendMessage"
        keyboard = '{"inline_keyboard": [[{"text": "Yes", "callback_data": "t"}]]}'
        async with client.post(url, data={"chat_id": "5", "text": "hello", "reply_markup": keyboard}) as response:
            assert (await response.json())["result"]["text"] == "hello"
        server.assert_clean()
        for wrong in (
            {"chat_id": "5", "text": "x", "colour": "red"},
            {"text": "x"},
            {"chat_id": "5", "text": "x", "reply_markup": '{"inline_keyboard": [[{"label": "Yes"}]]}'},
        ):
            before = len(server.violations)
            async with client.post(url, data=wrong):
                pass
            assert len(server.violations) == before + 1, wrong


async def test_requests_side_by_side_are_all_counted(seerr: DescribedServer, client: aiohttp.ClientSession) -> None:
    async def ask() -> None:
        async with client.get(f"{seerr.url}/user/7"):
            pass

    async with asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(ask())
    assert seerr.count("GET", "/user/{userId}") == 20
