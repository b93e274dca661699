"""Finds the stored title that a row of somebody's list means: by any id, else by its names and its year."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model.titles import Title, TitleRef
from bot.ports.imports import WantedTitle
from bot.ports.storage import UnitOfWork
from engine.search.blocks import TitleEntry
from engine.search.titles import TitleIndex

_MUCH_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class TitleMatcher:
    """The names of every stored title."""

    index: TitleIndex
    years: Mapping[int, int | None]

    @classmethod
    async def load(cls, uow: UnitOfWork) -> TitleMatcher:
        """Read all titles, a batch at a time."""
        entries: list[TitleEntry] = []
        async for titles in uow.titles.stream():
            entries += map(title_entry, titles)
        return await asyncio.to_thread(cls.build, entries)

    @classmethod
    def build(cls, entries: Sequence[TitleEntry]) -> TitleMatcher:
        """Index the names of titles."""
        return cls(TitleIndex.build(entries), {entry.item: entry.year for entry in entries})

    def match(self, wanted: WantedTitle) -> tuple[int, ...]:
        """Ids of the titles that may be meant: one is a match, several cannot be told apart, none is unknown.

        Of several names, one that fits in the very year goes before one that is a year off, and one that fits a single
        title before one that fits several.
        """
        kind = str(wanted.kind) if wanted.kind else ""
        names = (wanted.name, *wanted.other_names)
        found = [match.items for name in names if (match := self.index.match(name, wanted.year, kind=kind))]
        return min(found, key=lambda items: (self.years[items[0]] != wanted.year, len(items) > 1), default=())

    def similar(self, wanted: WantedTitle, n: int = 3) -> tuple[int, ...]:
        """Ids of titles whose names are much alike, for somebody to choose from."""
        text = f"{wanted.name} ({wanted.year})" if wanted.year else wanted.name
        return tuple(hit.item for hit in self.index.search(text, n) if hit.score >= _MUCH_ALIKE)


def title_entry(title: Title) -> TitleEntry:
    """A stored title as the index wants it, with its original title and its aliases."""
    facts = title.facts
    names = (facts.title, facts.original_title or "", *(alias.name for alias in facts.aliases))
    return TitleEntry(
        item=title.id,
        names=tuple(dict.fromkeys(filter(None, names))),
        year=facts.year,
        votes=facts.vote_count or 0,
        kind=str(facts.kind),
    )


def by_ref(wanted: WantedTitle, known: Mapping[TitleRef, int]) -> int | None:
    """The title of the first reference that is known; the most trusted one stands first."""
    return next((known[ref] for ref in wanted.refs if ref in known), None)
