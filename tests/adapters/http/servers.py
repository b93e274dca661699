"""A local server that answers as it is told, and a clock that only moves when somebody sleeps."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from aiohttp import web

from adapters.http import Timing

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]
NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


class StandingClock:
    """Every sleep is written down and over at once."""

    def __init__(self, draw: float = 1.0) -> None:
        self.slept: list[float] = []
        self.moment = 1000.0
        self.timing = Timing(self._sleep, lambda: self.moment, self._now, lambda: draw)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += seconds

    def _now(self) -> datetime:
        return NOON + timedelta(seconds=self.moment - 1000.0)


class Script:
    """Answers with one response after the other, the last one for ever; keeps the requests."""

    def __init__(self, *steps: Callable[[], web.StreamResponse]) -> None:
        self.steps = list(steps)
        self.seen: list[web.Request] = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        await request.read()
        self.seen.append(request)
        return (self.steps.pop(0) if len(self.steps) > 1 else self.steps[0])()


def status(code: int, **headers: str) -> Callable[[], web.StreamResponse]:
    """A response without a body. Underscores in header names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: web.Response(status=code, headers=named)


def text(body: str) -> Callable[[], web.StreamResponse]:
    """A successful response that says it is JSON."""
    return lambda: web.Response(text=body, content_type="application/json")


@asynccontextmanager
async def served(respond: Respond, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """The base URL of a server that hands everything to `respond`."""
    app = web.Application(client_max_size=64 << 20)

    async def handle(request: web.Request) -> web.StreamResponse:
        return await respond(request)

    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.01, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
