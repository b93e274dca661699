"""Histories from files into the database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.media.movielens import open_movielens
from adapters.storage import open_storage
from bot.errors import InvalidInput
from bot.model.feedback import Feedback, Verdict
from bot.model.history import History
from bot.model.titles import Kind, TitleFacts, TitleRef
from bot.ports.imports import Flaw, HistoryRow, WantedTitle
from bot.ports.storage import UnitOfWorkFactory
from bot.services.history_import import HistoryImport, HistorySummary
from tests.bot.services.import_files import NOW, KilledError, ScriptedHistory, film, seen
from tests.realdata import real_data


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[UnitOfWorkFactory]:
    """A catalogue of a few films that are easily confused."""
    films = [
        film("movie:348 movie:imdb-tt0078748", "Alien", 1979),
        film("movie:949", "Heat", 1995),
        film("movie:194", "Amélie", 2001),
        film("movie:1", "Emma", 1996),
        film("movie:2", "Emma", 1996),
        film("series:1396", "Breaking Bad", 2008),
    ]
    async with open_storage(tmp_path / "home") as unit_of_work:
        async with unit_of_work() as uow:
            await uow.titles.upsert([row.facts for row in films])
            await uow.commit()
        yield unit_of_work


async def bring(
    database: UnitOfWorkFactory, tmp_path: Path, *rows: HistoryRow | str, person: str | None = "Anna", **options: object
) -> HistorySummary:
    batch = int(str(options.pop("batch", 1000)))
    file = ScriptedHistory(rows, **options)  # type: ignore[arg-type]
    return await HistoryImport(database, tmp_path / "reports", lambda: NOW).run(file, person=person, batch=batch)


async def history(database: UnitOfWorkFactory, person: str = "Anna") -> History:
    async with database() as uow:
        member = await uow.members.by_name(person)
        assert member is not None
        return await uow.histories.of(member.id)


async def names(database: UnitOfWorkFactory, person: str = "Anna") -> list[str]:
    events = (await history(database, person)).events
    async with database() as uow:
        return [(await uow.titles.get([event.title_id]))[0].facts.title for event in events]


def rated(user: str, movie: str, stars: float, name: str, year: int | None, *refs: str) -> HistoryRow:
    """A MovieLens row."""
    parsed = tuple(TitleRef.parse(ref) for ref in (f"movie:movielens-{movie}", *refs))
    facts = TitleFacts(parsed, Kind.MOVIE, name, year, genres=("Drama",))
    return HistoryRow(WantedTitle(name, year, (), None, parsed), movie, user, NOW, stars, NOW, facts=facts)


async def test_watches_and_ratings_are_stored_and_the_person_is_created(
    database: UnitOfWorkFactory, tmp_path: Path
) -> None:
    rows = (seen("Amelie", 2001, 2, rating=9.0), seen("Alien", 1980, 1))
    summary = await bring(database, tmp_path, *rows, person="@Anna")
    assert (summary.new_people, summary.plays, summary.new_plays) == (("Anna",), 2, 2)
    assert (summary.ratings, summary.new_ratings, summary.report) == (1, 1, None)
    assert await names(database) == ["Alien", "Amélie"]
    (rating,) = (await history(database)).ratings
    assert (rating.value, rating.source) == (9.0, "letterboxd")


async def test_a_second_import_changes_nothing(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    rows = (
        seen("Alien", 1979, logged=True, rewatch=True, key="a"),
        seen("Alien", 1979, rating=8.0, liked_at=NOW),
        "bad",
    )
    first = await bring(database, tmp_path, *rows)
    before = await history(database)
    second = await bring(database, tmp_path, *rows)
    assert (first.new_plays, first.new_ratings, first.new_likes, first.findings) == (1, 1, 1, {Flaw.BAD: 1})
    assert (second.new_plays, second.new_ratings, second.new_likes, second.findings) == (0, 0, 0, {Flaw.BAD: 1})
    assert (second.plays, second.ratings, second.likes, second.new_people) == (1, 1, 1, ())
    assert await history(database) == before


async def test_what_cannot_be_matched_is_reported_and_nothing_else_is_lost(
    database: UnitOfWorkFactory, tmp_path: Path
) -> None:
    rows = (
        seen("Unheard Of", 1999),
        seen("Emma", 1996),
        seen("Heat", 1972),
        "torn",
        seen("Heat", 1995),
        seen("Nowhere"),
    )
    summary = await bring(database, tmp_path, *rows)
    assert summary.findings == {Flaw.UNMATCHED: 3, Flaw.AMBIGUOUS: 1, Flaw.BAD: 1}
    assert await names(database) == ["Heat"]
    assert summary.report is not None
    told = [line.split(",", 5) for line in summary.report.read_text().splitlines()[1:]]
    assert [(line[2], line[3]) for line in told] == [
        ("5", "bad row"), ("2", "not found"), ("3", "ambiguous"), ("4", "not found"), ("7", "not found"),
    ]  # fmt: skip
    assert "Emma (1996) movie:1; Emma (1996) movie:2" in summary.report.read_text()
    assert "Heat,1972,Heat (1995) movie:949" in summary.report.read_text()


async def test_rows_that_were_unknown_are_taken_once_the_catalogue_has_grown(
    database: UnitOfWorkFactory, tmp_path: Path
) -> None:
    rows = (seen("Aliens", 1986), seen("Alien", 1979))
    await bring(database, tmp_path, *rows)
    async with database() as uow:
        await uow.titles.upsert([film("movie:679", "Aliens", 1986).facts])
        await uow.commit()
    summary = await bring(database, tmp_path, *rows)
    assert (summary.new_plays, summary.findings) == (1, {})
    assert sorted(await names(database)) == ["Alien", "Aliens"]


async def test_the_diary_goes_before_lists_of_films(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    rows = (
        seen("Alien", 1979, 1, logged=True, key="first"),
        seen("Alien", 1979, 9, logged=True, rewatch=True, key="again"),
        seen("Heat", 1995, 3, logged=True, rewatch=True, key="known before"),
        seen("Alien", 1979, 10),
        seen("Heat", 1995, 10),
        seen("Amélie", 2001, 10),
    )
    await bring(database, tmp_path, *rows)
    events = (await history(database)).events
    assert [(event.watched_at.day, event.plays) for event in events] == [(1, 1), (3, 2), (9, 1), (10, 1)]
    # The same rows in batches, of which the first are stored already, come to the same.
    assert (await bring(database, tmp_path, *rows, digest="another file", batch=1)).new_plays == 0


async def test_a_like_never_overrides_what_the_person_said_here(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    async with database() as uow:
        anna = await uow.members.add("Anna")
        alien = (await uow.titles.by_refs([TitleRef.parse("movie:348")]))[TitleRef.parse("movie:348")]
        await uow.feedbacks.add(Feedback(anna.id, alien, Verdict.DISLIKE, NOW + timedelta(days=1)))
        await uow.commit()
    summary = await bring(
        database,
        tmp_path,
        seen("Alien", 1979, watched_at=None, liked_at=NOW),
        seen("Heat", watched_at=None, liked_at=NOW),
    )
    assert (summary.likes, summary.new_likes, summary.plays) == (2, 1, 0)
    async with database() as uow:
        verdicts = {said.title_id: said.verdict for said in await uow.feedbacks.of(anna.id)}
    assert verdicts.pop(alien) is Verdict.DISLIKE
    assert list(verdicts.values()) == [Verdict.LIKE]


async def test_two_people_may_bring_the_same_file(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    first = await bring(database, tmp_path, seen("Alien", 1979), "bad", person="Anna")
    second = await bring(database, tmp_path, seen("Alien", 1979), "bad", person="Ben")
    assert (first.new_plays, second.new_plays) == (1, 1)
    assert first.report != second.report


@pytest.mark.parametrize("name", ["", "  ", "@", "a" * 101, "a\x00b", "a\x1b[31mb"])
async def test_names_that_are_none_are_refused(database: UnitOfWorkFactory, tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 100 letters"):
        await bring(database, tmp_path, seen("Alien", 1979), person=name)


@pytest.mark.parametrize("kill_at", [1, 2, 3, 4, 5])
async def test_a_killed_import_goes_on_behind_its_last_batch(
    database: UnitOfWorkFactory, tmp_path: Path, kill_at: int
) -> None:
    rows = (seen("Alien", 1979, 1), seen("Unheard Of"), seen("Heat", 1995, 2), seen("Nowhere"), seen("Amélie", 2001, 3))
    with pytest.raises(KilledError):
        await bring(database, tmp_path, *rows, batch=2, kill_at=kill_at)
    summary = await bring(database, tmp_path, *rows, batch=2)
    assert summary.resumed == (kill_at - 1) // 2 * 2
    assert summary.findings == {Flaw.UNMATCHED: 2}
    assert await names(database) == ["Alien", "Heat", "Amélie"]


async def test_people_named_by_accounts(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    rows = (
        rated("42", "1", 8.0, "Alien", 1979, "movie:348"),
        rated("99", "1", 2.0, "Alien", 1979, "movie:348"),
        rated("42", "2", 6.0, "Heat", 1995, "movie:949"),
    )
    summary = await bring(database, tmp_path, *rows, person=None, source="movielens", has_diary=False)
    assert (summary.people, summary.new_people, summary.new_titles) == (2, ("42", "99"), 0)
    assert await names(database, "42") == ["Alien", "Heat"]
    async with database() as uow:
        linked = await uow.members.by_account("movielens", "42")
    assert linked is not None
    assert linked.name == "42"


async def test_films_that_the_catalogue_lacks_become_titles_of_the_imported_library(
    database: UnitOfWorkFactory, tmp_path: Path
) -> None:
    rows = (
        rated("42", "7", 8.0, "Emma", 2020, "movie:556678"),
        rated("43", "7", 8.0, "Emma", 2020, "movie:556678"),
        rated("42", "8", 8.0, "Without Ids", 1950),
    )
    summary = await bring(database, tmp_path, *rows, person=None, source="movielens", batch=1)
    assert summary.new_titles == 2
    async with database() as uow:
        titles = [title async for batch in uow.titles.stream() for title in batch][6:]
        (library,) = await uow.libraries.all()
    assert [str(title.ref) for title in titles] == ["movie:556678", "movie:movielens-8"]
    assert all(title.libraries == {library.id} for title in titles)
    assert (await bring(database, tmp_path, *rows, person=None, source="movielens")).new_titles == 0


async def test_ids_decide_before_names(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    rows = (
        # Another TMDB id is another film, whatever it is called.
        rated("42", "1", 8.0, "Heat", 1995, "movie:77"),
        # No id of the main source: the name decides, and the MovieLens id is learnt.
        rated("42", "2", 8.0, "Amelie", 2001, "movie:imdb-tt0211915"),
        # The IMDb id of another title does not make two titles one.
        rated("42", "3", 8.0, "Heat", 1995, "movie:949", "movie:imdb-tt0078748"),
    )
    summary = await bring(database, tmp_path, *rows, person=None, source="movielens")
    assert summary.new_titles == 1
    async with database() as uow:
        titles = {str(title.ref): title.facts for batch in [b async for b in uow.titles.stream()] for title in batch}
    assert len(titles) == 7
    assert [str(ref) for ref in titles["movie:194"].refs] == ["movie:194", "movie:movielens-2", "movie:imdb-tt0211915"]
    assert [str(ref) for ref in titles["movie:949"].refs] == ["movie:949", "movie:movielens-3"]
    assert titles["movie:77"].title == "Heat"


async def test_a_film_in_no_list_is_reported(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    row = HistoryRow(WantedTitle("", refs=(TitleRef.parse("movie:movielens-5"),)), "5", "42", NOW, 5.0, NOW)
    summary = await bring(database, tmp_path, row, person=None, source="movielens")
    assert summary.findings == {Flaw.UNMATCHED: 1}
    assert summary.people == 0


async def test_an_episode_is_a_watch_of_its_series(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    row = HistoryRow(WantedTitle("Breaking Bad", kind=Kind.SERIES), "tt2301451", watched_at=NOW, episode="tt2301451")
    await bring(database, tmp_path, row, source="imdb")
    (event,) = (await history(database)).events
    assert (event.episode, await names(database)) == ("tt2301451", ["Breaking Bad"])


async def test_a_slice_of_the_real_ratings(database: UnitOfWorkFactory, tmp_path: Path) -> None:
    source = real_data("ml-latest-small")
    folder = tmp_path / "ml"
    folder.mkdir()
    for name in ("links.csv", "movies.csv"):
        (folder / name).symlink_to((source / name).absolute())
    with (source / "ratings.csv").open() as file:
        (folder / "ratings.csv").write_text("".join(islice(file, 1001)))
    opened = open_movielens(folder, people=3)
    summary = await HistoryImport(database, tmp_path / "reports", lambda: NOW).run(opened)
    assert summary.new_people == ("1", "2", "3")
    assert summary.new_ratings == summary.new_plays == 232 + 29 + 39
    assert summary.findings == {}
    assert "Toy Story" in await names(database, "1")
