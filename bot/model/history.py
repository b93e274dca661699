"""What people watched and how they rated it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WatchEvent:
    """One play. `key` is unique within `source`, so that a repeated import or webhook adds nothing.

    For a series, `title_id` is the series, `completion` the share of this episode, and `episode` tells episodes apart.
    """

    member_id: int
    title_id: int
    source: str
    key: str
    watched_at: datetime  # UTC, end of the play
    completion: float | None = None  # 0-1, None: unknown
    duration: int | None = None  # seconds spent
    episode: str | None = None  # "s02e05"
    plays: int = 1  # some servers report a count and the last play instead of events


@dataclass(frozen=True, slots=True)
class Rating:
    """A member's own rating, 1-10. The newest of one source replaces the older."""

    member_id: int
    title_id: int
    source: str
    value: float
    rated_at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Known:
    """A title that a member knows, everything about it in one row: for learning from many people at once."""

    member_id: int
    title_id: int
    last_at: datetime  # UTC, of the last play or rating
    completion: float | None  # the best, None: unknown
    rating: float | None  # the newest own rating, 1-10


@dataclass(frozen=True, slots=True)
class History:
    """Everything one member has watched and rated, oldest first."""

    events: tuple[WatchEvent, ...]
    ratings: tuple[Rating, ...]
