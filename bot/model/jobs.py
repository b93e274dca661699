"""Background work as it is kept until it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job that was asked for. `args` is JSON; `number` grows in the order of asking, 0: not kept yet."""

    job: str
    args: Mapping[str, Any]
    asked_at: datetime
    due_at: datetime
    key: str | None = None  # of several with one key, one waits
    attempts: int = 0  # that failed
    claimed_until: datetime | None = None  # by somebody who works on it; None: it waits
    number: int = 0


@dataclass(frozen=True, slots=True)
class JobRun:
    """How a job that runs again and again went last. `problem`: why its last run failed, None once one succeeds."""

    job: str
    asked_at: datetime | None = None  # by the schedule
    done_at: datetime | None = None  # of the last run that succeeded
    problem: str | None = None
