"""What was received, until it is answered; finished rows keep nothing but their id."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from adapters.storage.tables import inbox
from adapters.storage.transaction import Transaction, chunks
from adapters.storage.types import from_json, to_json
from bot.model.inbox import InboxRow, InboxState

_ENDS = (InboxState.DONE.value, InboxState.DROPPED.value)


class InboxRepository:
    """Rows by number."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, row: InboxRow) -> int | None:
        """Keep a row; None, when one of this (platform, id) is kept already."""
        await self._transaction.write()
        statement = self._transaction.insert(inbox).values(
            platform=row.platform,
            incoming=row.id,
            place=row.place,
            state=row.state.value,
            payload=to_json(row.payload),
            envelope=to_json(row.envelope),
            replies=None if row.replies is None else to_json(row.replies),
            attempts=row.attempts,
            received_at=row.received_at,
        )
        kept = statement.on_conflict_do_nothing(index_elements=["platform", "incoming"]).returning(inbox.c.id)
        number: int | None = (await self._transaction.execute(kept)).scalar_one_or_none()
        return number

    async def answered(self, number: int, replies: Sequence[Any]) -> None:
        """Keep what is to be answered."""
        await self._transaction.write()
        values = {"state": InboxState.ANSWERED.value, "replies": to_json(list(replies))}
        await self._transaction.execute(update(inbox).where(inbox.c.id == number).values(values))

    async def addressed(self, number: int, envelope: Mapping[str, Any]) -> None:
        """Keep how it is to be answered now."""
        await self._transaction.write()
        unfinished = (inbox.c.id == number) & inbox.c.state.not_in(_ENDS)
        await self._transaction.execute(update(inbox).where(unfinished).values(envelope=to_json(dict(envelope))))

    async def finish(self, number: int, state: InboxState) -> None:
        """The end of a row; only its id stays."""
        await self._transaction.write()
        values = {"state": state.value, "payload": None, "envelope": None, "replies": None}
        await self._transaction.execute(update(inbox).where(inbox.c.id == number).values(values))

    async def unfinished(self) -> Sequence[InboxRow]:
        """Rows that are neither done nor dropped, in the order of arrival."""
        statement = select(inbox).where(inbox.c.state.not_in(_ENDS)).order_by(inbox.c.id)
        return [
            InboxRow(
                platform=row.platform,
                id=row.incoming,
                place=row.place,
                payload=from_json(row.payload),
                envelope=from_json(row.envelope),
                received_at=row.received_at,
                state=InboxState(row.state),
                attempts=row.attempts,
                replies=None if row.replies is None else from_json(row.replies),
                number=row.id,
            )
            for row in await self._transaction.execute(statement)
        ]

    async def attempt(self, numbers: Collection[int]) -> None:
        """Count one more attempt for each."""
        if numbers:
            await self._transaction.write()
        for some in chunks(numbers):
            statement = update(inbox).where(inbox.c.id.in_(some)).values(attempts=inbox.c.attempts + 1)
            await self._transaction.execute(statement)

    async def purge(self, before: datetime) -> int:
        """Forget finished rows received before then."""
        await self._transaction.write()
        statement = delete(inbox).where(inbox.c.received_at < before, inbox.c.state.in_(_ENDS))
        return (await self._transaction.execute(statement)).rowcount
