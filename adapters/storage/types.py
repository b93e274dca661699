"""Column types and codecs that make both databases keep the same values."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

_LARGEST_INTEGER = 2**63 - 1


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite, which knows no zones, keeps it as naive UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC. Raises: ValueError, for a naive datetime, which could mean any zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SafeText(TypeDecorator[str]):
    """Text without what a database refuses: NUL characters and halves of surrogate pairs."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text as it can be stored and compared."""
        return None if value is None else safe_text(value)


def safe_text(text: str) -> str:
    """The text without NUL characters, unpaired surrogates replaced by question marks."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def safe_integer(value: int | None) -> int | None:
    """The number, or None when it does not fit into 64 bits: such a fact is not known."""
    return value if value is not None and -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER else None


def safe_float(value: float | None) -> float | None:
    """The number, or None when it is infinite or not a number."""
    return value if value is not None and math.isfinite(value) else None


def to_json(value: Any) -> str:
    """Compact JSON in ASCII, the same text for the same value."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def from_json(text: str) -> Any:
    """The value back."""
    return json.loads(text)
