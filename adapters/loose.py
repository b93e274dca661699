"""Reads values out of what services answer: numbers written as text, null for nothing, fields that are not there.

Nothing here raises; what cannot be read is None (or empty), and whoever asks decides whether that matters.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

_LATEST = 32_503_680_000  # seconds: the year 3000


def text(value: object) -> str:
    """Words without the space around them; a whole number counts as words, for the sake of ids."""
    if isinstance(value, str):
        return " ".join(value.replace("\x00", "").split())
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return ""


def prose(value: object) -> str:
    """A longer text, its lines kept."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else ""


def number(value: object) -> float | None:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        read = float(value)
    except (ValueError, OverflowError):
        return None
    return read if math.isfinite(read) else None


def integer(value: object) -> int | None:
    """A whole number; fractions are cut off."""
    read = number(value)
    return None if read is None else int(read)


def positive(value: object) -> int | None:
    """A whole number above zero."""
    read = integer(value)
    return read if read is not None and read > 0 else None


def flag(value: object) -> bool:
    """Yes, as "1", 1, true or "true"."""
    return value is True or text(value).lower() in {"1", "true"}


def moment(value: object) -> datetime | None:
    """Seconds since 1970 as a time in UTC; zero, negative and impossible ones are none."""
    seconds = number(value)
    if seconds is None or not 0 < seconds < _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def day(value: object) -> date | None:
    """The date at the beginning of "2014-11-05" or "2014-11-05 20:00:00"."""
    try:
        return date.fromisoformat(text(value)[:10])
    except ValueError:
        return None


def table(value: object) -> Mapping[str, Any]:
    """A JSON object; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: object) -> Sequence[Mapping[str, Any]]:
    """The objects of a JSON array; a lone object counts as one, anything else is left out."""
    if isinstance(value, dict):
        return [value]
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
