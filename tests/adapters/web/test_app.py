"""The web application, asked over its own transport and over real sockets."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import httpx
import pytest
import structlog
from fastapi import FastAPI, Request

from adapters.web import PrometheusMeter, Router, WebServer, build_app
from bot.errors import InvalidInput, NotFound, Rejected, Unavailable
from bot.model.running import ServiceState, ServiceStatus
from tests.fakes.clock import NOON

FINE = (ServiceStatus("telegram", ServiceState.RUNNING, NOON), ServiceStatus("web", ServiceState.RUNNING, NOON))
DOWN = ServiceStatus("discord", ServiceState.WAITING, NOON, 3, "The token was refused.")


def application(
    services: Sequence[ServiceStatus] = FINE, *, stopping: bool = False, max_body: int = 1000
) -> tuple[FastAPI, PrometheusMeter]:
    router = Router()

    @router.post("/hooks/{secret}", include_in_schema=False)
    async def hook(secret: str, request: Request) -> dict[str, int]:
        return {"length": len(await request.body())}

    @router.get("/fails/{how}", include_in_schema=False)
    async def fails(how: str) -> None:
        raise {
            "unavailable": Unavailable("database", "The database is busy."),
            "missing": NotFound("No such title."),
            "wrong": InvalidInput("That cannot be read."),
            "refused": Rejected("plex", "Plex refused."),
        }[how]

    meter = PrometheusMeter()
    app = build_app(
        statuses=lambda: services, meter=meter, routers=[router], max_body=max_body, stopping=lambda: stopping
    )
    return app, meter


def client(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    server = WebServer(app, "127.0.0.1", 0)
    task = asyncio.create_task(server.run())
    try:
        async with asyncio.timeout(10):
            while server.address is None:  # noqa: ASYNC110 - it listens at once
                await asyncio.sleep(0)
        yield f"http://127.0.0.1:{server.address[1]}"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize(
    ("services", "stopping", "status", "code"),
    [
        (FINE, False, "ready", 200),
        ((*FINE, DOWN), False, "degraded", 200),
        ((FINE[1], DOWN), False, "failing", 503),
        ((ServiceStatus("telegram", ServiceState.STARTING, NOON),), False, "starting", 503),
        (FINE, True, "stopping", 503),
    ],
)
async def test_it_says_how_its_services_are(
    services: tuple[ServiceStatus, ...], stopping: bool, status: str, code: int
) -> None:
    app, _meter = application(services, stopping=stopping)
    async with client(app) as web:
        alive, ready = await web.get("/health"), await web.get("/ready")
    assert (alive.status_code, alive.json()) == (200, {"status": status})
    assert (ready.status_code, ready.json()["status"]) == (code, status)
    assert set(ready.json()["services"]) == {service.name for service in services}


async def test_a_failing_service_is_shown_with_its_problem() -> None:
    app, _meter = application((*FINE, DOWN))
    async with client(app) as web:
        shown = (await web.get("/ready")).json()["services"]["discord"]
    assert shown["state"] == "waiting"
    assert (shown["restarts"], shown["problem"]) == (3, "The token was refused.")


async def test_metrics_count_what_happened_and_name_no_secret() -> None:
    app, meter = application((*FINE, DOWN))
    meter.received("telegram", "message")
    meter.answered("telegram", 0.03)
    meter.dropped("telegram", "limit")
    meter.restarted("discord")
    meter.watch_waiting(lambda: 7)
    async with client(app) as web:
        await web.post("/hooks/topsecret", content=b"hi")
        await web.get("/nowhere/topsecret")
        text = (await web.get("/metrics")).text
    for line in (
        'recommendarr_incoming_total{kind="message",platform="telegram"} 1.0',
        'recommendarr_dropped_total{platform="telegram",reason="limit"} 1.0',
        'recommendarr_service_restarts_total{service="discord"} 1.0',
        'recommendarr_answer_seconds_bucket{le="0.05",platform="telegram"} 1.0',
        'recommendarr_http_requests_total{method="POST",route="/hooks/{secret}",status="200"} 1.0',
        'recommendarr_http_requests_total{method="GET",route="other",status="404"} 1.0',
        'recommendarr_service_up{service="discord"} 0.0',
        'recommendarr_service_up{service="telegram"} 1.0',
        "recommendarr_waiting 7.0",
    ):
        assert line in text.splitlines()
    assert "topsecret" not in text


async def test_the_log_names_the_route_and_never_the_path() -> None:
    app, _meter = application()
    with structlog.testing.capture_logs() as logs:
        async with client(app) as web:
            await web.post("/hooks/topsecret?key=topsecret", content=b"hi")
            await web.get("/topsecret")
    assert [(each["route"], each["status"]) for each in logs] == [("/hooks/{secret}", 200), ("other", 404)]
    assert "topsecret" not in str(logs)


async def test_every_answer_carries_careful_headers() -> None:
    app, _meter = application()
    async with client(app) as web:
        for path in ("/health", "/nowhere", "/openapi.json"):
            headers = (await web.get(path)).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cache-control"] == "no-store"
        assert {path: (await web.get(path)).status_code for path in ("/docs", "/redoc")} == {
            "/docs": 404,
            "/redoc": 404,
        }


async def test_webhooks_are_not_described_to_strangers() -> None:
    app, _meter = application()
    async with client(app) as web:
        described = (await web.get("/openapi.json")).json()["paths"]
    assert set(described) == {"/health", "/ready", "/metrics"}


@pytest.mark.parametrize(("how", "status"), [("unavailable", 503), ("missing", 404), ("wrong", 400), ("refused", 502)])
async def test_errors_of_our_own_are_one_sentence(how: str, status: int) -> None:
    app, _meter = application()
    async with client(app) as web:
        answer = await web.get(f"/fails/{how}")
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}


async def test_a_body_up_to_the_limit_is_read_and_one_beyond_is_refused() -> None:
    app, _meter = application(max_body=1000)
    async with served(app) as url, aiohttp.ClientSession() as web:
        async with web.post(f"{url}/hooks/s", data=b"x" * 1000) as answer:
            assert await answer.json() == {"length": 1000}
        async with web.post(f"{url}/hooks/s", data=b"x" * 1001) as answer:
            assert answer.status == 413


async def test_an_endless_body_that_announces_no_length_is_refused_early() -> None:
    app, _meter = application(max_body=1000)
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 400
            yield b"x" * 400
            await asyncio.sleep(0)

    async with served(app) as url, aiohttp.ClientSession() as web:
        try:
            async with web.post(f"{url}/hooks/s", data=endless()) as answer:
                assert answer.status == 413
        except aiohttp.ClientConnectionError:
            pass  # it hung up on us, which is as well
        async with web.get(f"{url}/health") as answer:
            assert answer.status == 200
    assert sent < 50_000_000


async def test_a_taken_address_is_one_sentence() -> None:
    app, _meter = application()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Unavailable, match=f"cannot listen on 127.0.0.1:{port}"):
            await WebServer(app, "127.0.0.1", port).run()


async def test_a_stop_finishes_the_request_in_hand() -> None:
    app, _meter = application()
    began, go_on = asyncio.Event(), asyncio.Event()

    @app.get("/slow")
    async def slow() -> str:
        began.set()
        await go_on.wait()
        return "done"

    server = WebServer(app, "127.0.0.1", 0)
    task = asyncio.create_task(server.run())
    while server.address is None:  # noqa: ASYNC110 - it listens at once
        await asyncio.sleep(0)
    async with aiohttp.ClientSession() as web:
        asking = asyncio.create_task(web.get(f"http://127.0.0.1:{server.address[1]}/slow"))
        await began.wait()
        task.cancel()
        await asyncio.sleep(0)
        go_on.set()
        async with await asking as answer:
            assert await answer.json() == "done"
        with pytest.raises(asyncio.CancelledError):
            await task
