"""The part of the database about who somebody is: one-time codes, privacy, and everything that is kept of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.model.privacy import LinkCode, Privacy


class LinkCodes(Protocol):
    """One-time codes, by their digest."""

    async def put(self, code: LinkCode) -> None:
        """Store or replace a code; other codes of its member are forgotten."""
        ...

    async def get(self, digest: str) -> LinkCode | None: ...

    async def use(self, digest: str) -> bool:
        """Forget a code; True for exactly one caller."""
        ...

    async def purge(self, now: datetime) -> int:
        """Forget codes that have expired; returns how many."""
        ...


class PrivacyOf(Protocol):
    """What members allow."""

    async def of(self, member_id: int) -> Privacy:
        """The defaults, for a member who set nothing."""
        ...

    async def save(self, member_id: int, privacy: Privacy) -> None:
        """A change of `contribute` advances the member's history version."""
        ...

    async def silent(self) -> frozenset[int]:
        """Members from whose histories nothing is learnt for others."""
        ...

    async def forgotten(self) -> frozenset[int]:
        """Members who asked to be forgotten and have not come back: no history of theirs is stored."""
        ...

    async def remember(self, member_id: int) -> None:
        """The member came back."""
        ...


class PersonalData(Protocol):
    """Everything that is kept of a person, over all tables."""

    async def rows(self, member_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Table → rows as JSON-able values, without what is secret or only technical. Titles are named."""
        ...

    async def erase(self, member_id: int, now: datetime) -> bool:
        """Delete everything of a member. True, when the member is gone altogether.

        Whoever a media server still tells of stays, under that name, as forgotten: the next sync would make them anew.
        """
        ...

    async def absorb(self, gone: int, into: int) -> None:
        """Move media-server accounts, access, watching and ratings of a member to another, and delete the member."""
        ...
