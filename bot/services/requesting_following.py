"""Follows what was asked for until its end is known, and has everybody told who asked.

Whatever is found out is stored together with the notice of it, so that a kill loses neither.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.errors import NotFound, Rejected, Unavailable
from bot.model.titles import Kind
from bot.ports.clock import Clock
from bot.ports.requests import MediaState, Requester, TitleStatus
from bot.ports.storage import UnitOfWorkFactory
from bot.ports.storage_requests import Filing, FilingState
from bot.services.requesting import OPEN_REQUESTS, RequestingService, state_of
from bot.services.requesting_accounts import FRESH

LOOK = timedelta(minutes=10)  # between two looks at a request of which nobody tells anything
_KEPT = timedelta(days=365)  # what ended is remembered

log = structlog.get_logger(__name__)


class RequestFollower:
    """Asks the service about open filings."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        requester: Requester,
        requesting: RequestingService,
        clock: Clock,
        *,
        look: timedelta = LOOK,
    ) -> None:
        self._uow = uow
        self._requester = requester
        self._requesting = requesting
        self._clock = clock
        self._look = look

    async def availability(self, title_id: int) -> None:
        """See `bot.jobs.notices.Notices`. Raises: Unavailable, to be called again later."""
        async with self._uow() as uow:
            titles = await uow.titles.get([title_id])
        refs = {ref for title in titles for ref in (title.ref, *title.facts.refs)}
        for filing in await self._open():
            if filing.ref in refs and filing.state is not FilingState.SENDING:
                await self._follow(filing)

    async def look(self) -> None:
        """One look at everything that is due: what is being sent, what a sync heard of, what nobody looked at lately.

        One title that cannot be asked about does not keep the others. Raises: Unavailable, for the database.
        """
        await self._refresh_accounts()
        heard = await self._heard()
        await self._follow_those(lambda filing: filing.key in heard or self._is_due(filing))

    async def changed(self) -> None:
        """See `bot.jobs.notices.Notices`: the service told of a change, perhaps of a title that no catalogue holds."""
        await self._follow_those(lambda _filing: True)

    async def _follow_those(self, wanted: Callable[[Filing], bool]) -> None:
        for filing in await self._open():
            if filing.key in self._requesting.in_flight:
                continue
            try:
                if filing.state is FilingState.SENDING:
                    await self._requesting.read_back(filing, tell=True)
                elif wanted(filing):
                    await self._follow(filing)
            except (Unavailable, Rejected) as error:
                if getattr(error, "service", "") == "database":
                    raise
                log.warning("request_not_followed", filing=filing.key, error=str(error))

    async def purge(self) -> None:
        """Forget what ended long ago."""
        async with self._uow() as uow:
            if await uow.filings.purge(self._clock.now() - _KEPT):
                await uow.commit()

    async def _refresh_accounts(self) -> None:
        """So that nobody who asks for something has to wait for it."""
        try:
            await self._requesting.accounts.refresh(FRESH)
        except (Unavailable, Rejected) as error:
            if getattr(error, "service", "") == "database":
                raise
            log.warning("request_accounts_not_read", error=str(error))

    async def _open(self) -> list[Filing]:
        async with self._uow() as uow:
            return [each for each in await uow.filings.open() if each.source == self._requester.source]

    async def _heard(self) -> Collection[str]:
        """Filings of which the last sync of requests tells something else than is kept."""
        async with self._uow() as uow:
            filings = [each for each in await uow.filings.open() if each.request_id is not None]
            ids = await uow.titles.by_refs({each.ref for each in filings})
            states = await uow.request_states.of(set(ids.values()))
        heard = set()
        for filing in filings:
            told = states.get(ids.get(filing.ref, -1))
            for request in told.requests if told else ():
                newer = filing.checked_at is None or (request.updated_at or filing.asked_at) > filing.checked_at
                if request.id == filing.request_id and state_of(request) is not filing.state and newer:
                    heard.add(filing.key)
        return heard

    def _is_due(self, filing: Filing) -> bool:
        looked, now = filing.checked_at or filing.asked_at, self._clock.now()
        return looked > now or now - looked >= self._look

    async def _follow(self, filing: Filing) -> None:
        """Ask how one stands, and keep what is new."""
        try:
            status = await self._requester.status(filing.ref)
        except NotFound:
            status = TitleStatus(filing.ref, MediaState.UNKNOWN)
        looked = replace(filing, checked_at=self._clock.now())
        after = replace(looked, state=_now(filing, status))
        await self._requesting.settle(filing, after, tell=after.state is not filing.state)


def _now(filing: Filing, status: TitleStatus) -> FilingState:
    """How a filing stands by what the service knows of its title."""
    if _is_here(filing, status):
        return FilingState.AVAILABLE
    if filing.state is FilingState.WAITING:
        coming = any(request.state in OPEN_REQUESTS for request in status.requests)
        coming = coming or status.state in (MediaState.PENDING, MediaState.PROCESSING)
        return FilingState.WAITING if coming else FilingState.GONE
    request = next((each for each in status.requests if each.id == filing.request_id), None)
    return FilingState.GONE if request is None else state_of(request)


def _is_here(filing: Filing, status: TitleStatus) -> bool:
    """Whether all that was asked for can be watched."""
    seasons = dict(status.seasons)
    if filing.ref.kind is Kind.SERIES and filing.seasons and seasons:
        return all(seasons.get(season) is MediaState.AVAILABLE for season in filing.seasons)
    return status.state is MediaState.AVAILABLE
