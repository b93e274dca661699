"""Where the owner's business rules are written down."""

from __future__ import annotations

from typing import Protocol


class RulesSource(Protocol):
    """The text of the rules, and whether it has changed."""

    async def version(self) -> str | None:
        """Changes whenever the text may have; None while there is none. Cheap to ask."""
        ...

    async def read(self) -> str:
        """The text. Raises: InvalidFile, with a sentence for the owner."""
        ...
