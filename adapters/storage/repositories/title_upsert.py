"""Stores what a source says about many titles at once.

Facts and stored titles that share a reference, directly or through others of the same call, form one group. A group
becomes one title: the oldest stored one, or a new one; the other stored ones are merged into it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from adapters.storage.facts import absorb, strictest, to_row, unite
from adapters.storage.repositories.title_merge import merge_title
from adapters.storage.tables import title_aliases, title_refs, titles
from adapters.storage.transaction import Transaction
from bot.model.titles import TitleFacts, TitleRef

TITLE_ID = "title_id"


class TitleUpsert:
    """One call of `upsert`. `stored_ids` must be loaded and given to `run`; `ids` holds the answer afterwards."""

    def __init__(self, transaction: Transaction, facts: Sequence[TitleFacts], known: Mapping[TitleRef, int]) -> None:
        self._transaction = transaction
        self._facts = facts
        self._groups = group(facts, known)
        self._inserted: list[tuple[int, TitleFacts]] = []
        self._changed: list[tuple[int, TitleFacts, TitleFacts]] = []  # id, before, after
        self._merged: list[tuple[int, int]] = []  # from, into
        self.stored_ids = frozenset(known.values())
        self.ids: list[int] = [0] * len(facts)

    async def run(self, stored: Mapping[int, TitleFacts]) -> bool:
        """Store everything; says whether anything changed. Raises: Unavailable."""
        fresh = sum(1 for _, ids in self._groups if not ids)
        next_id = 1
        if fresh:
            next_id = await self._transaction.advance_counter(TITLE_ID, fresh) - fresh + 1
        for members, ids in self._groups:
            said = [self._facts[index] for index in members]
            if ids:
                title_id = self._settle(sorted(ids), said, stored)
            else:
                title_id, next_id = next_id, next_id + 1
                self._inserted.append((title_id, united(said[0], said)))
            for index in members:
                self.ids[index] = title_id
        await self._write()
        return bool(self._inserted or self._changed or self._merged)

    def _settle(self, ids: list[int], said: list[TitleFacts], stored: Mapping[int, TitleFacts]) -> int:
        title_id, *others = ids
        before, after = stored[title_id], settled([stored[one] for one in ids], said)
        self._merged += [(other, title_id) for other in others]
        if after != before:
            self._changed.append((title_id, before, after))
        return title_id

    async def _write(self) -> None:
        for loser, winner in self._merged:
            await merge_title(self._transaction, loser, winner)
        await self._many(insert(titles), [to_row(title_id, facts) for title_id, facts in self._inserted])
        if self._changed:
            columns: dict[str, Any] = {
                column.name: bindparam(column.name) for column in titles.columns if column.name != "id"
            }
            statement = update(titles).where(titles.c.id == bindparam("row_id")).values(columns)
            rows = [to_row(title_id, after) for title_id, _, after in self._changed]
            await self._many(statement, [{"row_id": row.pop("id"), **row} for row in rows])
        # References and aliases of merged titles went with them: those of the survivor are stored anew.
        merged_into = {winner for _, winner in self._merged}
        refs: list[dict[str, Any]] = []
        aliases: list[dict[str, Any]] = []
        for title_id, before, after in [*((i, None, f) for i, f in self._inserted), *self._changed]:
            kept = before
            if title_id in merged_into:
                await self._transaction.execute(delete(title_refs).where(title_refs.c.title_id == title_id))
                await self._transaction.execute(delete(title_aliases).where(title_aliases.c.title_id == title_id))
                kept = None
            refs += _new_refs(title_id, kept, after)
            aliases += _new_aliases(title_id, kept, after)
        await self._many(insert(title_refs), refs)
        await self._many(insert(title_aliases), aliases)

    async def _many(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            await self._transaction.execute(statement, rows)


def united(known: TitleFacts, said: Sequence[TitleFacts]) -> TitleFacts:
    """What is known after several sources have spoken at once; of their age ratings the strictest counts."""
    for facts in said:
        known = unite(known, facts)
    age = strictest(*said)
    return known if age in (None, known.minimum_age) else replace(known, minimum_age=age)


def settled(stored: Sequence[TitleFacts], said: Sequence[TitleFacts]) -> TitleFacts:
    """What is known of stored titles, the oldest first, that turn out to be one when several sources speak."""
    known = stored[0]
    for other in stored[1:]:
        known = absorb(known, other)
    after = united(known, said)
    return after if len(stored) == 1 else replace(after, minimum_age=strictest(known, after))


def _new_refs(title_id: int, before: TitleFacts | None, after: TitleFacts) -> list[dict[str, Any]]:
    known = before.refs if before else ()
    return [
        {"title_id": title_id, "kind": ref.kind.value, "source": ref.source, "value": ref.value}
        for ref in after.refs[len(known) :]
    ]


def _new_aliases(title_id: int, before: TitleFacts | None, after: TitleFacts) -> list[dict[str, Any]]:
    known = before.aliases if before else ()
    return [{"title_id": title_id, "name": alias.name, "locale": alias.locale} for alias in after.aliases[len(known) :]]


def group(facts: Sequence[TitleFacts], known: Mapping[TitleRef, int]) -> list[tuple[list[int], set[int]]]:
    """Indices of facts and ids of stored titles that are one title, in the order of their first fact."""
    parents = list(range(len(facts)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    owners: dict[TitleRef | int, int] = {}
    for index, fact in enumerate(facts):
        marks: list[TitleRef | int] = [*fact.refs, *(known[ref] for ref in fact.refs if ref in known)]
        for mark in marks:
            first, second = root(owners.setdefault(mark, index)), root(index)
            parents[max(first, second)] = min(first, second)
    members: dict[int, list[int]] = defaultdict(list)
    ids: dict[int, set[int]] = defaultdict(set)
    for index, fact in enumerate(facts):
        members[root(index)].append(index)
        ids[root(index)] |= {known[ref] for ref in fact.refs if ref in known}
    return [(members[first], ids[first]) for first in members]
