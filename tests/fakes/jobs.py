"""A queue whose jobs wait until the test takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Enqueued:
    """A job that was asked for."""

    job: str
    args: Mapping[str, Any]
    key: str | None


class FakeJobQueue:
    """Holds what was enqueued; `down` stands for a broker that cannot be reached."""

    def __init__(self) -> None:
        self.waiting: list[Enqueued] = []
        self.down = False

    async def enqueue(self, job: str, args: Mapping[str, Any], *, key: str | None = None, after: float = 0.0) -> None:
        if self.down:
            raise Unavailable("jobs", "The job queue cannot be reached.")
        if key is None or all(waiting.key != key for waiting in self.waiting):
            self.waiting.append(Enqueued(job, dict(args), key))

    def start(self) -> Enqueued:
        """Take the oldest job, which from now on stands in no other's way."""
        return self.waiting.pop(0)
