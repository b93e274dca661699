"""What people said in the taste quiz."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Delete, delete, select

from adapters.storage.repositories.versions import advance_histories
from adapters.storage.tables import quiz_genres, quiz_picks
from adapters.storage.transaction import Transaction, chunks
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.model.quiz import QuizAnswers


class QuizRepository:
    """Picks and genre weights by member."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of(self, member_id: int) -> QuizAnswers:
        """Picks in the order in which they were picked, weights by genre."""
        picks = await self._transaction.execute(
            select(quiz_picks.c.title_id)
            .where(quiz_picks.c.member_id == member_id)
            .order_by(quiz_picks.c.picked_at, quiz_picks.c.title_id)
        )
        weights = await self._transaction.execute(
            select(quiz_genres.c.genre, quiz_genres.c.weight)
            .where(quiz_genres.c.member_id == member_id)
            .order_by(quiz_genres.c.genre)
        )
        return QuizAnswers(tuple(picks.scalars()), {row.genre: row.weight for row in weights})

    async def pick(self, member_id: int, title_ids: Collection[int], at: datetime) -> None:
        """Add picks; those picked before keep their place. Raises: Unavailable, for an unknown title."""
        if not title_ids:
            return
        await self._transaction.write()
        for chunk in chunks(dict.fromkeys(title_ids)):
            rows = [{"member_id": member_id, "title_id": title_id, "picked_at": at} for title_id in chunk]
            statement = self._transaction.insert(quiz_picks).on_conflict_do_nothing()
            await self._transaction.execute(statement, rows)
        await advance_histories(self._transaction, [member_id])

    async def drop(self, member_id: int, title_ids: Collection[int]) -> None:
        """Take picks back."""
        for chunk in chunks(dict.fromkeys(title_ids)):
            mine = (quiz_picks.c.member_id == member_id) & quiz_picks.c.title_id.in_(chunk)
            await self._delete(delete(quiz_picks).where(mine), member_id)

    async def weigh(self, member_id: int, weights: Mapping[str, float]) -> None:
        """Set weights by genre; 0 forgets one. Raises: InvalidInput."""
        if not all(-1.0 <= weight <= 1.0 for weight in weights.values()):
            raise InvalidInput(_("A genre is weighed from -1 to 1."))
        if not weights:
            return
        await self._transaction.write()
        neutral = [genre for genre, weight in weights.items() if not weight]
        mine = (quiz_genres.c.member_id == member_id) & quiz_genres.c.genre.in_(neutral)
        await self._transaction.execute(delete(quiz_genres).where(mine))
        rows = [
            {"member_id": member_id, "genre": genre, "weight": weight} for genre, weight in weights.items() if weight
        ]
        if rows:
            statement = self._transaction.insert(quiz_genres)
            replaced = {"weight": statement.excluded.weight}
            await self._transaction.execute(
                statement.on_conflict_do_update(index_elements=["member_id", "genre"], set_=replaced), rows
            )
        await advance_histories(self._transaction, [member_id])

    async def clear(self, member_id: int) -> None:
        """Forget all picks and weights of a member."""
        await self._delete(delete(quiz_picks).where(quiz_picks.c.member_id == member_id), member_id)
        await self._delete(delete(quiz_genres).where(quiz_genres.c.member_id == member_id), member_id)

    async def _delete(self, statement: Delete, member_id: int) -> None:
        await self._transaction.write()
        if (await self._transaction.execute(statement)).rowcount:
            await advance_histories(self._transaction, [member_id])
