"""Dialogues and catalogues from files to ranks, with and without public data beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray

from bot.cli.evaluation_conversations import load_candidates, run_conversational
from bot.cli.evaluation_crowd import read_crowd
from bot.errors import InvalidFile

FILMS, DIALOGUES = 40, 24


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """One direction per number of a film in the text."""
    vectors = np.full((len(texts), FILMS), 0.01, dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.replace(".", " ").split():
            if word.isdigit():
                vectors[row, int(word) % FILMS] += 1.0
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def write(path: Path, records: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    films = [
        {"name": f"Film {n} ({1980 + n})", "title": f"Film {n}", "year": 1980 + n, "imdb_id": f"tt{1000 + n:07d}",
         "genres": ["comedy" if n % 2 else "horror"], "plot": f"What happened to {n}", "cast": [f"Player {n % 5}"]}
        for n in range(FILMS)
    ]  # fmt: skip
    return write(tmp_path / "catalogue.jsonl", films)


@pytest.fixture
def dialogues(tmp_path: Path) -> Path:
    def named(n: int) -> dict[str, Any]:
        return {"name": f"Film {n} ({1980 + n})", "title": f"Film {n}", "year": 1980 + n}

    records = [
        {"id": f"{n}_0", "turns": [{"speaker": "user", "text": f"Something about {n + 2} please"}],
         "mentioned": [named(n)], "answers": [named(n + 2)]}
        for n in range(DIALOGUES)
    ]  # fmt: skip
    # Another spelling of a name that the catalogue has, and a film that it has not.
    records[1]["answers"] = [{"name": "film 3", "title": "Film 3", "year": 1983}]
    records[2]["answers"] = [{"name": "Elsewhere (1950)", "title": "Elsewhere", "year": 1950}]
    return write(tmp_path / "dialogues.jsonl", records)


@pytest.fixture
def data_root(tmp_path: Path) -> Path:
    """Everybody watches even films or odd films; votes grow with the number of a film."""
    root = tmp_path / "data"
    movielens, larger, imdb = (root / name for name in ("ml-latest-small", "ml-25m-catalog", "imdb"))
    for folder in (movielens, larger, imdb):
        folder.mkdir(parents=True)
    links = "\n".join(["movieId,imdbId,tmdbId", *(f"{n + 1},{1000 + n:07d}," for n in range(FILMS)), "999,,"])
    (movielens / "links.csv").write_text(links + "\n")
    ratings = [f"{who},{film + 1},4.0,1" for who in range(10) for film in range(FILMS) if film % 2 == who % 2]
    (movielens / "ratings.csv").write_text("\n".join(["userId,movieId,rating,timestamp", *ratings, "3,999,1.0,1"]))
    pq.write_table(pa.table({"userId": [1, 1, 2], "movieId": [1, 3, 5000]}), larger / "sample_ratings_3.parquet")
    votes = {"tconst": [f"tt{1000 + n:07d}" for n in range(FILMS)], "averageRating": [7.0] * FILMS}
    pq.write_table(pa.table({**votes, "numVotes": [n + 1 for n in range(FILMS)]}), imdb / "titles.parquet")
    return root


def test_what_is_asked_for_is_found(dialogues: Path, catalogue: Path, data_root: Path) -> None:
    report = run_conversational(dialogues, catalogue, data_root, embed)
    assert report["task"] == "conversational"
    assert (report["samples"], report["missing_answers"]) == (DIALOGUES - 1, 1)
    assert "weights" not in report
    pipelines = report["pipelines"]
    assert isinstance(pipelines, dict)
    assert pipelines["plain"]["r@1"] > 0.9
    # By votes alone film 39 comes first, so an answer n has rank 40 - n.
    assert pipelines["popularity"]["r@10"] == 0.0
    assert set(pipelines["fusion"]["even"]) == {"r@1", "r@5", "r@10", "r@50", "mrr"}
    assert report == run_conversational(dialogues, catalogue, data_root, embed)


def test_without_public_data_a_note_says_so(
    dialogues: Path, catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = run_conversational(dialogues, catalogue, None, embed)
    assert report["candidates"] == FILMS
    assert "votes" in capsys.readouterr().err


def test_votes_and_strangers_belong_to_their_films(catalogue: Path, data_root: Path) -> None:
    found = load_candidates(catalogue, data_root, embed)
    assert [item.votes for item in found.items] == list(range(1, FILMS + 1))
    crowd = read_crowd(data_root, ["tt0001004", "", "tt0001003", "tt0001000"])
    assert crowd is not None
    assert (crowd.known_of >= 0).tolist() == [True, False, True, True]
    assert crowd.counts[crowd.known_of[[0, 2, 3]]].tolist() == [5.0, 5.0, 6.0]
    scores = crowd.weights.scores(crowd.known_of[:1], np.ones(1))
    assert scores[crowd.known_of[3]] > 0.0 >= scores[crowd.known_of[2]]


@pytest.mark.parametrize("line", ["{", "[1]", "{}", '{"id": "1_0", "turns": 3}', '{"id": "1_0", "turns": ["no"]}'])
def test_a_bad_line_is_named(dialogues: Path, catalogue: Path, line: str) -> None:
    with dialogues.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(InvalidFile, match=f"Line {DIALOGUES + 1} of "):
        run_conversational(dialogues, catalogue, None, embed)


def test_bad_ratings_are_refused(catalogue: Path, data_root: Path) -> None:
    (data_root / "ml-latest-small" / "ratings.csv").write_text("userId,movieId\n1,one\n")
    with pytest.raises(InvalidFile, match=r"ratings\.csv has no whole numbers"):
        load_candidates(catalogue, data_root, embed)
