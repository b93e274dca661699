"""Where a conversation stands, and the buttons that were handed out in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Conversation:
    """The memory of one person in one place. `state` is JSON: the last request, the titles shown, numbered choices."""

    key: str  # platform, room, thread and member, see bot.services.conversations
    member_id: int
    state: dict[str, Any] = field(default_factory=dict)
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActionToken:
    """A button behind a short random token. `member_id` None: anybody in that conversation's place may press it."""

    token: str
    name: str
    args: dict[str, Any]
    place: str
    member_id: int | None
    created_at: datetime
    expires_at: datetime
    spent_at: datetime | None = None
    once: bool = False
