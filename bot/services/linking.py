"""Which chat accounts belong to whom: all ways to link and to unlink."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.chat.incoming import Author
from bot.errors import InvalidInput, NotFound, Unavailable
from bot.i18n import gettext as _
from bot.model.members import LinkedAccount, Member
from bot.ports.clock import Clock
from bot.ports.storage import UnitOfWorkFactory
from bot.services.claims import ClaimsService
from bot.services.joining import CHAT_PLATFORMS, AfterLinking, Linked, join, lock
from bot.services.link_codes import LinkCodesService
from bot.services.sign_ins import SignInsService

_LONGEST = 255

log = structlog.get_logger(__name__)


class LinkingService:
    """`codes`, `sign_ins` and `claims` are the ways of a person; `assign` is that of an administrator."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        clock: Clock,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._after: AfterLinking | None = None
        self.codes = LinkCodesService(uow, clock, linked=self._linked)
        self.sign_ins = SignInsService(uow, clock, linked=self._linked, pause=pause)
        self.claims = ClaimsService(uow, clock, linked=self._linked)

    def after_linking(self, call: AfterLinking) -> None:
        """Call this after every link, to have what the person may see read again."""
        self._after = call

    async def accounts(self, member: Member) -> tuple[LinkedAccount, ...]:
        """The chat accounts of a member."""
        async with self._uow() as uow:
            return tuple(each for each in await uow.members.accounts(member.id) if each.platform in CHAT_PLATFORMS)

    async def assign(self, member: Member, platform: str, account: str) -> Linked:
        """An administrator says whose account it is. Raises: InvalidInput; NotAllowed, when it is somebody else's."""
        author = _read(platform, account)
        now = self._clock.now()
        async with self._uow() as uow:
            await lock(uow, now)
            result = await join(uow, author, member, now)
            await uow.commit()
        await self._linked()
        return result

    async def unlink(self, member: Member | None, platform: str, account: str) -> Member:
        """Part an account from this member; None: from whomever it belongs to. Raises: NotFound, InvalidInput."""
        author = _read(platform, account)
        async with self._uow() as uow:
            await lock(uow, self._clock.now())
            owner = await uow.members.by_account(author.platform, author.account)
            if owner is None or (member is not None and owner.id != member.id):
                raise NotFound(_("That account is not linked to you."))
            await uow.members.unlink(author.platform, author.account)
            await uow.commit()
        return owner

    async def _linked(self) -> None:
        if self._after is None:
            return
        try:
            await self._after()
        except Unavailable as error:  # the schedule reads it all the same
            log.warning("permissions_not_asked_for", service=error.service, error=str(error))


def _read(platform: str, account: str) -> Author:
    """Raises: InvalidInput."""
    name, account = platform.strip().lower(), account.strip()
    if name not in CHAT_PLATFORMS or not 0 < len(account) <= _LONGEST or not account.isprintable():
        raise InvalidInput(
            _("Write an account as platform:account; the platforms are {names}.").format(
                names=", ".join(CHAT_PLATFORMS)
            )
        )
    return Author(name, account, account)
