"""Verdicts, hides, overrides, exposures and the log in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.model.feedback import Exposure, Feedback, Hide, LogEntry, Override, Verdict
from tests.fakes.storage.state import Session

_OPPOSITE = {Verdict.LIKE: Verdict.DISLIKE, Verdict.DISLIKE: Verdict.LIKE}


class FakeFeedbacks:
    """What people said, and what was shown to them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, feedback: Feedback) -> None:
        state = await self._session.write()
        state.require(member=feedback.member_id, title=feedback.title_id)
        if opposite := _OPPOSITE.get(feedback.verdict):
            contrary = (feedback.member_id, feedback.title_id, opposite)
            if contrary in state.feedback and state.feedback[contrary].given_at > feedback.given_at:
                return
            state.feedback.pop(contrary, None)
        key = (feedback.member_id, feedback.title_id, feedback.verdict)
        if key not in state.feedback or state.feedback[key].given_at < feedback.given_at:
            state.feedback[key] = feedback
        state.versions[feedback.member_id] += 1

    async def withdraw(self, feedback: Feedback) -> None:
        state = await self._session.write()
        if state.feedback.pop((feedback.member_id, feedback.title_id, feedback.verdict), None):
            state.versions[feedback.member_id] += 1

    async def of(self, member_id: int) -> Sequence[Feedback]:
        ours = [each for each in self._session.state.feedback.values() if each.member_id == member_id]
        return sorted(ours, key=lambda each: (each.given_at, each.title_id, each.verdict))

    async def hide(self, hide: Hide) -> None:
        state = await self._session.write()
        state.require(member=hide.member_id, title=hide.title_id)
        known = state.hides.get((hide.member_id, hide.title_id))
        if known is None or known.expires_at < hide.expires_at:
            state.hides[hide.member_id, hide.title_id] = hide
        state.versions[hide.member_id] += 1

    async def unhide(self, member_id: int, title_id: int) -> None:
        state = await self._session.write()
        if state.hides.pop((member_id, title_id), None):
            state.versions[member_id] += 1

    async def hides(self, member_id: int) -> Sequence[Hide]:
        ours = [each for each in self._session.state.hides.values() if each.member_id == member_id]
        return sorted(ours, key=lambda each: (each.hidden_at, each.title_id))

    async def set_override(self, override: Override | None, *, member_id: int, subject: str, value: str) -> None:
        state = await self._session.write()
        key = (member_id, subject, value)
        if override is None:
            if state.overrides.pop(key, None):
                state.versions[member_id] += 1
            return
        state.require(member=member_id)
        state.overrides[key] = Override(member_id, subject, value, override.kind)
        state.versions[member_id] += 1

    async def overrides(self, member_id: int) -> Sequence[Override]:
        ours = [each for each in self._session.state.overrides.values() if each.member_id == member_id]
        return sorted(ours, key=lambda each: (each.subject, each.value))

    async def expose(self, exposures: Sequence[Exposure]) -> None:
        state = await self._session.write()
        for exposure in exposures:
            state.require(member=exposure.member_id, title=exposure.title_id)
        state.exposures += exposures

    async def touch(self, member_id: int, title_id: int) -> None:
        state = await self._session.write()
        state.exposures = [
            replace(each, touched=True) if (each.member_id, each.title_id) == (member_id, title_id) else each
            for each in state.exposures
        ]

    async def exposures(self, member_id: int, since: datetime) -> Sequence[Exposure]:
        ours = [e for e in self._session.state.exposures if e.member_id == member_id and e.shown_at >= since]
        return sorted(ours, key=lambda each: each.shown_at)

    async def log(self, entries: Sequence[LogEntry]) -> None:
        state = await self._session.write()
        for entry in entries:
            state.require(member=entry.member_id, title=entry.title_id)
        state.log += entries

    async def last_log(self, member_id: int, title_id: int) -> LogEntry | None:
        ours = [each for each in self._session.state.log if (each.member_id, each.title_id) == (member_id, title_id)]
        newest = sorted(enumerate(ours), key=lambda pair: (pair[1].shown_at, pair[0]))
        return newest[-1][1] if newest else None
