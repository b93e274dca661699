"""Who is speaking, and what they may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.chat.incoming import Author
from bot.errors import NotFound, NotLinked
from bot.i18n import gettext as _
from bot.model.members import Clearance, LinkedAccount, Member
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory


class AccountsService:
    """Links chat accounts to members and works out what a member may see."""

    def __init__(self, uow: UnitOfWorkFactory, *, admins: Iterable[str] = ()) -> None:
        """`admins`: chat accounts of administrators, written platform:account."""
        self._uow = uow
        self._admins = frozenset(admins)

    async def member_of(self, author: Author) -> Member:
        """The member who speaks from this account. Raises: NotLinked."""
        async with self._uow() as uow:
            member = await uow.members.by_account(author.platform, author.account)
        if member is None:
            raise NotLinked(
                _(
                    "I do not know you yet, but would like to: ask whoever runs this server to link your account, "
                    "and I will suggest films and series to you."
                )
            )
        return member

    async def member_named(self, name: str) -> Member:
        """Look a member up by name, with or without the leading @. Raises: NotFound."""
        async with self._uow() as uow:
            member = await uow.members.by_name(name.removeprefix("@"))
            if member is None:
                raise NotFound(await self._nobody(uow, name))
        return member

    async def members_named(self, names: tuple[str, ...]) -> tuple[Member, ...]:
        """Look several members up, each once. Raises: NotFound."""
        members = [await self.member_named(name) for name in names]
        return tuple({member.id: member for member in members}.values())

    async def all(self) -> tuple[Member, ...]:
        """Everybody."""
        async with self._uow() as uow:
            return tuple(await uow.members.all())

    async def link_terminal(self, name: str, now: datetime) -> Member:
        """Link the terminal account of that name to the member of that name. Raises: NotFound.

        Whoever can run the program can read its database, so on the terminal a name is enough.
        """
        member = await self.member_named(name)
        async with self._uow() as uow:
            linked = await uow.members.by_account("terminal", member.name)
            if linked != member:
                await uow.members.link(LinkedAccount(member.id, "terminal", member.name, now))
                await uow.commit()
        return member

    async def is_admin(self, member: Member) -> bool:
        """Whether an account of this member is named as an administrator's in the settings.

        Never what a chat says, and not who owns a media server either: that makes nobody an administrator here.
        """
        if not self._admins:
            return False
        async with self._uow() as uow:
            accounts = await uow.members.accounts(member.id)
        return any(f"{account.platform}:{account.account}" in self._admins for account in accounts)

    async def accounts(self, member: Member) -> tuple[LinkedAccount, ...]:
        """All accounts of a member, of chat platforms, media servers and import sources."""
        async with self._uow() as uow:
            return tuple(await uow.members.accounts(member.id))

    async def clearance(self, member: Member) -> Clearance:
        """What this member may see."""
        async with self._uow() as uow:
            libraries = await uow.members.access(member.id)
        return Clearance(libraries, member.age_limit)

    async def _nobody(self, uow: UnitOfWork, name: str) -> str:
        known = [member.name for member in await uow.members.all()]
        shown = name.removeprefix("@")[:60]
        if not known:
            return _("There is nobody here called “{name}”, because nobody has been imported yet.").format(name=shown)
        if len(known) <= 12:
            return _("There is nobody here called “{name}”; I know {names}.").format(name=shown, names=", ".join(known))
        return _("There is nobody here called “{name}”.").format(name=shown)
