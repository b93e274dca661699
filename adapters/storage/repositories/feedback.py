"""Verdicts, hides, overrides, what was shown, and the recommendation log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Delete, Update, delete, insert, select, update

from adapters.storage.repositories.versions import advance_histories
from adapters.storage.tables import exposures, feedback, hides, overrides, recommendation_log
from adapters.storage.transaction import Transaction
from adapters.storage.types import from_json, to_json
from bot.model.feedback import Exposure, Feedback, Hide, LogEntry, Override, OverrideKind, Verdict

_OPPOSITE = {Verdict.LIKE: Verdict.DISLIKE, Verdict.DISLIKE: Verdict.LIKE}


class FeedbackRepository:
    """What people said, and what was shown to them."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, given: Feedback) -> None:
        """LIKE and DISLIKE replace each other; SEEN stands beside them. An older word never replaces a newer one."""
        await self._transaction.write()
        if opposite := _OPPOSITE.get(given.verdict):
            contrary = (
                (feedback.c.member_id == given.member_id)
                & (feedback.c.title_id == given.title_id)
                & (feedback.c.verdict == opposite.value)
            )
            newer = select(feedback.c.verdict).where(contrary, feedback.c.given_at > given.given_at)
            if (await self._transaction.execute(newer)).first() is not None:
                return
            await self._transaction.execute(delete(feedback).where(contrary))
        statement = self._transaction.insert(feedback).values(
            member_id=given.member_id, title_id=given.title_id, verdict=given.verdict.value, given_at=given.given_at
        )
        statement = statement.on_conflict_do_update(
            index_elements=["member_id", "title_id", "verdict"],
            set_={"given_at": statement.excluded.given_at},
            where=feedback.c.given_at < statement.excluded.given_at,
        )
        await self._transaction.execute(statement)
        await advance_histories(self._transaction, [given.member_id])

    async def withdraw(self, given: Feedback) -> None:
        """Take a verdict back."""
        await self._change(
            delete(feedback).where(
                feedback.c.member_id == given.member_id,
                feedback.c.title_id == given.title_id,
                feedback.c.verdict == given.verdict.value,
            ),
            given.member_id,
        )

    async def of(self, member_id: int) -> Sequence[Feedback]:
        """Everything a member said, oldest first."""
        rows = await self._transaction.execute(
            select(feedback)
            .where(feedback.c.member_id == member_id)
            .order_by(feedback.c.given_at, feedback.c.title_id, feedback.c.verdict)
        )
        return [Feedback(row.member_id, row.title_id, Verdict(row.verdict), row.given_at) for row in rows]

    async def hide(self, hide: Hide) -> None:
        """Hide a title, or prolong its hide; it is never shortened."""
        await self._transaction.write()
        statement = self._transaction.insert(hides).values(
            member_id=hide.member_id, title_id=hide.title_id, hidden_at=hide.hidden_at, expires_at=hide.expires_at
        )
        statement = statement.on_conflict_do_update(
            index_elements=["member_id", "title_id"],
            set_={"hidden_at": statement.excluded.hidden_at, "expires_at": statement.excluded.expires_at},
            where=hides.c.expires_at < statement.excluded.expires_at,
        )
        await self._transaction.execute(statement)
        await advance_histories(self._transaction, [hide.member_id])

    async def unhide(self, member_id: int, title_id: int) -> None:
        """Show a title again."""
        await self._change(delete(hides).where(hides.c.member_id == member_id, hides.c.title_id == title_id), member_id)

    async def hides(self, member_id: int) -> Sequence[Hide]:
        """All hides, expired ones included, oldest first."""
        rows = await self._transaction.execute(
            select(hides).where(hides.c.member_id == member_id).order_by(hides.c.hidden_at, hides.c.title_id)
        )
        return [Hide(row.member_id, row.title_id, row.hidden_at, row.expires_at) for row in rows]

    async def set_override(self, override: Override | None, *, member_id: int, subject: str, value: str) -> None:
        """Set or (None) clear a hand-set influence."""
        if override is None:
            await self._change(
                delete(overrides).where(
                    overrides.c.member_id == member_id, overrides.c.subject == subject, overrides.c.value == value
                ),
                member_id,
            )
            return
        await self._transaction.write()
        statement = self._transaction.insert(overrides).values(
            member_id=member_id, subject=subject, value=value, kind=override.kind.value
        )
        await self._transaction.execute(
            statement.on_conflict_do_update(
                index_elements=["member_id", "subject", "value"], set_={"kind": statement.excluded.kind}
            )
        )
        await advance_histories(self._transaction, [member_id])

    async def overrides(self, member_id: int) -> Sequence[Override]:
        """By subject and value."""
        rows = await self._transaction.execute(
            select(overrides).where(overrides.c.member_id == member_id).order_by(overrides.c.subject, overrides.c.value)
        )
        return [Override(row.member_id, row.subject, row.value, OverrideKind(row.kind)) for row in rows]

    async def expose(self, shown: Sequence[Exposure]) -> None:
        """Record what was shown."""
        if not shown:
            return
        await self._transaction.write()
        rows = [
            {"member_id": e.member_id, "title_id": e.title_id, "shown_at": e.shown_at, "touched": e.touched}
            for e in shown
        ]
        await self._transaction.execute(insert(exposures), rows)

    async def touch(self, member_id: int, title_id: int) -> None:
        """Mark every earlier exposure of the title to this member as touched."""
        await self._transaction.write()
        await self._transaction.execute(
            update(exposures)
            .where(exposures.c.member_id == member_id, exposures.c.title_id == title_id, ~exposures.c.touched)
            .values(touched=True)
        )

    async def exposures(self, member_id: int, since: datetime) -> Sequence[Exposure]:
        """What was shown to a member from `since` on, oldest first."""
        rows = await self._transaction.execute(
            select(exposures)
            .where(exposures.c.member_id == member_id, exposures.c.shown_at >= since)
            .order_by(exposures.c.shown_at, exposures.c.id)
        )
        return [Exposure(row.member_id, row.title_id, row.shown_at, row.touched) for row in rows]

    async def log(self, entries: Sequence[LogEntry]) -> None:
        """Record what was recommended, why, and in which words."""
        if not entries:
            return
        await self._transaction.write()
        rows = [
            {
                "member_id": entry.member_id,
                "title_id": entry.title_id,
                "conversation": entry.conversation,
                "mode": entry.mode,
                "pipeline": entry.pipeline,
                "rank": entry.rank,
                "score": entry.score,
                "reasons": to_json(entry.reasons),
                "explanation": entry.explanation,
                "shown_at": entry.shown_at,
            }
            for entry in entries
        ]
        await self._transaction.execute(insert(recommendation_log), rows)

    async def last_log(self, member_id: int, title_id: int) -> LogEntry | None:
        """The newest log entry of the title for this member."""
        row = (
            await self._transaction.execute(
                select(recommendation_log)
                .where(recommendation_log.c.member_id == member_id, recommendation_log.c.title_id == title_id)
                .order_by(recommendation_log.c.shown_at.desc(), recommendation_log.c.id.desc())
                .limit(1)
            )
        ).one_or_none()
        if row is None:
            return None
        return LogEntry(
            member_id=row.member_id,
            title_id=row.title_id,
            conversation=row.conversation,
            mode=row.mode,
            pipeline=row.pipeline,
            rank=row.rank,
            score=row.score,
            reasons=tuple(from_json(row.reasons)),
            explanation=row.explanation,
            shown_at=row.shown_at,
        )

    async def _change(self, statement: Delete | Update, member_id: int) -> None:
        await self._transaction.write()
        if (await self._transaction.execute(statement)).rowcount:
            await advance_histories(self._transaction, [member_id])
