"""Background work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class JobQueue(Protocol):
    """Runs declared jobs later, at least once; every job is idempotent."""

    async def enqueue(self, job: str, args: Mapping[str, Any], *, key: str | None = None) -> None:
        """Ask for a job by its declared name. Jobs with the same `key` that have not started are one job.

        Raises: Unavailable, when the broker cannot be reached.
        """
        ...
