"""Titles that somebody may ask for: those of the catalogue, and those that only the outside world knows.

What a person may not see is not found, here as everywhere: a title that the catalogue holds is judged as the
catalogue judges it; one that it lacks needs the right to see what is in no library, and a known age under a limit.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.errors import NotFound, Rejected, Unavailable
from bot.i18n import gettext as _
from bot.model.members import Clearance
from bot.model.titles import DEFAULT_SOURCE, Title, TitleFacts, TitleRef
from bot.ports.metadata import MetadataSource
from bot.ports.requests import Requester
from bot.ports.storage import UnitOfWorkFactory

MAX_FOUND = 8
_REMEMBERED = 500


class Titles(Protocol):
    """Look-up in the catalogue, cut to a clearance."""

    async def search(self, text: str, clearance: Clearance, *, limit: int = 5) -> tuple[Title, ...]: ...

    async def by_id(self, title_id: int, clearance: Clearance) -> Title: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """A title as the request service knows it, by `ref`. `title`: the same in the catalogue, where it is there."""

    ref: TitleRef
    facts: TitleFacts
    title: Title | None = None

    @property
    def name(self) -> str:
        """Title and year."""
        if self.title is not None:
            return self.title.name
        return f"{self.facts.title} ({self.facts.year})" if self.facts.year else self.facts.title

    @property
    def in_library(self) -> bool:
        """Whether some of it can be watched now."""
        return self.title is not None and bool(self.title.libraries)


class WantedTitles:
    """Finds what may be asked for."""

    def __init__(
        self, uow: UnitOfWorkFactory, requester: Requester, metadata: MetadataSource | None, titles: Titles
    ) -> None:
        self._uow = uow
        self._requester = requester
        self._metadata = metadata
        self._titles = titles
        self._seen: OrderedDict[TitleRef, TitleFacts] = OrderedDict()

    async def search(self, text: str, clearance: Clearance, locale: str) -> tuple[Wanted, ...]:
        """What the words may name, the catalogue's titles and the world's by the world's order.

        Raises: Unavailable, Rejected, when neither can be asked.
        """
        found = await self._outside(text, locale)
        known = await self._known(facts.refs[0] for facts in found)
        wanted: dict[TitleRef, Wanted] = {}
        for facts in found:
            ref = facts.refs[0]
            one = await self._judged(ref, facts, known.get(ref), clearance)
            if one is not None:
                wanted[one.ref] = one
            if len(wanted) == MAX_FOUND:
                break
        for title in await self._titles.search(text, clearance, limit=MAX_FOUND):
            own = external(title.facts, title.ref)
            if own is not None and own not in wanted and len(wanted) < MAX_FOUND:
                wanted[own] = Wanted(own, title.facts, title)
        return tuple(wanted.values())

    async def get(self, ref: TitleRef, clearance: Clearance) -> Wanted:
        """One title by reference. Raises: NotFound, Unavailable, Rejected."""
        known = (await self._known([ref])).get(ref)
        if known is not None:
            title = await self._titles.by_id(known, clearance)
            return Wanted(await self._requestable(title), title.facts, title)
        one = None
        if ref.source == DEFAULT_SOURCE and (facts := await self._facts(ref)) is not None:
            one = await self._judged(ref, facts, None, clearance)
        if one is None:
            raise NotFound(_("I know no title with the reference {ref}.").format(ref=ref))
        return one

    async def name(self, ref: TitleRef) -> str | None:
        """What a title is called, as far as anybody can be asked now."""
        try:
            facts = await self._facts(ref)
        except (Unavailable, Rejected):
            return None
        return Wanted(ref, facts).name if facts else None

    async def _outside(self, text: str, locale: str) -> Sequence[TitleFacts]:
        try:
            found = await self._requester.search(text, locale=locale)
        except (Unavailable, Rejected):
            if self._metadata is None:
                raise
            found = await self._metadata.search(text, limit=MAX_FOUND)
        for facts in found:
            self._remember(facts.refs[0], facts)
        return found

    async def _judged(self, ref: TitleRef, facts: TitleFacts, known: int | None, clearance: Clearance) -> Wanted | None:
        """The title, if this clearance lets it be seen."""
        if known is not None:
            try:
                title = await self._titles.by_id(known, clearance)
            except NotFound:
                return None
            return Wanted(ref, title.facts, title)
        if not clearance.unlisted:
            return None
        if clearance.age_limit is not None:
            if facts.minimum_age is None:
                facts = await self._described(ref) or facts
            if facts.minimum_age is None or facts.minimum_age > clearance.age_limit:
                return None
        return Wanted(ref, facts)

    async def _facts(self, ref: TitleRef) -> TitleFacts | None:
        return self._seen.get(ref) or await self._described(ref)

    async def _described(self, ref: TitleRef) -> TitleFacts | None:
        if self._metadata is None:
            return None
        details = await self._metadata.details(ref)
        if details is not None:
            self._remember(ref, details.facts)
        return details.facts if details else None

    async def _requestable(self, title: Title) -> TitleRef:
        ref = external(title.facts, title.ref)
        for other in title.facts.refs if ref is None and self._metadata is not None else ():
            ref = ref or (await self._metadata.find(other) if self._metadata and other.is_external else None)
        if ref is None:
            sentence = _("“{title}” cannot be requested: nobody outside knows it under a number.")
            raise NotFound(sentence.format(title=title.name))
        return ref

    async def _known(self, refs: Iterable[TitleRef]) -> dict[TitleRef, int]:
        async with self._uow() as uow:
            return dict(await uow.titles.by_refs(list(refs)))

    def _remember(self, ref: TitleRef, facts: TitleFacts) -> None:
        self._seen[ref] = facts
        self._seen.move_to_end(ref)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)


def external(facts: TitleFacts, shown: TitleRef) -> TitleRef | None:
    """The reference by which request services know a title; None without one."""
    refs = (shown, *facts.refs)
    return next((ref for ref in refs if ref.source == DEFAULT_SOURCE and ref.value.isdigit()), None)
