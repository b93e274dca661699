"""How long to wait before the next attempt."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 60.0  # seconds; a service that asks for more is told to be unavailable instead
_FIRST = 0.5
_STEEPEST = 15.0


def backoff(attempt: int, draw: float) -> float:
    """Seconds after the `attempt`-th failure (from 1): doubling, between half and all of it by chance."""
    return float(min(_STEEPEST, _FIRST * 2 ** (attempt - 1)) * (0.5 + draw / 2))


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (a number, or an HTTP date); None when it says nothing usable."""
    if not value:
        return None
    text = value.strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    if not math.isfinite(seconds):
        return None
    return max(0.0, seconds)
