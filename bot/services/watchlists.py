"""Named lists of titles that people want to watch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.errors import InvalidInput, NotFound
from bot.i18n import gettext as _
from bot.model.members import Member
from bot.model.watchlists import Watchlist
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory

MAX_LISTS = 20
MAX_TITLES = 500  # on one list
MAX_NAME = 40


class WatchlistsService:
    """Lists of members. The list without a name is there for everybody and cannot be deleted."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def of(self, member: Member) -> tuple[Watchlist, ...]:
        """All lists of a member that were ever used, with their counts."""
        async with self._uow() as uow:
            return tuple(await uow.watchlists.of(member.id))

    async def add(self, member: Member, name: str, title_id: int, now: datetime) -> bool:
        """Put a title on a list, made when it is new; False, when it is there already. Raises: InvalidInput."""
        if len(name) > MAX_NAME:
            raise InvalidInput(_("The name of a list is at most {n} characters long.").format(n=MAX_NAME))
        async with self._uow() as uow:
            known = await uow.watchlists.of(member.id)
            found = _named(known, name)
            if found is None and name and len([each for each in known if each.name]) >= MAX_LISTS:
                raise InvalidInput(_("You have {n} lists already; delete one first.").format(n=MAX_LISTS))
            if found is not None and found.count >= MAX_TITLES:
                raise InvalidInput(_("That list is full: it holds {n} titles.").format(n=MAX_TITLES))
            chosen = found or await uow.watchlists.ensure(member.id, name, now)
            added = await uow.watchlists.add(chosen.id, title_id, now)
            await uow.commit()
        return added

    async def remove(self, member: Member, name: str, title_id: int) -> bool:
        """Take a title off a list; False, when it was not there. Raises: NotFound, for an unknown list."""
        async with self._uow() as uow:
            found = await self._found(uow, member, name)
            removed = found is not None and await uow.watchlists.remove(found.id, title_id)
            await uow.commit()
        return removed

    async def delete(self, member: Member, name: str) -> None:
        """Forget a list and what is on it. Raises: NotFound."""
        async with self._uow() as uow:
            found = await self._found(uow, member, name)
            if found is not None:
                await uow.watchlists.delete(found.id)
                await uow.commit()

    async def titles(self, member: Member, name: str) -> tuple[int, ...]:
        """Title ids, the newest first. Raises: NotFound, for an unknown list."""
        async with self._uow() as uow:
            found = await self._found(uow, member, name)
            return () if found is None else tuple(reversed(await uow.watchlists.titles(found.id)))

    async def _found(self, uow: UnitOfWork, member: Member, name: str) -> Watchlist | None:
        found = _named(known := await uow.watchlists.of(member.id), name)
        if found is None and name:
            others = ", ".join(each.name for each in known if each.name)
            if others:
                raise NotFound(_("You have no list “{name}”; there are {names}.").format(name=name[:40], names=others))
            raise NotFound(_("You have no list “{name}”.").format(name=name[:40]))
        return found


def _named(lists: Sequence[Watchlist], name: str) -> Watchlist | None:
    wanted = name.casefold()
    return next((each for each in lists if each.name.casefold() == wanted), None)
