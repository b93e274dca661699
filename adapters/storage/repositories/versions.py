"""The version of each member's history, by which profiles learn that they are stale."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import update

from adapters.storage.tables import members
from adapters.storage.transaction import Transaction, chunks


async def advance_histories(transaction: Transaction, member_ids: Iterable[int]) -> None:
    """Advance the history version of these members, in order of id so that two writers cannot deadlock."""
    for chunk in chunks(sorted(set(member_ids))):
        await transaction.execute(
            update(members).where(members.c.id.in_(chunk)).values(history_version=members.c.history_version + 1)
        )
