"""Which stored title each row of a history means, and the titles that the catalogue lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.i18n import gettext as _
from bot.model.titles import DEFAULT_SOURCE, Title, TitleFacts, TitleRef
from bot.ports.imports import Flaw, HistoryRow, Record, WantedTitle
from bot.ports.storage import UnitOfWork
from bot.services.merging import marked, merged
from bot.services.title_matching import TitleMatcher, by_ref


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a row has no title."""

    flaw: Flaw
    reason: str
    candidates: str = ""


class HistoryTitles:
    """Remembers what it found, so that a title that many rows name is looked up once."""

    def __init__(self) -> None:
        self._found: dict[WantedTitle, int | Missing] = {}
        self._matcher: TitleMatcher | None = None
        self.created: list[int] = []  # ids of titles that were made, all batches together

    async def resolve(self, uow: UnitOfWork, rows: Sequence[Record[HistoryRow]]) -> Mapping[WantedTitle, int | Missing]:
        """The title of every row, made from the row's own facts where the catalogue has none."""
        new = {row.value.title: row.value.facts for row in rows if row.value and row.value.title not in self._found}
        known = await uow.titles.by_refs({ref for wanted in new for ref in wanted.refs})
        titles = await self._stored(uow, set(known.values()))
        changes: list[TitleFacts] = []
        unknown: dict[WantedTitle, TitleFacts | None] = {}
        for wanted, facts in new.items():
            title_id = by_ref(wanted, known)
            if title_id is None:
                unknown[wanted] = facts
                continue
            self._found[wanted] = title_id
            if facts and (change := _enriched(titles[title_id], facts, known)):
                changes.append(change)
                titles[title_id] = replace(titles[title_id], facts=change)
        await uow.titles.upsert(changes)
        if unknown:
            await self._by_name(uow, unknown)
        return self._found

    async def _by_name(self, uow: UnitOfWork, unknown: Mapping[WantedTitle, TitleFacts | None]) -> None:
        if self._matcher is None:
            self._matcher = await TitleMatcher.load(uow)
        matches = {wanted: self._matcher.match(wanted) for wanted in unknown}
        # Rows that bring no facts can make no title: for them somebody may want to know what is near.
        near = {w: self._matcher.similar(w) for w, facts in unknown.items() if not facts and not matches[w]}
        titles = await self._stored(uow, {i for ids in (*matches.values(), *near.values()) for i in ids})
        lacking: dict[WantedTitle, TitleFacts] = {}
        for wanted, facts in unknown.items():
            fitting = [titles[i] for i in matches[wanted] if i in titles and not _differ(wanted, titles[i])]
            if len(fitting) == 1:
                self._found[wanted] = fitting[0].id
                if facts and (change := _enriched(fitting[0], facts, {})):
                    await uow.titles.upsert([change])
            elif facts:
                lacking[wanted] = marked(facts)
            else:
                self._found[wanted] = _missing(wanted, fitting, [titles[i] for i in near.get(wanted, ())])
        if lacking:
            ids = await uow.titles.upsert(list(lacking.values()))
            self._found |= dict(zip(lacking, ids, strict=True))
            self.created += ids

    @staticmethod
    async def _stored(uow: UnitOfWork, ids: set[int]) -> dict[int, Title]:
        return {title.id: title for title in await uow.titles.get(sorted(ids))}


def _enriched(title: Title, facts: TitleFacts, owners: Mapping[TitleRef, int]) -> TitleFacts | None:
    """The title with what the row adds; None if that is nothing.

    Ids of other titles, and a second id of one source, stay away: they would mean that two titles are one.
    """
    sources = {ref.source for ref in title.facts.refs}
    refs = tuple(ref for ref in facts.refs if ref.source not in sources and owners.get(ref, title.id) == title.id)
    after = merged(title.facts, replace(facts, refs=refs))
    return None if after == title.facts else after


def _differ(wanted: WantedTitle, title: Title) -> bool:
    """Whether both have an id of the main source: then they are two titles, since no id was shared."""
    return any(ref.source == DEFAULT_SOURCE for ref in wanted.refs) and any(
        ref.source == DEFAULT_SOURCE for ref in title.facts.refs
    )


def _missing(wanted: WantedTitle, fitting: Sequence[Title], near: Sequence[Title]) -> Missing:
    if fitting:
        return Missing(Flaw.AMBIGUOUS, _("Several titles of the catalogue have this name."), _shown(fitting))
    if not wanted.name:
        reason = _("The row names no title.")
    elif wanted.year is None:
        reason = _("The catalogue has no title of this name.")
    else:
        reason = _("The catalogue has no title of this name and year.")
    return Missing(Flaw.UNMATCHED, reason, _shown(near))


def _shown(titles: Sequence[Title]) -> str:
    return "; ".join(f"{title.name} {title.ref}" for title in titles[:5])
