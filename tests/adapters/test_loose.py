"""Values as services write them, good and bad."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters import loose

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(ANYTHING)
def test_nothing_that_a_service_says_raises(value: object) -> None:
    assert isinstance(loose.text(value), str) and isinstance(loose.prose(value), str)
    assert isinstance(loose.flag(value), bool)
    for read in (loose.number, loose.integer, loose.positive, loose.moment, loose.day):
        assert read(value) is None or read(value) == read(value)
    assert all(isinstance(row, dict) for row in loose.rows(value))
    assert isinstance(loose.table(value), dict)


@pytest.mark.parametrize(
    ("told", "number"), [("42", 42), (42.9, 42), ("", None), (True, None), ("1e400", None), ("nan", None), (None, None)]
)
def test_whole_numbers(told: object, number: int | None) -> None:
    assert loose.integer(told) == number


def test_positive_numbers_only() -> None:
    assert (loose.positive(0), loose.positive("-3"), loose.positive("3")) == (None, None, 3)


def test_moments_are_in_utc_and_never_impossible() -> None:
    assert loose.moment("1462688370") == datetime(2016, 5, 8, 6, 19, 30, tzinfo=UTC)
    assert [loose.moment(value) for value in (0, -1, 10**15, "x", None)] == [None] * 5


def test_days_with_and_without_a_time() -> None:
    assert loose.day("2014-11-05 20:00:00") == date(2014, 11, 5)
    assert [loose.day(value) for value in ("2014", "2014-13-40", None, 20141105)] == [
        None,
        None,
        None,
        date(2014, 11, 5),
    ]


def test_texts_lose_what_does_not_belong_in_them() -> None:
    assert loose.text("  The \x00 Matrix\n ") == "The Matrix"
    assert loose.prose(" one\n two\x00 ") == "one\n two"
    assert (loose.text(7), loose.text(True), loose.text(None)) == ("7", "", "")


def test_a_lone_row_counts_as_one() -> None:
    assert loose.rows({"a": 1}) == [{"a": 1}]
    assert loose.rows([{"a": 1}, None, 3]) == [{"a": 1}]
    assert loose.rows("x") == []


def test_flags() -> None:
    assert [loose.flag(value) for value in (1, "1", True, "true", "True")] == [True] * 5
    assert [loose.flag(value) for value in (0, "0", None, "", "no", 2)] == [False] * 6
