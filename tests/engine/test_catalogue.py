"""Facts laid out in columns are found again, by name and by id."""

from __future__ import annotations

import numpy as np
import pytest

from engine.catalogue import CatalogueItem, build_catalogue
from engine.columns import BitColumn, NameMatrix
from engine.types import Role


def test_ids_lead_to_rows_and_back() -> None:
    catalogue = build_catalogue([CatalogueItem(id=item) for item in (30, 10, 20)])
    assert catalogue.dense([10, 99, 30]).tolist() == [1, -1, 0]
    assert catalogue.rows([20, 99, 10]).tolist() == [2, 1]
    assert catalogue.row(20) == 2
    with pytest.raises(KeyError):
        catalogue.row(5)


def test_an_empty_catalogue_answers_everything() -> None:
    catalogue = build_catalogue([])
    assert len(catalogue) == 0
    assert catalogue.dense([1, 2]).tolist() == [-1, -1]
    assert catalogue.genres.has_any(["Drama"]).shape == (0,)
    assert catalogue.in_any_library.shape == (0,)


def test_contradictions_are_refused() -> None:
    items = [CatalogueItem(id=1), CatalogueItem(id=1)]
    with pytest.raises(ValueError, match="share an id"):
        build_catalogue(items)
    with pytest.raises(ValueError, match="one row per item"):
        build_catalogue(items[:1], np.zeros((2, 4), dtype=np.float32))


def test_the_embeddings_are_taken_without_a_copy() -> None:
    vectors = np.zeros((1, 4), dtype=np.float32)
    assert build_catalogue([CatalogueItem(id=1)], vectors).embeddings is vectors


def test_numbers_from_outside_are_made_harmless() -> None:
    item = CatalogueItem(id=1, year=99_999, runtime=-5, vote_average=float("nan"), popularity=float("inf"), votes=-3)
    catalogue = build_catalogue([item])
    assert catalogue.years[0] == 32_767
    assert catalogue.vote_averages[0] == 0.0
    assert catalogue.popularity[0] == 0.0
    assert catalogue.votes[0] == 0


def test_credits_keep_their_roles() -> None:
    catalogue = build_catalogue([CatalogueItem(id=1, directors=("Ann",), cast=("Bob", "Ann"), writers=("Cy",))])
    assert [catalogue.people(role).of(0) for role in Role] == [("Ann",), ("Cy",), ("Ann", "Bob")]


@pytest.mark.parametrize("column", [BitColumn, NameMatrix])
def test_sets_of_names_are_found_by_any_and_by_all(column: type[BitColumn] | type[NameMatrix]) -> None:
    names = column.build([("b", "a"), (), ("c", "a"), ("b", "b")])
    assert names.names == ("a", "b", "c")
    assert names.has_any(["a"]).tolist() == [True, False, True, False]
    assert names.has_any(["x"]).tolist() == [False] * 4
    assert names.has_any([]).tolist() == [False] * 4
    assert names.has_all(["a", "b"]).tolist() == [True, False, False, False]
    assert names.has_all(["a", "x"]).tolist() == [False] * 4
    assert names.has_all([]).tolist() == [True] * 4
    assert names.of(0) == ("a", "b")
    assert names.of(3) == ("b",)


def test_more_names_than_one_word_holds_stay_apart() -> None:
    column = BitColumn.build([(f"genre {number:03}",) for number in range(150)])
    assert column.words.shape == (150, 3)
    for number in (0, 63, 64, 127, 128, 149):
        assert np.flatnonzero(column.has_any([f"genre {number:03}"])).tolist() == [number]
        assert column.of(number) == (f"genre {number:03}",)
    assert np.array_equal(column.matrix().toarray(), np.eye(150))
