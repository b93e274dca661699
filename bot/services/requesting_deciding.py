"""Deciding on requests, by people who may: what waits, approving and declining under their own account."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.chat.incoming import Place
from bot.errors import Unavailable
from bot.model.members import Member
from bot.model.titles import TitleRef
from bot.ports.requests import FiledRequest, Requester, RequestState
from bot.ports.storage import UnitOfWorkFactory
from bot.ports.storage_requests import OPEN, Desk
from bot.services.requesting import RequestingService, taken
from bot.services.requesting_accounts import RequestAccountsService
from bot.services.requesting_titles import WantedTitles

log = structlog.get_logger(__name__)


class DecidingService:
    """Approves and declines, and has the person told who asked."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        requester: Requester,
        accounts: RequestAccountsService,
        titles: WantedTitles,
        requesting: RequestingService,
    ) -> None:
        self._uow = uow
        self._requester = requester
        self._accounts = accounts
        self._titles = titles
        self._requesting = requesting

    async def pending(self, limit: int) -> tuple[FiledRequest, ...]:
        """Requests that wait for approval, the newest first. Raises: Unavailable, Rejected."""
        found: list[FiledRequest] = []
        async for page in self._requester.listed():
            found += [each for each in page if each.state is RequestState.PENDING]
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    async def request(self, request_id: str) -> FiledRequest:
        """One request as it is now. Raises: NotFound, Unavailable, Rejected."""
        return await self._requester.get(request_id)

    async def decide(self, member: Member, request_id: str, *, approve: bool) -> tuple[FiledRequest, bool]:
        """Approve or decline under the member's own account; the request as it is now, and whether this decided it.

        Raises: NotAllowed, NotFound, Unavailable, Rejected.
        """
        account = await self._accounts.of(member)
        now = await self._requester.get(request_id)
        if now.state is not RequestState.PENDING:
            return now, False
        try:
            decided = await self._requester.decide(request_id, approve=approve, account=account.account)
        except Unavailable as error:
            log.warning("decision_outcome_unknown", request=request_id, error=str(error))
            decided = await self._requester.get(request_id)
            if decided.state is RequestState.PENDING:
                raise
        wanted = RequestState.APPROVED if approve else RequestState.DECLINED
        await self._tell(decided)
        return decided, decided.state in (wanted, RequestState.COMPLETED) if approve else decided.state is wanted

    async def _tell(self, decided: FiledRequest) -> None:
        async with self._uow() as uow:
            filing = await uow.filings.of_request(self._requester.source, decided.id)
        if filing is not None and filing.state in OPEN:
            after = taken(filing, decided)
            await self._requesting.settle(filing, after, tell=after.state is not filing.state)

    async def names(self, refs: Sequence[TitleRef]) -> dict[TitleRef, str]:
        """What titles are called, as far as the catalogue or the metadata service knows."""
        async with self._uow() as uow:
            ids = await uow.titles.by_refs(refs)
            titles = {title.id: title.name for title in await uow.titles.get(list(ids.values()))}
        names = {ref: titles[title_id] for ref, title_id in ids.items() if title_id in titles}
        for ref in refs:
            if ref not in names:
                names[ref] = await self._titles.name(ref) or str(ref)
        return names

    async def account_names(self) -> dict[str, str]:
        """The service's users by account."""
        return {user.account: user.name for user in await self._accounts.users()}

    async def put_desk(self, member: Member, place: Place, locale: str, *, on: bool) -> None:
        """Tell this member of new requests in a place, or no more."""
        async with self._uow() as uow:
            if on:
                await uow.notices.put_desk(Desk(member.id, place, locale))
            else:
                await uow.notices.drop_desk(member.id)
            await uow.commit()
