"""MovieLens folders."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from adapters.media.movielens import open_movielens, parse_title
from bot.errors import InvalidFile
from bot.ports.imports import HistoryRow, Record
from tests.realdata import real_data

RATINGS = "userId,movieId,rating,timestamp\n"
LINKS = "movieId,imdbId,tmdbId\n1,0114709,862\n2,0113497,\n"
MOVIES = 'movieId,title,genres\n1,Toy Story (1995),Adventure|Children|IMAX\n2,"Maltese Falcon, The (1941)",Film-Noir\n'


def folder(path: Path, ratings: str, links: str | None = LINKS, movies: str | None = MOVIES) -> Path:
    (path / "ratings.csv").write_text(RATINGS + ratings)
    for name, content in (("links.csv", links), ("movies.csv", movies)):
        if content is not None:
            (path / name).write_text(content)
    return path


def records(path: Path, people: int | None = None) -> list[Record[HistoryRow]]:
    return list(open_movielens(path, people=people).records())


@pytest.mark.parametrize(
    ("text", "name", "year", "others"),
    [
        ("Toy Story (1995)", "Toy Story", 1995, ()),
        ("Matrix, The (1999)", "The Matrix", 1999, ()),
        ("City of Lost Children, The (Cité des enfants perdus, La) (1995)", "The City of Lost Children", 1995,
         ("La Cité des enfants perdus",)),
        ("Léon: The Professional (a.k.a. The Professional) (Léon) (1994)", "Léon: The Professional", 1994,
         ("The Professional", "Léon")),
        ("Avventura, L' (Adventure, The) (1960)", "L'Avventura", 1960, ("The Adventure",)),
        ("Death Note (2006–2007)", "Death Note", 2006, ()),
        ("Babylon 5", "Babylon 5", None, ()),
        ("2012 (2009)", "2012", 2009, ()),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009, ()),
    ],
)  # fmt: skip
def test_titles_are_taken_apart(text: str, name: str, year: int | None, others: tuple[str, ...]) -> None:
    assert parse_title(text) == (name, year, others)


def test_a_rating_is_a_rating_and_a_watch_of_the_same_moment(tmp_path: Path) -> None:
    (record,) = records(folder(tmp_path, "7,1,3.5,964982703\n"))
    row = record.value
    assert row is not None
    assert (row.account, row.key, row.rating) == ("7", "1", 7.0)
    assert row.watched_at == row.rated_at == datetime(2000, 7, 30, 18, 45, 3, tzinfo=UTC)
    assert [str(ref) for ref in row.title.refs] == ["movie:movielens-1", "movie:862", "movie:imdb-tt0114709"]
    assert row.facts is not None
    assert (row.facts.title, row.facts.year, row.facts.genres) == ("Toy Story", 1995, ("Adventure", "Family"))


def test_genres_are_translated(tmp_path: Path) -> None:
    (record,) = records(folder(tmp_path, "7,2,3.5,964982703\n"))
    assert record.value is not None
    assert record.value.facts is not None
    assert (record.value.facts.genres, record.value.facts.keywords) == (("Crime",), ("film noir",))


def test_bad_rows_of_every_file_are_told_with_their_lines(tmp_path: Path) -> None:
    ratings = "1,1,9,964982703\n1,1,x,1\nx,1,4,1\n1,1,4,99999999999\n1,1\n1,1,4.0,964982703\n"
    links = LINKS + "three,1,1\n4,x,862\n"
    movies = MOVIES + "5,,Drama\n"
    found = records(folder(tmp_path, ratings, links, movies))
    assert [(record.file, record.line, record.problem) for record in found if record.problem] == [
        ("links.csv", 4, "“three” is not a MovieLens id."),
        ("links.csv", 5, "An id of the film is not a number."),
        ("movies.csv", 4, "The film has no title."),
        ("ratings.csv", 2, "The rating is not between 0.5 and 5."),
        ("ratings.csv", 3, "The rating or its time is not a number."),
        ("ratings.csv", 4, "The person or the film is not a number."),
        ("ratings.csv", 5, "The time is not one of this century or the last."),
        ("ratings.csv", 6, "The row has 2 values where the header names 4."),
    ]
    assert [record.number for record in found] == list(range(1, 10))
    assert found[-1].value is not None


def test_only_the_first_people_in_whatever_order_they_stand(tmp_path: Path) -> None:
    rows = "9,1,4,1\n3,1,4,2\n9,2,4,3\n5,1,4,4\n3,2,4,5\n"
    chosen = [record.value for record in records(folder(tmp_path, rows), people=2)]
    assert [(row.account, row.key) for row in chosen if row] == [("9", "1"), ("3", "1"), ("9", "2"), ("3", "2")]
    assert open_movielens(tmp_path, people=2).digest != open_movielens(tmp_path).digest


def test_one_list_of_films_is_enough_but_none_is_not(tmp_path: Path) -> None:
    (record,) = records(folder(tmp_path, "7,1,3.5,964982703\n", links=LINKS, movies=None))
    assert record.value is not None
    assert record.value.facts is None
    (tmp_path / "links.csv").unlink()
    with pytest.raises(InvalidFile, match=r"neither links\.csv nor movies\.csv"):
        open_movielens(tmp_path)


def test_other_folders_and_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"There is no file .*ratings\.csv"):
        open_movielens(tmp_path)
    (tmp_path / "ratings.csv").write_text("Date,Name,Year\n")
    with pytest.raises(
        InvalidFile, match=r"ratings\.csv is not a list of MovieLens ratings: its columns are date, name"
    ):
        open_movielens(tmp_path)
    with pytest.raises(InvalidFile, match="is not a folder with MovieLens files"):
        open_movielens(tmp_path / "ratings.csv")


def test_the_real_folder_has_no_bad_row_among_the_first() -> None:
    opened = open_movielens(real_data("ml-latest-small"))
    found = list(islice(opened.records(), 5_000))
    # Eight films have no TMDB id; that is no problem of the row.
    assert [record.problem for record in found if record.problem] == []
    assert {record.value.account for record in found if record.value} >= {"1", "2", "3"}
