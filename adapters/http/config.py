"""What a caller says about a service, what it gets back, and the clocks that tests replace."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from bot.errors import Unavailable
from bot.i18n import gettext as _

Scalar: TypeAlias = str | int | float | bool | None
Query: TypeAlias = Mapping[str, Scalar | Sequence[Scalar]] | Sequence[tuple[str, Scalar]] | str


@dataclass(frozen=True, slots=True)
class HttpConfig:
    """One service. `base_url` may hold a path; `secrets` are blotted out of everything that is told or logged.

    `timeout`: seconds for one attempt, from connecting to the last byte. `attempts`: how often in all. `per_second`:
    requests a second, None for no limit. `max_bytes`: of one answer. The breaker opens after `breaker_failures` calls
    in a row that failed with all their repeats, and lets one through after `breaker_seconds`. `public_only`: for
    addresses that people supply; refuses everything that is not on the public internet.
    """

    service: str
    base_url: str = field(repr=False)  # may hold a password
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    timeout: float = 15.0
    attempts: int = 4
    per_second: float | None = None
    concurrency: int = 8
    max_bytes: int = 32 << 20
    breaker_failures: int = 5
    breaker_seconds: float = 30.0
    verify_tls: bool = True
    public_only: bool = False


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What a service answered. `headers`: names in lower case, the last value of a name that comes twice."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    service: str = ""

    def json(self) -> Any:
        """The body as JSON. Raises: Unavailable, when it is none."""
        value = parsed(self.body)
        if value is UNREADABLE:
            raise Unavailable(self.service, unreadable(self.service), status=self.status)
        return value


UNREADABLE = object()


def parsed(body: bytes) -> Any:
    """The body as JSON, or `UNREADABLE`."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return UNREADABLE


def unreadable(service: str) -> str:
    """The sentence for an answer that is not what it should be."""
    return _("{service} sent an answer that cannot be read.").format(service=service)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timing:
    """Where time and chance come from. `draw`: evenly between 0 and 1."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    draw: Callable[[], float] = random.random
