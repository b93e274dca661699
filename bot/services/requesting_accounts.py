"""Which account of the request service is whose: only the person's own is ever used, never that of the key.

The service tells for each of its users the account of the media server that they signed in with. Where a member's own
media-server account is the same, that user is the member. Names prove nothing.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.errors import NotAllowed
from bot.i18n import gettext as _
from bot.model.members import Member
from bot.ports.clock import Clock
from bot.ports.requests import Requester, RequestUser
from bot.ports.storage import UnitOfWorkFactory
from bot.ports.storage_sync import SyncState

STAGE = "accounts"
FRESH = timedelta(hours=6)
_ASK_AGAIN = timedelta(minutes=2)  # for somebody who is missing: they may have just signed in there


class RequestAccountsService:
    """Finds accounts among the users that the service told last, and asks it again when somebody is missing."""

    def __init__(self, uow: UnitOfWorkFactory, requester: Requester, clock: Clock) -> None:
        self._uow = uow
        self._requester = requester
        self._clock = clock
        self._asking = asyncio.Lock()

    async def of(self, member: Member) -> RequestUser:
        """The member's own account. Raises: NotAllowed, when there is none; Unavailable, Rejected."""
        await self.refresh(FRESH)
        found = await self._find(member)
        if found is None and await self.refresh(_ASK_AGAIN):
            found = await self._find(member)
        if found is None:
            raise NotAllowed(
                _(
                    "You have no account for requests: sign in to Seerr once with the account that you watch with, "
                    "then ask me again."
                )
            )
        return found

    async def users(self) -> tuple[RequestUser, ...]:
        """Everybody whom the service knows. Raises: Unavailable, Rejected."""
        await self.refresh(FRESH)
        async with self._uow() as uow:
            return tuple(await uow.request_accounts.of_source(self._requester.source))

    async def member_of(self, account: str) -> int | None:
        """The member behind an account of the service, None for somebody unknown."""
        async with self._uow() as uow:
            users = await uow.request_accounts.of_source(self._requester.source)
            user = next((each for each in users if each.account == account), None)
            for platform, theirs in _media(user) if user else ():
                for known in await uow.server_accounts.of_source(platform):
                    if known.active and _same(known.account) == theirs:
                        return known.member_id
        return None

    async def refresh(self, older_than: timedelta) -> bool:
        """Ask for the users, where what was told is older; whether anything new was read."""
        async with self._asking:
            now = self._clock.now()
            async with self._uow() as uow:
                state = await uow.sync_states.get(self._requester.source, STAGE)
            if state.done_at is not None and now - older_than < state.done_at <= now:
                return False
            users = [user async for page in self._requester.users() for user in page]
            async with self._uow() as uow:
                await uow.request_accounts.replace(self._requester.source, users)
                await uow.sync_states.save(SyncState(self._requester.source, STAGE, done_at=now, full_at=now))
                await uow.commit()
        return True

    async def _find(self, member: Member) -> RequestUser | None:
        """The one user who signed in with an account of this member; nobody where two claim the same account."""
        async with self._uow() as uow:
            users = await uow.request_accounts.of_source(self._requester.source)
            linked = await uow.members.accounts(member.id)
            gone = {
                (each.source, _same(each.account))
                for each in await uow.server_accounts.of_member(member.id)
                if not each.active
            }
        own = {(each.platform, _same(each.account)) for each in linked} - gone
        claims: dict[tuple[str, str], list[RequestUser]] = {}
        for user in users:
            for account in _media(user):
                claims.setdefault(account, []).append(user)
        found = [claims[account][0] for account in sorted(own) if len(claims.get(account, ())) == 1]
        return min(found, key=lambda user: (len(user.account), user.account), default=None)


def _media(user: RequestUser) -> list[tuple[str, str]]:
    """The accounts of media servers that a user signed in with."""
    told = (("plex", user.plex_account), ("jellyfin", user.jellyfin_account))
    return [(platform, _same(account)) for platform, account in told if account]


def _same(account: str) -> str:
    """Jellyfin's ids are written with and without hyphens."""
    return account.replace("-", "").casefold()
