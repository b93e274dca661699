"""What a person set for themselves, and what an admin set for a room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.members import Clearance
from bot.model.titles import Domain

EVERYTHING = 0  # history depth without an end


@dataclass(frozen=True, slots=True)
class Preferences:
    """Settings of one member; the language is on the member.

    `history_months`: how far back watching counts; EVERYTHING: all of it, None: as the server has it.
    """

    history_months: int | None = None
    domains_off: frozenset[Domain] = frozenset()  # never suggested unless asked for by name
    notifications: bool = True
    timezone: str | None = None  # IANA name; None: the server's


@dataclass(frozen=True, slots=True)
class Room:
    """What may be shown in a room, whoever asks. `key`: platform and room.

    `private`: an admin vouches that one person alone reads it, so that private answers may be given.
    """

    key: str
    libraries: frozenset[int] | None = None  # None: all
    age_limit: int | None = None  # None: no limit
    private: bool = False
    updated_at: datetime | None = None

    @property
    def clearance(self) -> Clearance:
        """The room's side of what is shown there."""
        return Clearance(self.libraries, self.age_limit)
