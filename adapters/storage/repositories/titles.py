"""Titles: read in bulk, and the catalogue's version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, func, select

from adapters.storage.facts import clean, display_ref, from_row, ref_from_row
from adapters.storage.repositories.title_upsert import TitleUpsert
from adapters.storage.tables import counters, library_titles, title_aliases, title_refs, titles
from adapters.storage.transaction import CHUNK, Transaction, chunks
from adapters.storage.types import safe_text
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.model.titles import Alias, Title, TitleFacts, TitleRef

CATALOGUE = "catalogue"

_Condition: TypeAlias = Callable[[Any], ColumnElement[bool]]
"""Which titles are meant, said of a column that holds title ids."""


class TitleRepository:
    """Titles and their references."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def upsert(self, facts: Sequence[TitleFacts]) -> Sequence[int]:
        """Store what a source says; see the port. Raises: InvalidInput, for a title without any reference."""
        for fact in facts:
            if not fact.refs:
                raise InvalidInput(_("“{title}” has no reference to know it by.").format(title=fact.title[:60]))
        if not facts:
            return ()
        await self._transaction.write()
        # The counter's lock keeps two processes from creating the same title.
        await self._transaction.lock_counter(CATALOGUE)
        cleaned = [clean(fact) for fact in facts]
        known = await self.by_refs({ref for fact in cleaned for ref in fact.refs})
        upsert = TitleUpsert(self._transaction, cleaned, known)
        stored = {title.id: title.facts for title in await self.get(sorted(upsert.stored_ids))}
        if await upsert.run(stored):
            await self._transaction.advance_counter(CATALOGUE)
        return upsert.ids

    async def get(self, title_ids: Sequence[int]) -> Sequence[Title]:
        """In the order asked for; unknown ids are left out."""
        found: dict[int, Title] = {}
        for chunk in chunks(dict.fromkeys(title_ids)):
            found |= {title.id: title for title in await self._load(_among(chunk))}
        return [found[title_id] for title_id in title_ids if title_id in found]

    async def by_refs(self, refs: Collection[TitleRef]) -> Mapping[TitleRef, int]:
        """Title ids of the references that are known."""
        groups: dict[tuple[str, str], dict[str, TitleRef]] = defaultdict(dict)
        for ref in refs:
            groups[ref.kind.value, ref.source][safe_text(ref.value)] = ref
        found: dict[TitleRef, int] = {}
        for (kind, source), values in groups.items():
            for chunk in chunks(values, CHUNK):
                rows = await self._transaction.execute(
                    select(title_refs.c.value, title_refs.c.title_id).where(
                        title_refs.c.kind == kind, title_refs.c.source == source, title_refs.c.value.in_(chunk)
                    )
                )
                found |= {values[value]: title_id for value, title_id in rows}
        return found

    async def count(self) -> int:
        """How many titles there are."""
        return int((await self._transaction.execute(select(func.count()).select_from(titles))).scalar_one())

    async def version(self) -> int:
        """Grows whenever a title, its libraries or a library changes."""
        statement = select(counters.c.value).where(counters.c.name == CATALOGUE)
        return int((await self._transaction.execute(statement)).scalar_one())

    async def stream(self, batch: int = 1000, *, after: int = 0) -> AsyncIterator[Sequence[Title]]:
        """All titles with an id above `after`, ordered by id, in batches."""
        while True:
            ids = (
                (
                    await self._transaction.execute(
                        select(titles.c.id).where(titles.c.id > after).order_by(titles.c.id).limit(batch)
                    )
                )
                .scalars()
                .all()
            )
            if not ids:
                return
            first, after = ids[0], ids[-1]
            loaded = await self._load(_between(first, after))
            yield sorted(loaded, key=lambda title: title.id)

    async def added(self) -> Mapping[int, datetime]:
        """Title id → when it first came into a library; titles without a date are left out."""
        earliest = func.min(library_titles.c.added_at, type_=library_titles.c.added_at.type)
        statement = (
            select(library_titles.c.title_id, earliest)
            .where(library_titles.c.added_at.is_not(None))
            .group_by(library_titles.c.title_id)
        )
        return {row[0]: row[1] for row in await self._transaction.execute(statement)}

    async def _load(self, condition: _Condition) -> list[Title]:
        execute = self._transaction.execute
        rows = (await execute(select(titles).where(condition(titles.c.id)))).all()
        refs: dict[int, list[TitleRef]] = defaultdict(list)
        aliases: dict[int, list[Alias]] = defaultdict(list)
        places: dict[int, list[int]] = defaultdict(list)
        for row in await execute(
            select(title_refs.c.title_id, title_refs.c.kind, title_refs.c.source, title_refs.c.value)
            .where(condition(title_refs.c.title_id))
            .order_by(title_refs.c.id)
        ):
            refs[row[0]].append(ref_from_row(row[1], row[2], row[3]))
        for row in await execute(
            select(title_aliases.c.title_id, title_aliases.c.name, title_aliases.c.locale)
            .where(condition(title_aliases.c.title_id))
            .order_by(title_aliases.c.id)
        ):
            aliases[row[0]].append(Alias(row[1], row[2]))
        for row in await execute(
            select(library_titles.c.title_id, library_titles.c.library_id).where(condition(library_titles.c.title_id))
        ):
            places[row[0]].append(row[1])
        return [_title(row, refs[row.id], aliases[row.id], places[row.id]) for row in rows if refs[row.id]]


def _title(row: Row[*tuple[Any, ...]], refs: list[TitleRef], aliases: list[Alias], places: list[int]) -> Title:
    return Title(row.id, display_ref(refs), from_row(row, tuple(refs), tuple(aliases)), frozenset(places))


def _among(title_ids: Collection[int]) -> _Condition:
    return lambda column: column.in_(title_ids)


def _between(first: int, last: int) -> _Condition:
    return lambda column: column.between(first, last)
