"""What was asked for, who is to be told, and the accounts of request services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from adapters.storage.request_tables import filing_slots, filings, notices, request_accounts, request_desks
from adapters.storage.transaction import Transaction, chunks
from adapters.storage.types import from_json, to_json
from bot.chat.incoming import Place
from bot.model.titles import TitleRef
from bot.ports.requests import RequestUser
from bot.ports.storage_requests import HOLDING, OPEN, Desk, Filing, FilingState, Notice

_FILM = 0  # the season of a film
_OPEN = sorted(state.value for state in OPEN)


class FilingRepository:
    """Filings by key."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, filing: Filing) -> Filing | None:
        """Keep a new one; else the one in its way."""
        await self._transaction.write()
        statement = self._transaction.insert(filings).values(_row(filing)).on_conflict_do_nothing()
        if (await self._transaction.execute(statement.returning(filings.c.key))).first() is None:
            return await self.get(filing.key)
        if filing.state not in HOLDING:
            return None
        for season in sorted(filing.seasons) or [_FILM]:
            slot = {"source": filing.source, "ref": str(filing.ref), "season": season, "filing": filing.key}
            taken = self._transaction.insert(filing_slots).values(slot).on_conflict_do_nothing()
            if (await self._transaction.execute(taken.returning(filing_slots.c.season))).first() is not None:
                continue
            await self._release(filing.key)
            await self._transaction.execute(delete(filings).where(filings.c.key == filing.key))
            holder = select(filing_slots.c.filing).where(
                filing_slots.c.source == filing.source,
                filing_slots.c.ref == str(filing.ref),
                filing_slots.c.season == season,
            )
            key = (await self._transaction.execute(holder)).scalar_one()
            return await self.get(key)
        return None

    async def get(self, key: str) -> Filing | None:
        """By key."""
        row = (await self._transaction.execute(select(filings).where(filings.c.key == key))).first()
        return None if row is None else _filing(row)

    async def change(self, filing: Filing, *, was: FilingState) -> bool:
        """Replace one that is in that state still."""
        await self._transaction.write()
        statement = update(filings).where(filings.c.key == filing.key, filings.c.state == was.value)
        changed = (await self._transaction.execute(statement.values(_row(filing)))).rowcount
        if changed and filing.state not in HOLDING:
            await self._release(filing.key)
        return bool(changed)

    async def open(self) -> Sequence[Filing]:
        """All whose end is not known, the oldest first."""
        statement = select(filings).where(filings.c.state.in_(_OPEN)).order_by(filings.c.asked_at, filings.c.key)
        return [_filing(row) for row in await self._transaction.execute(statement)]

    async def of_member(self, member_id: int, *, limit: int = 20) -> Sequence[Filing]:
        """The newest first."""
        statement = select(filings).where(filings.c.member_id == member_id)
        statement = statement.order_by(filings.c.asked_at.desc(), filings.c.key).limit(limit)
        return [_filing(row) for row in await self._transaction.execute(statement)]

    async def of_request(self, source: str, request_id: str) -> Filing | None:
        """The one behind a request of the service."""
        statement = select(filings).where(filings.c.source == source, filings.c.request_id == request_id)
        row = (await self._transaction.execute(statement.order_by(filings.c.asked_at).limit(1))).first()
        return None if row is None else _filing(row)

    async def purge(self, before: datetime) -> int:
        """Forget what ended and was asked for before then."""
        await self._transaction.write()
        statement = delete(filings).where(filings.c.asked_at < before, filings.c.state.not_in(_OPEN))
        return int((await self._transaction.execute(statement)).rowcount)

    async def _release(self, key: str) -> None:
        await self._transaction.execute(delete(filing_slots).where(filing_slots.c.filing == key))


class NoticeRepository:
    """Notices by key, and desks by member."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, notice: Notice) -> bool:
        """Keep one; False, when one of its key was kept before."""
        await self._transaction.write()
        values = {**asdict(notice), "place": to_json(asdict(notice.place))}
        statement = self._transaction.insert(notices).values(values).on_conflict_do_nothing()
        return (await self._transaction.execute(statement.returning(notices.c.key))).first() is not None

    async def due(self, now: datetime, *, limit: int = 50) -> Sequence[Notice]:
        """Those that are due and not told."""
        statement = select(notices).where(notices.c.due_at <= now, notices.c.told_at.is_(None))
        statement = statement.order_by(notices.c.due_at, notices.c.key).limit(limit)
        return [
            Notice(row.key, row.member_id, row.filing, row.kind, _place(row.place), row.locale, row.due_at, row.tries)
            for row in await self._transaction.execute(statement)
        ]

    async def told(self, key: str, now: datetime) -> None:
        """It was told, or never can be."""
        await self._transaction.write()
        await self._transaction.execute(update(notices).where(notices.c.key == key).values(told_at=now))

    async def later(self, key: str, due_at: datetime) -> None:
        """Try again then."""
        await self._transaction.write()
        statement = update(notices).where(notices.c.key == key).values(due_at=due_at, tries=notices.c.tries + 1)
        await self._transaction.execute(statement)

    async def put_desk(self, desk: Desk) -> None:
        """Store or replace, by member."""
        await self._transaction.write()
        values = {"member_id": desk.member_id, "place": to_json(asdict(desk.place)), "locale": desk.locale}
        await self._transaction.replace(request_desks, [values])

    async def drop_desk(self, member_id: int) -> bool:
        """Whether there was one."""
        await self._transaction.write()
        statement = delete(request_desks).where(request_desks.c.member_id == member_id)
        return bool((await self._transaction.execute(statement)).rowcount)

    async def desks(self) -> Sequence[Desk]:
        """Ordered by member."""
        rows = await self._transaction.execute(select(request_desks).order_by(request_desks.c.member_id))
        return [Desk(row.member_id, _place(row.place), row.locale) for row in rows]


class RequestAccountRepository:
    """Users of request services."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def replace(self, source: str, users: Sequence[RequestUser]) -> None:
        """Store these, and forget the others of this source."""
        await self._transaction.write()
        await self._transaction.execute(delete(request_accounts).where(request_accounts.c.source == source))
        once = {user.account: user for user in users}
        rows = [
            {"source": source, **asdict(user), "discord_ids": to_json(list(user.discord_ids))} for user in once.values()
        ]
        for chunk in chunks(rows):
            await self._transaction.execute(self._transaction.insert(request_accounts), chunk)

    async def of_source(self, source: str) -> Sequence[RequestUser]:
        """Ordered by account."""
        statement = select(request_accounts).where(request_accounts.c.source == source)
        return [
            RequestUser(
                row.account,
                row.name,
                row.is_admin,
                row.plex_account,
                row.jellyfin_account,
                tuple(from_json(row.discord_ids)),
                row.telegram_id,
            )
            for row in await self._transaction.execute(statement.order_by(request_accounts.c.account))
        ]


def _row(filing: Filing) -> dict[str, Any]:
    return {
        **asdict(filing),
        "ref": str(filing.ref),
        "seasons": to_json(list(filing.seasons)),
        "known": to_json(list(filing.known)),
        "place": to_json(asdict(filing.place)),
        "state": filing.state.value,
    }


def _filing(row: Row[*tuple[Any, ...]]) -> Filing:
    values = dict(row._mapping)
    return Filing(
        **{
            **values,
            "ref": TitleRef.parse(row.ref),
            "seasons": tuple(from_json(row.seasons)),
            "known": tuple(from_json(row.known)),
            "place": _place(row.place),
            "state": FilingState(row.state),
        }
    )


def _place(text: str) -> Place:
    return Place(**from_json(text))
