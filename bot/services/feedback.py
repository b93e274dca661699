"""What people say about titles, written once per press, and what was shown to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.model.feedback import Exposure, Feedback, Hide, LogEntry, Override, OverrideKind, Verdict
from bot.model.history import Rating
from bot.model.members import Member
from bot.ports.storage import UnitOfWorkFactory

CHAT_SOURCE = "chat"


class FeedbackService:
    """Ratings, verdicts, hides, overrides and exposures."""

    def __init__(self, uow: UnitOfWorkFactory, *, hide_days: int) -> None:
        self._uow = uow
        self._hide_for = timedelta(days=hide_days)

    async def rate(self, member: Member, title_id: int, value: float, now: datetime) -> None:
        """Rate a title from 1 to 10. Raises: InvalidInput."""
        if not 1 <= value <= 10:
            raise InvalidInput(_("A rating is a number from 1 to 10."))
        async with self._uow() as uow:
            await uow.histories.add_ratings([Rating(member.id, title_id, CHAT_SOURCE, value, now)])
            await uow.feedbacks.touch(member.id, title_id)
            await uow.commit()

    async def like(self, member: Member, title_id: int, now: datetime) -> None:
        """The member likes this title, watched or not."""
        await self._say(Feedback(member.id, title_id, Verdict.LIKE, now))

    async def dislike(self, member: Member, title_id: int, now: datetime) -> None:
        """The member does not like this title."""
        await self._say(Feedback(member.id, title_id, Verdict.DISLIKE, now))

    async def seen(self, member: Member, title_id: int, now: datetime) -> None:
        """The member has seen this title elsewhere."""
        await self._say(Feedback(member.id, title_id, Verdict.SEEN, now))

    async def unsee(self, member: Member, title_id: int, now: datetime) -> None:
        """The member has not seen this title after all; what they watched on the server stays."""
        async with self._uow() as uow:
            await uow.feedbacks.withdraw(Feedback(member.id, title_id, Verdict.SEEN, now))
            await uow.commit()

    async def unhide(self, member: Member, title_id: int) -> None:
        """Show a title again."""
        async with self._uow() as uow:
            await uow.feedbacks.unhide(member.id, title_id)
            await uow.commit()

    async def hide(self, member: Member, title_id: int, now: datetime) -> Hide:
        """Hide a title for some months; pressing again prolongs it."""
        hide = Hide(member.id, title_id, now, now + self._hide_for)
        async with self._uow() as uow:
            await uow.feedbacks.hide(hide)
            await uow.feedbacks.touch(member.id, title_id)
            await uow.commit()
        return hide

    async def insist(self, member: Member, title_id: int, now: datetime) -> None:
        """Recommend a title whatever speaks against it: what the member said against it is taken back.

        What they watched stays watched, and permission, age, libraries and rules are not theirs to change.
        """
        boost = Override(member.id, "title", str(title_id), OverrideKind.BOOST)
        async with self._uow() as uow:
            await uow.feedbacks.unhide(member.id, title_id)
            await uow.feedbacks.withdraw(Feedback(member.id, title_id, Verdict.DISLIKE, now))
            await uow.feedbacks.set_override(boost, member_id=member.id, subject="title", value=str(title_id))
            await uow.feedbacks.touch(member.id, title_id)
            await uow.commit()

    async def override(self, member: Member, override: Override | None, *, subject: str, value: str) -> None:
        """Set or clear a hand-set influence."""
        async with self._uow() as uow:
            await uow.feedbacks.set_override(override, member_id=member.id, subject=subject, value=value)
            await uow.commit()

    async def shown(self, entries: Sequence[LogEntry]) -> None:
        """Record what was recommended, in the words that were used."""
        async with self._uow() as uow:
            await uow.feedbacks.log(entries)
            await uow.feedbacks.expose([Exposure(e.member_id, e.title_id, e.shown_at) for e in entries])
            await uow.commit()

    async def last_shown(self, member: Member, title_id: int, conversation: str) -> LogEntry | None:
        """How the title was recommended last, if that was in this conversation."""
        async with self._uow() as uow:
            entry = await uow.feedbacks.last_log(member.id, title_id)
        return entry if entry is not None and entry.conversation == conversation else None

    async def touched(self, member: Member, title_id: int) -> None:
        """The member pressed something on this title, so it was not shown in vain."""
        async with self._uow() as uow:
            await uow.feedbacks.touch(member.id, title_id)
            await uow.commit()

    async def _say(self, feedback: Feedback) -> None:
        async with self._uow() as uow:
            await uow.feedbacks.add(feedback)
            await uow.feedbacks.touch(feedback.member_id, feedback.title_id)
            await uow.commit()
