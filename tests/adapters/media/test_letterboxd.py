"""Letterboxd exports."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.media.letterboxd import open_letterboxd
from bot.errors import InvalidFile
from bot.ports.imports import HistoryRow

WATCHED = (
    "Date,Name,Year,Letterboxd URI\n2024-01-05,Alien,1979,https://boxd.it/1\n2024-01-05,Amélie,2001,https://boxd.it/2\n"
)
DIARY = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    '2024-01-05,Alien,1979,https://boxd.it/aaa,4.5,Yes,"horror, space",2024-01-04\n'
)
RATINGS = "Date,Name,Year,Letterboxd URI,Rating\n2024-02-01,Alien,1979,https://boxd.it/1,5\n"
LIKES = "Date,Name,Year,Letterboxd URI\n2024-01-06,Alien,1979,https://boxd.it/1\n"


def export(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        path = folder / ("likes/films.csv" if name == "likes" else f"{name}.csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def rows(path: Path) -> list[HistoryRow]:
    return [record.value for record in open_letterboxd(path).records() if record.value]


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


def test_the_lists_are_read_diary_first(tmp_path: Path) -> None:
    found = rows(export(tmp_path, watched=WATCHED, diary=DIARY, ratings=RATINGS, likes=LIKES))
    diary, rated, *watched, liked = found
    assert (diary.title.name, diary.title.year, diary.key) == ("Alien", 1979, "https://boxd.it/aaa")
    assert (diary.logged, diary.rewatch, diary.watched_at) == (True, True, noon("2024-01-04"))
    assert diary.rating is None  # the list of ratings says what the person thinks now
    assert (rated.rating, rated.rated_at, rated.logged) == (10.0, noon("2024-02-01"), False)
    assert [row.title.name for row in watched] == ["Alien", "Amélie"]
    assert watched[0].key == rated.key
    assert (liked.liked_at, liked.watched_at) == (noon("2024-01-06"), None)


def test_the_diary_rates_where_there_is_no_list_of_ratings(tmp_path: Path) -> None:
    (row,) = rows(export(tmp_path, diary=DIARY))
    assert (row.rating, row.rated_at) == (9.0, noon("2024-01-05"))


def test_an_archive_says_the_same_as_its_folder(tmp_path: Path) -> None:
    folder = export(tmp_path / "export", watched=WATCHED, diary=DIARY, likes=LIKES)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for file in folder.rglob("*.csv"):
            archive.write(file, f"letterboxd-anna/{file.relative_to(folder)}")
        archive.writestr("letterboxd-anna/deleted/diary.csv", DIARY * 2)
    assert rows(tmp_path / "export.zip") == rows(folder)
    assert open_letterboxd(tmp_path / "export.zip").digest == open_letterboxd(folder).digest


def test_a_watchlist_is_left_out_and_said_to_be(tmp_path: Path) -> None:
    opened = open_letterboxd(export(tmp_path, watched=WATCHED, watchlist=WATCHED))
    assert len(list(opened.records())) == 2
    assert opened.notes == ("The watchlist is left out: it says nothing about what was watched.",)


def test_bad_rows_are_told_with_file_and_line(tmp_path: Path) -> None:
    ratings = RATINGS + (
        "2024-02-01,Alien,1979,u,6\n2024-02-01,Alien,1979,u,\n2024-02-01,,1979,u,3\nyesterday,Alien,1979,u,3\n"
        "2024-02-01,Alien,MCMLXXIX,u,3\n2024-02-01,Alien,1979\n"
    )
    found = [record for record in open_letterboxd(export(tmp_path, ratings=ratings)).records() if record.problem]
    assert [(record.file, record.line, record.problem) for record in found] == [
        ("ratings.csv", 3, "“6” is not a rating from 0.5 to 5."),
        ("ratings.csv", 4, "The row has no rating."),
        ("ratings.csv", 5, "The row names no film."),
        ("ratings.csv", 6, "“yesterday” is not a date such as 2024-05-31."),
        ("ratings.csv", 7, "“MCMLXXIX” is not a year."),
        ("ratings.csv", 8, "The row has 3 values where the header names 5."),
    ]


def test_a_film_without_year_is_no_bad_row(tmp_path: Path) -> None:
    (row,) = rows(export(tmp_path, watched="Date,Name,Year,Letterboxd URI\n2024-01-05,Alien,,u\n"))
    assert row.title.year is None


def test_other_folders_and_lists_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="is not a Letterboxd export"):
        open_letterboxd(tmp_path)
    export(tmp_path, ratings="userId,movieId,rating,timestamp\n1,1,4,1\n")
    with pytest.raises(InvalidFile, match=r"ratings\.csv is not a list of a Letterboxd export"):
        open_letterboxd(tmp_path)
    with pytest.raises(InvalidFile, match="There is no file"):
        open_letterboxd(tmp_path / "nothing.zip")
