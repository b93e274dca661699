"""The system's clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The time of day of this machine."""

    def now(self) -> datetime:
        """The current time in UTC."""
        return datetime.now(UTC)
