"""How the services of a running installation are doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ServiceState(StrEnum):
    """What a service does right now."""

    STARTING = "starting"
    RUNNING = "running"
    WAITING = "waiting"  # it failed and is started again in a while
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """One service. `problem`: its last failure in one sentence without secrets, None once it runs well again."""

    name: str
    state: ServiceState
    since: datetime
    restarts: int = 0
    problem: str | None = None
