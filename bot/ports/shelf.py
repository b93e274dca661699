"""A place for what is costly to make and can always be made again."""

from __future__ import annotations

from typing import Any, Protocol


class Shelf(Protocol):
    """Keeps one value per name over restarts. Losing it costs time, nothing else, so nothing here raises."""

    def load(self, name: str, key: str) -> Any | None:
        """The value that was kept under this name with exactly this key, else None. Blocks; arrays are read-only."""
        ...

    def save(self, name: str, key: str, value: Any) -> bool:
        """Keep a value in place of the one before; False when it could not be kept. Blocks."""
        ...
