"""How far an import came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from adapters.storage.tables import import_checkpoints
from adapters.storage.transaction import Transaction
from adapters.storage.types import to_json
from bot.ports.clock import Clock


class ImportRepository:
    """Checkpoints by source and content digest."""

    def __init__(self, transaction: Transaction, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def checkpoint(self, source: str, digest: str) -> int:
        """Rows of this file that are stored already; 0 when it is new."""
        statement = select(import_checkpoints.c.rows).where(
            import_checkpoints.c.source == source, import_checkpoints.c.digest == digest
        )
        return int((await self._transaction.execute(statement)).scalar_one_or_none() or 0)

    async def advance(self, source: str, digest: str, rows: int, *, note: Mapping[str, Any] | None = None) -> None:
        """Record the progress together with the rows of the same transaction."""
        await self._transaction.write()
        statement = self._transaction.insert(import_checkpoints).values(
            source=source, digest=digest, rows=rows, note=to_json(dict(note or {})), updated_at=self._clock.now()
        )
        replaced = {name: statement.excluded[name] for name in ("rows", "note", "updated_at")}
        await self._transaction.execute(
            statement.on_conflict_do_update(index_elements=["source", "digest"], set_=replaced)
        )
