"""People of a media server and what they may see: libraries, age limits, and who owns the server."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import Rejected
from bot.i18n import gettext as _
from bot.model.members import LinkedAccount, Member
from bot.ports.media import MediaServer, ServerLibrary, ServerUser
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.ports.storage_sync import ServerAccount
from bot.services.sync.summary import Progress, StageResult, Tally

STAGE = "people"


class PeopleStage:
    """Brings members, access and limits to what a server says, in one transaction."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def run(self, server: MediaServer, now: datetime, progress: Progress) -> StageResult:
        """Follow the server. Raises: Unavailable, Rejected."""
        libraries, users = await server.libraries(), await server.users()
        if not users:
            raise Rejected(server.source, _("{source} tells of no people at all.").format(source=server.source))
        tally = Tally(progress, server.source, STAGE)
        async with self._uow() as uow:
            await _Household(uow, server.source, await ensured(uow, server.source, libraries), now, tally).follow(users)
            await uow.commit()
        tally.tell(len(users))
        return tally.result()


async def ensured(uow: UnitOfWork, source: str, libraries: Sequence[ServerLibrary]) -> dict[str, int]:
    """The id of every library, made where it is new."""
    return {each.key: (await uow.libraries.ensure(source, each.key, each.name)).id for each in libraries}


class _Household:
    """The people of one server, while they are being followed."""

    def __init__(self, uow: UnitOfWork, source: str, libraries: Mapping[str, int], now: datetime, tally: Tally) -> None:
        self._uow = uow
        self._source = source
        self._libraries = libraries
        self._now = now
        self._tally = tally
        self._told: dict[str, ServerUser] = {}

    async def follow(self, users: Sequence[ServerUser]) -> None:
        """Everybody who is told, and everybody who is told no more."""
        accounts = self._uow.server_accounts
        known = {each.account: each for each in await accounts.of_source(self._source)}
        self._told = {user.account: user for user in users}
        concerned: set[int] = set()
        for user in self._told.values():
            before = known.get(user.account)
            member = await self._member(user, before)
            after = ServerAccount(
                self._source, user.account, member.id, user.name, user.age_limit, user.is_admin, active=True
            )
            concerned |= {member.id, before.member_id if before else member.id}
            if after != before:
                await accounts.put(after)
        for gone in known.values():
            if gone.active and gone.account not in self._told:
                await accounts.put(replace(gone, active=False))
                concerned.add(gone.member_id)
                self._tally.change("gone")
        for member_id in sorted(concerned):
            await self._settle(member_id)

    async def _member(self, user: ServerUser, before: ServerAccount | None) -> Member:
        """Whose account it is. That two names are alike proves nothing: who is new gets a name of their own."""
        members = self._uow.members
        linked = await members.by_account(self._source, user.account)
        member = linked or (await members.get(before.member_id) if before else None)
        if member is None:
            member = await members.add(await self._free_name(user.name), locale=user.locale)
            self._tally.change("new")
        elif before and before.name != user.name and member.name == before.name:
            member = replace(member, name=await self._free_name(user.name))
            await members.save(member)
            self._tally.change("changed")
        if linked is None:
            await members.link(LinkedAccount(member.id, self._source, user.account, self._now))
        return member

    async def _free_name(self, name: str) -> str:
        wanted = " ".join(name.split()) or self._source
        for number in range(1, 1_000_000):
            shown = wanted if number == 1 else f"{wanted} ({self._source}{'' if number == 2 else f' {number - 1}'})"
            if await self._uow.members.by_name(shown) is None:
                return shown
        raise AssertionError("a million people of one name")

    async def _settle(self, member_id: int) -> None:
        """What all accounts of a member together allow: the strictest age limit, every library that one may see."""
        member = await self._uow.members.get(member_id)
        if member is None:
            return
        accounts = [each for each in await self._uow.server_accounts.of_member(member_id) if each.active]
        limits = [each.age_limit for each in accounts if each.age_limit is not None]
        after = replace(member, is_admin=any(each.is_admin for each in accounts))
        if accounts:  # whoever has lost every account keeps the limit
            after = replace(after, age_limit=min(limits, default=None))
        ours = [self._told[each.account] for each in accounts if each.source == self._source]
        changed = await self._grant(member_id, ours)
        if after != member:
            await self._uow.members.save(after)
            changed = True
        if changed:
            self._tally.change("changed")

    async def _grant(self, member_id: int, users: Collection[ServerUser]) -> bool:
        """Access to this server's libraries, beside what other servers grant; whether that changed anything."""
        stored = await self._uow.libraries.all()
        public = {library.id for library in stored if library.public}
        elsewhere = {library.id for library in stored if library.source != self._source}
        before = await self._uow.members.access(member_id) - public
        after = before & elsewhere
        for user in users:
            keys = self._libraries if user.libraries is None else user.libraries
            after |= {self._libraries[key] for key in keys if key in self._libraries}
        if after == before:
            return False
        await self._uow.members.grant(member_id, after)
        return True
