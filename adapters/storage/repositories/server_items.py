"""Items and people as media servers tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Row, delete, select

from adapters.storage.sync_tables import server_accounts, server_items
from adapters.storage.transaction import Transaction, chunks
from adapters.storage.types import from_json, safe_text, to_json
from bot.ports.media import Quality
from bot.ports.storage_sync import ServerAccount, StoredItem


class ServerItemRepository:
    """Items by (source, key)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, items: Collection[StoredItem]) -> None:
        """Store or replace. Raises: Unavailable, for an unknown title or library."""
        if items:
            await self._transaction.write()
            await self._transaction.replace(server_items, [_item_row(item) for item in items])

    async def get(self, source: str, keys: Collection[str]) -> Mapping[str, StoredItem]:
        """Those that are known, by key."""
        found: dict[str, StoredItem] = {}
        for chunk in chunks({safe_text(key) for key in keys}):
            rows = await self._transaction.execute(
                select(server_items).where(server_items.c.source == source, server_items.c.key.in_(chunk))
            )
            found |= {row.key: _item(row) for row in rows}
        return found

    async def keys(self, source: str, library_id: int) -> Sequence[str]:
        """The keys of all items of a library, in order."""
        statement = select(server_items.c.key).where(
            server_items.c.source == source, server_items.c.library_id == library_id
        )
        return sorted((await self._transaction.execute(statement)).scalars())

    async def remove(self, source: str, keys: Collection[str]) -> None:
        """Forget items."""
        await self._transaction.write()
        for chunk in chunks(sorted({safe_text(key) for key in keys})):
            await self._transaction.execute(
                delete(server_items).where(server_items.c.source == source, server_items.c.key.in_(chunk))
            )

    async def of_titles(self, title_ids: Collection[int]) -> Mapping[int, Sequence[StoredItem]]:
        """The items of titles, ordered by source and key."""
        found: dict[int, list[StoredItem]] = defaultdict(list)
        for chunk in chunks(sorted(set(title_ids))):
            rows = await self._transaction.execute(select(server_items).where(server_items.c.title_id.in_(chunk)))
            for row in rows:
                found[row.title_id].append(_item(row))
        return {title_id: sorted(items, key=lambda i: (i.source, i.key)) for title_id, items in found.items()}


class ServerAccountRepository:
    """People by (source, account)."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, account: ServerAccount) -> None:
        """Store or replace. Raises: Unavailable, for an unknown member."""
        await self._transaction.write()
        await self._transaction.replace(server_accounts, [asdict(account)])

    async def of_source(self, source: str) -> Sequence[ServerAccount]:
        """Ordered by account."""
        return await self._some(server_accounts.c.source == source)

    async def of_member(self, member_id: int) -> Sequence[ServerAccount]:
        """Ordered by source and account."""
        return await self._some(server_accounts.c.member_id == member_id)

    async def _some(self, condition: Any) -> Sequence[ServerAccount]:
        rows = await self._transaction.execute(select(server_accounts).where(condition))
        found = [ServerAccount(*(row._mapping[each.name] for each in fields(ServerAccount))) for row in rows]
        return sorted(found, key=lambda account: (account.source, account.account))


def _item_row(item: StoredItem) -> dict[str, Any]:
    return {**asdict(item), "quality": None if item.quality is None else to_json(asdict(item.quality))}


def _item(row: Row[*tuple[Any, ...]]) -> StoredItem:
    values = {each.name: row._mapping[each.name] for each in fields(StoredItem)}
    values["quality"] = None if row.quality is None else Quality(**from_json(row.quality))
    return StoredItem(**values)
