"""Half-remembered films from files to ranks: what belongs to which film, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.cli.evaluation_questions import load_documents, run_known_item
from bot.errors import InvalidFile

FILMS, QUESTIONS = 30, 20
THINGS = [f"{first}{last}" for first in ("lan", "mor", "tib", "kar", "zul") for last in "bdgkmp"]  # no endings to stem


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """One direction per invented word of `THINGS`."""
    vectors = np.full((len(texts), FILMS), 0.05, dtype=np.float32)
    for row, text in enumerate(texts):
        for column, thing in enumerate(THINGS):
            vectors[row, column] += text.count(thing)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def write(path: Path, records: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records) + "\n", encoding="utf-8")
    return path


def questions(path: Path, films: Sequence[int]) -> Path:
    return write(path, [
        {"id": f"q{n}", "turns": [{"speaker": "user", "text": f"I remember a {THINGS[n % FILMS]}.\nIt was long ago."}],
         "answers": [{"name": None, "title": None, "year": None, "imdb_id": f"tt{100 + n:07d}"}]}
        for n in films
    ])  # fmt: skip


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return write(tmp_path / "catalogue.jsonl", [
        {"name": f"Film {n}", "title": f"Film {n}", "year": 1980 + n, "imdb_id": f"tt{100 + n:07d}",
         "genres": ["drama"], "plot": f"About a {THINGS[n]} and its owner", "cast": ["Somebody"]}
        for n in range(FILMS)
    ])  # fmt: skip


def test_films_are_found_by_what_is_remembered(tmp_path: Path, catalogue: Path) -> None:
    # One question is about a film that the catalogue does not hold.
    asked = questions(tmp_path / "asked.jsonl", [*range(QUESTIONS), 999])
    report = run_known_item(asked, catalogue, None, embed)
    assert (report["questions"], report["answerable"], report["documents"]) == (QUESTIONS + 1, QUESTIONS, FILMS)
    assert report["learnt_from"] == QUESTIONS // 2
    pipelines = report["pipelines"]
    assert isinstance(pipelines, dict)
    assert pipelines["bm25"]["r@1"] == 1.0
    assert set(pipelines["fusion"]["even"]) == {"r@1", "r@10", "r@100", "mrr"}
    other = run_known_item(asked, catalogue, None, embed, learn=questions(tmp_path / "l.jsonl", range(20, FILMS)))
    assert other["learnt_from"] == FILMS - 20


def test_films_of_other_catalogues_join_by_their_links(tmp_path: Path, catalogue: Path) -> None:
    root = tmp_path / "data"
    (root / "ml-latest-small").mkdir(parents=True)
    (root / "tmdb").mkdir()
    (root / "ml-latest-small" / "links.csv").write_text("movieId,imdbId,tmdbId\n1,0000100,7\n2,0005000,8\n3,0000101,\n")
    (root / "tmdb" / "films.csv").write_text(
        "id,title,overview,genres,release_date,vote_average,vote_count\n"
        "7,Film Nought,Somebody keeps a secret,[],1999-01-01,7.0,10\n"
        "8,Another,Somebody finds a secret,[],2001-01-01,7.0,10\n"
        "9,Unlinked,Nobody knows,[],2001-01-01,7.0,10\n"
    )
    documents, texts, row_of = load_documents(catalogue, root)
    assert len(documents) == len(texts) == FILMS + 1
    both = documents[row_of["tt0000100"]]
    assert both.title == "Film Nought"
    assert both.text == f"About a {THINGS[0]} and its owner Somebody keeps a secret"
    assert both.people == ("Somebody",)
    assert documents[row_of["tt0005000"]].title == "Another"


def test_nothing_to_learn_from_is_said(tmp_path: Path, catalogue: Path) -> None:
    with pytest.raises(InvalidFile, match="Too few questions"):
        run_known_item(questions(tmp_path / "asked.jsonl", [500, 501, 502]), catalogue, None, embed)


def test_a_bad_line_is_named(tmp_path: Path, catalogue: Path) -> None:
    asked = questions(tmp_path / "asked.jsonl", [1, 2, 3])
    asked.write_text(asked.read_text() + '{"id": "q", "turns": [], "answers": [3]}\n')
    with pytest.raises(InvalidFile, match="Line 4 of "):
        run_known_item(asked, catalogue, None, embed)
