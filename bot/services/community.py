"""What the people of this server know together, learnt from their histories and kept until it has grown old.

Learning takes milliseconds for a household and seconds for hundreds of people, so it is done again only when something
changed and a multiple of its own cost has passed: what was watched a minute ago moves the profile at once, and the
crowd a little later. Nobody waits for what takes long: the next one who asks finds it learnt.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from time import monotonic

import numpy as np
import structlog

from bot.errors import InvalidFile, Unavailable
from bot.model.history import Known
from bot.ports.knowledge import PublicKnowledgeSource
from bot.ports.shelf import Shelf
from bot.ports.storage import UnitOfWorkFactory
from bot.services.catalogue_view import CatalogueView
from engine.catalogue import Catalogue
from engine.request import Resources
from engine.scoring.community import Past, learn_community
from engine.scoring.knowledge import Knowledge, gather
from engine.scoring.public import PublicKnowledge, settle

LIKED_RATING = 7.0
LIKED_COMPLETION = 0.8
log = structlog.get_logger(__name__)

_COST_SHARE = 50.0  # learning may take a fiftieth of the time
_SECONDS_A_DAY = 86_400.0
_SHELVED = "community"
_WORTH_KEEPING = 0.3  # seconds of learning
_WORTH_WAITING = 0.05  # seconds of learning


@dataclass(frozen=True, slots=True)
class _Learnt:
    view: CatalogueView
    changes: int
    knowledge: Knowledge
    learnt_at: float  # monotonic seconds
    cost: float  # seconds


class CommunityService:
    """Adds to a catalogue view what the community knows about it."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        *,
        shelf: Shelf,
        public: PublicKnowledgeSource,
        keep_private: Collection[str] = (),
        tidy: Callable[[], None] = lambda: None,
    ) -> None:
        """`keep_private`: names of members from whose histories nothing is learnt.

        `public`: what strangers know, if it is installed; `tidy` is called after learning, when much was freed."""
        self._uow = uow
        self._public = public
        self._private = frozenset(name.casefold() for name in keep_private)
        self._shelf = shelf
        self._tidy = tidy
        self._learnt: _Learnt | None = None
        self._learning = asyncio.Lock()
        self._refreshing: asyncio.Task[None] | None = None

    async def resources(self, view: CatalogueView, now: datetime) -> Resources:
        """The view's resources with the signals learnt from everybody who contributes."""
        async with self._uow() as uow:
            changes = await uow.histories.change_count()
        if not self._is_good(view, changes):
            if self._is_good_enough(view):
                if self._refreshing is None or self._refreshing.done():
                    self._refreshing = asyncio.create_task(self._refresh(view, changes))
            else:
                async with self._learning:
                    if not self._is_good(view, changes):
                        self._learnt = await self._learn(view, changes, first=True)
                        await asyncio.to_thread(self._tidy)
        assert self._learnt is not None
        knowledge = self._learnt.knowledge
        scorers = knowledge.scorers(now.timestamp() / _SECONDS_A_DAY)
        return replace(view.resources, scorers=scorers, people=max(1, knowledge.people))

    async def close(self) -> None:
        """Leave off learning beside the answering."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    async def _refresh(self, view: CatalogueView, changes: int) -> None:
        try:
            learnt = await self._learn(view, changes, first=False)
        except Unavailable as error:
            log.warning("crowd not learnt again", reason=str(error))  # what is known goes on counting
            return
        if self._is_good_enough(view):  # else another catalogue has come meanwhile
            self._learnt = learnt

    def _is_good_enough(self, view: CatalogueView) -> bool:
        """Whether what is known belongs to this catalogue, and learning it again would keep somebody waiting."""
        learnt = self._learnt
        return learnt is not None and learnt.view is view and learnt.cost > _WORTH_WAITING

    def _is_good(self, view: CatalogueView, changes: int) -> bool:
        learnt = self._learnt
        if learnt is None or learnt.view is not view:
            return False
        return learnt.changes == changes or monotonic() - learnt.learnt_at < _COST_SHARE * learnt.cost

    async def _learn(self, view: CatalogueView, changes: int, *, first: bool) -> _Learnt:
        """`first`: of this catalogue, which is what the next start wants to find on the shelf."""
        started = monotonic()
        key = f"{view.key}/{changes}/{await asyncio.to_thread(self._public.version)}/{sorted(self._private)}"
        kept = await asyncio.to_thread(self._shelf.load, _SHELVED, key)
        if isinstance(kept, Knowledge):
            knowledge = kept
        else:
            async with self._uow() as uow:
                silent = {one.id for one in await uow.members.all() if one.name.casefold() in self._private}
                silent |= await uow.privacy.silent()
                known = [row for row in await uow.histories.known() if row.member_id not in silent]
            knowledge = await asyncio.to_thread(_knowledge, view, known, await self._read_public())
            if first and monotonic() - started > _WORTH_KEEPING:
                await asyncio.to_thread(self._shelf.save, _SHELVED, key, knowledge)
        cost = monotonic() - started
        # What lay on the shelf took longer to learn than to find.
        return _Learnt(view, changes, knowledge, monotonic(), max(cost, _WORTH_KEEPING) if kept is knowledge else cost)

    async def _read_public(self) -> PublicKnowledge | None:
        try:
            return await asyncio.to_thread(self._public.read)
        except InvalidFile as error:
            log.warning("public knowledge not used", reason=str(error))
            return None


def _knowledge(view: CatalogueView, known: Sequence[Known], public: PublicKnowledge | None) -> Knowledge:
    """What strangers know, if more of them speak than live here; else what the people of this server know."""
    catalogue = view.catalogue
    pasts = [past(catalogue, list(rows)) for _member, rows in groupby(known, key=lambda entry: entry.member_id)]
    if public is not None and public.people > len(pasts):
        return gather(catalogue, settle(public, view.tmdb_ids))
    return gather(catalogue, learn_community(pasts, len(catalogue)))


def past(catalogue: Catalogue, known: Sequence[Known]) -> Past:
    """One person's rows of `known`, oldest first, as the engine learns from them."""
    rows = catalogue.dense(entry.title_id for entry in known)
    here = rows >= 0
    liked = np.array([_is_liked(entry) for entry in known], dtype=np.bool_)
    days = np.array([entry.last_at.timestamp() / _SECONDS_A_DAY for entry in known], dtype=np.float64)
    return Past(rows[here], liked[here], days[here])


def _is_liked(known: Known) -> bool:
    """A rating decides where there is one; else whether it was watched to the end."""
    if known.rating is not None:
        return known.rating >= LIKED_RATING
    return known.completion is None or known.completion >= LIKED_COMPLETION
