"""What is repeated, how long is waited, and when a service is left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from adapters.http import HttpConfig, open_http
from adapters.http.waiting import retry_after
from bot.errors import Rejected, Unavailable
from tests.adapters.http.servers import NOON, Script, StandingClock, served, status, text


async def test_a_get_is_repeated_until_it_works() -> None:
    clock, script = StandingClock(), Script(status(503), status(500), text('{"a": 1}'))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        client = http.service(HttpConfig("Seerr", url))
        assert await client.get_json("/x") == {"a": 1}
        assert (client.requests, clock.slept) == (3, [0.5, 1.0])


async def test_chance_shortens_a_wait_by_half_at_most() -> None:
    clock, script = StandingClock(draw=0.0), Script(status(503), text("1"))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        await http.service(HttpConfig("Seerr", url)).get_json("/x")
    assert clock.slept == [0.25]


async def test_attempts_are_bounded() -> None:
    clock, script = StandingClock(), Script(status(502))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        client = http.service(HttpConfig("Seerr", url, attempts=3))
        with pytest.raises(Unavailable) as told:
            await client.get_json("/x")
    assert (len(script.seen), told.value.status, told.value.service) == (3, 502, "Seerr")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_what_may_have_had_an_effect_is_not_repeated_by_itself(method: str) -> None:
    clock, script = StandingClock(), Script(status(503), text("{}"))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        client = http.service(HttpConfig("Seerr", url))
        with pytest.raises(Unavailable):
            await client.send_json(method, "/x", {"a": 1})
        assert len(script.seen) == 1
        assert await client.send_json(method, "/x", {"a": 1}, retry=True) == {}


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409, 501])
async def test_a_refusal_is_not_repeated(code: int) -> None:
    clock, script = StandingClock(), Script(status(code))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        with pytest.raises((Rejected, Unavailable)) as told:
            await http.service(HttpConfig("Seerr", url)).get_json("/x")
    assert isinstance(told.value, Rejected) == (code < 500)
    assert (len(script.seen), getattr(told.value, "status", None)) == (1, code)


async def test_a_status_that_is_accepted_comes_back_as_an_answer() -> None:
    script = Script(lambda: web.json_response({"message": "quota"}, status=403, headers={"X-Left": "0"}))
    async with served(script) as url, open_http() as http:
        answer = await http.service(HttpConfig("Seerr", url)).request("POST", "/x", json={}, accept=(403,))
    assert (answer.status, answer.json(), answer.headers["x-left"]) == (403, {"message": "quota"}, "0")


async def test_the_words_of_a_refusal_are_passed_on() -> None:
    script = Script(lambda: web.json_response({"message": "No such\nprofile"}, status=400))
    async with served(script) as url, open_http() as http:
        with pytest.raises(Rejected, match="No such profile"):
            await http.service(HttpConfig("Seerr", url)).get_json("/x")


@pytest.mark.parametrize("value", ["7", " 7 ", "7.0", format_datetime(NOON + timedelta(seconds=7), usegmt=True)])
async def test_retry_after_is_kept_to(value: str) -> None:
    clock, script = StandingClock(), Script(status(429, Retry_After=value), text("1"))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        await http.service(HttpConfig("TMDB", url)).get_json("/x")
    assert sum(clock.slept) == pytest.approx(7)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("-5", 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("99999999999999999999 GMT", None),
    ],
)
def test_a_strange_retry_after_does_no_harm(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOON) == seconds


async def test_nobody_waits_for_an_hour() -> None:
    clock, script = StandingClock(), Script(status(429, Retry_After="3600"))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        with pytest.raises(Unavailable) as told:
            await http.service(HttpConfig("TMDB", url)).get_json("/x")
    assert (told.value.status, clock.slept, len(script.seen)) == (429, [], 1)


async def test_a_pause_that_was_asked_for_holds_for_everybody() -> None:
    clock, script = StandingClock(), Script(status(429, Retry_After="9"), text("1"))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        client = http.service(HttpConfig("TMDB", url, attempts=1))
        with pytest.raises(Unavailable):
            await client.get_json("/x")
        await client.get_json("/y")
    assert clock.slept == [9.0]


@pytest.mark.parametrize(
    "body", ['{"a": [1, 2', "", "<html>", "[" * 200_000, '{"a": "\udcff"}'.encode("utf-8", "surrogateescape")]
)
async def test_an_answer_that_cannot_be_read_is_asked_for_again(body: bytes) -> None:
    clock = StandingClock()
    script = Script(lambda: web.Response(body=body), text('{"a": 1}'))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        assert await http.service(HttpConfig("Plex", url)).get_json("/x") == {"a": 1}


async def test_an_answer_that_stays_unreadable_is_unavailable() -> None:
    clock = StandingClock()
    async with served(Script(text('{"a"'))) as url, open_http(timing=clock.timing) as http:
        client = http.service(HttpConfig("Plex", url))
        with pytest.raises(Unavailable, match="cannot be read"):
            await client.get_json("/x")
        assert client.requests == 4
        with pytest.raises(Unavailable, match="cannot be read"):
            (await client.request("GET", "/x")).json()


async def test_an_empty_answer_to_a_command_is_nothing() -> None:
    async with served(Script(status(204))) as url, open_http() as http:
        assert await http.service(HttpConfig("Seerr", url)).send_json("DELETE", "/x", None) is None


async def test_a_service_that_is_not_there_is_unavailable() -> None:
    clock = StandingClock()
    async with served(Script(text("1"))) as url:
        pass
    async with open_http(timing=clock.timing) as http:
        client = http.service(HttpConfig("Plex", url, attempts=2))
        with pytest.raises(Unavailable, match="cannot be reached") as told:
            await client.get_json("/x")
    assert (client.requests, told.value.status) == (2, None)


async def test_a_service_that_never_answers_times_out() -> None:
    async def hang(_request: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async with served(hang) as url, open_http() as http:
        with pytest.raises(Unavailable, match="did not answer within"):
            await http.service(HttpConfig("Plex", url, timeout=0.05, attempts=1)).get_json("/x")


def _failing(times: int) -> tuple[Callable[[], web.StreamResponse], ...]:
    return (status(500),) * times


async def test_the_breaker_opens_lets_one_through_and_closes() -> None:
    clock, script = StandingClock(), Script(*_failing(3), text("1"))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        client = http.service(HttpConfig("Plex", url, attempts=1, breaker_failures=2, breaker_seconds=30))
        for _ in range(2):
            with pytest.raises(Unavailable, match="problem of its own"):
                await client.get_json("/x")
        with pytest.raises(Unavailable, match="left alone"):
            await client.get_json("/x")
        assert client.requests == 2
        clock.moment += 31
        with pytest.raises(Unavailable, match="problem of its own"):  # the probe fails
            await client.get_json("/x")
        with pytest.raises(Unavailable, match="left alone"):
            await client.get_json("/x")
        clock.moment += 31
        assert await client.get_json("/x") == 1
        assert await client.get_json("/x") == 1
        assert client.requests == 5


async def test_only_one_probe_goes_through_at_a_time_and_a_cancelled_one_frees_the_way() -> None:
    clock, gate, arrived = StandingClock(), asyncio.Event(), asyncio.Event()
    failing = True

    async def respond(_request: web.Request) -> web.StreamResponse:
        if failing:
            return web.Response(status=500)
        arrived.set()
        await gate.wait()
        return web.json_response(1)

    async with served(respond) as url, open_http(timing=clock.timing) as http:
        client = http.service(HttpConfig("Plex", url, attempts=1, breaker_failures=1))
        with pytest.raises(Unavailable):
            await client.get_json("/x")
        failing = False
        clock.moment += 31
        probe = asyncio.create_task(client.get_json("/x"))
        await arrived.wait()
        with pytest.raises(Unavailable, match="left alone"):
            await client.get_json("/x")
        probe.cancel()
        with pytest.raises(asyncio.CancelledError):
            await probe
        gate.set()
        assert await client.get_json("/x") == 1


async def test_refusals_do_not_open_the_breaker() -> None:
    async with served(Script(status(404))) as url, open_http() as http:
        client = http.service(HttpConfig("Plex", url, breaker_failures=2))
        for _ in range(5):
            with pytest.raises(Rejected):
                await client.get_json("/x")
        assert client.requests == 5
