"""What stands before every request: a bound on its size and time, headers on its answer, a line in the log.

The log and the metrics name the route, never the path: a path may hold a secret.
"""

from __future__ import annotations

import asyncio
from time import perf_counter

import structlog
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.web.metrics import PrometheusMeter

BODY_SECONDS = 15.0  # in which a request must have been sent in full

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)

log = structlog.get_logger(__name__)


class BodyLimit:
    """Refuses a request that is too large or too slow before anything reads it."""

    def __init__(self, app: ASGIApp, *, max_bytes: int, seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _announced(scope) > self._max_bytes:
            await self._refuse(413, scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                messages = await self._read(receive)
        except TimeoutError:
            await self._refuse(408, scope, receive, send)
            return
        if messages is None:
            await self._refuse(413, scope, receive, send)
            return

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self._app(scope, replay, send)

    async def _read(self, receive: Receive) -> list[Message] | None:
        """The whole body as it came; None when it is too large."""
        messages: list[Message] = []
        size, more = 0, True
        while more:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            if size > self._max_bytes:
                return None
            more = bool(message.get("more_body", False))
        return messages

    async def _refuse(self, status: int, scope: Scope, receive: Receive, send: Send) -> None:
        text = "The request is too large." if status == 413 else "The request took too long to arrive."
        await JSONResponse({"error": text}, status, {"Connection": "close"})(scope, receive, send)


class Watch:
    """Puts careful headers on every answer, and counts and logs the request."""

    def __init__(self, app: ASGIApp, *, meter: PrometheusMeter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = list(message.get("headers", []))
                given = {name.lower() for name, _value in headers}
                message = {**message, "headers": [*headers, *(pair for pair in _HEADERS if pair[0] not in given)]}
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            seconds = perf_counter() - began
            route = getattr(scope.get("route"), "path", "other")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._meter.requested(method, route, status, seconds)
            log.info("http_request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


_METHODS = frozenset(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])


def _announced(scope: Scope) -> int:
    """The size that the request claims to have; 0 when it claims none."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:18])
    return 0
