"""Named lists of members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select

from adapters.storage.people_tables import watchlist_titles, watchlists
from adapters.storage.transaction import Transaction
from adapters.storage.types import safe_text
from bot.model.watchlists import Watchlist


class WatchlistRepository:
    """Lists and what is on them; names are compared case-folded."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of(self, member_id: int) -> Sequence[Watchlist]:
        """All lists of a member with their counts, oldest first."""
        count = (
            select(func.count())
            .select_from(watchlist_titles)
            .where(watchlist_titles.c.list_id == watchlists.c.id)
            .scalar_subquery()
        )
        statement = select(watchlists, count.label("titles")).where(watchlists.c.member_id == member_id)
        return [_list(row) for row in await self._transaction.execute(statement.order_by(watchlists.c.id))]

    async def ensure(self, member_id: int, name: str, at: datetime) -> Watchlist:
        """The list of that name, made when it is new."""
        await self._transaction.write()
        key = safe_text(name).casefold()
        values = {"member_id": member_id, "name": name, "name_key": key, "created_at": at}
        await self._transaction.execute(self._transaction.insert(watchlists).values(**values).on_conflict_do_nothing())
        return next(each for each in await self.of(member_id) if each.name.casefold() == key)

    async def delete(self, list_id: int) -> None:
        """Forget a list and what is on it."""
        await self._transaction.write()
        await self._transaction.execute(delete(watchlists).where(watchlists.c.id == list_id))

    async def add(self, list_id: int, title_id: int, at: datetime) -> bool:
        """Put a title on a list; False, when it is there already. Raises: Unavailable, when either is gone."""
        await self._transaction.write()
        statement = self._transaction.insert(watchlist_titles).values(list_id=list_id, title_id=title_id, added_at=at)
        added = statement.on_conflict_do_nothing().returning(watchlist_titles.c.title_id)
        return (await self._transaction.execute(added)).one_or_none() is not None

    async def remove(self, list_id: int, title_id: int) -> bool:
        """Take a title off a list; False, when it was not there."""
        await self._transaction.write()
        it = (watchlist_titles.c.list_id == list_id) & (watchlist_titles.c.title_id == title_id)
        return (await self._transaction.execute(delete(watchlist_titles).where(it))).rowcount == 1

    async def titles(self, list_id: int) -> Sequence[int]:
        """Title ids in the order in which they were added."""
        found = await self._transaction.execute(
            select(watchlist_titles.c.title_id)
            .where(watchlist_titles.c.list_id == list_id)
            .order_by(watchlist_titles.c.added_at, watchlist_titles.c.title_id)
        )
        return list(found.scalars())


def _list(row: Row[Any]) -> Watchlist:
    return Watchlist(row.id, row.member_id, row.name, row.created_at, row.titles)
