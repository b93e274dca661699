"""Cards that were handed out and may be drawn again: to turn a page, to show what was said to them, after a restart."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of one answer. `state` is JSON: the cards as drawn, what was said to each, which is unfolded."""

    key: str
    member_id: int
    created_at: datetime
    state: dict[str, Any] = field(default_factory=dict)
