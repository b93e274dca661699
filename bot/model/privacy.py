"""What a person lets others learn of them, and codes with which they prove themselves on a second platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a member allows. By default nobody in a room learns what they watched.

    `name_watched`: reasons may name what they watched where others read along. `contribute`: what they watched and
    rated helps suggestions to others, namelessly. `group_line`: group answers show how well a title suits them.
    """

    name_watched: bool = False
    contribute: bool = True
    group_line: bool = True


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A one-time code of a member, of which only a digest is kept. `claimed_by`: the account that typed it first."""

    digest: str
    member_id: int
    expires_at: datetime
    claimed_by: str | None = None
