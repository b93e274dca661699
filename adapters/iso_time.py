"""Reads moments written as ISO 8601, however many digits they carry."""

from __future__ import annotations

from datetime import UTC, datetime

_FIRST_YEAR = 1870  # before the first films: earlier dates stand for "none"


def instant(value: object) -> datetime | None:
    """A moment in UTC, one without a zone taken as UTC; None for what cannot be read and for placeholders (year 1)."""
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value.strip())
        read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return read if read.year >= _FIRST_YEAR else None


def written(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC with whole seconds, rounded down."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
