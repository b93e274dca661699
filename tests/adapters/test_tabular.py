"""CSV files that strangers made."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.tabular import Bytes, Row, Table, file_bytes, open_table
from bot.errors import InvalidFile


def table_of(content: bytes, name: str = "list.csv") -> Table:
    return open_table(Bytes(name, len(content), lambda: io.BytesIO(content)))


def rows_of(content: bytes) -> list[Row]:
    return list(table_of(content).rows())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "list.csv is empty."),
        (b" \r\n\n", "list.csv is empty."),
        (b"PK\x03\x04rest", "list.csv is a ZIP archive, not a CSV file."),
        (b"PAR1....", "list.csv is a Parquet file, not a CSV file."),
        (b"\x1f\x8b\x08\x00", "list.csv is a gzip archive, not a CSV file."),
        (b"\n <!DOCTYPE html><title>a,b</title>", "list.csv is a web page or XML, not a CSV file."),
        (b'{"id": 1, "title": "x"}', "list.csv is JSON, not a CSV file."),
        ("id,title\n".encode("utf-16"), "list.csv is text in UTF-16, not a CSV file."),
        (b"id,title\n" + bytes(range(32)) * 8, "list.csv is a binary file, not a CSV file."),
        (b"just some words\nand more\n", "list.csv has no header line with column names."),
    ],
)
def test_a_file_of_another_type_is_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(InvalidFile) as failure:
        table_of(content)
    assert str(failure.value) == sentence


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"There is no file .*nothing\.csv"):
        file_bytes(tmp_path / "nothing.csv")
    with pytest.raises(InvalidFile, match="is a folder, not a file"):
        file_bytes(tmp_path)


def test_columns_are_read_without_byte_order_mark_case_and_blanks() -> None:
    table = table_of("\ufeffId, Title \n1,Ä\n".encode())
    assert table.columns == ("id", "title")
    assert [row.cells for row in table.rows()] == [{"id": "1", "title": "Ä"}]
    assert table.notes == ()


def test_what_is_not_utf8_is_read_as_windows_1252_and_says_so() -> None:
    table = table_of("id,title\n1,Amélie – “Œuvre”\n".encode("cp1252"))
    assert [row.cells for row in table.rows()] == [{"id": "1", "title": "Amélie – “Œuvre”"}]
    assert table.notes == ("list.csv is not UTF-8; it was read as Windows-1252.",)


def test_bad_utf8_is_noticed_wherever_it_stands() -> None:
    assert table_of(b"id,title\n" + b"1,x\n" * 600_000 + b"2,\xe9\n").encoding == "cp1252"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_recognised(delimiter: str) -> None:
    content = f"id{delimiter}title\n1{delimiter}x\n".encode()
    assert [row.cells for row in rows_of(content)] == [{"id": "1", "title": "x"}]


def test_bad_rows_carry_the_line_on_which_they_begin() -> None:
    rows = rows_of(b'id,title\n1,"two\nlines"\n\n2,x,surplus\n3\n4,good\n5,nul\0\n')
    assert [(row.line, row.cells is not None) for row in rows] == [
        (2, True), (5, False), (6, False), (7, True), (8, False),
    ]  # fmt: skip
    assert rows[1].problem == "The row has 3 values where the header names 2."
    assert rows[2].problem == "The row has 1 values where the header names 2."
    assert rows[4].problem == "The row holds a NUL character."


def test_after_an_unclosed_quotation_mark_reading_goes_on_with_the_next_line() -> None:
    content = b'id,title\n1,good\n2,"never closed\n' + b"".join(b"%d,fine\n" % number for number in range(3, 60))
    rows = rows_of(content)
    assert [row.line for row in rows if row.problem] == [3]
    assert [row.cells["id"] for row in rows if row.cells] == [str(number) for number in range(1, 60) if number != 2]
    assert [row.line for row in rows] == list(range(2, 61))


def test_a_huge_field_is_a_bad_row_and_a_huge_line_no_csv_file() -> None:
    rows = rows_of(b"id,title\n1," + b"x" * 1_100_000 + b"\n2,fine\n")
    assert [(row.line, bool(row.problem)) for row in rows] == [(2, True), (3, False)]
    with pytest.raises(InvalidFile, match=r"Line 2 of list\.csv is far too long"):
        rows_of(b"id,title\n1," + b"x" * 4_300_000)


def test_equal_contents_have_one_digest_whatever_their_names() -> None:
    assert table_of(b"id,title\n1,x\n", "a.csv").digest == table_of(b"id,title\n1,x\n", "b.csv").digest
    assert table_of(b"id,title\n1,x\n").digest != table_of(b"id,title\n1,y\n").digest


_CELL = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs"], include_characters="\r\n\t"),
    max_size=20,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(_CELL, _CELL), max_size=8))
def test_whatever_is_written_as_csv_is_read_back(written: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([("first", "second"), *(("a" + first, second) for first, second in written)])
    rows = rows_of(stream.getvalue().encode())
    assert [(row.cells["first"], row.cells["second"]) for row in rows if row.cells] == [
        ("a" + first, second) for first, second in written
    ]


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_one_of_our_errors(noise: bytes) -> None:
    try:
        rows = rows_of(b"id,title\n" + noise)
    except InvalidFile:
        return
    assert all(bool(row.problem) != (row.cells is not None) for row in rows)
    assert [row.line for row in rows] == sorted({row.line for row in rows})
