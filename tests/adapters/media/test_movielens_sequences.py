"""Sequences and votes from files."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from adapters.media.imdb_votes import Votes, read_imdb_votes
from adapters.media.movielens_sequences import read_sequences
from bot.errors import InvalidFile


def test_people_and_items_are_numbered_without_gaps_and_order_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "sequences.txt"
    path.write_text("5 30\n5 10\n9 30\n")
    found = read_sequences(path)
    assert found.people.tolist() == [0, 0, 1]
    assert found.items.tolist() == [1, 0, 1]
    assert found.n_items == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"1 2\n3\n", "Line 2 of"),
        (b"1 x\n", "Line 1 of"),
        (b"1 -2\n", "Line 1 of"),
        (b"", "empty"),
        (b"\xff\xfe", "cannot"),
    ],
)
def test_what_is_no_list_of_sequences(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "sequences.txt"
    path.write_bytes(content)
    with pytest.raises(InvalidFile, match=message):
        read_sequences(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="cannot be read"):
        read_sequences(tmp_path / "none.txt")


def test_votes_of_the_wanted_titles(tmp_path: Path) -> None:
    path = tmp_path / "titles.parquet"
    columns = {"tconst": ["tt1", "tt2", "tt3"], "averageRating": [7.5, 8.0, None], "numVotes": [10, 20, None]}
    pq.write_table(pa.table(columns), path)
    assert read_imdb_votes(path, {"tt1", "tt3", "tt9"}) == {"tt1": Votes(10, 7.5)}
    path.write_bytes(b"PAR1 and nothing else")
    with pytest.raises(InvalidFile, match="not a list of IMDb titles"):
        read_imdb_votes(path, {"tt1"})
    pq.write_table(pa.table({"name": ["x"]}), path)
    with pytest.raises(InvalidFile, match="not a list of IMDb titles"):
        read_imdb_votes(path, {"tt1"})
