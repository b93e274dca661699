"""The webhook: one path per server, signed over the raw body, each random accepted once.

Nextcloud hangs up after 5 seconds and never sends anything twice, so an event is only kept here (and kept again, when
the database is busy for a moment); it is worked on afterwards.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import structlog
from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect

from adapters.chat.nextcloud_talk.servers import TalkServer
from adapters.chat.nextcloud_talk.signing import SIGNATURE_LENGTH, is_signed
from bot.chat.plain import one_line
from bot.errors import RecommendarrError

PATH = "/webhooks/nextcloud-talk"
RANDOM_HEADER = "X-Nextcloud-Talk-Random"
SIGNATURE_HEADER = "X-Nextcloud-Talk-Signature"
BACKEND_HEADER = "X-Nextcloud-Talk-Backend"
MAX_BODY = 1 << 20  # bytes; the longest message quoting the longest message, both of emoji, is just below
ANSWER_SECONDS = 4.0
REMEMBERED = 20_000  # randoms of each server; the inbox's ids guard what acts for longer, and over a restart
_RANDOM_LENGTHS = range(32, 257)
_PAUSES = (0.1, 0.5, 1.0)  # seconds before an event that could not be kept is tried again

log = structlog.get_logger(__name__)

Receive: TypeAlias = Callable[[TalkServer, Mapping[str, Any], str], Awaitable[bool]]
"""Keep one event of a server, with its random; False, when it was kept before. Raises: Unavailable."""
Sleep: TypeAlias = Callable[[float], Awaitable[None]]


class Webhook:
    """Checks what arrives and hands it on."""

    def __init__(self, servers: Mapping[str, TalkServer], receive: Receive, *, sleep: Sleep = asyncio.sleep) -> None:
        self._servers = servers
        self._receive = receive
        self._sleep = sleep
        self._seen: dict[str, OrderedDict[str, None]] = {name: OrderedDict() for name in servers}
        self._strange: set[str] = set()

    def router(self) -> APIRouter:
        """The route to include in the web app."""
        router = APIRouter()

        @router.post(PATH + "/{server}", include_in_schema=False)
        async def events(server: str, request: Request) -> Response:
            """Keep one event: 200 kept, 401 refused, 409 a replay, 413 too large, 400 no event, 503 not kept."""
            return Response(status_code=await self._answer(server, request))

        return router

    async def _answer(self, name: str, request: Request) -> int:
        server = self._servers.get(name)
        random = request.headers.get(RANDOM_HEADER, "")
        given = request.headers.get(SIGNATURE_HEADER, "")
        if server is None or len(random) not in _RANDOM_LENGTHS or len(given) != SIGNATURE_LENGTH:
            return 401
        try:
            body = await _body(request)
        except ClientDisconnect:
            return 400
        if body is None:
            return 413
        if not is_signed(server.secret, random, body, given):
            log.warning("a webhook with a wrong signature was refused", server=server.name)
            return 401
        backend = request.headers.get(BACKEND_HEADER, "")
        if not server.is_at(backend):
            self._tell_backend(server, backend)
            return 401
        return await self._once(server, random, body)

    async def _once(self, server: TalkServer, random: str, body: bytes) -> int:
        """Hand a genuine event on, unless its random was used before."""
        seen = self._seen[server.name]
        if random in seen:
            log.warning("a webhook came a second time and was refused", server=server.name)
            return 409
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if not isinstance(event, dict):
            return 400
        # Taken before it is kept, so that two of the same at once are one; given back when it could not be kept.
        seen[random] = None
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                fresh = await self._kept(server, event, random)
        except (RecommendarrError, TimeoutError) as error:
            del seen[random]
            log.warning("an event could not be kept and is lost", server=server.name, reason=str(error) or "too slow")
            return 503
        if len(seen) > REMEMBERED:
            seen.popitem(last=False)
        return 200 if fresh else 409

    async def _kept(self, server: TalkServer, event: Mapping[str, Any], random: str) -> bool:
        for pause in _PAUSES:
            try:
                return await self._receive(server, event, random)
            except RecommendarrError as error:
                log.info("an event is kept again", server=server.name, reason=str(error))
                await self._sleep(pause)
        return await self._receive(server, event, random)

    def _tell_backend(self, server: TalkServer, backend: str) -> None:
        """The commonest mistake of a first set-up is worth a line, once for each address."""
        shown = one_line(backend, 200)
        if shown not in self._strange and len(self._strange) < 100:
            self._strange.add(shown)
            log.warning(
                "a Nextcloud calls itself something else than its url in the settings; set one to the other",
                server=server.name,
                calls_itself=shown,
            )


async def _body(request: Request) -> bytes | None:
    """The whole body; None, and no more is read, when it is too large."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:18]) > MAX_BODY:
        return None
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY:
            return None
        chunks.append(chunk)
    return b"".join(chunks)
