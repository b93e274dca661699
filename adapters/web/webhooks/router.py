"""The addresses that services call: `/webhooks/<secret>/<service>`, or `/webhooks/<service>` with a header.

A call is checked, read, kept and answered; what follows from it is done later. The answer is 202 for what was taken
and for what does not matter, 400 for what cannot be read, 401 or 404 without the secret, 503 when nothing can be kept,
which makes careful services call again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from adapters.web.webhooks import jellyfin, plex, requests, tautulli
from adapters.web.webhooks.payload import Decode, read_body
from adapters.web.webhooks.secret import is_authorised, is_secret
from bot.errors import InvalidInput
from bot.ports.live import Live

DECODERS: Mapping[str, Decode] = {
    "plex": plex.decode,
    "tautulli": tautulli.decode,
    "jellyfin": jellyfin.decode,
    "seerr": requests.decode_seerr,
    "radarr": requests.decode_arr,
    "sonarr": requests.decode_arr,
}

log = structlog.get_logger(__name__)


def webhooks_router(secret: str, live: Live) -> APIRouter:
    """The routes of all services. `secret`: at least 20 characters."""
    router = APIRouter(tags=["webhooks"])
    for service, decode in DECODERS.items():
        _add(router, service, secret, _taking(service, decode, live))
    return router


def _add(router: APIRouter, service: str, secret: str, take: Callable[[Request], Awaitable[Response]]) -> None:
    async def with_header(request: Request) -> Response:
        if not is_authorised(request.headers, secret):
            return Response(status_code=401)
        return await take(request)

    async def with_path(given: str, request: Request) -> Response:
        if not is_secret(given, secret):
            return Response(status_code=404)
        return await take(request)

    post: dict[str, Any] = {"methods": ["POST"], "include_in_schema": False}
    router.add_api_route(f"/webhooks/{service}", with_header, **post)
    router.add_api_route(f"/webhooks/{{given}}/{service}", with_path, **post)


def _taking(service: str, decode: Decode, live: Live) -> Callable[[Request], Awaitable[Response]]:
    async def take(request: Request) -> Response:
        try:
            body = await request.body()
        except ClientDisconnect:
            return Response(status_code=400)
        try:
            told = decode(read_body(body, request.headers.get("Content-Type", "")))
        except InvalidInput as error:
            log.warning("webhook_unreadable", service=service, error=str(error))
            return JSONResponse({"error": str(error)}, 400)
        if told:
            await live.tell(told)
        log.info("webhook_taken", service=service, told=len(told))
        return JSONResponse({"status": "accepted" if told else "ignored"}, 202)

    return take
