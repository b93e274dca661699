"""What all ways of linking have in common: whose a media-server account is, and how a chat account joins a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.incoming import Author
from bot.errors import NotAllowed
from bot.i18n import gettext as _
from bot.model.members import LinkedAccount, Member
from bot.ports.media import ServerUser
from bot.ports.storage import UnitOfWork
from bot.ports.storage_sync import ServerAccount

CHAT_PLATFORMS = ("discord", "telegram", "nextcloud-talk", "terminal")
# A name on the terminal is no proof of a person: whoever runs the program may take any.
PROVING = frozenset(CHAT_PLATFORMS) - {"terminal"}

AfterLinking = Callable[[], Awaitable[None]]
"""Called after a link, to have what the person may see read again."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Who somebody is from now on."""

    member: Member


class Attempts:
    """At most so many attempts of one account, and of all together, within a span of time; kept in memory.

    An attempt counts before anything is waited for, so that many at once are no way around it.
    """

    def __init__(self, *, each: int, together: int, within: timedelta) -> None:
        self._each, self._together, self._within = each, together, within
        self._made: list[tuple[datetime, str]] = []

    def take(self, who: str, now: datetime) -> None:
        """Count one. Raises: NotAllowed, when there were too many."""
        self._made = [made for made in self._made if now - made[0] < self._within]
        if len(self._made) >= self._together or sum(name == who for _at, name in self._made) >= self._each:
            minutes = round(self._within.total_seconds() / 60)
            raise NotAllowed(_("Too many attempts; please try again in {n} minutes.").format(n=minutes))
        self._made.append((now, who))

    def forgive(self, who: str) -> None:
        """Forget the attempts of an account that has proved itself."""
        self._made = [made for made in self._made if made[1] != who]


def account_of(author: Author) -> str:
    """An account as one word, as the settings write it."""
    return f"{author.platform}:{author.account}"


async def lock(uow: UnitOfWork, now: datetime) -> None:
    """Nobody else links until this transaction ends; what has expired is forgotten on the way."""
    await uow.link_codes.purge(now)


async def join(uow: UnitOfWork, author: Author, member: Member, now: datetime) -> Linked:
    """Make the chat account one of this member's. Raises: NotAllowed, when it is somebody else's."""
    before = await uow.members.by_account(author.platform, author.account)
    if before is not None and before.id != member.id:
        raise taken(before)
    if before is None:
        await uow.members.link(LinkedAccount(member.id, author.platform, author.account, now))
    await uow.privacy.remember(member.id)
    return Linked(member)


def taken(before: Member) -> NotAllowed:
    """What is said when a chat account belongs to somebody already."""
    return NotAllowed(
        _("This account belongs to {name} already. To link it to somebody else, send /unlink first.").format(
            name=before.name
        )
    )


async def person(uow: UnitOfWork, source: str, user: ServerUser, now: datetime) -> Member:
    """Whose account on a media server it is; who is not known yet is made, with what the server lets them see."""
    known = await uow.members.by_account(source, user.account)
    if known is not None:
        return known
    member = await uow.members.add(await _free_name(uow, source, user.name), age_limit=user.age_limit)
    await give(uow, source, user, member, now)
    return member


async def give(uow: UnitOfWork, source: str, user: ServerUser, member: Member, now: datetime) -> None:
    """Make an account of a media server one of this member's: more to see, under the stricter age limit."""
    await uow.members.link(LinkedAccount(member.id, source, user.account, now))
    await uow.server_accounts.put(
        ServerAccount(source, user.account, member.id, user.name, user.age_limit, user.is_admin, active=True)
    )
    stored = await uow.libraries.all()
    public = {library.id for library in stored if library.public}
    shared = {
        library.id
        for library in stored
        if library.source == source and (user.libraries is None or library.key in user.libraries)
    }
    await uow.members.grant(member.id, (await uow.members.access(member.id) - public) | shared)
    await limit(uow, member, user.age_limit)


async def limit(uow: UnitOfWork, member: Member, age: int | None) -> None:
    """The stricter of a member's age limit and another; the next sync settles it by all accounts."""
    limits = [each for each in (member.age_limit, age) if each is not None]
    if min(limits, default=None) != member.age_limit:
        await uow.members.save(replace(member, age_limit=min(limits)))


async def _free_name(uow: UnitOfWork, source: str, name: str) -> str:
    """The name, or one like it: that two names are alike proves nothing."""
    wanted = " ".join(name.split()) or source
    shown, number = wanted, 1
    while await uow.members.by_name(shown) is not None:
        number += 1
        shown = f"{wanted} ({source}{'' if number == 2 else f' {number - 1}'})"
    return shown
