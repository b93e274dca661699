"""Watch events and ratings."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, delete, func, or_, select

from adapters.storage.repositories.versions import advance_histories
from adapters.storage.tables import members, ratings, watch_events
from adapters.storage.transaction import Transaction, chunks
from adapters.storage.types import safe_float, safe_integer, safe_text
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.model.history import History, Known, Rating, WatchEvent

_AT_ONCE = 500  # rows read before others have their turn


class HistoryRepository:
    """What every member watched and how they rated it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add_events(self, events: Iterable[WatchEvent]) -> int:
        """Store events; those whose (source, key) is known are left as they are. Returns how many were new."""
        statement = self._transaction.insert(watch_events)
        statement = statement.on_conflict_do_nothing(index_elements=["key", "source"])
        return await self._store(statement.returning(watch_events.c.member_id), map(_event_row, events))

    async def put_events(self, events: Iterable[WatchEvent]) -> int:
        """Store events; those whose (source, key) is known are replaced. Returns how many were new or differ."""
        statement = self._transaction.insert(watch_events)
        columns = [column.name for column in watch_events.columns if column.name not in {"id", "source", "key"}]
        new = statement.excluded
        differ = or_(*(watch_events.c[name].is_distinct_from(new[name]) for name in columns))
        statement = statement.on_conflict_do_update(
            index_elements=["key", "source"], set_={name: new[name] for name in columns}, where=differ
        )
        return await self._store(statement.returning(watch_events.c.member_id), map(_event_row, _last(events)))

    async def titles_of(self, source: str, keys: Collection[str]) -> Mapping[str, int]:
        """The titles of those events of a source that are known, by key."""
        found: dict[str, int] = {}
        for chunk in chunks(sorted({safe_text(key) for key in keys})):
            statement = select(watch_events.c.key, watch_events.c.title_id).where(
                watch_events.c.key.in_(chunk), watch_events.c.source == source
            )
            for key, title_id in await self._transaction.execute(statement):
                found[key] = title_id
        return found

    async def drop_events(self, source: str, keys: Collection[str]) -> int:
        """Delete the events of a source with these keys; returns how many there were."""
        if not keys:
            return 0
        await self._transaction.write()
        gone: Counter[int] = Counter()
        for chunk in chunks(sorted({safe_text(key) for key in keys})):
            statement = delete(watch_events).where(watch_events.c.key.in_(chunk), watch_events.c.source == source)
            gone.update((await self._transaction.execute(statement.returning(watch_events.c.member_id))).scalars())
        await advance_histories(self._transaction, gone)
        return gone.total()

    async def of_titles(self, source: str, title_ids: Collection[int]) -> Sequence[WatchEvent]:
        """Everybody's events of some titles as one source told them, by key."""
        found: list[WatchEvent] = []
        for chunk in chunks(sorted(set(title_ids))):
            statement = select(watch_events).where(watch_events.c.title_id.in_(chunk), watch_events.c.source == source)
            result = await self._transaction.execute(statement)
            found += [_event(row) async for rows in _paced(result) for row in rows]
        return sorted(found, key=lambda event: event.key)

    async def add_ratings(self, given: Iterable[Rating]) -> int:
        """Store ratings; the newest per (member, title, source) stays, of one moment the last.

        Returns how many changed something. Raises: InvalidInput, for a value that is no number.
        """
        statement = self._transaction.insert(ratings)
        new = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=["member_id", "title_id", "source"],
            set_={"value": new.value, "rated_at": new.rated_at},
            where=(ratings.c.rated_at < new.rated_at)
            | ((ratings.c.rated_at == new.rated_at) & (ratings.c.value != new.value)),
        )
        return await self._store(statement.returning(ratings.c.member_id), map(_rating_row, _newest(given)))

    async def ratings_of(self, source: str) -> Sequence[Rating]:
        """Everybody's ratings as one source told them, by member and title."""
        statement = select(ratings).where(ratings.c.source == source).order_by(ratings.c.member_id, ratings.c.title_id)
        result = await self._transaction.execute(statement)
        return [_rating(row) async for rows in _paced(result) for row in rows]

    async def drop_ratings(self, source: str, given: Collection[tuple[int, int]]) -> int:
        """Delete the ratings of a source by (member, title); returns how many there were."""
        if not given:
            return 0
        await self._transaction.write()
        gone: Counter[int] = Counter()
        for member_id in sorted({member_id for member_id, _title in given}):
            for chunk in chunks(sorted({title_id for member, title_id in given if member == member_id})):
                statement = delete(ratings).where(
                    ratings.c.member_id == member_id, ratings.c.title_id.in_(chunk), ratings.c.source == source
                )
                gone[member_id] += len(
                    (await self._transaction.execute(statement.returning(ratings.c.id))).scalars().all()
                )
        await advance_histories(self._transaction, +gone)
        return gone.total()

    async def of(self, member_id: int) -> History:
        """Events and ratings, oldest first (ties by row id)."""
        events = await self._transaction.execute(
            select(watch_events)
            .where(watch_events.c.member_id == member_id)
            .order_by(watch_events.c.watched_at, watch_events.c.id)
        )
        rated = await self._transaction.execute(
            select(ratings).where(ratings.c.member_id == member_id).order_by(ratings.c.rated_at, ratings.c.id)
        )
        return History(
            tuple([_event(row) async for rows in _paced(events) for row in rows]),
            tuple([_rating(row) async for rows in _paced(rated) for row in rows]),
        )

    async def version(self, member_id: int) -> int:
        """Grows whenever this member's history changes; 0 for nobody."""
        statement = select(members.c.history_version).where(members.c.id == member_id)
        return int((await self._transaction.execute(statement)).scalar_one_or_none() or 0)

    async def known(self) -> Sequence[Known]:
        """What everybody knows, by member and then oldest first (ties by title id)."""
        of = (watch_events.c.member_id, watch_events.c.title_id)
        played = await self._transaction.execute(
            select(*of, func.max(watch_events.c.watched_at), func.max(watch_events.c.completion)).group_by(*of)
        )
        rated = await self._transaction.execute(
            select(ratings.c.member_id, ratings.c.title_id, ratings.c.rated_at, ratings.c.value).order_by(
                ratings.c.rated_at, ratings.c.id
            )
        )
        found: dict[tuple[int, int], Known] = {}
        async for rows in _paced(played):
            found |= {(row[0], row[1]): Known(row[0], row[1], row[2], row[3], None) for row in rows}
        async for rows in _paced(rated):
            for member, title, moment, value in rows:  # oldest first, so the newest rating stays
                known = found.get((member, title))
                last = moment if known is None else max(known.last_at, moment)
                found[member, title] = Known(member, title, last, known.completion if known else None, value)
        return await asyncio.to_thread(
            sorted, found.values(), key=lambda known: (known.member_id, known.last_at, known.title_id)
        )

    async def change_count(self) -> int:
        """The sum of all members' history versions."""
        return int((await self._transaction.execute(select(func.sum(members.c.history_version)))).scalar() or 0)

    async def _store(self, statement: Executable, rows: Iterable[dict[str, Any]]) -> int:
        """Run an INSERT that returns the member of every row it changed; the number of those rows."""
        await self._transaction.write()
        changed: Counter[int] = Counter()
        for chunk in chunks(rows):
            changed.update((await self._transaction.execute(statement, chunk)).scalars())
        await advance_histories(self._transaction, changed)
        return changed.total()


async def _paced(result: CursorResult[*tuple[Any, ...]]) -> AsyncIterator[Sequence[Any]]:
    """The rows, so many at a time that others are answered in between: reading a row takes microseconds of the loop."""
    while rows := result.fetchmany(_AT_ONCE):
        yield rows
        await asyncio.sleep(0)


def _last(events: Iterable[WatchEvent]) -> Iterable[WatchEvent]:
    """One event per (source, key): the last."""
    return {(safe_text(event.source), safe_text(event.key)): event for event in events}.values()


def _rating_key(rating: Rating) -> tuple[int, int, str]:
    return rating.member_id, rating.title_id, safe_text(rating.source)


def _newest(given: Iterable[Rating]) -> Iterable[Rating]:
    """One rating per (member, title, source): the newest, of one moment the last. Raises: InvalidInput."""
    newest: dict[tuple[int, int, str], Rating] = {}
    for rating in given:
        if not math.isfinite(rating.value):
            raise InvalidInput(_("A rating is a number from 1 to 10."))
        key = _rating_key(rating)
        if key not in newest or newest[key].rated_at <= rating.rated_at:
            newest[key] = rating
    return newest.values()


def _event_row(event: WatchEvent) -> dict[str, Any]:
    return {
        "member_id": event.member_id,
        "title_id": event.title_id,
        "source": event.source,
        "key": event.key,
        "watched_at": event.watched_at,
        "completion": safe_float(event.completion),
        "duration": safe_integer(event.duration),
        "episode": event.episode,
        "plays": safe_integer(event.plays) or 1,
    }


def _rating_row(rating: Rating) -> dict[str, Any]:
    return {
        "member_id": rating.member_id,
        "title_id": rating.title_id,
        "source": rating.source,
        "value": rating.value,
        "rated_at": rating.rated_at,
    }


def _event(row: Row[*tuple[Any, ...]]) -> WatchEvent:
    return WatchEvent(
        row.member_id,
        row.title_id,
        row.source,
        row.key,
        row.watched_at,
        row.completion,
        row.duration,
        row.episode,
        row.plays,
    )


def _rating(row: Row[*tuple[Any, ...]]) -> Rating:
    return Rating(row.member_id, row.title_id, row.source, row.value, row.rated_at)
