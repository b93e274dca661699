"""What people let others learn of them, and what is kept of them: told in full, or deleted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.model.members import Member
from bot.model.privacy import Privacy
from bot.ports.storage import UnitOfWorkFactory


class PrivacyService:
    """Privacy of members."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def of(self, member: Member) -> Privacy:
        """What a member allows."""
        async with self._uow() as uow:
            return await uow.privacy.of(member.id)

    async def change(self, member: Member, how: Callable[[Privacy], Privacy]) -> Privacy:
        """Change what a member allows."""
        async with self._uow() as uow:
            before = await uow.privacy.of(member.id)
            changed = how(before)
            if changed != before:
                await uow.privacy.save(member.id, changed)
                await uow.commit()
        return changed

    async def without_group_line(self, members: Iterable[Member]) -> frozenset[str]:
        """The names of those of whom a group answer says nothing."""
        async with self._uow() as uow:
            return frozenset([each.name for each in members if not (await uow.privacy.of(each.id)).group_line])

    async def export(self, member: Member, now: datetime) -> str:
        """Everything that is kept of a member, as JSON."""
        async with self._uow() as uow:
            rows = await uow.personal.rows(member.id)
        kept = {"name": member.name, "exported_at": now.isoformat(), "kept": rows}
        return json.dumps(kept, ensure_ascii=False, indent=1, default=str)

    async def forget(self, member: Member, now: datetime) -> bool:
        """Delete everything of a member; True, when nothing at all is left.

        What is left is what a media server tells by itself: the name there and what it lets them see.
        """
        async with self._uow() as uow:
            gone = await uow.personal.erase(member.id, now)
            await uow.commit()
        return gone
