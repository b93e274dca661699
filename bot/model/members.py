"""Members: the people who are served, the accounts they speak from, and the libraries they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Member:
    """One person, whatever the number of accounts. Names are unique when compared case-folded."""

    id: int
    name: str
    locale: str | None = None  # None: what the platform says
    age_limit: int | None = None  # titles for older people are never shown
    is_admin: bool = False
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """An account on a chat platform, media server or import source that belongs to a member."""

    member_id: int
    platform: str  # "discord", "plex", "movielens", ...
    account: str
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class Library:
    """A collection on a media server, or the one that holds imported catalogues (`public`: everybody may see it)."""

    id: int
    source: str  # "plex", "demo", "import"
    key: str
    name: str
    public: bool = False


@dataclass(frozen=True, slots=True)
class Clearance:
    """What may be shown: libraries by id (None: all), the highest minimum age of a title (None: no limit).

    `unlisted` says whether titles outside every library may be shown (to be requested).
    """

    libraries: frozenset[int] | None = None
    age_limit: int | None = None
    unlisted: bool = True

    def intersect(self, other: Clearance) -> Clearance:
        """What both may see."""
        if self.libraries is None or other.libraries is None:
            libraries = other.libraries if self.libraries is None else self.libraries
        else:
            libraries = self.libraries & other.libraries
        ages = [age for age in (self.age_limit, other.age_limit) if age is not None]
        return Clearance(libraries, min(ages) if ages else None, self.unlisted and other.unlisted)
