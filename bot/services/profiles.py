"""Taste profiles of members, made from what is stored and kept until it changes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model.members import Clearance, Member
from bot.model.preferences import EVERYTHING
from bot.ports.storage import UnitOfWorkFactory
from bot.services.catalogue_view import CatalogueView
from bot.services.taste import interaction_input
from engine.interactions import build_interactions, visible_to
from engine.profile import ProfileConfig, TasteProfile
from engine.profiling import build_profile

_KEPT = 256  # profiles in memory; a household has fewer, a community takes turns
_SKIPS_COUNT_FOR = timedelta(days=90)
_DAYS_A_MONTH = 30.44
_FRESH_FOR = timedelta(hours=1)  # ages in days move slowly


@dataclass(frozen=True, slots=True)
class _Kept:
    version: tuple[object, ...]
    clearance: Clearance
    made_at: datetime
    profile: TasteProfile


class ProfilesService:
    """Builds profiles off the event loop; one that is still true is not built again."""

    def __init__(self, uow: UnitOfWorkFactory, config: ProfileConfig) -> None:
        self._uow = uow
        self._config = config
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    async def of(
        self, member: Member, view: CatalogueView, now: datetime, praised: tuple[int, ...] = ()
    ) -> TasteProfile:
        """The profile of one member as of now. `praised`: title ids that count as liked, though nothing is stored."""
        async with self._uow() as uow:
            months = (await uow.preferences.of(member.id)).history_months
            version = (await uow.histories.version(member.id), view.version, view.generation, months, praised)
            clearance = Clearance(await uow.members.access(member.id), member.age_limit)
        kept = self._kept.get(member.id)
        if (
            kept is not None
            and (kept.version, kept.clearance) == (version, clearance)
            and now - kept.made_at < _FRESH_FOR
        ):
            self._kept.move_to_end(member.id)
            return kept.profile
        profile = await self._build(member, clearance, view, now, self._configured(months), praised)
        self._kept[member.id] = _Kept(version, clearance, now, profile)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return profile

    def _configured(self, months: int | None) -> ProfileConfig:
        """How profiles are built, with the history depth that a member chose."""
        if months is None:
            return self._config
        return replace(self._config, depth_days=None if months == EVERYTHING else months * _DAYS_A_MONTH)

    async def _build(
        self,
        member: Member,
        clearance: Clearance,
        view: CatalogueView,
        now: datetime,
        config: ProfileConfig,
        praised: tuple[int, ...],
    ) -> TasteProfile:
        """No taste is drawn from what the member may no longer see."""
        async with self._uow() as uow:
            given = interaction_input(
                await uow.histories.of(member.id),
                await uow.feedbacks.of(member.id),
                await uow.feedbacks.hides(member.id),
                await uow.feedbacks.overrides(member.id),
                await uow.feedbacks.exposures(member.id, now - _SKIPS_COUNT_FOR),
                await uow.quizzes.of(member.id),
                episodes=view.episodes,
                added=view.added,
                now=now,
            )
        given = replace(given, liked=[*given.liked, *praised])

        def build() -> TasteProfile:
            interactions = visible_to(build_interactions(view.catalogue, given), view.allowed(clearance))
            return build_profile(view.catalogue, view.resources.features, interactions, config)

        return await asyncio.to_thread(build)
