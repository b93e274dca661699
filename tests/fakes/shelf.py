"""A shelf in memory."""

from __future__ import annotations

from typing import Any


class FakeShelf:
    """`Shelf` that keeps the values themselves."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Any]] = {}

    def load(self, name: str, key: str) -> Any | None:
        kept = self._kept.get(name)
        return kept[1] if kept is not None and kept[0] == key else None

    def save(self, name: str, key: str, value: Any) -> bool:
        self._kept[name] = (key, value)
        return True
