"""The webhook: Telegram posts one update at a time, with the secret that was agreed on when it was registered."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable

import structlog
from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect
from telegram import Update

from adapters.chat.telegram.request import read_update
from bot.errors import RecommendarrError

PATH = "/webhooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
MAX_BODY = 1 << 20  # bytes; an update with the longest text is far below

log = structlog.get_logger(__name__)


def webhook_router(secret: str, receive: Callable[[Update], Awaitable[None]]) -> APIRouter:
    """The route to include in the web app. `receive` returns once the update is kept, else it raises."""
    router = APIRouter()

    @router.post(PATH, include_in_schema=False)
    async def updates(request: Request) -> Response:
        """Keep one update: 200 kept, 403 a wrong secret, 413 too large, 400 no JSON, 503 send it again."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        update = read_update(raw)
        if update is None:
            # Telegram would send it for ever; it has been logged.
            return Response(status_code=200)
        try:
            await receive(update)
        except RecommendarrError as error:
            log.warning("an update could not be kept", update=update.update_id, reason=str(error))
            return Response(status_code=503)
        return Response(status_code=200)

    return router


async def _body(request: Request) -> bytes | None:
    """The whole body; None, and no more is read, when it is too large."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY:
            return None
        chunks.append(chunk)
    return b"".join(chunks)
