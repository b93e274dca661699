"""The catalogue as answering reads it, rebuilt when titles, libraries or vectors change."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable

from bot.ports.ai import EmbedderId, VectorSnapshot, VectorStore
from bot.ports.shelf import Shelf
from bot.ports.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.catalogue_view import CatalogueMaterial, CatalogueView, TitleDrafts

_SHELVED = "catalogue"
_BATCH = 100  # titles read before others are answered


class CatalogueService:
    """Keeps the current view; whoever asks while it is rebuilt waits for the new one, so that access is never stale.

    What is costly to make lies on the shelf, so that a start with an unchanged catalogue takes a fraction of a second.
    """

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        vectors: VectorStore,
        embedder: EmbedderId,
        *,
        shelf: Shelf,
        tidy: Callable[[], None] = lambda: None,
    ) -> None:
        """`tidy` is called after a view was built, when much memory has just been freed."""
        self._uow = uow
        self._vectors = vectors
        self._embedder = embedder
        self._shelf = shelf
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
        async with self._uow() as uow:
            key = await _key(uow, version, snapshot)
            kept = await asyncio.to_thread(self._shelf.load, _SHELVED, key)
            if isinstance(kept, CatalogueMaterial):
                return kept.view(version, key, snapshot)
            drafts = TitleDrafts(await uow.titles.added())
            async for batch in uow.titles.stream(_BATCH):
                drafts.take(batch)
        material = await asyncio.to_thread(drafts.finish, snapshot)
        if len(material.catalogue):
            await asyncio.to_thread(self._shelf.save, _SHELVED, key, material)
        return material.view(version, key, snapshot)


async def _key(uow: UnitOfWork, version: int, snapshot: VectorSnapshot | None) -> str:
    """Names a state of the catalogue; the libraries stand in it, so that another database is another state."""
    libraries = [(lib.id, lib.source, lib.key, lib.name, lib.public) for lib in await uow.libraries.all()]
    state = (version, await uow.titles.count(), snapshot.generation if snapshot else None, libraries)
    return hashlib.sha256(repr(state).encode()).hexdigest()
