"""How far syncs came, and the plays that wait."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from adapters.storage.sync_tables import pending_plays, sync_states
from adapters.storage.transaction import Transaction, chunks
from adapters.storage.types import from_json, safe_float, safe_integer, safe_text, to_json
from bot.model.titles import Kind, TitleRef
from bot.ports.media import ServerWatch
from bot.ports.storage_sync import PendingPlay, SyncState


class SyncStateRepository:
    """States by (source, stage)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def get(self, source: str, stage: str) -> SyncState:
        """An empty state, where none is stored."""
        statement = select(sync_states).where(sync_states.c.source == source, sync_states.c.stage == stage)
        row = (await self._transaction.execute(statement)).one_or_none()
        return SyncState(source, stage) if row is None else _state(row)

    async def save(self, state: SyncState) -> None:
        """Store or replace."""
        await self._transaction.write()
        await self._transaction.replace(sync_states, [{**asdict(state), "note": to_json(dict(state.note))}])

    async def all(self) -> Sequence[SyncState]:
        """Ordered by source and stage."""
        rows = await self._transaction.execute(select(sync_states))
        return sorted(map(_state, rows), key=lambda state: (state.source, state.stage))


class PendingPlayRepository:
    """Plays by (source, key)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, plays: Collection[PendingPlay]) -> None:
        """Store or replace."""
        if plays:
            await self._transaction.write()
            await self._transaction.replace(pending_plays, [_row(play) for play in plays])

    async def after(self, source: str, key: str = "", *, limit: int = 500) -> Sequence[PendingPlay]:
        """Plays of a source whose key comes after `key`, in the database's order of keys."""
        rows = await self._transaction.execute(
            select(pending_plays)
            .where(pending_plays.c.source == source, pending_plays.c.key > key)
            .order_by(pending_plays.c.key)
            .limit(limit)
        )
        return [_play(row) for row in rows]

    async def known(self, source: str, keys: Collection[str]) -> frozenset[str]:
        """The keys among these that wait."""
        found: set[str] = set()
        for chunk in chunks(sorted({safe_text(key) for key in keys})):
            statement = select(pending_plays.c.key).where(
                pending_plays.c.source == source, pending_plays.c.key.in_(chunk)
            )
            found |= set((await self._transaction.execute(statement)).scalars())
        return frozenset(found)

    async def remove(self, source: str, keys: Collection[str]) -> None:
        """Forget plays."""
        if not keys:
            return
        await self._transaction.write()
        for chunk in chunks(sorted({safe_text(key) for key in keys})):
            await self._transaction.execute(
                delete(pending_plays).where(pending_plays.c.source == source, pending_plays.c.key.in_(chunk))
            )


def _state(row: Row[*tuple[Any, ...]]) -> SyncState:
    return SyncState(row.source, row.stage, row.cursor, row.done_at, row.full_at, from_json(row.note))


def _row(play: PendingPlay) -> dict[str, Any]:
    watch = play.watch
    values = asdict(watch)
    values["watched_at"] = watch.watched_at.isoformat()
    values["completion"] = safe_float(watch.completion)
    values["duration"] = safe_integer(watch.duration)
    values["refs"] = [[ref.kind.value, ref.source, ref.value] for ref in watch.refs]
    values["kind"] = watch.kind.value if watch.kind else None
    return {"source": play.source, "key": watch.key, "items_of": play.items_of, "watch": to_json(values)}


def _play(row: Row[*tuple[Any, ...]]) -> PendingPlay:
    values = from_json(row.watch)
    values["watched_at"] = datetime.fromisoformat(values["watched_at"])
    values["refs"] = tuple(TitleRef(Kind(kind), source, value) for kind, source, value in values["refs"])
    values["kind"] = Kind(values["kind"]) if values["kind"] else None
    values["key"] = row.key
    return PendingPlay(row.source, row.items_of, ServerWatch(**values))
