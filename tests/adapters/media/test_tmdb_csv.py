"""TMDB catalogues in every dialect."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from adapters.media.tmdb_csv import open_catalogue, open_catalogues, values
from bot.errors import InvalidFile
from bot.model.titles import Credit, Role, TitleRef
from bot.ports.imports import DetailRow, FilmRow, Flaw, Record
from tests.realdata import real_data

JSON_HEADER = (
    "budget", "genres", "id", "keywords", "original_language", "original_title", "overview", "popularity",
    "production_countries", "release_date", "runtime", "tagline", "title", "vote_average", "vote_count",
)  # fmt: skip
PIPE_HEADER = (
    "id", "imdb_id", "popularity", "original_title", "cast", "director", "tagline", "keywords", "overview", "runtime",
    "genres", "release_date", "vote_count", "vote_average", "release_year",
)  # fmt: skip
PLAIN_HEADER = (
    "id", "title", "genre", "original_language", "overview", "popularity", "release_date", "vote_average", "vote_count"
)  # fmt: skip


def write(path: Path, header: Sequence[str], *rows: Sequence[object]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def named(*names: str) -> str:
    return json.dumps([{"id": 1, "name": name} for name in names])


def records(path: Path) -> list[Record[FilmRow | DetailRow]]:
    return list(open_catalogue(path).records())


def film(path: Path) -> FilmRow:
    (record,) = records(path)
    assert isinstance(record.value, FilmRow)
    assert not record.problem
    return record.value


def detail(path: Path) -> DetailRow:
    (record,) = records(path)
    assert isinstance(record.value, DetailRow)
    return record.value


def test_json_columns(tmp_path: Path) -> None:
    countries = json.dumps([{"iso_3166_1": "FR", "name": "France"}])
    row = (
        0, named("Comedy", "Romance"), 194, named("Montmartre", "duringcreditsstinger"), "fr",
        "Le fabuleux destin d'Amélie Poulain", "A waitress mends lives.", 5.5, countries, "2001-04-25", "122.0",
        "One person can change your life.", "Amélie", 7.8, 3310,
    )  # fmt: skip
    row_of_film = film(write(tmp_path / "films.csv", JSON_HEADER, row))
    facts = row_of_film.facts
    assert not row_of_film.only_original
    assert facts.refs == (TitleRef.parse("movie:194"),)
    assert (facts.title, facts.original_title) == ("Amélie", "Le fabuleux destin d'Amélie Poulain")
    assert (facts.year, facts.released, facts.runtime) == (2001, date(2001, 4, 25), 122)
    assert facts.genres == ("Comedy", "Romance")
    assert facts.keywords == ("montmartre",)  # what happens during the credits is not what a film is about
    assert (facts.language, facts.countries) == ("fr", ("FR",))
    assert (facts.vote_average, facts.vote_count, facts.popularity) == (7.8, 3310, 5.5)


def test_names_between_bars_and_two_digit_years(tmp_path: Path) -> None:
    row = (
        862, "tt0114709", 8, "Toy Story", "Tom Hanks|Tim Allen", "John Lasseter", "", "jealousy|toy", "Led by Woody.",
        81, "Animation|Comedy|Foreign", "10/30/95", 4269, 7.5, 1995,
    )  # fmt: skip
    row_of_film = film(write(tmp_path / "films.csv", PIPE_HEADER, row))
    facts = row_of_film.facts
    assert row_of_film.only_original
    assert [str(ref) for ref in facts.refs] == ["movie:862", "movie:imdb-tt0114709"]
    assert facts.released == date(1995, 10, 30)
    assert facts.genres == ("Animation", "Comedy")
    assert facts.credits == (
        Credit("John Lasseter", Role.DIRECTOR, 0), Credit("Tom Hanks", Role.CAST, 0), Credit("Tim Allen", Role.CAST, 1),
    )  # fmt: skip


def test_plain_columns_and_a_row_that_is_no_film(tmp_path: Path) -> None:
    placeholder = ("000", "Choose A Movie", "", "", "", "", "", "", "")
    shawshank = (278, "The Shawshank Redemption", "Drama,Crime", "cn", "Framed.", 94.1, "1994-09-23", 8.7, 21862)
    bad, good = records(write(tmp_path / "films.csv", PLAIN_HEADER, placeholder, shawshank))
    assert (bad.line, bad.value, bad.flaw, bad.problem) == (2, None, Flaw.BAD, "“000” is not a TMDB id.")
    assert isinstance(good.value, FilmRow)
    assert good.value.facts.genres == ("Drama", "Crime")
    assert good.value.facts.language == "zh"


def test_letters_that_were_decoded_wrongly_are_mended(tmp_path: Path) -> None:
    original = "Suite Française – 解救吾先生 à".encode()
    damaged = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in original)
    row = (1, "", 1, damaged, "", "", "", "", "Plot.", 81, "Drama", "1/2/15", 9, 7.5, 2015)
    assert film(write(tmp_path / "films.csv", PIPE_HEADER, row)).facts.title == "Suite Française – 解救吾先生 à"


def test_bytes_that_were_lost_in_a_wrong_decoding_are_guessed() -> None:
    assert values.text("the “amateurâ€ world") == "the “amateur” world"
    assert values.text("ÐÐ´Ð¼Ð¸Ñ€Ð°Ð»ÑŠ") == "Адмиралъ"
    assert values.text("Jordi MollÃ and Ãngela Molina") == "Jordi Mollà and Ángela Molina"
    assert values.text("SymonÃ\u0192Â©") == "Symoné"


@pytest.mark.parametrize("whole", ["Ð", "MAÇÃ", "Ðað", "Amélie", "Ça ira – “Œuvre”", "Пётр", "千と千尋", "naïve café"])
def test_letters_that_are_right_stay(whole: str) -> None:
    assert values.text(whole) == whole


def test_a_column_that_cannot_be_read_costs_only_that_column(tmp_path: Path) -> None:
    row = (0, "[{broken", 194, named("heist"), "fr", "", "Plot.", "many", "", "2001-13-40", 90, "", "Amélie", 7, 10)
    (record,) = records(write(tmp_path / "films.csv", JSON_HEADER, row))
    assert isinstance(record.value, FilmRow)
    assert record.flaw is Flaw.PARTIAL
    assert record.problem == "The film was read without release_date, genres, popularity, which cannot be read."
    assert record.value.facts.keywords == ("heist",)
    assert record.value.facts.year is None


def test_a_plot_that_only_says_there_is_none_is_none(tmp_path: Path) -> None:
    row = (5, "X", "Drama", "en", "No overview found.", 1, "1994-09-23", 0, 0)
    facts = film(write(tmp_path / "films.csv", PLAIN_HEADER, row)).facts
    assert facts.overview == ""
    assert (facts.vote_average, facts.vote_count) == (None, None)


def test_a_film_without_title_is_a_bad_row(tmp_path: Path) -> None:
    (record,) = records(write(tmp_path / "films.csv", PLAIN_HEADER, (5, " ", "", "", "", "", "", "", "")))
    assert (record.value, record.problem) == (None, "The film has no title.")


def test_keywords_as_python_literals(tmp_path: Path) -> None:
    text = str([{"id": 1, "name": "based on children's book"}, {"id": 2, "name": "Toy"}])
    found = detail(write(tmp_path / "keywords.csv", ("id", "keywords"), (862, text)))
    assert found == DetailRow(TitleRef.parse("movie:862"), keywords=("based on children's book", "toy"))


@pytest.mark.parametrize(
    "text",
    ["__import__('os').getcwd()", "[" * 100_000, "[1].__class__", "{'name': 'x'}", "[{'name': 'x'", "-" * 50_000],
)
def test_literals_are_data_and_never_run(tmp_path: Path, text: str) -> None:
    (record,) = records(write(tmp_path / "keywords.csv", ("id", "keywords"), (862, text)))
    if isinstance(record.value, DetailRow):
        assert record.value.keywords == (text.casefold(),)  # a word, if an odd one
    else:
        assert record.problem == "The id or the list cannot be read."


def test_credits_in_json(tmp_path: Path) -> None:
    cast = json.dumps([{"name": "Sigourney Weaver", "order": 0}, {"name": "Tom Skerritt", "order": 1}, {"name": ""}])
    crew = json.dumps([{"name": "Ridley Scott", "job": "Director"}, {"name": "Somebody", "job": "Editor"}])
    found = detail(write(tmp_path / "c.csv", ("movie_id", "title", "cast", "crew"), (348, "Alien", cast, crew)))
    assert found.credits == (
        Credit("Ridley Scott", Role.DIRECTOR, 0), Credit("Sigourney Weaver", Role.CAST, 0),
        Credit("Tom Skerritt", Role.CAST, 1),
    )  # fmt: skip


def test_parquet_films_and_credits(tmp_path: Path) -> None:
    films = {
        "id": [18148, 0], "title": ["Tokyo Story", "Nothing"], "release_year": [1953, 2000],
        "vote_average": [8.2, 1.0], "vote_count": [0, 0], "director_name": ["Yasujirō Ozu", None],
        "genre_ids_json": ["[18]", "[]"],
    }  # fmt: skip
    pq.write_table(pa.table(films), tmp_path / "films.parquet")
    good, bad = records(tmp_path / "films.parquet")
    assert isinstance(good.value, FilmRow)
    assert (good.value.facts.title, good.value.facts.year, good.value.facts.genres) == ("Tokyo Story", 1953, ("Drama",))
    assert good.value.facts.vote_count is None
    assert (bad.value, bad.line) == (None, 2)

    people = {
        "movie_id": [2, 1, 2, 2], "name": ["B", "C", "A", "D"], "job": ["Actor", "Director", "Actor", "Editor"],
        "cast_order": pa.array([1, None, 0, None], pa.int64()),
    }  # fmt: skip
    pq.write_table(pa.table(people), tmp_path / "credits.parquet")
    found = [record.value for record in records(tmp_path / "credits.parquet")]
    assert found == [
        DetailRow(TitleRef.parse("movie:1"), credits=(Credit("C", Role.DIRECTOR, 0),)),
        DetailRow(TitleRef.parse("movie:2"), credits=(Credit("A", Role.CAST, 0), Credit("B", Role.CAST, 1))),
    ]


def test_files_of_other_kinds_are_refused_by_name(tmp_path: Path) -> None:
    other = write(tmp_path / "ratings.csv", ("userId", "movieId", "rating"), (1, 2, 3))
    with pytest.raises(
        InvalidFile,
        match=r"ratings\.csv is not a list of TMDB films, keywords or credits: its columns are userid, movieid",
    ):
        open_catalogue(other)
    pq.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")
    with pytest.raises(InvalidFile, match=r"a\.parquet is not a list of TMDB films or credits"):
        open_catalogue(tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(InvalidFile, match=r"b\.parquet is a damaged Parquet file"):
        open_catalogue(tmp_path / "b.parquet")


def test_titles_come_before_details_whatever_the_order(tmp_path: Path) -> None:
    keywords = write(tmp_path / "a.csv", ("id", "keywords"))
    originals = write(tmp_path / "b.csv", PIPE_HEADER)
    titles = write(tmp_path / "c.csv", PLAIN_HEADER)
    for order in ([keywords, originals, titles], [titles, keywords, originals, titles]):
        assert [file.name for file in open_catalogues(order)] == ["c.csv", "b.csv", "a.csv"]


@pytest.mark.parametrize(
    ("text", "year", "found"),
    [
        ("2001-04-25", "", date(2001, 4, 25)),
        ("4/5/66", "1966", date(1966, 4, 5)),
        ("4/5/2012", "", date(2012, 4, 5)),
        ("4/5/12", "", date(2012, 4, 5)),
        ("4/5/71", "", date(1971, 4, 5)),
        ("", "2001", None),
    ],
)
def test_dates(text: str, year: str, found: date | None) -> None:
    assert values.released(text, year) == found


def test_every_real_dialect_is_recognised_and_read() -> None:
    folder = real_data("tmdb")
    read = {file.name: next(iter(file.records())) for file in open_catalogues(sorted(folder.iterdir()))}
    assert len(read) == 6
    assert all(record.value or record.line == 2 for record in read.values())
    assert isinstance(read["tmdb-movies.csv"].value, FilmRow)
    assert read["tmdb-movies.csv"].value.facts.released == date(2015, 6, 9)
