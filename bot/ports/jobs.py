"""Background work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol


class JobQueue(Protocol):
    """Runs declared jobs later, at least once; every job is idempotent."""

    async def enqueue(self, job: str, args: Mapping[str, Any], *, key: str | None = None, after: float = 0.0) -> None:
        """Ask for a job by its declared name, no sooner than `after` seconds from now.

        Jobs with the same `key` that have not started are one job, which starts when the first of them may.
        Raises: Unavailable, when the job cannot be kept.
        """
        ...


class Bell(Protocol):
    """Tells whoever works on jobs, in this process or another, that there is something to do."""

    async def ring(self) -> None:
        """Tell them. Raises: Unavailable."""
        ...

    async def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard` whenever it rings, until cancelled. Raises: Unavailable, when the connection is lost."""
        ...
