"""Libraries and what lies in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from adapters.storage.repositories.titles import CATALOGUE
from adapters.storage.tables import libraries, library_titles
from adapters.storage.transaction import Transaction, chunks
from adapters.storage.types import safe_text
from bot.model.members import Library


class LibraryRepository:
    """Libraries; every change advances the catalogue's version."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def ensure(self, source: str, key: str, name: str, *, public: bool = False) -> Library:
        """Find by (source, key) or create; name and `public` follow the call."""
        await self._transaction.write()
        name = safe_text(name)
        statement = self._transaction.insert(libraries).values(source=source, key=key, name=name, public=public)
        statement = statement.on_conflict_do_update(
            index_elements=["source", "key"],
            set_={"name": name, "public": public},
            where=(libraries.c.name != name) | (libraries.c.public != public),
        )
        if (await self._transaction.execute(statement.returning(libraries.c.id))).scalar_one_or_none() is not None:
            await self._transaction.advance_counter(CATALOGUE)
        row = (
            await self._transaction.execute(
                select(libraries).where(libraries.c.source == source, libraries.c.key == key)
            )
        ).one()
        return Library(row.id, row.source, row.key, row.name, row.public)

    async def all(self) -> Sequence[Library]:
        """Ordered by id."""
        rows = await self._transaction.execute(select(libraries).order_by(libraries.c.id))
        return [Library(row.id, row.source, row.key, row.name, row.public) for row in rows]

    async def put(self, library_id: int, title_ids: Collection[int], *, added_at: datetime | None = None) -> None:
        """Place titles in a library; those already there keep their date, and get one if they had none."""
        await self.place(library_id, dict.fromkeys(title_ids, added_at))

    async def place(self, library_id: int, dates: Mapping[int, datetime | None]) -> None:
        """As `put`, each title with a date of its own."""
        await self._transaction.write()
        changed = 0
        statement = self._transaction.insert(library_titles).on_conflict_do_nothing()
        places = library_titles.c
        for chunk in chunks(sorted(dates)):
            rows = await self._transaction.execute(
                select(places.title_id, places.added_at).where(
                    places.library_id == library_id, places.title_id.in_(chunk)
                )
            )
            there = {row.title_id: row.added_at for row in rows}
            new = [
                {"library_id": library_id, "title_id": title_id, "added_at": dates[title_id]}
                for title_id in chunk
                if title_id not in there
            ]
            if new:
                await self._transaction.execute(statement, new)
            undated = [t for t, added_at in there.items() if added_at is None and dates[t] is not None]
            for title_id in undated:
                await self._date(library_id, title_id, dates[title_id])
            changed += len(new) + len(undated)
        if changed:
            await self._transaction.advance_counter(CATALOGUE)

    async def remove(self, library_id: int, title_ids: Collection[int]) -> None:
        """Take titles out of a library; those that are not there are no error."""
        await self._transaction.write()
        removed = 0
        for chunk in chunks(sorted(set(title_ids))):
            result = await self._transaction.execute(
                delete(library_titles).where(
                    library_titles.c.library_id == library_id, library_titles.c.title_id.in_(chunk)
                )
            )
            removed += result.rowcount
        if removed:
            await self._transaction.advance_counter(CATALOGUE)

    async def _date(self, library_id: int, title_id: int, added_at: datetime | None) -> None:
        place = (library_titles.c.library_id == library_id) & (library_titles.c.title_id == title_id)
        await self._transaction.execute(update(library_titles).where(place).values(added_at=added_at))
