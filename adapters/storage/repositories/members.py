"""People, their accounts and their library access."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, select, union, update

from adapters.storage.tables import libraries, library_access, linked_accounts, members
from adapters.storage.transaction import Transaction
from adapters.storage.types import safe_text
from bot.model.members import LinkedAccount, Member
from bot.ports.clock import Clock


class MemberRepository:
    """Members; names are compared case-folded."""

    def __init__(self, transaction: Transaction, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def get(self, member_id: int) -> Member | None:
        """The member of that id."""
        return await self._one(members.c.id == member_id)

    async def by_name(self, name: str) -> Member | None:
        """Case-folded look-up."""
        return await self._one(members.c.name_key == name_key(name))

    async def by_account(self, platform: str, account: str) -> Member | None:
        """The member to whom the account is linked."""
        return await self._one(
            members.c.id.in_(
                select(linked_accounts.c.member_id).where(
                    linked_accounts.c.platform == platform, linked_accounts.c.account == account
                )
            )
        )

    async def all(self) -> Sequence[Member]:
        """Ordered by id."""
        rows = await self._transaction.execute(select(members).order_by(members.c.id))
        return [_member(row) for row in rows]

    async def add(
        self, name: str, *, locale: str | None = None, age_limit: int | None = None, is_admin: bool = False
    ) -> Member:
        """Create a member, or return the one of that name unchanged."""
        await self._transaction.write()
        statement = self._transaction.insert(members).values(
            name=name,
            name_key=name_key(name),
            locale=locale,
            age_limit=age_limit,
            is_admin=is_admin,
            created_at=self._clock.now(),
            history_version=0,
        )
        await self._transaction.execute(statement.on_conflict_do_nothing(index_elements=["name_key"]))
        row = (await self._transaction.execute(select(members).where(members.c.name_key == name_key(name)))).one()
        return _member(row)

    async def save(self, member: Member) -> None:
        """Replace the stored fields of an existing member."""
        await self._transaction.write()
        values: dict[str, Any] = {
            "name": member.name,
            "name_key": name_key(member.name),
            "locale": member.locale,
            "age_limit": member.age_limit,
            "is_admin": member.is_admin,
        }
        if member.created_at is not None:
            values["created_at"] = member.created_at
        await self._transaction.execute(update(members).where(members.c.id == member.id).values(values))

    async def link(self, account: LinkedAccount) -> None:
        """Link an account; one that belongs to somebody else moves to this member."""
        await self._transaction.write()
        statement = self._transaction.insert(linked_accounts).values(
            platform=account.platform,
            account=account.account,
            member_id=account.member_id,
            linked_at=account.linked_at,
        )
        moved = {"member_id": statement.excluded.member_id, "linked_at": statement.excluded.linked_at}
        await self._transaction.execute(
            statement.on_conflict_do_update(index_elements=["platform", "account"], set_=moved)
        )

    async def unlink(self, platform: str, account: str) -> None:
        """Forget an account."""
        await self._transaction.write()
        await self._transaction.execute(
            delete(linked_accounts).where(linked_accounts.c.platform == platform, linked_accounts.c.account == account)
        )

    async def accounts(self, member_id: int) -> Sequence[LinkedAccount]:
        """The accounts of a member, by platform and account."""
        rows = await self._transaction.execute(
            select(linked_accounts)
            .where(linked_accounts.c.member_id == member_id)
            .order_by(linked_accounts.c.platform, linked_accounts.c.account)
        )
        return [LinkedAccount(row.member_id, row.platform, row.account, row.linked_at) for row in rows]

    async def grant(self, member_id: int, library_ids: Collection[int]) -> None:
        """Set the libraries this member may see, beside the public ones."""
        await self._transaction.write()
        await self._transaction.execute(delete(library_access).where(library_access.c.member_id == member_id))
        rows = [{"member_id": member_id, "library_id": library_id} for library_id in sorted(set(library_ids))]
        if rows:
            await self._transaction.execute(insert(library_access), rows)

    async def access(self, member_id: int) -> frozenset[int]:
        """Ids of the libraries this member may see, public ones included."""
        granted = select(library_access.c.library_id).where(library_access.c.member_id == member_id)
        statement = union(granted, select(libraries.c.id).where(libraries.c.public))
        return frozenset((await self._transaction.execute(statement)).scalars())

    async def _one(self, condition: Any) -> Member | None:
        row = (await self._transaction.execute(select(members).where(condition))).one_or_none()
        return None if row is None else _member(row)


def name_key(name: str) -> str:
    """What makes two names the same."""
    return safe_text(name).strip().casefold()


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    return Member(row.id, row.name, row.locale, row.age_limit, row.is_admin, row.created_at)
