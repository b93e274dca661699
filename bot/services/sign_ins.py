"""Sign-ins on a media server that were begun in a chat and are waited for in the background.

What a sign-in is finished with stays in memory alone, and not longer than a few minutes: after a restart the person
begins again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.chat.incoming import Author, Place
from bot.errors import InvalidInput, NotAllowed, NotFound, Rejected, Unavailable, UserFacing
from bot.i18n import gettext as _
from bot.i18n import use_locale
from bot.model.members import Member
from bot.ports.clock import Clock
from bot.ports.media import ServerUser
from bot.ports.sign_in import SignIn, SignInCode
from bot.ports.storage import UnitOfWorkFactory
from bot.services.joining import PROVING, AfterLinking, Attempts, Linked, account_of, give, join, limit, lock, person

LIFETIME = timedelta(minutes=10)
PAUSE = 3.0  # seconds between two looks
MAX_PENDING = 50

log = structlog.get_logger(__name__)

Announce = Callable[[Place, Linked | str], Awaitable[None]]
"""Tells the person in their place who they are, or in a sentence why it came to nothing."""


@dataclass(slots=True, eq=False)
class _Pending:
    author: Author
    place: Place
    way: SignIn
    secret: str = field(repr=False)
    ends_at: datetime
    locale: str | None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class SignInsService:
    """Begins sign-ins, and links whoever finished one."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        clock: Clock,
        *,
        linked: AfterLinking,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._ways: dict[str, SignIn] = {}
        self._linked = linked
        self._pause = pause
        self._pending: dict[str, _Pending] = {}
        self._begun = asyncio.Event()
        self._attempts = Attempts(each=5, together=100, within=LIFETIME)

    def offer(self, ways: Sequence[SignIn]) -> None:
        """Let people sign in in these ways from now on."""
        self._ways = {way.source: way for way in ways}

    @property
    def sources(self) -> tuple[str, ...]:
        """The media servers on which people can sign in."""
        return tuple(self._ways)

    def open(self, author: Author) -> bool:
        """Whether a sign-in of this account is waited for."""
        self._drop_old(self._clock.now())
        return account_of(author) in self._pending

    async def begin(self, author: Author, place: Place, source: str, locale: str | None = None) -> SignInCode:
        """Begin a sign-in of this account; the one before is given up.

        Raises: InvalidInput, NotAllowed, Unavailable, Rejected.
        """
        if source not in self._ways:
            raise InvalidInput(_("Nobody can sign in with {name} here.").format(name=source[:40]))
        now = self._clock.now()
        self._drop_old(now)
        me = account_of(author)
        if len(self._pending) >= MAX_PENDING and me not in self._pending:
            raise NotAllowed(_("Too many people are signing in right now; please try again in a few minutes."))
        self._attempts.take(me, now)
        code = await self._ways[source].begin()
        ends_at = now + min(LIFETIME, timedelta(seconds=code.lifetime))
        self._pending[me] = _Pending(author, place, self._ways[source], code.secret, ends_at, locale)
        self._begun.set()
        return code

    async def check(self, author: Author) -> Linked | None:
        """Whether the person has agreed by now; None: not yet. Raises: NotFound, NotAllowed, Unavailable, Rejected."""
        self._drop_old(self._clock.now())
        pending = self._pending.get(account_of(author))
        if pending is None:
            raise NotFound(_("No sign-in of yours is open; send /link to begin one."))
        return await self._look(pending)

    async def watch(self, announce: Announce) -> None:
        """Look at what is open every few seconds, until cancelled; tell people what came of it."""
        while True:
            self._drop_old(self._clock.now())
            if not self._pending:
                self._begun.clear()
                await self._begun.wait()
            await self._pause(PAUSE)
            for pending in list(self._pending.values()):
                await self._look_and_tell(pending, announce)

    async def _look_and_tell(self, pending: _Pending, announce: Announce) -> None:
        with use_locale(pending.locale):
            try:
                told: Linked | str | None = await self._look(pending)
            except Unavailable as error:  # the next look may fare better
                log.info("sign_in_not_looked_at", service=error.service, error=str(error))
                return
            except (UserFacing, Rejected) as error:
                told = str(error)
            if told is None:
                return
            try:
                await announce(pending.place, told)
            except (Unavailable, Rejected) as error:
                log.warning("sign_in_not_told", service=error.service, error=str(error))

    async def _look(self, pending: _Pending) -> Linked | None:
        """One look, never two at once: the proof can be had only one time."""
        me = account_of(pending.author)
        async with pending.lock:
            if self._pending.get(me) is not pending:
                return None  # settled, or begun anew, while this one waited
            try:
                user = await pending.way.finish(pending.secret)
            except (UserFacing, Rejected):
                self._pending.pop(me, None)
                raise
            if user is None:
                return None
            if self._pending.get(me) is not pending:
                return None  # given up meanwhile
            del self._pending[me]
            result = await self._settle(pending.author, pending.way.source, user)
        self._attempts.forgive(me)
        await self._linked()
        return result

    async def _settle(self, author: Author, source: str, user: ServerUser) -> Linked:
        """Whoever proved to be this user. Raises: NotAllowed."""
        now = self._clock.now()
        async with self._uow() as uow:
            await lock(uow, now)
            mine = await uow.members.by_account(author.platform, author.account)
            if mine is None:
                result = await join(uow, author, await person(uow, source, user, now), now)
                await uow.commit()
                return result
            theirs = await uow.members.by_account(source, user.account)
            if theirs is None or theirs.id != mine.id:
                own = await uow.members.accounts(mine.id)
                if any(each.platform == source for each in own):
                    raise NotAllowed(_("You are linked to another account of that server already."))
                if theirs is None:
                    await give(uow, source, user, mine, now)
                else:
                    if any(each.platform in PROVING for each in await uow.members.accounts(theirs.id)):
                        raise NotAllowed(_second_person(theirs))
                    await uow.personal.absorb(theirs.id, mine.id)
                    await limit(uow, mine, theirs.age_limit)
                await uow.commit()
            return Linked(mine)

    def _drop_old(self, now: datetime) -> None:
        for key in [key for key, pending in self._pending.items() if pending.ends_at <= now]:
            del self._pending[key]


def _second_person(theirs: Member) -> str:
    return _(
        "That account belongs to {name}, who talks to me from elsewhere. If that is you too: send /unlink here, then "
        "/link there, and type the code here."
    ).format(name=theirs.name)
