"""Requests, notices and the accounts of request services in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.ports.requests import RequestUser
from bot.ports.storage_requests import HOLDING, OPEN, Desk, Filing, FilingState, Notice
from tests.fakes.storage.state import Session


class FakeFilings:
    """Filings by key."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, filing: Filing) -> Filing | None:
        state = await self._session.write()
        state.require(member=filing.member_id)
        if filing.key in state.filings:
            return state.filings[filing.key]
        for each in state.filings.values():
            same = (each.source, each.ref) == (filing.source, filing.ref)
            shared = set(each.seasons or (0,)) & set(filing.seasons or (0,))
            if same and shared and each.state in HOLDING and filing.state in HOLDING:
                return each
        state.filings[filing.key] = filing
        return None

    async def get(self, key: str) -> Filing | None:
        return self._session.state.filings.get(key)

    async def change(self, filing: Filing, *, was: FilingState) -> bool:
        state = await self._session.write()
        before = state.filings.get(filing.key)
        if before is None or before.state is not was:
            return False
        state.filings[filing.key] = filing
        return True

    async def open(self) -> Sequence[Filing]:
        found = [each for each in self._session.state.filings.values() if each.state in OPEN]
        return sorted(found, key=lambda each: (each.asked_at, each.key))

    async def of_member(self, member_id: int, *, limit: int = 20) -> Sequence[Filing]:
        found = [each for each in self._session.state.filings.values() if each.member_id == member_id]
        return sorted(sorted(found, key=lambda each: each.key), key=lambda each: each.asked_at, reverse=True)[:limit]

    async def of_request(self, source: str, request_id: str) -> Filing | None:
        found = [e for e in self._session.state.filings.values() if (e.source, e.request_id) == (source, request_id)]
        return min(found, key=lambda each: each.asked_at, default=None)

    async def purge(self, before: datetime) -> int:
        state = await self._session.write()
        old = [key for key, each in state.filings.items() if each.asked_at < before and each.state not in OPEN]
        for key in old:
            del state.filings[key]
            state.notices = {k: n for k, n in state.notices.items() if n.filing != key}
        return len(old)


class FakeNotices:
    """Notices by key, and desks by member."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, notice: Notice) -> bool:
        state = await self._session.write()
        state.require(member=notice.member_id)
        if notice.key in state.notices:
            return False
        state.notices[notice.key] = notice
        return True

    async def due(self, now: datetime, *, limit: int = 50) -> Sequence[Notice]:
        state = self._session.state
        found = [each for each in state.notices.values() if each.due_at <= now and each.key not in state.told]
        return sorted(found, key=lambda each: (each.due_at, each.key))[:limit]

    async def told(self, key: str, now: datetime) -> None:
        (await self._session.write()).told[key] = now

    async def later(self, key: str, due_at: datetime) -> None:
        state = await self._session.write()
        state.notices[key] = replace(state.notices[key], due_at=due_at, tries=state.notices[key].tries + 1)

    async def put_desk(self, desk: Desk) -> None:
        (await self._session.write()).desks[desk.member_id] = desk

    async def drop_desk(self, member_id: int) -> bool:
        return (await self._session.write()).desks.pop(member_id, None) is not None

    async def desks(self) -> Sequence[Desk]:
        return [desk for _member, desk in sorted(self._session.state.desks.items())]


class FakeRequestAccounts:
    """Users of request services."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def replace(self, source: str, users: Sequence[RequestUser]) -> None:
        (await self._session.write()).request_accounts[source] = tuple({u.account: u for u in users}.values())

    async def of_source(self, source: str) -> Sequence[RequestUser]:
        return sorted(self._session.state.request_accounts.get(source, ()), key=lambda user: user.account)
