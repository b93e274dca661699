"""Everything that is kept of a person, over all tables that say whose a row is.

A table that joins later is covered by itself: what names a member in `member_id` is told to that member and deleted
with them, unless it is listed here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, exists, select, update

from adapters.storage.identity_tables import privacy
from adapters.storage.people_tables import watchlist_titles, watchlists
from adapters.storage.repositories.versions import advance_histories
from adapters.storage.sync_tables import server_accounts
from adapters.storage.tables import (
    libraries,
    library_access,
    linked_accounts,
    members,
    metadata,
    ratings,
    titles,
    watch_events,
)
from adapters.storage.transaction import Transaction, chunks
from adapters.storage.types import from_json, to_json
from bot.model.privacy import Privacy

# What a forgotten person keeps: what their media server tells of them, without which a sync would make them anew.
KEPT = frozenset({"server_accounts", "library_access", "privacy", "linked_accounts"})
# Not told: secrets by which somebody acts, and drawings of what is told elsewhere.
UNTOLD = frozenset({"action_tokens", "link_codes", "decks"})
# Only technical, or with the words of others in them.
_UNTOLD_COLUMNS = frozenset({"member_id", "token", "secret", "digest", "state", "reasons", "name_key", "replies"})
_OF_GROUPS = "group"


class PersonalDataRepository:
    """Tells, deletes and moves what belongs to a member."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def rows(self, member_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Table → rows as JSON-able values; tables without any are left out."""
        told: dict[str, Sequence[Mapping[str, Any]]] = {}
        for table in [members, *_owned()]:
            if table.name in UNTOLD:
                continue
            whose = members.c.id if table is members else table.c.member_id
            found = (await self._transaction.execute(select(table).where(whose == member_id))).mappings().all()
            if found:
                told[table.name] = [_told(table, dict(row)) for row in found]
        listed = select(watchlists.c.name, watchlist_titles.c.title_id, watchlist_titles.c.added_at)
        listed = listed.join_from(watchlists, watchlist_titles).where(watchlists.c.member_id == member_id)
        if lists := (await self._transaction.execute(listed)).mappings().all():
            told["watchlist_titles"] = [_told(watchlist_titles, dict(row)) for row in lists]
        return await self._named(told)

    async def erase(self, member_id: int, now: datetime) -> bool:
        """Delete everything of a member; True, when the member is gone altogether."""
        await self._transaction.write()
        served = exists().where(server_accounts.c.member_id == member_id)
        if not (await self._transaction.execute(select(served))).scalar():
            await self._transaction.execute(delete(members).where(members.c.id == member_id))
            return True
        for table in reversed(_owned()):
            if table.name not in KEPT:
                await self._transaction.execute(delete(table).where(table.c.member_id == member_id))
        sources = select(server_accounts.c.source).where(server_accounts.c.member_id == member_id)
        await self._transaction.execute(
            delete(linked_accounts).where(
                linked_accounts.c.member_id == member_id, linked_accounts.c.platform.not_in(sources)
            )
        )
        await self._transaction.execute(update(members).where(members.c.id == member_id).values(locale=None))
        row = {"member_id": member_id, "name_watched": False, "contribute": False, "group_line": False}
        assert set(row) - {"member_id"} == set(Privacy.__slots__)
        await self._transaction.replace(privacy, [{**row, "forgotten_at": now}])
        await advance_histories(self._transaction, [member_id])
        return False

    async def absorb(self, gone: int, into: int) -> None:
        """Move what servers told of one member to another, and delete the member."""
        await self._transaction.write()
        await self._move(watch_events, gone, into)
        newer = ratings.alias()
        rated = exists().where(
            newer.c.member_id == into, newer.c.title_id == ratings.c.title_id, newer.c.source == ratings.c.source
        )
        await self._transaction.execute(delete(ratings).where(ratings.c.member_id == gone, rated))
        await self._move(ratings, gone, into)
        sources = select(server_accounts.c.source).where(server_accounts.c.member_id == gone)
        await self._transaction.execute(
            update(linked_accounts)
            .where(linked_accounts.c.member_id == gone, linked_accounts.c.platform.in_(sources))
            .values(member_id=into)
        )
        await self._move(server_accounts, gone, into)
        granted = library_access.alias()
        seen = exists().where(granted.c.member_id == into, granted.c.library_id == library_access.c.library_id)
        await self._transaction.execute(delete(library_access).where(library_access.c.member_id == gone, seen))
        await self._move(library_access, gone, into)
        await self._transaction.execute(delete(members).where(members.c.id == gone))
        await advance_histories(self._transaction, [into])

    async def _move(self, table: Table, gone: int, into: int) -> None:
        await self._transaction.execute(update(table).where(table.c.member_id == gone).values(member_id=into))

    async def _named(
        self, told: Mapping[str, Sequence[Mapping[str, Any]]]
    ) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """With names in the place of the numbers of titles and libraries."""
        ids = {row["title_id"] for rows in told.values() for row in rows if row.get("title_id") is not None}
        names = await self._names(ids)
        shelves = {
            row.id: row.name for row in await self._transaction.execute(select(libraries.c.id, libraries.c.name))
        }

        def named(row: Mapping[str, Any]) -> Mapping[str, Any]:
            row = dict(row)
            if "title_id" in row:
                row["title"] = names.get(row.pop("title_id"))
            if "library_id" in row:
                row["library"] = shelves.get(row.pop("library_id"))
            return row

        return {table: [named(row) for row in rows] for table, rows in told.items()}

    async def _names(self, ids: Collection[int]) -> dict[int, str]:
        names: dict[int, str] = {}
        for chunk in chunks(sorted(ids)):
            found = select(titles.c.id, titles.c.title, titles.c.year).where(titles.c.id.in_(chunk))
            for row in await self._transaction.execute(found):
                names[row.id] = f"{row.title} ({row.year})" if row.year else row.title
        return names


def _owned() -> list[Table]:
    """The tables that say whose a row is, those first to which others refer."""
    return [table for table in metadata.sorted_tables if "member_id" in table.c]


def _told(table: Table, row: dict[str, Any]) -> Mapping[str, Any]:
    values = {name: _value(value) for name, value in row.items() if name not in _UNTOLD_COLUMNS}
    if row.get("mode") == _OF_GROUPS:
        values.pop("explanation", None)
    if table.name == "conversations":
        values["remembers"] = _remembered(row["state"])
    return values


def _remembered(state: str) -> Mapping[str, Any]:
    """What a conversation remembers that is the person's own words: neither secrets nor the company they were in."""
    memory = from_json(state)
    ask = memory.get("ask") or {}
    said = [exchange[0] for exchange in memory.get("talk", []) if exchange]
    return {
        "asked": ask.get("query"),
        "said": said,
        "summary": memory.get("summary", ""),
        "titles": memory.get("shown", []),
    }


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    return to_json(value)
