"""Requests: what a person may ask for, asking once, and knowing what became of it.

A row is kept before anything is sent, under the key of the confirmation that was pressed; the database lets one row at
a time hold a film or season. When the service does not say what became of a request, it is asked whether it holds it,
and nothing is sent again: `bot.services.requesting_following` goes on asking until the outcome is known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.chat.incoming import Place
from bot.errors import AlreadyRequested, InvalidInput, NotAllowed, QuotaReached, Rejected, Unavailable, UserFacing
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.members import Clearance, Member
from bot.model.titles import Kind, TitleRef
from bot.ports.clock import Clock
from bot.ports.requests import (
    FiledRequest,
    MediaState,
    Quota,
    Requester,
    RequestState,
    RequestUser,
    TitleStatus,
)
from bot.ports.storage import UnitOfWorkFactory
from bot.ports.storage_requests import OPEN, Desk, Filing, FilingState, Notice
from bot.services.requesting_accounts import RequestAccountsService
from bot.services.requesting_titles import Wanted, WantedTitles

PATIENCE = timedelta(seconds=90)  # after which a request that the service does not hold has not reached it
FREE = frozenset({MediaState.UNKNOWN, MediaState.DELETED})
OPEN_REQUESTS = frozenset({RequestState.PENDING, RequestState.APPROVED})
ASKED = "asked"  # the kind of notice for those who decide
_STATES = {
    RequestState.PENDING: FilingState.PENDING,
    RequestState.APPROVED: FilingState.APPROVED,
    RequestState.DECLINED: FilingState.DECLINED,
    RequestState.FAILED: FilingState.FAILED,
    RequestState.COMPLETED: FilingState.AVAILABLE,
}
MAX_WAITING = 50

log = structlog.get_logger(__name__)


class AlreadyHere(AlreadyRequested):
    """There is nothing to wait for: it can be watched."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What may be asked for: `missing` seasons of a series; `status` is the service's; `quota` what is left."""

    wanted: Wanted
    status: TitleStatus
    missing: tuple[int, ...]
    account: RequestUser
    quota: Quota


@dataclass(frozen=True, slots=True)
class Asking:
    """One confirmed request. `seasons`: of a series, else empty."""

    key: str
    member: Member
    clearance: Clearance
    ref: TitleRef
    seasons: tuple[int, ...]
    place: Place
    locale: str


class RequestingService:
    """Files requests under the account of the person who asks. `changed` is set whenever somebody is to be told."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        requester: Requester,
        accounts: RequestAccountsService,
        titles: WantedTitles,
        clock: Clock,
        *,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._uow = uow
        self._requester = requester
        self.accounts = accounts
        self._clock = clock
        self._patience = patience
        self.titles = titles
        self.in_flight: set[str] = set()  # keys that a turn of this process is sending right now
        self.changed = asyncio.Event()

    async def prospect(self, member: Member, clearance: Clearance, ref: TitleRef) -> Prospect:
        """What this member may ask for of a title.

        Raises: NotFound, NotAllowed, AlreadyRequested (there or asked for), QuotaReached, Unavailable, Rejected.
        """
        wanted = await self.titles.get(ref, clearance)  # permission before anything
        account = await self.accounts.of(member)
        status, quotas = await asyncio.gather(
            self._requester.status(wanted.ref), self._requester.quotas(account.account)
        )
        missing = self._missing(wanted, status)
        quota = quotas.movies if wanted.ref.kind is Kind.MOVIE else quotas.seasons
        if quota.remaining == 0:
            raise QuotaReached(_used_up(quota, wanted.ref.kind))
        return Prospect(wanted, status, missing, account, quota)

    def _missing(self, wanted: Wanted, status: TitleStatus) -> tuple[int, ...]:
        """The seasons that can be asked for. Raises: AlreadyRequested, NotAllowed."""
        if status.state is MediaState.BLOCKED:
            raise NotAllowed(_("“{title}” is blocked: it cannot be requested here.").format(title=wanted.name))
        if wanted.ref.kind is Kind.SERIES and status.seasons:
            missing = tuple(season for season, state in status.seasons if state in FREE)
            if missing:
                return missing
            there = all(state is MediaState.AVAILABLE for _season, state in status.seasons)
        else:
            there = status.state in (MediaState.AVAILABLE, MediaState.PARTIAL)
            there = there or (wanted.ref.kind is Kind.MOVIE and wanted.in_library)
            if not there and status.state in FREE and not any(r.state in OPEN_REQUESTS for r in status.requests):
                return ()
        if there:
            raise AlreadyHere(_("“{title}” is there already: you can watch it now.").format(title=wanted.name))
        raise AlreadyRequested(_("“{title}” has been requested already.").format(title=wanted.name))

    async def file(self, asking: Asking) -> Filing:
        """Ask for it, once for each key; the same key again tells what became of it.

        A filing that is still `SENDING` has an unknown outcome, of which the person is told later.
        Raises: as `prospect`, and what the service refuses with, in its own words.
        """
        async with self._uow() as uow:
            known = await uow.filings.get(asking.key)
        if known is not None:
            return await self._again(known, asking.member)
        prospect = await self.prospect(asking.member, asking.clearance, asking.ref)
        seasons = _chosen(asking.seasons, prospect)
        left = prospect.quota.remaining
        if left is not None and len(seasons) > left:
            raise QuotaReached(_("That is more than the {n} seasons that your quota has left.").format(n=left))
        filing = Filing(
            key=asking.key,
            member_id=asking.member.id,
            source=self._requester.source,
            ref=prospect.wanted.ref,
            title=prospect.wanted.name,
            state=FilingState.SENDING,
            asked_at=self._clock.now(),
            place=asking.place,
            locale=asking.locale,
            account=prospect.account.account,
            seasons=seasons,
            reason=await self._reason(asking, prospect.wanted),
            known=tuple(request.id for request in prospect.status.requests),
        )
        if filing.key in self.in_flight:
            return filing
        self.in_flight.add(filing.key)
        try:
            return await self._send(filing, asking.member)
        finally:
            self.in_flight.discard(filing.key)
            self.changed.set()

    async def _send(self, filing: Filing, member: Member) -> Filing:
        async with self._uow() as uow:
            blocker = await uow.filings.add(filing)
            await uow.commit()
        if blocker is not None and blocker.key == filing.key:
            return await self._again(blocker, member)
        if blocker is not None:
            raise AlreadyRequested(_("“{title}” has been requested already.").format(title=filing.title))
        seasons = filing.seasons if filing.ref.kind is Kind.SERIES and filing.seasons else None
        try:
            filed = await self._requester.request(filing.ref, account=filing.account, seasons=seasons)
        except (UserFacing, Rejected) as refusal:
            await self.settle(filing, replace(filing, state=FilingState.REFUSED, words=str(refusal)), tell=False)
            raise
        except Unavailable as error:
            log.warning("request_outcome_unknown", filing=filing.key, error=str(error))
            return await self.read_back(filing, tell=False)
        return await self.settle(filing, taken(filing, filed), tell=False)

    async def _again(self, known: Filing, member: Member) -> Filing:
        if known.member_id != member.id:
            raise NotAllowed(_("That button was made for somebody else."))
        if known.state is FilingState.REFUSED:
            raise NotAllowed(known.words)
        if known.state is FilingState.SENDING and known.key not in self.in_flight:
            return await self.read_back(known, tell=False)
        return known

    async def read_back(self, filing: Filing, *, tell: bool) -> Filing:
        """Look whether the service holds what was sent; unknown it stays while the service is silent, or may be late.

        `tell`: the person by a notice; else whoever calls does.
        """
        try:
            status = await self._requester.status(filing.ref)
        except (Unavailable, Rejected, UserFacing) as error:
            log.warning("request_not_read_back", filing=filing.key, error=str(error))
            return filing
        for request in status.requests:
            meant = not filing.seasons or set(request.seasons) & set(filing.seasons)
            if request.account == filing.account and request.id not in filing.known and meant:
                return await self.settle(filing, taken(filing, request), tell=tell)
        if self._clock.now() - filing.asked_at < self._patience:
            return filing
        return await self.settle(filing, replace(filing, state=FilingState.LOST), tell=tell)

    async def settle(self, before: Filing, after: Filing, *, tell: bool) -> Filing:
        """Change a filing that nobody else has changed; else the filing as it is now. Notices go with the change."""
        async with self._uow() as uow:
            if not await uow.filings.change(after, was=before.state):
                return await uow.filings.get(before.key) or before
            if tell:
                await uow.notices.add(_notice(after, after.state.value, self._clock.now()))
            if after.state is FilingState.PENDING and before.state is FilingState.SENDING:
                for desk in await uow.notices.desks():
                    await uow.notices.add(_for_desk(after, desk, self._clock.now()))
            await uow.commit()
        self.changed.set()
        return after

    async def tell_too(self, asking: Asking) -> Filing:
        """Tell this member as well when a title that was asked for can be watched. Raises: as `prospect`."""
        wanted = await self.titles.get(asking.ref, asking.clearance)
        status = await self._requester.status(wanted.ref)
        coming = (MediaState.PENDING, MediaState.PROCESSING)
        now = self._clock.now()
        filing = Filing(
            key=f"too:{asking.member.id}:{wanted.ref}:{asking.key}",
            member_id=asking.member.id,
            source=self._requester.source,
            ref=wanted.ref,
            title=wanted.name,
            state=FilingState.WAITING,
            asked_at=now,
            place=asking.place,
            locale=asking.locale,
            seasons=tuple(season for season, state in status.seasons if state in coming),
            reason=await self._reason(asking, wanted),
        )
        async with self._uow() as uow:
            own = [each for each in await uow.filings.of_member(asking.member.id, limit=200) if each.state in OPEN]
            known = next((each for each in own if each.ref == wanted.ref), None)
            if known is not None:
                return known
            if sum(each.state is FilingState.WAITING for each in own) >= MAX_WAITING:
                raise NotAllowed(_("You wait for {n} titles already; that is enough.").format(n=MAX_WAITING))
            await uow.filings.add(filing)
            await uow.commit()
        self.changed.set()
        return filing

    async def own(self, member: Member, *, limit: int = 10) -> tuple[Filing, ...]:
        """What a member asked for here, the newest first."""
        async with self._uow() as uow:
            return tuple(await uow.filings.of_member(member.id, limit=limit))

    async def quota(self, member: Member) -> dict[Kind, Quota]:
        """What a member has left. Raises: NotAllowed, Unavailable, Rejected."""
        quotas = await self._requester.quotas((await self.accounts.of(member)).account)
        return {Kind.MOVIE: quotas.movies, Kind.SERIES: quotas.seasons}

    async def known(self, refs: Collection[TitleRef]) -> dict[TitleRef, FilingState]:
        """How titles stand that were asked for, here or at the service as far as a sync has seen."""
        found: dict[TitleRef, FilingState] = {}
        async with self._uow() as uow:
            ids = await uow.titles.by_refs(refs)
            states = await uow.request_states.of(set(ids.values()))
            asked = await uow.filings.open()
        for ref, title_id in ids.items():
            for request in states[title_id].requests if title_id in states else ():
                if request.state in OPEN_REQUESTS and states[title_id].state is not MediaState.AVAILABLE:
                    found[ref] = _STATES[request.state]
        own = {each.ref: each.state for each in asked if each.state is not FilingState.WAITING and each.ref in refs}
        return found | own

    async def requested_ids(self) -> frozenset[int]:
        """The catalogue's titles that are asked for and have not come."""
        async with self._uow() as uow:
            states = await uow.request_states.all(self._requester.source)
            open_ = {each.ref for each in await uow.filings.open() if each.state is not FilingState.WAITING}
            own = await uow.titles.by_refs(open_)
        told = {each.title_id for each in states if any(r.state in OPEN_REQUESTS for r in each.requests)}
        return frozenset(told | set(own.values()))

    async def _reason(self, asking: Asking, wanted: Wanted) -> str:
        """Why it was suggested, where it was suggested to this member in this very place."""
        if wanted.title is None:
            return ""
        async with self._uow() as uow:
            entry = await uow.feedbacks.last_log(asking.member.id, wanted.title.id)
        here = "|".join((asking.place.platform, asking.place.room, asking.place.thread or ""))
        return entry.explanation if entry is not None and entry.conversation.startswith(f"{here}|") else ""


def taken(filing: Filing, request: FiledRequest) -> Filing:
    """The filing as the service holds it."""
    state = _STATES[request.state]
    seasons = request.seasons or filing.seasons
    return replace(filing, state=state, request_id=request.id, seasons=seasons)


def state_of(request: FiledRequest) -> FilingState:
    """How a request stands."""
    return _STATES[request.state]


def _chosen(seasons: Sequence[int], prospect: Prospect) -> tuple[int, ...]:
    """Those of the seasons that are missing. Raises: InvalidInput, AlreadyRequested."""
    if prospect.wanted.ref.kind is not Kind.SERIES or not prospect.missing:
        return ()
    if not seasons:
        raise InvalidInput(_("Choose at least one season."))
    chosen = tuple(sorted(set(seasons) & set(prospect.missing)))
    if not chosen:
        raise AlreadyRequested(_("All of these seasons are there or have been requested."))
    return chosen


def _used_up(quota: Quota, kind: Kind) -> str:
    limit, days = quota.limit or 0, quota.days
    if not days:
        return _("Your request quota is used up.")
    counted = (
        ngettext("{n} film", "{n} films", limit) if kind is Kind.MOVIE else ngettext("{n} season", "{n} seasons", limit)
    )
    within = ngettext("{n} day", "{n} days", days)
    told = _("Your quota is used up: {allowed} in {days}.")
    return told.format(allowed=counted.format(n=limit), days=within.format(n=days))


def _notice(filing: Filing, kind: str, now: datetime) -> Notice:
    return Notice(f"{filing.key}:{kind}", filing.member_id, filing.key, kind, filing.place, filing.locale, now)


def _for_desk(filing: Filing, desk: Desk, now: datetime) -> Notice:
    key = f"{filing.key}:{ASKED}:{desk.member_id}"
    return Notice(key, desk.member_id, filing.key, ASKED, desk.place, desk.locale, now)
