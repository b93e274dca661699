"""Keeps the vectors in step with the catalogue: embeds what is new or changed, forgets what is gone.

Each title becomes one document. Beside its vector lies the document's digest, so only texts that changed are embedded
again; vectors are stored as they come, so a run that is interrupted goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.model.titles import Title
from bot.ports.ai import Embedder, EmbedderId, VectorStore
from bot.ports.storage import UnitOfWorkFactory

WINDOW = 512  # titles read, embedded and stored together
MAX_KEYWORDS = 20  # some titles have a hundred, which would leave no room for the plot

Progress = Callable[[int, int], None]
"""Called with the titles done and the titles in all."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did."""

    titles: int = 0  # in the catalogue
    embedded: int = 0  # new, or with another text than before
    deleted: int = 0
    rebuilt: bool = False  # whether there is a new snapshot


class IndexingService:
    """Brings vectors and snapshot up to date."""

    def __init__(
        self, uow: UnitOfWorkFactory, embedder: Embedder, vectors: VectorStore, *, window: int = WINDOW
    ) -> None:
        self._uow = uow
        self._embedder = embedder
        self._vectors = vectors
        self._window = window

    async def is_stale(self) -> bool:
        """Whether `run` would have anything to do. Cheap: asks for two numbers and the snapshot's label."""
        async with self._uow() as uow:
            version, titles = await uow.titles.version(), await uow.titles.count()
        snapshot = await self._vectors.snapshot(self._embedder.id)
        # The count tells a database that took the place of another which happened to have the same version.
        return snapshot is None or (snapshot.catalogue_version, len(snapshot.title_ids)) != (version, titles)

    async def run(self, progress: Progress = lambda _done, _total: None) -> IndexReport:
        """Embed, forget, and make a new snapshot, unless everything is up to date.

        Raises: Locked, when another process indexes; Unavailable("models" | "vectors" | "database").
        """
        if not await self.is_stale():
            async with self._uow() as uow:
                return IndexReport(titles=await uow.titles.count())
        async with self._vectors.writing():
            # Asked before the titles are read: what changes meanwhile has a later version and is seen next time.
            async with self._uow() as uow:
                version, total = await uow.titles.version(), await uow.titles.count()
            known = await self._vectors.digests(self._embedder.id)
            report = await self._follow(known, total, progress)
            await self._vectors.rebuild_snapshot(self._embedder.id, catalogue_version=version)
        return replace(report, rebuilt=True)

    async def _follow(self, known: Mapping[int, str], total: int, progress: Progress) -> IndexReport:
        """Bring the store to what the catalogue says; `known` is what it holds."""
        embedder = self._embedder.id
        gone, seen, embedded, after = set(known), 0, 0, 0
        progress(0, total)
        while titles := await self._read(after):
            documents = {title.id: document_of(title) for title in titles}
            digests = {title_id: digest_of(text, embedder) for title_id, text in documents.items()}
            pending = [title_id for title_id, digest in digests.items() if known.get(title_id) != digest]
            if pending:
                vectors = await self._embedder.embed([documents[title_id] for title_id in pending])
                await self._vectors.upsert(embedder, pending, [digests[title_id] for title_id in pending], vectors)
            gone.difference_update(documents)
            embedded += len(pending)
            seen += len(titles)
            after = titles[-1].id
            progress(seen, max(total, seen))
        if gone:
            await self._vectors.delete(embedder, sorted(gone))
        return IndexReport(titles=seen, embedded=embedded, deleted=len(gone))

    async def _read(self, after: int) -> Sequence[Title]:
        """The next titles, in a transaction of their own: none stays open while the model runs."""
        async with self._uow() as uow:
            async for batch in uow.titles.stream(self._window, after=after):
                return batch
        return ()


def document_of(title: Title) -> str:
    """What is embedded of a title: genres, keywords, plot (jellyfin-pipeline.md 3.3).

    The name stays out where anything else is known: names are alike where films are not ("Heat", "Heatstroke"), and
    names have an index of their own. The embedder reads the beginning of long texts only, so the plot, the longest
    part, comes last.
    """
    facts = title.facts
    parts = [
        ("Genres", ", ".join(facts.genres)),
        ("Keywords", ", ".join(facts.keywords[:MAX_KEYWORDS])),
        ("Overview", facts.overview or facts.tagline),
    ]
    known = [f"{label}: {value.strip().rstrip('.')}." for label, value in parts if value.strip()]
    return " ".join(known) or f"Title: {title.name}."


def digest_of(text: str, embedder: EmbedderId) -> str:
    """32 hexadecimal digits that change with the text or the model."""
    source = "\0".join((embedder.name, embedder.version, str(embedder.dimensions), text))
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:32]
