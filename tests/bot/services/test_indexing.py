"""Indexing embeds what changed and nothing else, whatever happened before."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.models import open_embedder
from adapters.storage import open_storage
from adapters.vectors import open_vectors
from bot.errors import Locked
from bot.model.titles import Kind, Title, TitleFacts, TitleRef
from bot.ports.ai import EmbedderId
from bot.ports.storage import UnitOfWorkFactory
from bot.services.indexing import MAX_KEYWORDS, IndexingService, IndexReport, digest_of, document_of
from tests.fakes.ai import FAKE_ID, FakeEmbedder, FakeVectorStore


@pytest.fixture
async def uow(tmp_path: Path) -> AsyncIterator[UnitOfWorkFactory]:
    async with open_storage(tmp_path) as factory:
        yield factory


def facts(number: int, overview: str = "") -> TitleFacts:
    return TitleFacts(
        refs=(TitleRef(Kind.MOVIE, "tmdb", str(number)),),
        kind=Kind.MOVIE,
        title=f"Film {number}",
        year=1990,
        overview=overview or f"Plot {number}",
    )


async def store(uow: UnitOfWorkFactory, *stored: TitleFacts) -> list[int]:
    async with uow() as work:
        ids = list(await work.titles.upsert(stored))
        await work.commit()
    return ids


async def test_everything_is_embedded_once(uow: UnitOfWorkFactory) -> None:
    ids = await store(uow, *(facts(number) for number in range(1, 8)))
    embedder, vectors = FakeEmbedder(), FakeVectorStore()
    indexing = IndexingService(uow, embedder, vectors, window=3)
    seen: list[tuple[int, int]] = []
    assert await indexing.is_stale()
    report = await indexing.run(lambda done, total: seen.append((done, total)))
    assert report == IndexReport(titles=7, embedded=7, deleted=0, rebuilt=True)
    assert seen == [(0, 7), (3, 7), (6, 7), (7, 7)]
    snapshot = await vectors.snapshot(FAKE_ID)
    assert snapshot is not None
    assert snapshot.title_ids.tolist() == sorted(ids)
    assert not await indexing.is_stale()
    assert await indexing.run() == IndexReport(titles=7)
    assert len(embedder.texts) == 7


async def test_only_a_changed_text_is_embedded_again(uow: UnitOfWorkFactory) -> None:
    await store(uow, *(facts(number) for number in range(1, 6)))
    embedder, vectors = FakeEmbedder(), FakeVectorStore()
    indexing = IndexingService(uow, embedder, vectors)
    await indexing.run()
    embedder.texts.clear()
    await store(uow, facts(3, overview="Another plot"), replace(facts(4), poster_url="https://example.org/4.jpg"))
    assert await indexing.is_stale()
    report = await indexing.run()
    assert report == IndexReport(titles=5, embedded=1, deleted=0, rebuilt=True)
    assert embedder.texts == ["Overview: Another plot."]
    assert not await indexing.is_stale()


async def test_titles_that_are_merged_away_are_forgotten(uow: UnitOfWorkFactory) -> None:
    imdb = TitleRef(Kind.MOVIE, "imdb", "tt0000001")
    await store(uow, facts(1), replace(facts(2), refs=(imdb,)))
    vectors = FakeVectorStore()
    indexing = IndexingService(uow, FakeEmbedder(), vectors)
    assert (await indexing.run()).titles == 2
    await store(uow, replace(facts(1), refs=(*facts(1).refs, imdb)))
    report = await indexing.run()
    assert (report.titles, report.deleted) == (1, 1)
    assert len(await vectors.digests(FAKE_ID)) == 1


async def test_another_embedder_embeds_everything_anew(uow: UnitOfWorkFactory) -> None:
    await store(uow, facts(1), facts(2))
    vectors = FakeVectorStore()
    await IndexingService(uow, FakeEmbedder(), vectors).run()
    other = FakeEmbedder(EmbedderId("fake", "2", 16))
    indexing = IndexingService(uow, other, vectors)
    assert await indexing.is_stale()
    assert (await indexing.run()).embedded == 2
    snapshot = await vectors.snapshot(other.id)
    assert snapshot is not None
    assert snapshot.embedder == other.id


class _FailingEmbedder(FakeEmbedder):
    """Dies after so many texts, as if the process had been stopped."""

    def __init__(self, survives: int) -> None:
        super().__init__()
        self._survives = survives

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(self.texts) + len(texts) > self._survives:
            raise KeyboardInterrupt
        return await super().embed(texts)


async def test_an_interrupted_run_goes_on_where_it_stopped(uow: UnitOfWorkFactory, tmp_path: Path) -> None:
    await store(uow, *(facts(number) for number in range(1, 21)))
    first = open_vectors(tmp_path / "vectors")
    with pytest.raises(KeyboardInterrupt):
        await IndexingService(uow, _FailingEmbedder(survives=10), first, window=4).run()
    assert await first.snapshot(FAKE_ID) is None
    first.close()
    second, embedder = open_vectors(tmp_path / "vectors"), FakeEmbedder()
    report = await IndexingService(uow, embedder, second, window=4).run()
    assert report == IndexReport(titles=20, embedded=12, deleted=0, rebuilt=True)
    assert len(set(embedder.texts)) == 12
    snapshot = await second.snapshot(FAKE_ID)
    assert snapshot is not None
    assert len(snapshot.title_ids) == 20
    second.close()


async def test_a_lost_snapshot_is_made_anew_without_embedding(uow: UnitOfWorkFactory, tmp_path: Path) -> None:
    await store(uow, facts(1), facts(2))
    vectors = open_vectors(tmp_path / "vectors")
    indexing = IndexingService(uow, FakeEmbedder(), vectors)
    await indexing.run()
    (tmp_path / "vectors" / "snapshot" / "current").unlink()
    assert await indexing.is_stale()
    assert await indexing.run() == IndexReport(titles=2, embedded=0, deleted=0, rebuilt=True)
    vectors.close()


async def test_another_database_of_the_same_version_is_noticed(uow: UnitOfWorkFactory, tmp_path: Path) -> None:
    await store(uow, facts(1), facts(2))
    vectors = FakeVectorStore()
    await IndexingService(uow, FakeEmbedder(), vectors).run()
    (tmp_path / "other").mkdir()
    async with open_storage(tmp_path / "other") as other:
        await store(other, facts(7))
        async with uow() as first, other() as second:
            assert await first.titles.version() == await second.titles.version()
        report = await IndexingService(other, FakeEmbedder(), vectors).run()
    assert (report.titles, report.embedded, report.deleted) == (1, 1, 1)


async def test_a_second_indexer_is_refused(uow: UnitOfWorkFactory) -> None:
    await store(uow, facts(1))
    vectors = FakeVectorStore()
    async with vectors.writing():
        with pytest.raises(Locked):
            await IndexingService(uow, FakeEmbedder(), vectors).run()


async def test_an_empty_catalogue(uow: UnitOfWorkFactory) -> None:
    vectors = FakeVectorStore()
    indexing = IndexingService(uow, FakeEmbedder(), vectors)
    assert await indexing.run() == IndexReport(rebuilt=True)
    assert not await indexing.is_stale()


async def test_real_vectors_find_what_was_meant(uow: UnitOfWorkFactory, tmp_path: Path, models_dir: Path) -> None:
    heist, _farm = await store(
        uow,
        facts(1, "Thieves rob a casino vault in an elaborate heist."),
        facts(2, "A lonely farmer befriends a clever pig."),
    )
    embedder, vectors = open_embedder(models_dir), open_vectors(tmp_path / "vectors")
    await IndexingService(uow, embedder, vectors).run()
    snapshot = await vectors.snapshot(embedder.id)
    assert snapshot is not None
    (query,) = await embedder.embed(["a gang plans a bank robbery"])
    assert snapshot.title_ids[np.argmax(snapshot.vectors @ query)] == heist
    embedder.close()
    vectors.close()


def test_a_document_names_what_matters_first() -> None:
    described = replace(
        facts(1, "A heist goes wrong. "),
        genres=("Crime", "Thriller"),
        keywords=tuple(f"keyword {number}" for number in range(50)),
    )
    document = document_of(Title(1, described.refs[0], described))
    assert document.startswith("Genres: Crime, Thriller. Keywords: keyword 0, keyword 1,")
    assert document.endswith(f"keyword {MAX_KEYWORDS - 1}. Overview: A heist goes wrong.")


def test_a_document_leaves_out_what_is_unknown() -> None:
    bare = replace(facts(1), year=None, overview="", tagline="  ")
    assert document_of(Title(1, bare.refs[0], bare)) == "Title: Film 1."
    tagged = replace(bare, tagline="Trust nobody")
    assert document_of(Title(1, bare.refs[0], tagged)) == "Overview: Trust nobody."


def test_a_digest_changes_with_the_text_and_the_model() -> None:
    digests = {
        digest_of(text, embedder)
        for text in ("a", "b", "\ud800")
        for embedder in (FAKE_ID, replace(FAKE_ID, version="2"), replace(FAKE_ID, dimensions=17))
    }
    assert len(digests) == 9
    assert digest_of("a", FAKE_ID) == digest_of("a", FAKE_ID)
