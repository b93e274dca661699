"""Influences turned by hand: what of genres, people and titles is to count more, less or not at all for a member."""

from __future__ import annotations

import asyncio

from bot.model.feedback import Override, OverrideKind
from bot.model.members import Clearance, Member
from bot.ports.storage import UnitOfWorkFactory
from bot.services.catalogue import CatalogueService
from engine.catalogue import Catalogue
from engine.types import BoolArray, Role


class InfluencesService:
    """Finds what somebody names, among what they may see, and keeps how they turned it."""

    def __init__(self, uow: UnitOfWorkFactory, catalogue: CatalogueService) -> None:
        self._uow = uow
        self._catalogue = catalogue

    async def genre(self, name: str, clearance: Clearance) -> str | None:
        """The genre of that name that something visible has, as the catalogue writes it."""
        view = await self._catalogue.view()
        known = {genre.casefold(): genre for genre in view.catalogue.genres.names}
        genre = known.get(name.strip().casefold())
        if genre is None or not (view.catalogue.genres.has_any((genre,)) & view.allowed(clearance)).any():
            return None
        return genre

    async def person(self, name: str, clearance: Clearance) -> str | None:
        """The director, writer or actor of that name who took part in something visible."""
        view = await self._catalogue.view()
        return await asyncio.to_thread(_person, view.catalogue, name.strip().casefold(), view.allowed(clearance))

    async def turn(self, member: Member, subject: str, value: str, kind: OverrideKind | None) -> None:
        """Turn an influence; None: it counts as usual again."""
        override = None if kind is None else Override(member.id, subject, value, kind)
        async with self._uow() as uow:
            await uow.feedbacks.set_override(override, member_id=member.id, subject=subject, value=value)
            await uow.commit()


def _person(catalogue: Catalogue, wanted: str, allowed: BoolArray) -> str | None:
    for role in Role:
        column = catalogue.people(role)
        for found in (known for known in column.names if known.casefold() == wanted):
            if (column.has_any((found,)) & allowed).any():
                return found
    return None
