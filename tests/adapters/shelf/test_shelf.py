"""Files on the shelf: whole values back, damaged files ignored, nothing but data."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from adapters.shelf import FileShelf
from adapters.shelf.codec import Unshelvable, decode, encode
from engine.catalogue import CatalogueItem, build_catalogue
from engine.search.blocks import TitleEntry
from engine.search.keywords import KeywordDocument, KeywordIndex
from engine.search.titles import TitleIndex
from engine.types import Kind

ITEMS = [
    CatalogueItem(1, "Heat (1995)", year=1995, genres=("Crime", "Drama"), keywords=("heist",), directors=("M. Mann",)),
    CatalogueItem(2, "Fargo (2014)", Kind.SERIES, genres=("Crime",), cast=("Ö. Übermut", "\ud800"), libraries=(3,)),
]


def there_and_back(value: object) -> Any:
    arrays: list[Any] = []

    def keep(array: Any) -> int:
        arrays.append(array)
        return len(arrays) - 1

    return decode(json.loads(json.dumps(encode(value, keep))), arrays.__getitem__)


def assert_same(one: Any, other: Any) -> None:
    assert type(one) is type(other)
    if dataclasses.is_dataclass(one):
        for field in dataclasses.fields(one):
            assert_same(getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, np.ndarray):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)
    elif isinstance(one, csr_array):
        assert one.shape == other.shape
        np.testing.assert_array_equal(one.toarray(), other.toarray())
    elif isinstance(one, dict):
        assert list(one) == list(other)
        for key in one:
            assert_same(one[key], other[key])
    elif isinstance(one, tuple | list):
        assert len(one) == len(other)
        for mine, yours in zip(one, other, strict=True):
            assert_same(mine, yours)
    else:
        assert one == other


@pytest.fixture
def shelf(tmp_path: Path) -> FileShelf:
    return FileShelf(tmp_path / "shelf")


def test_a_catalogue_and_its_indexes_come_back_the_same(shelf: FileShelf) -> None:
    catalogue = build_catalogue(ITEMS, np.eye(2, 5, dtype=np.float32))
    titles = TitleIndex.build([TitleEntry(1, ("Heat",), 1995), TitleEntry(2, ("Fargo",), 2014)])
    words = KeywordIndex.build([KeywordDocument(1, titles=("Heat",), plot="A thief in Los Angeles")]).sealed()
    assert shelf.save("all", "key", (catalogue, titles, words))
    back: Any = shelf.load("all", "key")
    assert_same((catalogue, titles, words), back)
    assert back[1].search("heat")[0].item == 1
    assert back[2].search("thief") == words.search("thief")
    assert not back[0].years.flags.writeable


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.datetimes().map(lambda moment: moment.replace(tzinfo=UTC)),
    lambda inner: st.lists(inner).map(tuple) | st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=20,
)


@given(VALUES)
@settings(max_examples=50, deadline=None)
def test_plain_values_survive(value: Any) -> None:
    assert_same(value, there_and_back(value))


@pytest.mark.parametrize("value", [object(), {1, 2}, lambda: None, Path("x"), st, print])
def test_what_is_no_value_is_not_kept(shelf: FileShelf, value: Any) -> None:
    assert not shelf.save("odd", "key", (value,))
    assert shelf.load("odd", "key") is None


@pytest.mark.parametrize(
    "data",
    [
        {"dataclass": "subprocess:Popen", "fields": {"args": "ls"}},
        {"dataclass": "engine.catalogue:build_catalogue", "fields": {}},
        {"dataclass": "engine.catalogue:CatalogueItem", "fields": {"id": 1}},
        {"dataclass": "engine.catalogue:CatalogueItem.__class__", "fields": {}},
        {"enum": "bot.errors:RecommendarrError", "value": "x"},
        {"surprise": 1},
    ],
)
def test_a_file_can_name_data_but_no_code(data: Any) -> None:
    with pytest.raises(Unshelvable):
        decode(data, lambda _place: np.zeros(0))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scribble(path: Path) -> None:
    path.write_bytes(b"\xff" * 400)


def another_length(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[21:29] = (2**60).to_bytes(8, "little")
    path.write_bytes(bytes(data))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [truncate, empty, scribble, another_length, folder])
def test_a_damaged_file_is_as_good_as_none(shelf: FileShelf, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    shelf.save("all", "key", {"a": np.arange(100), "b": "text"})
    (path,) = (tmp_path / "shelf").iterdir()
    damage(path)
    assert shelf.load("all", "key") is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "shelf").write_text("a file where the folder should be")
    assert not FileShelf(tmp_path / "shelf").save("all", "key", (1,))


def test_a_reader_keeps_its_value_while_it_is_replaced(shelf: FileShelf) -> None:
    shelf.save("all", "old", {"a": np.arange(1000)})
    old: Any = shelf.load("all", "old")
    shelf.save("all", "new", {"a": np.zeros(1000)})
    assert old["a"].sum() == 499_500


def test_moments_keep_their_zone() -> None:
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    assert there_and_back({1: moment}) == {1: moment}


def test_a_title_index_from_another_process_still_finds_names(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from adapters.shelf import FileShelf;"
        "from engine.search.blocks import TitleEntry; from engine.search.titles import TitleIndex;"
        "FileShelf(Path(sys.argv[1])).save('titles', 'key', TitleIndex.build([TitleEntry(1, ('Heat',), 1995)]))"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, env={**os.environ, "PYTHONHASHSEED": "7"})
    index: Any = FileShelf(tmp_path).load("titles", "key")
    assert [hit.item for hit in index.exact("heat")] == [1]
    assert index.knows(["heat"]).tolist() == [True]
