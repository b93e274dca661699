"""`recommendarr import ...` from file to sentence."""

from __future__ import annotations

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.import_progress import ImportProgress
from bot.cli.imports import app
from bot.errors import InvalidFile

FILMS = (
    "id,title,genre,original_language,overview,popularity,release_date,vote_average,vote_count\n"
    '348,Alien,"Horror,Science Fiction",en,In space.,30,1979-05-25,8.1,9000\n'
    "000,Choose A Movie,,,,,,,\n"
    "194,Amélie,Comedy,fr,A waitress.,20,2001-04-25,7.9,9000\n"
)
KEYWORDS = "id,keywords\n348,\"[{'id': 1, 'name': 'spaceship'}]\"\n5,[]\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECOMMENDARR_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RECOMMENDARR_DATABASE_URL", raising=False)
    return tmp_path / "home"


def write(path: Path, content: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return str(path)


def told(*arguments: str) -> list[str]:
    result: Result = CliRunner().invoke(app, [*arguments, "--no-embed"], catch_exceptions=False)
    assert result.exit_code == 0
    return [line.strip() for line in result.stdout.splitlines()]


def test_a_catalogue_and_its_keywords_and_again(tmp_path: Path, home: Path) -> None:
    files = [write(tmp_path / "k.csv", KEYWORDS), write(tmp_path / "films.csv", FILMS)]
    films, _findings, keywords, *_rest = told("tmdb-csv", *files)
    assert films == "films.csv – titles: 2 new, 0 completed, 0 already there"
    assert keywords == "k.csv – details: 1 titles completed, 0 already there"
    again = told("tmdb-csv", *files)
    assert again[0] == "films.csv – titles: 0 new, 0 completed, 2 already there"
    assert again[1].startswith(f"To look through (1 unreadable): {home / 'reports'}")
    assert again[2] == "k.csv – details: 0 titles completed, 1 already there"
    assert again[3].startswith("To look through (1 about titles that the catalogue lacks): ")


def test_movielens(tmp_path: Path) -> None:
    write(tmp_path / "ml" / "ratings.csv", "userId,movieId,rating,timestamp\n42,1,4.5,1000000000\n99,1,2,1000000000\n")
    write(tmp_path / "ml" / "links.csv", "movieId,imdbId,tmdbId\n1,0078748,348\n")
    write(tmp_path / "ml" / "movies.csv", "movieId,title,genres\n1,Alien (1979),Horror|Sci-Fi\n")
    assert told("movielens", str(tmp_path / "ml"), "--people", "1") == [
        "42 was not known and has been created.",
        "ml – plays: 1 new, 0 already there",
        "ratings: 1 new, 0 already there",
        "1 title was missing in the catalogue and has been added.",
    ]
    assert told("movielens", str(tmp_path / "ml")) == [
        "99 was not known and has been created.",
        "ml – plays: 1 new, 1 already there",
        "ratings: 1 new, 1 already there",
    ]


def test_letterboxd_and_imdb(tmp_path: Path, home: Path) -> None:
    told("tmdb-csv", write(tmp_path / "films.csv", FILMS))
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("ratings.csv", "Date,Name,Year,Letterboxd URI,Rating\n2024-01-05,Amelie,2001,u,4.5\n")
        archive.writestr("watched.csv", "Date,Name,Year,Letterboxd URI\n2024-01-05,Solaris,1972,v\n")
        archive.writestr("likes/films.csv", "Date,Name,Year,Letterboxd URI\n2024-01-05,Amélie,2001,u\n")
    lines = told("letterboxd", str(tmp_path / "export.zip"), "--person", "Anna")
    assert lines[:4] == [
        "Anna was not known and has been created.",
        "export.zip – plays: 1 new, 0 already there",
        "ratings: 1 new, 0 already there",
        "likes: 1 new, 0 already there",
    ]
    assert lines[4].startswith("To look through (1 not found in the catalogue): ")
    (report,) = (home / "reports").glob("letterboxd-*.csv")
    with report.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["file"], row["line"], row["title"], row["year"]) == ("export.zip/watched.csv", "2", "Solaris", "1972")

    export = write(
        tmp_path / "imdb.csv",
        "Const,Your Rating,Date Rated,Title,Title Type,Year\ntt0078748,9,2024-01-05,Alien,Movie,1979\n",
    )
    assert told("imdb", export, "--person", "anna") == [
        "imdb.csv – plays: 1 new, 0 already there",
        "ratings: 1 new, 0 already there",
    ]


@pytest.mark.parametrize(
    ("arguments", "content", "sentence"),
    [
        (("tmdb-csv",), "PK\x03\x04", "is a ZIP archive, not a CSV file"),
        (("tmdb-csv",), "", "is empty"),
        (("letterboxd", "--person", "Anna"), FILMS, "is neither a folder nor a ZIP archive"),
        (("imdb", "--person", "Anna"), FILMS, "is not a list of an IMDb account"),
        (("movielens",), FILMS, "is not a folder with MovieLens files"),
    ],
)
def test_a_wrong_file_is_one_sentence_before_anything_is_touched(
    tmp_path: Path, home: Path, arguments: tuple[str, ...], content: str, sentence: str
) -> None:
    file = write(tmp_path / "file.csv", content)
    with pytest.raises(InvalidFile, match=sentence):
        CliRunner().invoke(app, [arguments[0], file, *arguments[1:]], catch_exceptions=False)
    assert not home.exists()


def test_one_wrong_file_among_good_ones_stops_before_the_first(tmp_path: Path, home: Path) -> None:
    good, wrong = write(tmp_path / "films.csv", FILMS), write(tmp_path / "wrong.csv", "<html>")
    with pytest.raises(InvalidFile, match=r"wrong\.csv"):
        CliRunner().invoke(app, ["tmdb-csv", good, wrong], catch_exceptions=False)
    assert not home.exists()


def test_interrupting_says_how_far_it_came_and_keeps_whole_batches(tmp_path: Path, home: Path) -> None:
    header, film = FILMS.splitlines()[:2]
    films = (film.replace("348,Alien", f"{number},Film {number}") for number in range(1, 40_001))
    file = write(tmp_path / "films.csv", "\n".join([header, *films]))
    command = [sys.executable, "-m", "bot", "import", "tmdb-csv", "--no-embed", file]
    with subprocess.Popen(
        command,
        env=dict(os.environ),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_interrupts,  # noqa: PLW1509 - no threads here
    ) as process:
        while process.poll() is None and not stored(home):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _out, told_at_the_end = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "films.csv; what was imported is kept, and the same command goes on from there." in told_at_the_end
    assert "Traceback" not in told_at_the_end
    count = stored(home)
    assert 0 < count < 40_000
    assert count % 1000 == 0
    with closing(sqlite3.connect(home / "recommendarr.db")) as database:
        assert database.execute("SELECT rows FROM import_checkpoints").fetchone() == (count,)


def hear_interrupts() -> None:
    """A shell's background job, as these tests may be part of, would pass its deafness on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stored(home: Path) -> int:
    """Titles in the database; 0 while there is none."""
    try:
        with closing(sqlite3.connect(f"file:{home / 'recommendarr.db'}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM titles").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_progress_knows_where_it_stopped() -> None:
    progress = ImportProgress(sys.stderr)
    assert "between two files" in progress.interrupted()
    progress.start("films.csv", 200)
    progress.advance("films.csv", 86)
    assert progress.interrupted().startswith("Stopped after 43 % of films.csv;")
    progress.finish("films.csv")
    assert "between two files" in progress.interrupted()
    progress.indexing()
    assert progress.interrupted().startswith("Everything is imported; the index is not complete")
