"""The catalogue as answering reads it: arrays and title look-up, rebuilt when titles or vectors change."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from bot.model.members import Clearance
from bot.model.titles import Role, Title
from bot.ports.ai import EmbedderId, VectorSnapshot, VectorStore
from bot.ports.storage import UnitOfWorkFactory
from engine.catalogue import Catalogue, CatalogueItem, build_catalogue
from engine.features import compute_features
from engine.request import Resources
from engine.search.blocks import TitleEntry
from engine.search.keywords import KeywordDocument, KeywordIndex
from engine.search.linking import PeopleIndex
from engine.search.parsing import MoodParser
from engine.search.titles import TitleIndex
from engine.types import BoolArray

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """One consistent state of the catalogue; the items of `index` are title ids."""

    version: int
    generation: str | None  # of the vectors; None: nothing is embedded yet
    resources: Resources
    index: TitleIndex
    words: KeywordIndex
    parser: MoodParser
    episodes: dict[int, int]  # series' title id → number of episodes, where known
    added: Mapping[int, datetime]  # title id → when it came into a library

    @property
    def catalogue(self) -> Catalogue:
        """The engine's arrays."""
        return self.resources.catalogue

    def allowed(self, clearance: Clearance) -> BoolArray:
        """(n,) whether each item may be shown to somebody with this clearance, listed in a library or not.

        Titles without a known age rating do not pass an age limit.
        """
        catalogue = self.catalogue
        if clearance.libraries is None:
            allowed = catalogue.in_any_library.copy()
        else:
            allowed = catalogue.in_libraries(clearance.libraries).copy()
        if clearance.unlisted:
            allowed |= ~catalogue.in_any_library
        if clearance.age_limit is not None:
            ages = catalogue.minimum_ages
            allowed &= (ages >= 0) & (ages <= clearance.age_limit)
        return allowed


class CatalogueService:
    """Keeps the current view; whoever asks while it is rebuilt waits for the new one, so that access is never stale."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        vectors: VectorStore,
        embedder: EmbedderId,
        *,
        tidy: Callable[[], None] = lambda: None,
    ) -> None:
        """`tidy` is called after a view was built, when much memory has just been freed."""
        self._uow = uow
        self._vectors = vectors
        self._embedder = embedder
        self._view: CatalogueView | None = None
        self._rebuilding = asyncio.Lock()
        self._tidy = tidy

    async def view(self) -> CatalogueView:
        """The view of what is stored now. Raises: Unavailable."""
        async with self._uow() as uow:
            version = await uow.titles.version()
        snapshot = await self._vectors.snapshot(self._embedder)
        generation = snapshot.generation if snapshot else None
        if self._is_current(version, generation):
            return self._current()
        async with self._rebuilding:
            if not self._is_current(version, generation):
                self._view = await self._build(version, snapshot)
                await asyncio.to_thread(self._tidy)
            return self._current()

    def _is_current(self, version: int, generation: str | None) -> bool:
        return self._view is not None and (self._view.version, self._view.generation) == (version, generation)

    def _current(self) -> CatalogueView:
        assert self._view is not None
        return self._view

    async def _build(self, version: int, snapshot: VectorSnapshot | None) -> CatalogueView:
        items: list[CatalogueItem] = []
        entries: list[TitleEntry] = []
        documents: list[KeywordDocument] = []
        episodes: dict[int, int] = {}
        async with self._uow() as uow:
            added = await uow.titles.added()
            async for batch in uow.titles.stream():
                items += [_item(title, added.get(title.id)) for title in batch]
                entries += [_entry(title) for title in batch]
                documents += [_document(title) for title in batch]
                episodes |= {title.id: title.facts.episodes for title in batch if title.facts.episodes}
        generation = snapshot.generation if snapshot else None
        resources = await asyncio.to_thread(_lay_out, items, snapshot)
        index = await asyncio.to_thread(TitleIndex.build, entries)
        words = (await asyncio.to_thread(KeywordIndex.build, documents)).sealed()
        documents.clear()
        people = await asyncio.to_thread(PeopleIndex.build, _fame(items))
        parser = MoodParser.build(index, people, words.has_keyword)
        return CatalogueView(version, generation, resources, index, words, parser, episodes, added)


def _fame(items: Sequence[CatalogueItem]) -> dict[str, int]:
    """Everybody who took part in something, with the votes of what they took part in."""
    fame: dict[str, int] = defaultdict(int)
    for item in items:
        for name in {*item.directors, *item.writers, *item.cast}:
            fame[name] += item.votes
    return dict(fame)


def _lay_out(items: Sequence[CatalogueItem], snapshot: VectorSnapshot | None) -> Resources:
    catalogue = build_catalogue(items, None if snapshot is None else _aligned(items, snapshot))
    return Resources(catalogue, compute_features(catalogue))


def _aligned(items: Sequence[CatalogueItem], snapshot: VectorSnapshot) -> NDArray[np.float32]:
    """The snapshot's rows in the order of the items: the memory map itself if they agree, else a copy with gaps."""
    ids = np.fromiter((item.id for item in items), dtype=np.int64, count=len(items))
    if np.array_equal(ids, snapshot.title_ids):
        return snapshot.vectors
    vectors = np.zeros((len(ids), snapshot.embedder.dimensions), dtype=np.float32)
    _, here, there = np.intersect1d(ids, snapshot.title_ids, assume_unique=True, return_indices=True)
    vectors[here] = snapshot.vectors[there]
    return vectors


def _item(title: Title, added: datetime | None) -> CatalogueItem:
    facts = title.facts
    return CatalogueItem(
        id=title.id,
        name=title.name,
        kind=facts.kind,
        domain=facts.domain,
        year=facts.year or 0,
        runtime=facts.runtime or 0,
        genres=facts.genres,
        keywords=facts.keywords,
        directors=_people(title, Role.DIRECTOR),
        writers=_people(title, Role.WRITER),
        cast=_people(title, Role.CAST),
        language=facts.language or "",
        countries=facts.countries,
        votes=facts.vote_count or 0,
        vote_average=facts.vote_average or 0.0,
        popularity=facts.popularity or 0.0,
        libraries=tuple(sorted(title.libraries)),
        minimum_age=-1 if facts.minimum_age is None else facts.minimum_age,
        collection=facts.collection or "",
        collection_order=facts.collection_order or 0,
        released_day=(facts.released - _EPOCH).days if facts.released else 0,
        added_day=(added.date() - _EPOCH).days if added else 0,
    )


def _people(title: Title, role: Role) -> tuple[str, ...]:
    credits = sorted((credit for credit in title.facts.credits if credit.role is role), key=lambda c: c.order)
    return tuple(dict.fromkeys(credit.name for credit in credits))


def _entry(title: Title) -> TitleEntry:
    facts = title.facts
    names = (facts.title, facts.original_title or "", *(alias.name for alias in facts.aliases))
    return TitleEntry(
        item=title.id,
        names=tuple(dict.fromkeys(name for name in names if name)),
        year=facts.year,
        votes=facts.vote_count or 0,
        kind=str(facts.kind),
    )


def _document(title: Title) -> KeywordDocument:
    facts = title.facts
    return KeywordDocument(
        item=title.id,
        titles=tuple(dict.fromkeys(name for name in (facts.title, facts.original_title or "") if name)),
        plot=f"{facts.tagline} {facts.overview}".strip(),
        keywords=facts.keywords,
        people=tuple(dict.fromkeys(credit.name for credit in facts.credits)),
        genres=facts.genres,
    )
