"""What people set for themselves, and what admins set for rooms; and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np

from bot.chat.incoming import Place
from bot.errors import InvalidInput
from bot.i18n import gettext as _
from bot.model.members import Clearance, Library, Member
from bot.model.preferences import Preferences, Room
from bot.model.recommendation import Ask
from bot.model.titles import Domain, Kind
from bot.ports.storage import UnitOfWorkFactory
from bot.services.catalogue_view import CatalogueView
from engine.catalogue import DOMAINS
from engine.request import Query

MAX_MONTHS = 240


class PreferencesService:
    """Settings of members, and of rooms."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def of(self, member: Member) -> Preferences:
        """The settings of a member."""
        async with self._uow() as uow:
            return await uow.preferences.of(member.id)

    async def change(self, member: Member, how: Callable[[Preferences], Preferences]) -> Preferences:
        """Change the settings of a member. Raises: InvalidInput."""
        async with self._uow() as uow:
            before = await uow.preferences.of(member.id)
            changed = _checked(how(before))
            if changed != before:
                await uow.preferences.save(member.id, changed)
                await uow.commit()
        return changed

    async def speak(self, member: Member, locale: str | None) -> Member:
        """Set the language of a member; None: what their platform says."""
        changed = replace(member, locale=locale)
        async with self._uow() as uow:
            await uow.members.save(changed)
            await uow.commit()
        return changed

    async def room(self, place: Place) -> Room:
        """What was set for the room; nothing private passes for a room that nobody set."""
        key = room_key(place)
        async with self._uow() as uow:
            return await uow.rooms.get(key) or Room(key)

    async def set_room(self, room: Room, now: datetime) -> Room:
        """Store what an admin set for a room."""
        changed = replace(room, updated_at=now)
        async with self._uow() as uow:
            await uow.rooms.save(changed)
            await uow.commit()
        return changed

    async def libraries(self) -> tuple[Library, ...]:
        """All libraries, which a room may be cut to."""
        async with self._uow() as uow:
            return tuple(await uow.libraries.all())


def room_key(place: Place) -> str:
    """A room with all its threads."""
    return f"{place.platform}|{place.room}"


def in_room(clearance: Clearance, room: Room) -> Clearance:
    """What somebody may be shown there."""
    return clearance.intersect(room.clearance)


def read_zone(name: str) -> str:
    """A time zone by its IANA name, whatever the case, or by its city. Raises: InvalidInput."""
    wanted = name.strip().casefold().replace(" ", "_")
    found = [
        zone for zone in sorted(available_timezones()) if wanted in (zone.casefold(), zone.casefold().split("/")[-1])
    ]
    if not found or not wanted:
        raise InvalidInput(_("I know no time zone “{name}”; write it as in Europe/Berlin.").format(name=name[:40]))
    return next((zone for zone in found if "/" in zone), found[0])


def local(moment: datetime, zone: str | None) -> datetime:
    """The moment on the clock of a zone; None: the server's."""
    if zone is None:
        return moment.astimezone()
    try:
        return moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):  # this machine does not know the zone
        return moment.astimezone()


def domains_for(view: CatalogueView, ask: Ask, off: frozenset[Domain], query: Query | None) -> frozenset[Domain]:
    """The domains to choose among; empty: all. What is named in the request comes although it is off.

    A kind names its domain, a seed its own, and words that leave nothing else (an anime about cooking) name theirs.
    """
    named: set[Domain] = set()
    if ask.kind is Kind.MOVIE:
        named.add(Domain.FILMS)
    elif ask.kind is Kind.SERIES:
        named.add(Domain.SERIES)
    if ask.seed is not None:
        named |= {DOMAINS[int(view.catalogue.domains[row])] for row in view.catalogue.rows((ask.seed,))}
    wanted = frozenset(Domain) - (off - named)
    if wanted == frozenset(Domain) or not wanted:
        return frozenset()
    if query is not None and query.allowed is not None:
        inside = np.isin(view.catalogue.domains, [DOMAINS.index(domain) for domain in wanted])
        if not (query.allowed & inside).any():
            return frozenset()
    return wanted


def _checked(preferences: Preferences) -> Preferences:
    """Raises: InvalidInput."""
    if preferences.domains_off >= frozenset(Domain):
        raise InvalidInput(_("At least one of films, series and anime must stay on."))
    months = preferences.history_months
    if months is not None and not 0 <= months <= MAX_MONTHS:
        raise InvalidInput(_("The history depth is 0 (everything) to {n} months.").format(n=MAX_MONTHS))
    return preferences
