"""Answers of the taste quiz in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.errors import InvalidInput
from bot.model.quiz import QuizAnswers
from tests.fakes.storage.state import Session


class FakeQuizzes:
    """Picks and genre weights by member."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member_id: int) -> QuizAnswers:
        state = self._session.state
        picks = sorted((at, title_id) for (member, title_id), at in state.quiz_picks.items() if member == member_id)
        weights = {genre: weight for (member, genre), weight in state.quiz_genres.items() if member == member_id}
        return QuizAnswers(tuple(title_id for _at, title_id in picks), weights)

    async def pick(self, member_id: int, title_ids: Collection[int], at: datetime) -> None:
        if not title_ids:
            return
        state = await self._session.write()
        for title_id in title_ids:
            state.require(member=member_id, title=title_id)
            state.quiz_picks.setdefault((member_id, title_id), at)
        state.versions[member_id] += 1

    async def drop(self, member_id: int, title_ids: Collection[int]) -> None:
        state = await self._session.write()
        gone = [state.quiz_picks.pop((member_id, title_id), None) for title_id in title_ids]
        state.versions[member_id] += any(gone)

    async def weigh(self, member_id: int, weights: Mapping[str, float]) -> None:
        if not all(-1.0 <= weight <= 1.0 for weight in weights.values()):
            raise InvalidInput("A genre is weighed from -1 to 1.")
        if not weights:
            return
        state = await self._session.write()
        state.require(member=member_id)
        for genre, weight in weights.items():
            state.quiz_genres.pop((member_id, genre), None)
            if weight:
                state.quiz_genres[member_id, genre] = weight
        state.versions[member_id] += 1

    async def clear(self, member_id: int) -> None:
        state = await self._session.write()
        before = len(state.quiz_picks) + len(state.quiz_genres)
        state.quiz_picks = {key: at for key, at in state.quiz_picks.items() if key[0] != member_id}
        state.quiz_genres = {key: weight for key, weight in state.quiz_genres.items() if key[0] != member_id}
        state.versions[member_id] += len(state.quiz_picks) + len(state.quiz_genres) != before
