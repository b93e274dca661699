"""Finds the stored title that a row of somebody's list means: by any id, else by its names and its year."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.titles import Title, TitleRef
from bot.ports.imports import WantedTitle
from bot.ports.storage import UnitOfWork
from engine.search.blocks import TitleEntry
from engine.search.titles import TitleIndex


@dataclass(frozen=True, slots=True)
class TitleMatcher:
    """The names of every stored title."""

    index: TitleIndex

    @classmethod
    async def load(cls, uow: UnitOfWork) -> TitleMatcher:
        """Read all titles, a batch at a time."""
        entries: list[TitleEntry] = []
        async for titles in uow.titles.stream():
            entries += map(title_entry, titles)
        return cls(await asyncio.to_thread(TitleIndex.build, entries))

    def match(self, wanted: WantedTitle) -> tuple[int, ...]:
        """Ids of the titles that may be meant: one is a match, several cannot be told apart, none is unknown."""
        kind = str(wanted.kind) if wanted.kind else ""
        for name in (wanted.name, *wanted.other_names):
            found = self.index.match(name, wanted.year, kind=kind)
            if found is not None:
                return found.items
        return ()


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
