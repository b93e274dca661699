"""The FastAPI application: who may ask what, how large a question may be, and how errors are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse

from adapters.web.guards import BodyLimit, Watch
from adapters.web.health import health_router
from adapters.web.metrics import PrometheusMeter
from bot.errors import NotFound, RecommendarrError, Unavailable, UserFacing
from bot.model.running import ServiceStatus

MAX_BODY = 1 << 20


def build_app(
    *,
    statuses: Callable[[], Sequence[ServiceStatus]],
    meter: PrometheusMeter,
    routers: Sequence[APIRouter] = (),
    max_body: int = MAX_BODY,
    stopping: Callable[[], bool] = lambda: False,
) -> FastAPI:
    """The application. `routers`: webhooks, and whatever else is served; `max_body`: bytes of one request."""
    app = FastAPI(title="Recommendarr", docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.include_router(health_router(statuses, meter, stopping))
    for router in routers:
        app.include_router(router)
    app.add_exception_handler(RecommendarrError, _in_words)
    app.add_middleware(BodyLimit, max_bytes=max_body)
    app.add_middleware(Watch, meter=meter)
    return app


async def _in_words(_request: Request, error: Exception) -> JSONResponse:
    """An error of our own: its sentence carries no secret."""
    if isinstance(error, Unavailable):
        return JSONResponse({"error": str(error)}, 503, {"Retry-After": "5"})
    status = 404 if isinstance(error, NotFound) else 400 if isinstance(error, UserFacing) else 502
    return JSONResponse({"error": str(error)}, status)
