"""Catalogues from files into the database."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.media.tmdb_csv import open_catalogues
from adapters.storage import open_storage
from bot.model.titles import Credit, Role, Title, TitleRef
from bot.ports.imports import DetailRow, FilmRow, Flaw
from bot.ports.storage import UnitOfWorkFactory
from bot.services.catalogue_import import CatalogueImport, CatalogueSummary
from tests.bot.services.import_files import NOW, KilledError, ScriptedCatalogue, Watched, film
from tests.realdata import real_data


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[UnitOfWorkFactory]:
    async with open_storage(tmp_path / "home") as unit_of_work:
        yield unit_of_work


async def bring(
    database: UnitOfWorkFactory, tmp_path: Path, *files: ScriptedCatalogue, batch: int = 1000
) -> tuple[CatalogueSummary, ...]:
    return await CatalogueImport(database, tmp_path / "reports", lambda: NOW).run(files, batch=batch)


async def stored(database: UnitOfWorkFactory) -> list[Title]:
    async with database() as uow:
        return [title async for titles in uow.titles.stream() for title in titles]


def details(ref: str, *keywords: str, people: Sequence[str] = ()) -> DetailRow:
    credits = tuple(Credit(name, Role.CAST, order) for order, name in enumerate(people))
    return DetailRow(TitleRef.parse(ref), keywords, credits)


def catalogue(*values: FilmRow | DetailRow | str, name: str = "films.csv", **options: object) -> ScriptedCatalogue:
    return ScriptedCatalogue(values, name, digest=f"digest of {name}", **options)  # type: ignore[arg-type]


ALIEN = film("movie:348 movie:imdb-tt0078748", "Alien", 1979, overview="In space.", vote_count=9)
HEAT = film("movie:949", "Heat", 1995)


async def test_films_then_details_form_the_public_library(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    keywords = catalogue(
        details("movie:348", "space", people=["Sigourney Weaver"]),
        details("movie:5", "x"),
        name="k.csv",
        has_titles=False,
    )
    films, joined = await bring(database, tmp_path, keywords, catalogue(ALIEN, HEAT))
    assert (films.file, films.added, films.changed, films.unchanged, films.without_overview) == (
        "films.csv",
        2,
        0,
        0,
        1,
    )
    assert (joined.changed, joined.findings) == (1, {Flaw.UNKNOWN: 1})
    assert joined.report is not None
    assert "movie:5" in joined.report.read_text()
    alien, heat = await stored(database)
    assert (alien.facts.keywords, alien.facts.credits) == (("space",), (Credit("Sigourney Weaver", Role.CAST, 0),))
    async with database() as uow:
        (library,) = await uow.libraries.all()
    assert (library.source, library.name, library.public) == ("import", "Imported", True)
    assert alien.libraries == heat.libraries == {library.id}


async def test_a_second_run_changes_nothing(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    files = (catalogue(ALIEN, "broken", HEAT), catalogue(details("movie:348", "space"), name="k.csv", has_titles=False))
    first = await bring(database, tmp_path, *files)
    before = await stored(database)
    async with database() as uow:
        version = await uow.titles.version()
    second = await bring(database, tmp_path, *files)
    assert [(found.added, found.changed, found.unchanged) for found in first] == [(2, 0, 0), (0, 1, 0)]
    assert [(found.added, found.changed, found.unchanged) for found in second] == [(0, 0, 2), (0, 0, 1)]
    assert [found.findings for found in second] == [found.findings for found in first] == [{Flaw.BAD: 1}, {}]
    assert await stored(database) == before
    async with database() as uow:
        assert await uow.titles.version() == version


async def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    first = catalogue(film("movie:598", "City of God", 2002, vote_count=10, keywords=("gang",)))
    second = catalogue(
        film("movie:598", "Cidade de Deus", 2003, only_original=True, original_title="Cidade de Deus", vote_count=9),
        name="b.csv",
    )
    found = []
    for number, order in enumerate([(first, second), (second, first)]):
        async with open_storage(tmp_path / f"home{number}") as database:
            await bring(database, tmp_path, *order)
            (title,) = await stored(database)
            found.append(title.facts)
    assert found[0] == found[1]
    assert (found[0].title, found[0].year, found[0].original_title) == ("City of God", 2002, "Cidade de Deus")


@pytest.mark.parametrize("kill_at", [1, 2, 3, 5, 6])
async def test_a_killed_import_leaves_whole_batches_and_goes_on(
    database: UnitOfWorkFactory, tmp_path: Path, kill_at: int
) -> None:
    values: list[FilmRow | DetailRow | str] = [
        "broken",
        *(film(f"movie:{number}", f"Film {number}") for number in range(1, 5)),
        "torn",
    ]
    with pytest.raises(KilledError):
        await bring(database, tmp_path, catalogue(*values, kill_at=kill_at), batch=2)
    kept = (kill_at - 1) // 2 * 2
    assert len(await stored(database)) == max(kept - 1, 0)
    (summary,) = await bring(database, tmp_path, catalogue(*values), batch=2)
    assert (summary.resumed, summary.records) == (kept, 6)
    assert summary.findings == {Flaw.BAD: 2}
    assert summary.report is not None
    assert len(summary.report.read_text().splitlines()) == 3
    assert [title.facts.title for title in await stored(database)] == [f"Film {number}" for number in range(1, 5)]


async def test_twice_in_one_batch_is_one_title(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    again = film("movie:348", "Alien", 1979, runtime=117)
    (summary,) = await bring(database, tmp_path, catalogue(ALIEN, again, ALIEN))
    assert (summary.added, summary.changed, summary.unchanged) == (1, 1, 1)
    (title,) = await stored(database)
    assert (title.facts.runtime, title.facts.overview) == (117, "In space.")


@pytest.mark.parametrize("batch", [1, 1000])
async def test_an_id_of_another_film_is_reported_and_left_out(
    database: UnitOfWorkFactory, tmp_path: Path, batch: int
) -> None:
    thief = film("movie:949 movie:imdb-tt0078748", "Heat", 1995)
    (summary,) = await bring(database, tmp_path, catalogue(ALIEN, thief), batch=batch)
    assert summary.findings == {Flaw.CONFLICT: 1}
    alien, heat = await stored(database)
    assert (alien.facts.title, heat.facts.title) == ("Alien", "Heat")
    assert [str(ref) for ref in heat.facts.refs] == ["movie:949"]


async def test_a_title_known_by_another_id_gains_the_new_one(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    async with database() as uow:
        await uow.titles.upsert([film("movie:imdb-tt0078748", "Alien", 1979).facts])
        await uow.commit()
    (summary,) = await bring(database, tmp_path, catalogue(ALIEN))
    assert (summary.added, summary.changed) == (0, 1)
    (title,) = await stored(database)
    assert str(title.ref) == "movie:348"


async def test_progress_is_told_batch_by_batch(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    watched = Watched()
    await CatalogueImport(database, tmp_path, lambda: NOW).run([catalogue(ALIEN, HEAT)], watched, batch=1)
    assert watched.told == [("start films.csv", 2), ("films.csv", 1), ("films.csv", 2), ("finish films.csv", 0)]


async def test_a_slice_of_the_real_catalogue(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    folder = real_data("tmdb")
    for name in ("tmdb-movies.csv", "tmdb_5000_movies.csv", "top10K-TMDB-movies.csv"):
        with (
            (folder / name).open(encoding="utf-8", newline="") as source,
            (tmp_path / name).open("w", newline="") as copy,
        ):
            reader = csv.reader(source)
            csv.writer(copy).writerows(row for _number, row in zip(range(500), reader, strict=False))
    found = await CatalogueImport(database, tmp_path / "reports", lambda: NOW).run(
        open_catalogues(
            [tmp_path / name for name in ("tmdb-movies.csv", "tmdb_5000_movies.csv", "top10K-TMDB-movies.csv")]
        )
    )
    assert sum(summary.added + summary.changed + summary.unchanged for summary in found) == 3 * 499 - 1
    assert [summary.findings for summary in found] == [{}, {Flaw.BAD: 1}, {}]
    titles = {str(title.ref): title.facts for title in await stored(database)}
    inside_out = titles["movie:150540"]  # in all three
    assert (inside_out.title, inside_out.year, inside_out.language) == ("Inside Out", 2015, "en")
    assert inside_out.credits[0] == Credit("Pete Docter", Role.DIRECTOR, 0)
    assert "imaginary friend" in inside_out.keywords
