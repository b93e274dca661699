"""What request services know of titles."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from adapters.storage.sync_tables import title_requests
from adapters.storage.transaction import Transaction, chunks
from adapters.storage.types import from_json, to_json
from bot.model.titles import Kind, TitleRef
from bot.ports.requests import FiledRequest, MediaState, RequestState
from bot.ports.storage_sync import TitleRequests


class RequestStateRepository:
    """States by title."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, told: Collection[TitleRequests]) -> None:
        """Store or replace. Raises: Unavailable, for an unknown title."""
        if told:
            await self._transaction.write()
            await self._transaction.replace(title_requests, [_row(each) for each in told])

    async def of(self, title_ids: Collection[int]) -> Mapping[int, TitleRequests]:
        """By title; titles without any are left out."""
        found: dict[int, TitleRequests] = {}
        for chunk in chunks(sorted(set(title_ids))):
            rows = await self._transaction.execute(select(title_requests).where(title_requests.c.title_id.in_(chunk)))
            found |= {row.title_id: _requests(row) for row in rows}
        return found

    async def all(self, source: str) -> Sequence[TitleRequests]:
        """Ordered by title id."""
        statement = select(title_requests).where(title_requests.c.source == source).order_by(title_requests.c.title_id)
        return [_requests(row) for row in await self._transaction.execute(statement)]

    async def remove(self, source: str, title_ids: Collection[int]) -> None:
        """Forget what a source said of these titles."""
        await self._transaction.write()
        for chunk in chunks(sorted(set(title_ids))):
            await self._transaction.execute(
                delete(title_requests).where(title_requests.c.source == source, title_requests.c.title_id.in_(chunk))
            )


def _row(told: TitleRequests) -> dict[str, Any]:
    return {
        "title_id": told.title_id,
        "source": told.source,
        "state": told.state.value,
        "requests": to_json([_told(each) for each in told.requests]),
        "seasons": to_json([[number, state.value] for number, state in told.seasons]),
        "changed_at": told.changed_at,
    }


def _requests(row: Row[*tuple[Any, ...]]) -> TitleRequests:
    return TitleRequests(
        title_id=row.title_id,
        source=row.source,
        state=MediaState(row.state),
        requests=tuple(_request(each) for each in from_json(row.requests)),
        seasons=tuple((number, MediaState(state)) for number, state in from_json(row.seasons)),
        changed_at=row.changed_at,
    )


def _told(request: FiledRequest) -> dict[str, Any]:
    values = asdict(request)
    values["ref"] = [request.ref.kind.value, request.ref.source, request.ref.value]
    for name in ("created_at", "updated_at"):
        values[name] = values[name].isoformat() if values[name] else None
    return values


def _request(values: dict[str, Any]) -> FiledRequest:
    kind, source, value = values["ref"]
    moments = {
        name: datetime.fromisoformat(values[name]) if values[name] else None for name in ("created_at", "updated_at")
    }
    return FiledRequest(
        **{
            **values,
            **moments,
            "ref": TitleRef(Kind(kind), source, value),
            "state": RequestState(values["state"]),
            "media": MediaState(values["media"]),
            "seasons": tuple(values["seasons"]),
        }
    )
