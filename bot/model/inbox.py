"""What was received and not yet answered, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class InboxState(StrEnum):
    """How far an incoming came. The last two are ends."""

    RECEIVED = "received"
    ANSWERED = "answered"  # the replies are kept, but may not have left
    DONE = "done"
    DROPPED = "dropped"  # too old, or refused for good


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One incoming with what its platform needs to answer it. `payload` and `replies`: see bot.chat.codec.

    `number` grows in the order of arrival; 0: not kept yet.
    """

    platform: str
    id: str  # as the platform gave it, unique among what this platform ever delivers
    place: str  # what keeps its order
    payload: Mapping[str, Any]
    envelope: Mapping[str, Any]
    received_at: datetime
    state: InboxState = InboxState.RECEIVED
    attempts: int = 0  # starts of the program that found it unfinished
    replies: Sequence[Any] | None = None
    number: int = 0
