"""Finds the title that somebody means, among those they may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.errors import Ambiguous, InvalidInput, NotFound
from bot.i18n import gettext as _
from bot.model.members import Clearance
from bot.model.titles import Title, TitleRef
from bot.ports.storage import UnitOfWorkFactory
from bot.services.catalogue import CatalogueService
from bot.services.catalogue_view import CatalogueView
from engine.search.titles import Fit, TitleHit

_CLEAR_LEAD = 0.04  # by how much a title must lead for no question to be asked
_CERTAIN = 0.72  # of a similar name (85 % alike); below it, the name is a suggestion and not what was meant
_WORTH_ASKING = 0.62  # below it, a similar name is not even a suggestion
_SPREAD = 5  # hits fetched per title wanted, since some may not be shown


class TitleLookup:
    """Title search over the current catalogue, cut to a clearance."""

    def __init__(self, uow: UnitOfWorkFactory, catalogue: CatalogueService) -> None:
        self._uow = uow
        self._catalogue = catalogue

    async def search(self, text: str, clearance: Clearance, *, limit: int = 5) -> tuple[Title, ...]:
        """Titles that the text may name, the best first."""
        return await self._titles([hit.item for hit in await self._hits(text, clearance, limit)])

    async def complete(self, text: str, clearance: Clearance, *, limit: int = 10) -> tuple[Title, ...]:
        """Titles that begin like the text, the best known first."""
        view = await self._catalogue.view()
        hits = view.index.complete(text, limit * _SPREAD)
        return await self._titles([hit.item for hit in self._visible(view, hits, clearance)[:limit]])

    async def resolve(self, text: str, clearance: Clearance) -> Title:
        """The one title that the text or reference names. Raises: NotFound, Ambiguous with the choices."""
        by_ref = await self._by_ref(text, clearance)
        if by_ref is not None:
            return by_ref
        hits = await self._hits(text, clearance, 6)
        if not hits:
            raise NotFound(_("I know no title called “{title}”.").format(title=text.strip()[:80]))
        best = [hit for hit in hits if hit.score >= hits[0].score - _CLEAR_LEAD]
        certain = hits[0].fit is not Fit.FUZZY or hits[0].score >= _CERTAIN
        if certain and (len(best) == 1 or self._one_exact(best)):
            return (await self._titles([hits[0].item]))[0]
        titles = await self._titles([hit.item for hit in (best if certain else hits)[:5]])
        raise Ambiguous(
            _("Which one do you mean by “{title}”?").format(title=text.strip()[:80]),
            tuple((title.name, str(title.ref)) for title in titles),
        )

    async def by_id(self, title_id: int, clearance: Clearance) -> Title:
        """A title that may be shown. Raises: NotFound."""
        view = await self._catalogue.view()
        row = int(view.catalogue.dense((title_id,))[0])
        if row >= 0 and view.allowed(clearance)[row]:
            return (await self._titles([title_id]))[0]
        raise NotFound(_("That title is not here any more."))

    async def by_ids(self, title_ids: Collection[int], clearance: Clearance) -> Mapping[int, Title]:
        """Those of the titles that may be shown, by id."""
        view = await self._catalogue.view()
        allowed, asked = view.allowed(clearance), list(dict.fromkeys(title_ids))
        rows = view.catalogue.dense(asked)
        shown = [title_id for title_id, row in zip(asked, rows, strict=True) if row >= 0 and allowed[row]]
        return {title.id: title for title in await self._titles(shown)}

    async def _by_ref(self, text: str, clearance: Clearance) -> Title | None:
        try:
            ref = TitleRef.parse(text.strip())
        except InvalidInput:
            return None
        async with self._uow() as uow:
            found = await uow.titles.by_refs([ref])
        if ref not in found:
            raise NotFound(_("I know no title with the reference {ref}.").format(ref=ref))
        return await self.by_id(found[ref], clearance)

    async def _hits(self, text: str, clearance: Clearance, limit: int) -> list[TitleHit]:
        view = await self._catalogue.view()
        hits = self._visible(view, view.index.search(text, limit * _SPREAD), clearance)
        return [hit for hit in hits if hit.fit is not Fit.FUZZY or hit.score >= _WORTH_ASKING][:limit]

    @staticmethod
    def _visible(view: CatalogueView, hits: tuple[TitleHit, ...], clearance: Clearance) -> list[TitleHit]:
        allowed = view.allowed(clearance)
        rows = view.catalogue.dense(hit.item for hit in hits)
        return [hit for hit, row in zip(hits, rows, strict=True) if row >= 0 and allowed[row]]

    @staticmethod
    def _one_exact(best: list[TitleHit]) -> bool:
        """Whether only the first is exactly what was typed; namesakes are asked about."""
        return best[0].fit is Fit.EXACT and all(hit.fit is not Fit.EXACT for hit in best[1:])

    async def _titles(self, title_ids: list[int]) -> tuple[Title, ...]:
        async with self._uow() as uow:
            return tuple(await uow.titles.get(title_ids))
