"""The taste quiz: a profile before any history, from titles that somebody loves and genres that they weigh.

Every press counts at once, and doing the quiz again adds to it; starting over forgets it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import numpy as np

from bot.model.members import Clearance, Member
from bot.model.quiz import QuizPage
from bot.model.titles import Title
from bot.ports.storage import UnitOfWorkFactory
from bot.services.catalogue import CatalogueService
from bot.services.catalogue_view import CatalogueView
from bot.services.profiles import ProfilesService
from engine.interactions import Interactions
from engine.request import Resources
from engine.reranking.diversity import genre_spread
from engine.types import BoolArray, FloatArray, IntArray

ENOUGH = 5  # picks
PAGE = 8  # titles
MAX_PAGES = 12
_POOL = 60  # a page is chosen among this many of the best known
_DECADE = 0.5  # of what a genre counts when a page is made varied


class QuizService:
    """Offers titles and keeps the answers."""

    def __init__(self, uow: UnitOfWorkFactory, *, catalogue: CatalogueService, profiles: ProfilesService) -> None:
        self._uow = uow
        self._catalogue = catalogue
        self._profiles = profiles

    async def page(self, member: Member, clearance: Clearance, page: int, now: datetime) -> QuizPage:
        """Well-known, varied titles that the member may see and has said nothing about outside the quiz.

        A page past the last is the last. Pages stay the same while titles are picked from them.
        """
        view = await self._catalogue.view()
        profile = await self._profiles.of(member, view, now)
        allowed = view.allowed(clearance)
        pages = offers(view.resources, allowed & ~_spoken_for(len(view.catalogue), profile.interactions), MAX_PAGES)
        at = min(max(page, 1), max(len(pages), 1))
        here = [int(view.catalogue.ids[row]) for row in pages[at - 1]] if pages else []
        async with self._uow() as uow:
            titles = tuple(await uow.titles.get(here))
        return QuizPage(titles, at, at < len(pages), await self._picked(member, view, allowed))

    async def pick(self, member: Member, title_ids: Collection[int], now: datetime) -> None:
        """The member loves these titles."""
        async with self._uow() as uow:
            await uow.quizzes.pick(member.id, title_ids, now)
            await uow.commit()

    async def take_back(self, member: Member, title_ids: Collection[int]) -> None:
        """Not these after all."""
        async with self._uow() as uow:
            await uow.quizzes.drop(member.id, title_ids)
            await uow.commit()

    async def genres(self, member: Member, clearance: Clearance) -> dict[str, float]:
        """The weights of all genres among what the member may see, the commonest first; 0 is neutral."""
        view = await self._catalogue.view()
        matrix = view.resources.features.genres[np.flatnonzero(view.allowed(clearance))]
        counts = np.asarray(matrix.sum(axis=0)).ravel()
        names = view.catalogue.genres.names
        common = [names[code] for code in np.argsort(-counts, kind="stable") if counts[code] > 0]
        async with self._uow() as uow:
            weights = (await uow.quizzes.of(member.id)).genres
        return {genre: weights.get(genre, 0.0) for genre in dict.fromkeys([*common, *sorted(weights)])}

    async def weigh(self, member: Member, weights: Mapping[str, float]) -> None:
        """Set weights between -1 and 1 by genre; 0 is neutral. Raises: InvalidInput."""
        async with self._uow() as uow:
            await uow.quizzes.weigh(member.id, weights)
            await uow.commit()

    async def start_over(self, member: Member) -> None:
        """Forget every answer."""
        async with self._uow() as uow:
            await uow.quizzes.clear(member.id)
            await uow.commit()

    async def _picked(self, member: Member, view: CatalogueView, allowed: BoolArray) -> tuple[Title, ...]:
        async with self._uow() as uow:
            picks = (await uow.quizzes.of(member.id)).picks
            rows = view.catalogue.dense(picks)
            visible = [pick for pick, row in zip(picks, rows, strict=True) if row >= 0 and allowed[row]]
            return tuple(await uow.titles.get(visible))


def offers(resources: Resources, eligible: BoolArray, pages: int) -> list[IntArray]:
    """Rows by page, at most `pages` of them: the best known first, each page varied in genres and decades.

    `eligible` (n,) is what may be offered. Ties go to the lower id.
    """
    catalogue, popularity = resources.catalogue, resources.features.popularity
    rows = np.flatnonzero(eligible)
    left = rows[np.lexsort((catalogue.ids[rows], -popularity[rows]))][: pages * PAGE + _POOL]
    result: list[IntArray] = []
    while len(left) and len(result) < pages:
        pool = left[:_POOL]
        chosen = genre_spread(popularity[pool].astype(np.float64), _traits(resources, pool), PAGE, len(pool))
        result.append(pool[chosen].astype(np.int64))
        left = np.delete(left, chosen)
    return result


def _traits(resources: Resources, rows: IntArray) -> FloatArray:
    """(len(rows), genres + decades) what a page should not have too much of."""
    genres = resources.features.genres[rows].toarray().astype(np.float64)
    genres /= np.maximum(genres.sum(axis=1, keepdims=True), 1.0)
    decades = resources.catalogue.years[rows] // 10
    eras = (decades[:, None] == np.unique(decades)[None, :]).astype(np.float64) * _DECADE
    return np.hstack([genres, eras])


def _spoken_for(count: int, interactions: Interactions) -> BoolArray:
    """(count,) what the member has watched, rated, hidden or judged already."""
    flags = np.zeros(count, dtype=np.bool_)
    for rows in (
        interactions.items,
        interactions.seen,
        interactions.liked,
        interactions.disliked,
        interactions.hidden,
    ):
        flags[rows] = True
    return flags
