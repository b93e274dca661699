"""IMDb exports, old and new."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.media.imdb import open_imdb
from bot.errors import InvalidFile
from bot.model.titles import Kind
from bot.ports.imports import Flaw, HistoryRow, Record

NEW = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,"
    "Num Votes,Release Date,Directors\n"
)
OLD = (
    '"position","const","created","modified","description","Title","Title type","Directors","You rated",'
    '"IMDb Rating","Runtime (mins)","Year","Genres","Num. Votes","Release Date (month/day/year)","URL"\n'
)
LIST = (
    "Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,"
    "Genres,Num Votes,Release Date,Directors,Your Rating,Date Rated\n"
)


def row(const: str, rating: object, title: str, kind: str, year: object, *, original: str = "") -> str:
    return (
        f'{const},{rating},2023-03-04,"{title}","{original or title}",url,{kind},8.0,100,{year},Drama,1,2001-01-01,X\n'
    )


def records(path: Path, content: str, *, watched: bool = False, encoding: str = "utf-8") -> list[Record[HistoryRow]]:
    path = path / "export.csv"
    path.write_bytes(content.encode(encoding))
    return list(open_imdb(path, watched=watched).records())


def test_the_new_export(tmp_path: Path) -> None:
    original = "Le fabuleux destin d'Amélie Poulain"
    content = NEW + row("tt0211915", 9, "Amélie", "Movie", 2001, original=original)
    (record,) = records(tmp_path, content)
    found = record.value
    assert found is not None
    assert (found.title.name, found.title.year, found.title.kind) == ("Amélie", 2001, Kind.MOVIE)
    assert found.title.other_names == (original,)
    assert [str(ref) for ref in found.title.refs] == ["movie:imdb-tt0211915"]
    assert (found.rating, found.key) == (9.0, "tt0211915")
    assert found.watched_at == found.rated_at == datetime(2023, 3, 4, 12, tzinfo=UTC)


def test_the_old_export_in_windows_1252(tmp_path: Path) -> None:
    content = OLD + (
        '"1","tt0211915","Sat Mar  9 00:00:00 2013","","","Amélie","Feature Film","Jeunet","9","8.3","122","2001",'
        '"comedy","1","2001-04-25","http://"\n'
        '"2","tt0903747","Sun Mar 10 00:00:00 2013","","","Breaking Bad","TV Series","","10","9.5","49","2008","","1",'
        '"2008-01-20","http://"\n'
    )
    film, series = [record.value for record in records(tmp_path, content, encoding="cp1252")]
    assert film is not None
    assert series is not None
    assert (film.title.name, film.rating, film.rated_at) == ("Amélie", 9.0, datetime(2013, 3, 9, tzinfo=UTC))
    assert (series.title.kind, str(series.title.refs[0])) == (Kind.SERIES, "series:imdb-tt0903747")


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("Movie", Kind.MOVIE), ("movie", Kind.MOVIE), ("TV Movie", Kind.MOVIE), ("tvMovie", Kind.MOVIE),
        ("Short", Kind.MOVIE), ("TV Series", Kind.SERIES), ("tvMiniSeries", Kind.SERIES),
        ("TV Mini Series", Kind.SERIES), ("", None),
    ],
)  # fmt: skip
def test_kinds(tmp_path: Path, kind: str, found: Kind | None) -> None:
    (record,) = records(tmp_path, NEW + row("tt0000001", 5, "X", kind, 2001))
    assert record.value is not None
    assert record.value.title.kind is found
    assert len(record.value.title.refs) == (1 if found else 2)


def test_episodes_roll_up_to_their_series_without_a_rating(tmp_path: Path) -> None:
    named, unnamed = records(
        tmp_path,
        NEW
        + row("tt2301451", 10, "Breaking Bad: Ozymandias", "TV Episode", 2013)
        + row("tt2301452", 10, "Ozymandias", "tvEpisode", 2013),
    )
    assert named.value is not None
    assert (named.value.title.name, named.value.title.kind, named.value.title.year) == (
        "Breaking Bad",
        Kind.SERIES,
        None,
    )
    assert (named.value.rating, named.value.episode) == (None, "tt2301451")
    assert (unnamed.value, unnamed.flaw, unnamed.problem) == (
        None,
        Flaw.SKIPPED,
        "The episode does not name its series.",
    )


def test_rows_that_are_no_watch_are_told_apart(tmp_path: Path) -> None:
    content = (
        NEW
        + row("nm0000001", 5, "Somebody", "Movie", 2001)
        + row("tt0000001", 11, "X", "Movie", 2001)
        + row("tt0000001", "", "X", "Movie", 2001)
        + row("tt0000001", 5, "X", "Video Game", 2001)
        + row("tt0000001", 5, "X", "Movie", 2001).replace("2023-03-04", "some day")
    )
    assert [(record.line, record.flaw, record.problem) for record in records(tmp_path, content)] == [
        (2, Flaw.BAD, "“nm0000001” is not an IMDb id."),
        (3, Flaw.BAD, "“11” is not a rating from 1 to 10."),
        (4, Flaw.SKIPPED, "The title is listed, but not rated."),
        (5, Flaw.SKIPPED, "A Video Game is neither a film nor a series."),
        (6, Flaw.BAD, "“some day” is not a date."),
    ]


def test_check_ins_are_watches_when_told_so(tmp_path: Path) -> None:
    line = "1,tt0078748,2022-05-06,2022-05-06,,Alien,Alien,url,Movie,8.5,117,1979,Horror,1,1979-05-25,Scott,,\n"
    (skipped,) = records(tmp_path, LIST + line)
    assert skipped.flaw is Flaw.SKIPPED
    (checked,) = records(tmp_path, LIST + line, watched=True)
    assert checked.value is not None
    assert (checked.value.rating, checked.value.watched_at) == (None, datetime(2022, 5, 6, 12, tzinfo=UTC))


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"export\.csv is not a list of an IMDb account: its columns are date, name"):
        records(tmp_path, "Date,Name,Year\n2024-01-05,Alien,1979\n")
