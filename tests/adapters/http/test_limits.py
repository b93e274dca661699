"""How many at once, how many a second, and how much of an answer."""

from __future__ import annotations

import asyncio
import gzip

import pytest
from aiohttp import web

from adapters.http import HttpConfig, open_http
from adapters.http.service import _limiter
from bot.errors import Unavailable
from tests.adapters.http.servers import Script, StandingClock, served, status, text


async def test_no_more_than_so_many_requests_are_under_way() -> None:
    under_way, most = 0, 0

    async def respond(_request: web.Request) -> web.StreamResponse:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(20):
            await asyncio.sleep(0)
        under_way -= 1
        return web.json_response(1)

    async with served(respond) as url, open_http() as http:
        client = http.service(HttpConfig("Plex", url, concurrency=3))
        async with asyncio.TaskGroup() as group:
            for number in range(20):
                group.create_task(client.get_json(f"/{number}"))
    assert (most, client.requests) == (3, 20)


async def test_who_waits_to_ask_again_takes_no_place() -> None:
    clock, script = StandingClock(), Script(status(503), text("1"))
    async with served(script) as url, open_http(timing=clock.timing) as http:
        client = http.service(HttpConfig("Plex", url, concurrency=1))
        assert await asyncio.gather(*(client.get_json("/x") for _ in range(3))) == [1, 1, 1]


class _HastyLoop(asyncio.SelectorEventLoop):
    """Skips the time in which nothing would happen."""

    skipped = 0.0

    def time(self) -> float:
        return super().time() + self.skipped

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self.skipped += max(0.0, self._scheduled[0].when() - self.time())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


@pytest.mark.parametrize("per_second", [40.0, 5.0, 0.5])
def test_a_rate_is_kept_in_every_second(per_second: float) -> None:
    async def taken() -> list[float]:
        limiter = _limiter(per_second)
        moments = []
        for _ in range(100):
            await limiter.acquire()
            moments.append(asyncio.get_running_loop().time())
        return moments

    with asyncio.Runner(loop_factory=_HastyLoop) as runner:
        moments = runner.run(taken())
    window = max(1.0, 1 / per_second)
    busiest = max(sum(start <= moment < start + window * 0.99 for moment in moments) for start in moments)
    assert busiest <= per_second * window + max(1.0, per_second * 0.1) + 1
    assert moments[-1] - moments[0] >= 0.9 * (100 - max(1.0, per_second * 0.1)) / per_second


@pytest.mark.parametrize("compressed", [False, True])
async def test_an_answer_that_is_too_long_is_not_read_to_its_end(compressed: bool) -> None:
    body = b"0" * (3 << 20)

    async def respond(_request: web.Request) -> web.StreamResponse:
        if compressed:
            return web.Response(body=gzip.compress(body), headers={"Content-Encoding": "gzip"})
        return web.Response(body=body)

    async with served(respond) as url, open_http() as http:
        client = http.service(HttpConfig("Plex", url, max_bytes=1 << 20))
        with pytest.raises(Unavailable, match="more than 1 MiB"):
            await client.get_json("/x")
        assert client.requests == 1


async def test_an_answer_without_end_is_cut_off() -> None:
    async def respond(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)

    async with served(respond) as url, open_http() as http:
        with pytest.raises(Unavailable, match=r"more than 0\.25 MiB"):
            await http.service(HttpConfig("Plex", url, max_bytes=1 << 18)).get_json("/x")


async def test_an_answer_of_exactly_the_limit_is_read() -> None:
    body = b'"' + b"x" * 98 + b'"'

    async def respond(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=body)

    async with served(respond) as url, open_http() as http:
        assert await http.service(HttpConfig("Plex", url, max_bytes=100)).get_json("/x") == "x" * 98
        with pytest.raises(Unavailable):
            await http.service(HttpConfig("Plex", url, max_bytes=99)).get_json("/x")
