"""One-time codes: shown where somebody is known already, typed where they are not.

A code is typed twice, or typed and then agreed to: the first time it is bound to the account that typed it, and that
account learns whose it would become. So nobody else can use a code that was read over a shoulder or in a room, and
nobody joins a stranger's profile unawares.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.incoming import Author
from bot.errors import NotFound
from bot.i18n import gettext as _
from bot.model.members import Member
from bot.model.privacy import LinkCode
from bot.ports.clock import Clock
from bot.ports.storage import UnitOfWorkFactory
from bot.services.joining import AfterLinking, Attempts, Linked, account_of, join, lock, taken

LIFETIME = timedelta(minutes=10)
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
_LENGTH = 8  # 39 bits


@dataclass(frozen=True, slots=True)
class Offer:
    """The code is right: whose profile it leads to, once the same account agrees by sending it again."""

    member: Member


class LinkCodesService:
    """Hands codes out and takes them."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, *, linked: AfterLinking) -> None:
        self._uow = uow
        self._clock = clock
        self._linked = linked
        self._attempts = Attempts(each=6, together=60, within=LIFETIME)

    async def show(self, member: Member) -> str:
        """A new code for this member, such as "K7QM-2XWD"; the one before is void."""
        now = self._clock.now()
        code = "".join(secrets.choice(_ALPHABET) for _each in range(_LENGTH))
        async with self._uow() as uow:
            await uow.link_codes.put(LinkCode(_digest(code), member.id, now + LIFETIME))
            await uow.commit()
        return f"{code[:4]}-{code[4:]}"

    async def use(self, author: Author, text: str) -> Offer | Linked:
        """Take a code from this account: at first an offer, the second time the link.

        Raises: NotFound, for a code that is wrong, too old or another's; NotAllowed, after too many attempts, or when
        the account belongs to somebody already.
        """
        now, me = self._clock.now(), account_of(author)
        self._attempts.take(me, now)
        digest = _digest(read_code(text) or "")
        async with self._uow() as uow:
            code = await uow.link_codes.get(digest)
            if code is None or code.expires_at <= now:
                raise _wrong()
            member = await uow.members.get(code.member_id)
            mine = await uow.members.by_account(author.platform, author.account)
            if member is None:
                raise _wrong()
            if mine is not None:
                raise taken(mine)
            if code.claimed_by is None:
                await uow.link_codes.put(replace(code, claimed_by=me))
                await uow.commit()
                return Offer(member)
            if not hmac.compare_digest(code.claimed_by.encode(), me.encode()) or not await uow.link_codes.use(digest):
                raise _wrong()
            await lock(uow, now)
            result = await join(uow, author, member, now)
            await uow.commit()
        self._attempts.forgive(me)
        await self._linked()
        return result


def read_code(text: str) -> str | None:
    """The code that somebody typed, whatever its case and dashes; None, when it cannot be one."""
    code = "".join(text.split()).replace("-", "").upper()
    return code if len(code) == _LENGTH and set(code) <= set(_ALPHABET) else None


def _digest(code: str) -> str:
    return hashlib.sha256(b"recommendarr link code " + code.encode()).hexdigest()


def _wrong() -> NotFound:
    return NotFound(_("That code is wrong, used up or too old. Send /link where I know you, and I show you a new one."))
