"""The use case at the centre: gathers what the engine needs, asks it, and turns rows into titles."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from time import perf_counter

from bot.errors import InvalidInput, NotFound, NothingToRecommend
from bot.i18n import gettext as _
from bot.model.members import Clearance, Member
from bot.model.recommendation import (
    Answer,
    Ask,
    Influence,
    MemberFit,
    Mode,
    NegativeType,
    Pick,
    ProfileSummary,
    WhyAnswer,
)
from bot.model.titles import Domain, Title
from bot.ports.storage import UnitOfWorkFactory
from bot.services.accounts import AccountsService
from bot.services.catalogue import CatalogueService
from bot.services.catalogue_view import CatalogueView
from bot.services.community import CommunityService
from bot.services.mood import MoodService, Understood
from bot.services.naming import named_with
from bot.services.nothing import nothing_left
from bot.services.preferences import domains_for, local
from bot.services.profiles import ProfilesService
from bot.services.rules import RulesService
from bot.services.summaries import summarise
from engine.modes import NAMED
from engine.pipeline import RecommendationPipeline
from engine.pipelines import build_pipeline, pipeline_names
from engine.profile import TasteProfile
from engine.request import Context, RankRequest
from engine.types import BoolArray, Filters, FloatArray, IntArray, RankedItem
from engine.why_not import why_and_why_not


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every title with its score before re-ranking, -inf for what is no answer; arrays of one length."""

    ids: IntArray
    scores: FloatArray


class RecommendingService:
    """Answers asks. Whatever is in an answer passed the clearance and the hard filters before it was ranked."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        *,
        catalogue: CatalogueService,
        profiles: ProfilesService,
        accounts: AccountsService,
        mood: MoodService,
        community: CommunityService,
        rules: RulesService,
        pipeline: str,
    ) -> None:
        self._uow = uow
        self._catalogue = catalogue
        self._profiles = profiles
        self._accounts = accounts
        self._mood = mood
        self._community = community
        self._rules = rules
        self._default = pipeline
        self._pipelines = {name: build_pipeline(name) for name in pipeline_names()}

    async def recommend(self, member: Member, clearance: Clearance, ask: Ask, *, now: datetime) -> Answer:
        """Answer one ask. Raises: NothingToRecommend, NotFound, InvalidInput, Unavailable."""
        started = perf_counter()
        pipeline = self._pipeline(ask.pipeline)
        view = await self._catalogue.view()
        companions = await self._companions(member, ask)
        request, understood = await self._request(view, member, companions, clearance, ask, now)
        result = await asyncio.to_thread(pipeline, request)
        if not result.items:
            raise NothingToRecommend(nothing_left(view, result, ask))
        picks = await self._picks(result.items, (member, *companions), clearance)
        return Answer(
            ask=ask,
            member=member,
            pipeline=result.pipeline,
            picks=picks,
            took_ms=(perf_counter() - started) * 1000,
            cold_start=result.cold_start,
            interpreted=understood.words if understood else (),
            named=understood.titles if understood else (),
            seed=await self._title(ask.seed) if ask.seed is not None else None,
            companions=companions,
            more=result.eligible > len(result.items),
        )

    async def ranking(self, member: Member, clearance: Clearance, ask: Ask, *, now: datetime) -> Ranking:
        """What `recommend` chooses from: the score of every title. Raises: NotFound, InvalidInput, Unavailable."""
        pipeline = self._pipeline(ask.pipeline)
        view = await self._catalogue.view()
        companions = await self._companions(member, ask)
        request, _words = await self._request(view, member, companions, clearance, ask, now)
        return Ranking(view.catalogue.ids, await asyncio.to_thread(pipeline.scores, request))

    async def warm_up(self, now: datetime) -> None:
        """Learn and load what the first answer would have to wait for. Raises: Unavailable."""
        view = await self._catalogue.view()
        if len(view.catalogue):
            await self._community.resources(view, now)
            await self._mood.warm_up(view)

    async def why(self, member: Member, clearance: Clearance, title_id: int, *, now: datetime) -> WhyAnswer:
        """What speaks for and against one title. Raises: NotFound."""
        view = await self._catalogue.view()
        row = int(view.catalogue.dense((title_id,))[0])
        if row < 0 or not view.allowed(clearance)[row]:
            raise NotFound(_("That title is not here any more."))
        # What is in no library is judged as something to request: that it cannot be watched tonight is no finding.
        mode = Mode.TONIGHT if view.catalogue.in_any_library[row] else Mode.GRAB
        request, _words = await self._request(view, member, (), clearance, Ask(mode=mode), now)
        pipeline = self._pipeline(None)
        item, against = await asyncio.to_thread(why_and_why_not, pipeline, request, title_id)
        picks = await self._picks([item], (member,), clearance) if item else ()
        return WhyAnswer(
            title=await self._title(title_id),
            pick=picks[0] if picks else None,
            negatives=tuple(one for one in against.negatives if one.type is not NegativeType.FILTER),
            removed_by=against.removed_by,
            rank=against.rank,
            eligible=against.eligible,
            score=against.score,
            needed=against.needed,
        )

    async def profile(self, member: Member, clearance: Clearance, *, now: datetime) -> ProfileSummary:
        """What the engine believes this member likes, cut to what may be shown to them where they ask."""
        view = await self._catalogue.view()
        profile = await self._profiles.of(member, view, now)
        allowed = view.allowed(clearance)
        summary = await asyncio.to_thread(summarise, member, view.catalogue, profile, allowed)
        influences = await self._with_refs(summary.influences)
        return replace(summary, influences=influences, changed=await self._with_refs(summary.changed))

    async def _with_refs(self, influences: Sequence[Influence]) -> tuple[Influence, ...]:
        """Titles by their reference; one that was deleted meanwhile is left out."""
        ids = [int(one.value) for one in influences if one.subject == "title"]
        async with self._uow() as uow:
            refs = {str(title.id): str(title.ref) for title in await uow.titles.get(ids)}
        titles = (replace(one, ref=refs.get(one.value, "")) for one in influences)
        return tuple(one for one in titles if one.ref or one.subject != "title")

    def _pipeline(self, name: str | None) -> RecommendationPipeline:
        wanted = name or self._default
        if wanted not in self._pipelines:
            names = ", ".join(self._pipelines)
            raise InvalidInput(_("There is no pipeline “{name}”; there are {names}.").format(name=wanted, names=names))
        return self._pipelines[wanted]

    async def _companions(self, member: Member, ask: Ask) -> tuple[Member, ...]:
        ids = [member_id for member_id in dict.fromkeys(ask.companions) if member_id != member.id]
        if ask.mode is not Mode.GROUP:
            return ()
        if not 1 <= len(ids) <= 9:
            raise InvalidInput(_("A group is you and one to nine others."))
        async with self._uow() as uow:
            found = [await uow.members.get(member_id) for member_id in ids]
        if None in found:
            raise NotFound(_("One of them is not here any more."))
        return tuple(companion for companion in found if companion is not None)

    async def _request(
        self,
        view: CatalogueView,
        member: Member,
        companions: Sequence[Member],
        clearance: Clearance,
        ask: Ask,
        now: datetime,
    ) -> tuple[RankRequest, Understood | None]:
        """The engine's request, and how the words were understood."""
        clearances = [await self._accounts.clearance(companion) for companion in companions]
        allowed = view.allowed(reduce(Clearance.intersect, clearances, clearance))
        own = await self._profiles.of(member, view, now, ask.liked)
        profiles = (own, *[await self._profiles.of(one, view, now) for one in companions])
        understood = await self._understood(view, own, ask, allowed, now)
        query = understood.query if understood else None
        # A title that was asked about before may have been taken from this person, or from this room, since.
        if ask.seed is not None and not allowed[view.catalogue.rows((ask.seed,))].any():
            raise NotFound(_("That title is not here any more."))
        off, zone = await self._settings(member, companions)
        request = RankRequest(
            resources=await self._community.resources(view, now),
            profiles=profiles,
            mode=ask.mode,
            n=ask.limit,
            filters=replace(filters_of(ask), domains=domains_for(view, ask, off, query)),
            allowed=allowed,
            seed_items=(ask.seed,) if ask.seed is not None else (),
            query=query,
            context=_context(local(now, zone)),
            rules=await self._rules.current(view.version),
            seed=secrets.randbits(31) if ask.draw is None else ask.draw,
            signals=await self._signals(view, profiles[0], ask),
        )
        return request, understood

    async def _understood(
        self, view: CatalogueView, own: TasteProfile, ask: Ask, allowed: BoolArray, now: datetime
    ) -> Understood | None:
        """The search in words; of somebody whose taste is not known yet, also for what they praised a moment ago."""
        newcomer = ask.mode is Mode.TONIGHT and own.is_cold
        if not ask.query and not (ask.liked and newcomer):
            return None
        return await self._mood.query(
            view, ask.query or "", allowed, this_year=now.year, compared=ask.compared, praised=ask.liked
        )

    async def _settings(self, member: Member, companions: Sequence[Member]) -> tuple[frozenset[Domain], str | None]:
        """The domains that somebody of them switched off, and the time zone of the one who asks."""
        async with self._uow() as uow:
            own = await uow.preferences.of(member.id)
            others = [await uow.preferences.of(companion.id) for companion in companions]
        return own.domains_off.union(*(each.domains_off for each in others)), own.timezone

    async def _signals(self, view: CatalogueView, profile: TasteProfile, ask: Ask) -> dict[str, FloatArray]:
        """What only some modes need to know."""
        named = await named_with(self._uow, view, profile) if ask.mode is Mode.GRAB else None
        return {} if named is None else {NAMED: named}

    async def _picks(
        self, items: Sequence[RankedItem], members: Sequence[Member], clearance: Clearance
    ) -> tuple[Pick, ...]:
        async with self._uow() as uow:
            titles = {title.id: title for title in await uow.titles.get([item.id for item in items])}
        # A title that was deleted since the view was made is left out.
        return tuple(_pick(item, titles[item.id], members, clearance) for item in items if item.id in titles)

    async def _title(self, title_id: int) -> Title:
        async with self._uow() as uow:
            found = await uow.titles.get([title_id])
        if not found:
            raise NotFound(_("That title is not here any more."))
        return found[0]


def filters_of(ask: Ask) -> Filters:
    """The hard filters that an ask names itself."""
    return Filters(
        kinds=frozenset({ask.kind}) if ask.kind else frozenset(),
        genres=ask.genres,
        genres_not=ask.genres_not,
        year_min=ask.year_min,
        year_max=ask.year_max,
        runtime_min=ask.runtime_min,
        runtime_max=ask.runtime_max,
        languages=(ask.language,) if ask.language else (),
        countries=(ask.country,) if ask.country else (),
        exclude=tuple(sorted({*ask.exclude, *ask.liked})),  # what somebody praises they know already
    )


def _context(now: datetime) -> Context:
    """When it is asked, by the clock of the one who asks."""
    return Context(hour=now.hour + now.minute / 60, weekday=now.weekday(), month=now.month)


def _pick(item: RankedItem, title: Title, members: Sequence[Member], clearance: Clearance) -> Pick:
    libraries = title.libraries if clearance.libraries is None else title.libraries & clearance.libraries
    return Pick(
        title=title,
        score=item.score,
        match=item.match,
        confidence=item.confidence.name.lower(),
        signals=item.signals,
        reasons=item.reasons,
        per_member=_fits(item, members),
        in_library=bool(libraries),
    )


def _fits(item: RankedItem, members: Sequence[Member]) -> tuple[MemberFit, ...]:
    """A line per member of a group: how well the pick suits, and the reasons that are theirs."""
    if not item.fits:
        return ()
    return tuple(
        MemberFit(member.name, round(100 * fit), reasons)
        for member, fit, reasons in zip(members, item.fits, item.member_reasons, strict=True)
    )
