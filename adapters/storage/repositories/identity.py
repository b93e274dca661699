"""One-time codes, and what people allow."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select, update

from adapters.storage.identity_tables import link_codes, privacy
from adapters.storage.repositories.versions import advance_histories
from adapters.storage.transaction import Transaction
from bot.model.privacy import LinkCode, Privacy


class LinkCodeRepository:
    """One-time codes, by their digest."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, code: LinkCode) -> None:
        """Store or replace a code; other codes of its member are forgotten. Raises: Unavailable, without the member."""
        await self._transaction.write()
        await self._transaction.execute(delete(link_codes).where(link_codes.c.member_id == code.member_id))
        await self._transaction.replace(link_codes, [asdict(code)])

    async def get(self, digest: str) -> LinkCode | None:
        """The code of that digest, whether it has expired or not; nobody else changes it in this transaction."""
        await self._transaction.write()
        statement = select(link_codes).where(link_codes.c.digest == digest).with_for_update()
        row = (await self._transaction.execute(statement)).one_or_none()
        return None if row is None else LinkCode(row.digest, row.member_id, row.expires_at, row.claimed_by)

    async def use(self, digest: str) -> bool:
        """Forget a code; True for exactly one caller."""
        await self._transaction.write()
        return (await self._transaction.execute(delete(link_codes).where(link_codes.c.digest == digest))).rowcount == 1

    async def purge(self, now: datetime) -> int:
        """Forget codes that have expired; returns how many."""
        await self._transaction.write()
        return (await self._transaction.execute(delete(link_codes).where(link_codes.c.expires_at <= now))).rowcount


class PrivacyRepository:
    """What members allow."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of(self, member_id: int) -> Privacy:
        """What a member allows; the defaults, when nothing was set."""
        found = await self._transaction.execute(select(privacy).where(privacy.c.member_id == member_id))
        row = found.one_or_none()
        return Privacy() if row is None else Privacy(row.name_watched, row.contribute, row.group_line)

    async def save(self, member_id: int, changed: Privacy) -> None:
        """Replace what a member allows. Raises: Unavailable, when the member is gone."""
        await self._transaction.write()
        before = await self.of(member_id)
        statement = self._transaction.insert(privacy).values(member_id=member_id, **asdict(changed))
        await self._transaction.execute(
            statement.on_conflict_do_update(index_elements=["member_id"], set_=asdict(changed))
        )
        if before.contribute != changed.contribute:
            await advance_histories(self._transaction, [member_id])

    async def silent(self) -> frozenset[int]:
        """Members from whose histories nothing is learnt for others."""
        statement = select(privacy.c.member_id).where(privacy.c.contribute.is_(False))
        return frozenset((await self._transaction.execute(statement)).scalars())

    async def forgotten(self) -> frozenset[int]:
        """Members who asked to be forgotten and have not come back."""
        statement = select(privacy.c.member_id).where(privacy.c.forgotten_at.is_not(None))
        return frozenset((await self._transaction.execute(statement)).scalars())

    async def remember(self, member_id: int) -> None:
        """The member came back."""
        await self._transaction.write()
        await self._transaction.execute(
            update(privacy).where(privacy.c.member_id == member_id).values(forgotten_at=None)
        )
