"""Named lists of titles that a person keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Watchlist:
    """One list. Names of a member are unique when compared case-folded; the list "" is the one without a name."""

    id: int
    member_id: int
    name: str
    created_at: datetime
    count: int = 0  # titles on it
