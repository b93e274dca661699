"""The inbox in memory."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.model.inbox import InboxRow, InboxState
from tests.fakes.storage.state import Session

_ENDS = (InboxState.DONE, InboxState.DROPPED)


class FakeInboxes:
    """Rows by number."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, row: InboxRow) -> int | None:
        state = await self._session.write()
        if any((each.platform, each.id) == (row.platform, row.id) for each in state.inbox.values()):
            return None
        state.counters["inbox"] += 1
        number = state.counters["inbox"]
        # Through JSON, as a database would keep it.
        payload, envelope = json.loads(json.dumps(row.payload)), json.loads(json.dumps(row.envelope))
        state.inbox[number] = replace(row, number=number, payload=payload, envelope=envelope)
        return number

    async def answered(self, number: int, replies: Sequence[Any]) -> None:
        await self._change(number, state=InboxState.ANSWERED, replies=json.loads(json.dumps(list(replies))))

    async def addressed(self, number: int, envelope: Mapping[str, Any]) -> None:
        if self._session.state.inbox[number].state not in _ENDS:
            await self._change(number, envelope=json.loads(json.dumps(dict(envelope))))

    async def finish(self, number: int, state: InboxState) -> None:
        await self._change(number, state=state, payload={}, envelope={}, replies=None)

    async def unfinished(self) -> Sequence[InboxRow]:
        rows = self._session.state.inbox
        return [rows[number] for number in sorted(rows) if rows[number].state not in _ENDS]

    async def attempt(self, numbers: Collection[int]) -> None:
        for number in numbers:
            await self._change(number, attempts=self._session.state.inbox[number].attempts + 1)

    async def purge(self, before: datetime) -> int:
        state = await self._session.write()
        kept = {n: row for n, row in state.inbox.items() if row.received_at >= before or row.state not in _ENDS}
        gone = len(state.inbox) - len(kept)
        state.inbox = kept
        return gone

    async def _change(self, number: int, **values: Any) -> None:
        state = await self._session.write()
        if number in state.inbox:
            state.inbox[number] = replace(state.inbox[number], **values)
