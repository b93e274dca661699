"""Chat ids that people stored at the request service: claims, which count only when all of them agree.

Anybody can type any number there. So it counts if it is a positive number, is the sender's own, is claimed by one user
only, and the sender says that this is who they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.chat.incoming import Author
from bot.errors import NotFound, Rejected, Unavailable
from bot.i18n import gettext as _
from bot.model.members import Member
from bot.ports.clock import Clock
from bot.ports.requests import Requester, RequestUser
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.joining import AfterLinking, Linked, join, lock

_FRESH = timedelta(seconds=60)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """A user of the request service who named the sender's account; `name` as they are called there."""

    source: str
    account: str
    name: str
    member: Member

    @property
    def key(self) -> str:
        """What the sender's yes is about."""
        return f"{self.source}/{self.account}"


class ClaimsService:
    """Finds the one claim that names an account."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, *, linked: AfterLinking) -> None:
        self._uow = uow
        self._clock = clock
        self._requesters: tuple[Requester, ...] = ()
        self._linked = linked
        self._told: dict[str, tuple[datetime, list[RequestUser]]] = {}

    def offer(self, requesters: Sequence[Requester]) -> None:
        """Read the claims of these services from now on."""
        self._requesters = tuple(requesters)

    async def of(self, author: Author) -> Claim | None:
        """The claim of exactly one user on this account; None without, also while a service cannot be asked."""
        for requester in self._requesters:
            try:
                users = await self._users(requester)
            except (Unavailable, Rejected) as error:
                log.info("claims_not_read", service=error.service, error=str(error))
                continue
            async with self._uow() as uow:
                if claim := await _claim(uow, requester.source, users, author):
                    return claim
        return None

    async def accept(self, author: Author, key: str) -> Linked:
        """The sender says that this is who they are. Raises: NotFound, when it is not claimed so (any more)."""
        self._told.clear()  # what was told a minute ago may have been corrected since
        claim = await self.of(author)
        if claim is None or claim.key != key:
            raise NotFound(_("Nobody there names this account of yours any more."))
        now = self._clock.now()
        async with self._uow() as uow:
            await lock(uow, now)
            result = await join(uow, author, claim.member, now)
            await uow.commit()
        await self._linked()
        return result

    async def _users(self, requester: Requester) -> list[RequestUser]:
        now = self._clock.now()
        told = self._told.get(requester.source)
        if told is None or not timedelta(0) <= now - told[0] < _FRESH:
            users = [user async for page in requester.users() for user in page]
            told = self._told[requester.source] = (now, users)
        return told[1]


async def _claim(uow: UnitOfWork, source: str, users: Sequence[RequestUser], author: Author) -> Claim | None:
    if not author.account.isascii() or not author.account.isdigit() or int(author.account) <= 0:
        return None
    claiming = [user for user in users if author.account in _ids(user, author.platform)]
    if len(claiming) != 1:
        return None
    (user,) = claiming
    people = [
        await uow.members.by_account(server, account)
        for server, account in (("plex", user.plex_account), ("jellyfin", user.jellyfin_account))
        if account
    ]
    known = {member.id: member for member in people if member is not None}
    if len(known) != 1:
        return None
    (member,) = known.values()
    return Claim(source, user.account, user.name, member)


def _ids(user: RequestUser, platform: str) -> Sequence[str]:
    if platform == "discord":
        return user.discord_ids
    return (user.telegram_id,) if platform == "telegram" and user.telegram_id else ()
