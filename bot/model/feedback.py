"""What people said about a recommendation, and what was shown to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """A member's word on a title. SEEN says only that it was watched."""

    LIKE = "like"
    DISLIKE = "dislike"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict; the newest per member, title and verdict counts."""

    member_id: int
    title_id: int
    verdict: Verdict
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Hide:
    """A title that a member does not want to see until it expires."""

    member_id: int
    title_id: int
    hidden_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Exposure:
    """A title was shown to a member; `touched` once the member pressed anything on it."""

    member_id: int
    title_id: int
    shown_at: datetime
    touched: bool = False


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One recommended title as it was shown: what it scored, why, in which words."""

    member_id: int
    title_id: int
    conversation: str
    mode: str
    pipeline: str
    rank: int  # 1 first
    score: float
    reasons: tuple[dict[str, Any], ...]
    explanation: str
    shown_at: datetime


class OverrideKind(StrEnum):
    """How a member turns an influence by hand."""

    BOOST = "boost"
    SUPPRESS = "suppress"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Override:
    """A hand-set influence: `subject` is "genre", "person" or "title", `value` its name or title id."""

    member_id: int
    subject: str
    value: str
    kind: OverrideKind
