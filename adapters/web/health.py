"""Is it alive, is it ready, what has it done: for containers, monitors and Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from adapters.web.metrics import CONTENT_TYPE, PrometheusMeter
from bot.model.running import ServiceState, ServiceStatus


def health_router(
    statuses: Callable[[], Sequence[ServiceStatus]], meter: PrometheusMeter, stopping: Callable[[], bool]
) -> APIRouter:
    """`/health`, `/ready` and `/metrics`."""
    router = APIRouter(tags=["health"])

    @router.get("/health", summary="Is the process alive?")
    async def health() -> dict[str, str]:
        """200 as long as the process answers; `status` is ready, degraded, starting or stopping."""
        return {"status": overall(statuses(), stopping=stopping())}

    @router.get("/ready", summary="Does every service run?")
    async def ready() -> JSONResponse:
        """200 when it can answer people, even if some service fails (degraded); else 503."""
        services = statuses()
        status = overall(services, stopping=stopping())
        body = {"status": status, "services": {service.name: _shown(service) for service in services}}
        return JSONResponse(body, 200 if status in ("ready", "degraded") else 503)

    @router.get("/metrics", summary="Counters for Prometheus")
    async def metrics() -> Response:
        """In Prometheus' text format."""
        return Response(meter.exposition(statuses()), media_type=CONTENT_TYPE)

    return router


def overall(services: Sequence[ServiceStatus], *, stopping: bool) -> str:
    """One word for everything: ready, degraded (something fails, something runs), failing, starting or stopping."""
    if stopping:
        return "stopping"
    states = [service.state for service in services]
    if ServiceState.STARTING in states:
        return "starting"
    if all(state is ServiceState.RUNNING for state in states):
        return "ready"
    # Health and metrics are served by "web" itself, and the inbox answers nobody without a platform.
    chats = [service for service in services if service.name not in ("web", "answers", "schedule")]
    return "degraded" if any(chat.state is ServiceState.RUNNING for chat in chats) else "failing"


def _shown(service: ServiceStatus) -> dict[str, Any]:
    return {
        "state": service.state.value,
        "since": service.since.isoformat(),
        "restarts": service.restarts,
        "problem": service.problem,
    }
