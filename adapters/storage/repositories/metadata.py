"""What metadata services told of titles, and which titles they name together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, exists, select, union

from adapters.storage.sync_tables import title_links, title_metadata, title_requests
from adapters.storage.tables import library_titles, ratings, titles, watch_events
from adapters.storage.transaction import Transaction, chunks
from adapters.storage.types import from_json, to_json
from bot.ports.metadata import Season, Trailer
from bot.ports.storage_sync import Relation, TitleMetadata


class MetadataRepository:
    """Metadata by title, links by title and relation."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def due(self, before: datetime, locales: Sequence[str], *, after: int = 0, limit: int = 100) -> Sequence[int]:
        """Ids above `after` of titles that matter and whose metadata is older, in other locales, or without links."""
        watched = exists().where(watch_events.c.title_id == titles.c.id) | exists().where(
            ratings.c.title_id == titles.c.id
        )
        described = (
            (title_metadata.c.title_id == titles.c.id)
            & (title_metadata.c.fetched_at >= before)
            & (title_metadata.c.locales == to_json(list(locales)))
        )
        complete = exists().where(described, title_metadata.c.linked | ~title_metadata.c.found)
        fresh = complete | (exists().where(described) & ~watched)
        mattering = (
            exists().where(library_titles.c.title_id == titles.c.id)
            | exists().where(title_requests.c.title_id == titles.c.id)
            | watched
        )
        statement = select(titles.c.id).where(titles.c.id > after, mattering, ~fresh).order_by(titles.c.id)
        return list((await self._transaction.execute(statement.limit(limit))).scalars())

    async def put(self, told: Collection[TitleMetadata]) -> None:
        """Store or replace. Raises: Unavailable, for an unknown title."""
        if told:
            await self._transaction.write()
            await self._transaction.replace(title_metadata, [_row(each) for each in told])

    async def of(self, title_ids: Collection[int]) -> Mapping[int, TitleMetadata]:
        """By title; titles without any are left out."""
        found: dict[int, TitleMetadata] = {}
        for chunk in chunks(sorted(set(title_ids))):
            rows = await self._transaction.execute(select(title_metadata).where(title_metadata.c.title_id.in_(chunk)))
            found |= {row.title_id: _metadata(row) for row in rows}
        return found

    async def watched(self, title_ids: Collection[int]) -> frozenset[int]:
        """Those among the titles that somebody watched or rated."""
        found: set[int] = set()
        for chunk in chunks(sorted(set(title_ids))):
            statement = union(
                select(watch_events.c.title_id).where(watch_events.c.title_id.in_(chunk)),
                select(ratings.c.title_id).where(ratings.c.title_id.in_(chunk)),
            )
            found |= set((await self._transaction.execute(statement)).scalars())
        return frozenset(found)

    async def link(self, title_id: int, relation: Relation, others: Sequence[int]) -> None:
        """Replace the titles named with a title, the closest first. Raises: Unavailable, for an unknown title."""
        await self._transaction.write()
        await self._transaction.execute(
            delete(title_links).where(title_links.c.title_id == title_id, title_links.c.relation == relation.value)
        )
        named = [other for other in dict.fromkeys(others) if other != title_id]
        await self._transaction.replace(
            title_links,
            [
                {"title_id": title_id, "relation": relation.value, "other_id": other, "rank": rank}
                for rank, other in enumerate(named, start=1)
            ],
        )

    async def linked(self, title_ids: Collection[int], relation: Relation) -> Mapping[int, Sequence[int]]:
        """The titles named with each, the closest first."""
        found: dict[int, list[int]] = defaultdict(list)
        for chunk in chunks(sorted(set(title_ids))):
            rows = await self._transaction.execute(
                select(title_links.c.title_id, title_links.c.other_id)
                .where(title_links.c.title_id.in_(chunk), title_links.c.relation == relation.value)
                .order_by(title_links.c.title_id, title_links.c.rank, title_links.c.other_id)
            )
            for title_id, other in rows:
                found[title_id].append(other)
        return dict(found)


def _row(told: TitleMetadata) -> dict[str, Any]:
    seasons = [{**asdict(each), "aired": each.aired.isoformat() if each.aired else None} for each in told.seasons]
    return {
        "title_id": told.title_id,
        "fetched_at": told.fetched_at,
        "locales": to_json(list(told.locales)),
        "found": told.found,
        "linked": told.linked,
        "trailers": to_json([asdict(each) for each in told.trailers]),
        "seasons": to_json(seasons),
        "providers": to_json({country: list(names) for country, names in told.providers.items()}),
    }


def _metadata(row: Row[*tuple[Any, ...]]) -> TitleMetadata:
    return TitleMetadata(
        title_id=row.title_id,
        fetched_at=row.fetched_at,
        locales=tuple(from_json(row.locales)),
        found=row.found,
        linked=row.linked,
        trailers=tuple(Trailer(**each) for each in from_json(row.trailers)),
        seasons=tuple(_season(each) for each in from_json(row.seasons)),
        providers={country: tuple(names) for country, names in from_json(row.providers).items()},
    )


def _season(values: dict[str, Any]) -> Season:
    return Season(**{**values, "aired": date.fromisoformat(values["aired"]) if values["aired"] else None})
