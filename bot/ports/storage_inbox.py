"""What was received, kept until it is answered, and remembered for a while so that nothing is answered twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.model.inbox import InboxRow, InboxState


class Inboxes(Protocol):
    """Rows by (platform, id) and by number."""

    async def add(self, row: InboxRow) -> int | None:
        """Keep a row and return its number; None, when one of this (platform, id) is kept already."""
        ...

    async def answered(self, number: int, replies: Sequence[Any]) -> None:
        """Keep what is to be answered, before it is sent."""
        ...

    async def addressed(self, number: int, envelope: Mapping[str, Any]) -> None:
        """Keep how it is to be answered now, unless it is finished."""
        ...

    async def finish(self, number: int, state: InboxState) -> None:
        """DONE or DROPPED; what was said and answered is forgotten, the id is kept."""
        ...

    async def unfinished(self) -> Sequence[InboxRow]:
        """Rows that are neither done nor dropped, in the order of arrival."""
        ...

    async def attempt(self, numbers: Collection[int]) -> None:
        """Count one more attempt for each."""
        ...

    async def purge(self, before: datetime) -> int:
        """Forget finished rows received before then; returns how many."""
        ...
