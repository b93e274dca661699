"""Reading CSV files that strangers made: what they are, how they are encoded, and which of their rows can be read.

A file of the wrong type is one clear `InvalidFile`. A row that cannot be read is a row with a problem and a line
number; reading goes on after it. Memory stays flat however large the file is.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.errors import InvalidFile
from bot.i18n import gettext as _

LONGEST_FIELD = 1_048_576  # characters; the longest honest ones are lists of credits of about 150,000
LONGEST_LINE = 4 * LONGEST_FIELD
LARGEST_FILE = 8 * 1024**3  # bytes
_RETRIES = 50  # how often an unclosed quotation mark may send the reader back
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes with a name that can be opened more than once: a file, or a member of an archive."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table: its cells by column name, or the problem with it."""

    line: int  # the physical line on which it begins, 1 first
    position: int  # characters read so far
    cells: Mapping[str, str] | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file that has been looked through once."""

    source: Bytes
    columns: tuple[str, ...]  # in lower case
    digest: str
    encoding: str
    delimiter: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What somebody should know about the file as a whole."""
        if self.encoding.startswith("utf-8"):
            return ()
        return (_("{file} is not UTF-8; it was read as Windows-1252.").format(file=self.source.name),)

    def rows(self) -> Iterator[Row]:
        """Every record after the header, good or bad; blank lines are none."""
        csv.field_size_limit(LONGEST_FIELD)
        with closing(self._text()) as text:
            lines = _Lines(text, self.source.name)
            records = _records(lines, self.delimiter)
            next(records, None)
            for line, cells, problem in records:
                yield self._row(line, lines.characters, cells, problem)

    def _row(self, line: int, position: int, cells: list[str], problem: str) -> Row:
        if not problem and len(cells) != len(self.columns):
            problem = _("The row has {found} values where the header names {expected}.").format(
                found=len(cells), expected=len(self.columns)
            )
        if not problem and any("\0" in cell for cell in cells):
            problem = _("The row holds a NUL character.")
        if problem:
            return Row(line, position, None, problem)
        # Of two columns with one name the first counts.
        return Row(line, position, dict(zip(reversed(self.columns), reversed(cells), strict=True)))

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(self.source.open(), encoding=self.encoding, errors="replace", newline="")


def file_bytes(path: Path) -> Bytes:
    """A file on disk. Raises: InvalidFile, when it is missing, no file, or must not be read."""
    try:
        if path.is_dir():
            raise InvalidFile(_("{file} is a folder, not a file.").format(file=path.name))
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise InvalidFile(_("There is no file {file}.").format(file=path)) from None
    except OSError as error:
        raise InvalidFile(
            _("{file} cannot be read: {reason}.").format(file=path.name, reason=error.strerror or error)
        ) from None
    return Bytes(path.name, size, lambda: path.open("rb"))


def open_table(source: Bytes) -> Table:
    """Look a CSV file through: its type, encoding, columns and digest. Raises: InvalidFile."""
    if source.size > LARGEST_FILE:
        raise InvalidFile(_("{file} is too large to be read.").format(file=source.name))
    try:
        with closing(source.open()) as stream:
            _check_type(source.name, stream.read(4096))
        digest, encoding = _inspect(source)
        csv.field_size_limit(LONGEST_FIELD)
        with closing(io.TextIOWrapper(source.open(), encoding=encoding, errors="replace", newline="")) as text:
            delimiter, columns = _header(_Lines(text, source.name))
    except OSError as error:
        raise InvalidFile(
            _("{file} cannot be read: {reason}.").format(file=source.name, reason=error.strerror or error)
        ) from None
    return Table(source, columns, digest, encoding, delimiter)


def wrong_header(table: Table, expected: str) -> InvalidFile:
    """The error for a table whose columns are not those that were expected."""
    shown = ", ".join(table.columns)
    return InvalidFile(
        _("{file} is not {expected}: its columns are {columns}.").format(
            file=table.source.name, expected=expected, columns=shown if len(shown) <= 300 else shown[:299] + "…"
        )
    )


def _foreign_types() -> dict[bytes, str]:
    return {
        b"PK\x03\x04": _("a ZIP archive"),
        b"PK\x05\x06": _("an empty ZIP archive"),
        b"PAR1": _("a Parquet file"),
        b"\x1f\x8b": _("a gzip archive"),
        b"%PDF": _("a PDF document"),
        b"\x89PNG": _("a picture"),
        b"\xff\xd8\xff": _("a picture"),
        b"SQLite format 3": _("a database"),
        b"\xff\xfe": _("text in UTF-16"),
        b"\xfe\xff": _("text in UTF-16"),
    }


def _check_type(name: str, head: bytes) -> None:
    if not head.strip():
        raise InvalidFile(_("{file} is empty.").format(file=name))
    for magic, kind in _foreign_types().items():
        if head.startswith(magic):
            raise InvalidFile(_("{file} is {kind}, not a CSV file.").format(file=name, kind=kind))
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        raise InvalidFile(_("{file} is a web page or XML, not a CSV file.").format(file=name))
    if start.startswith((b"{", b"[")):
        raise InvalidFile(_("{file} is JSON, not a CSV file.").format(file=name))
    controls = sum(head.count(code) for code in range(32) if code not in (9, 10, 13))
    # A stray control character makes a bad row at most.
    if controls > 16 + len(head) // 100:
        raise InvalidFile(_("{file} is a binary file, not a CSV file.").format(file=name))


def _inspect(source: Bytes) -> tuple[str, str]:
    """SHA-256 of the content, and its encoding: UTF-8 unless some byte says otherwise."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    with closing(source.open()) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            if encoding == "utf-8-sig":
                encoding = _still_utf8(decoder, chunk, final=False)
        if encoding == "utf-8-sig":
            encoding = _still_utf8(decoder, b"", final=True)
    return digest.hexdigest(), encoding


def _still_utf8(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> str:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _header(lines: _Lines) -> tuple[str, tuple[str, ...]]:
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    lines.push_back([first])
    cells: list[str] = next((cells for _line, cells, _problem in _records(lines, delimiter)), [])
    columns = tuple(cell.strip().casefold() for cell in cells)
    if len(columns) < 2 or not all(column.isprintable() for column in columns):
        raise InvalidFile(_("{file} has no header line with column names.").format(file=lines.name))
    return delimiter, columns


class _Lines:
    """Physical lines that can be pushed back, counted, and of bounded length."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self.name = name
        self.characters = 0
        self.number = 0  # of the line handed out last
        self.record: list[str] = []  # lines handed out since `begin`
        self._text = text
        self._ahead: deque[str] = deque()

    def begin(self) -> None:
        """A new record begins with the next line."""
        self.record = []

    def push_back(self, lines: list[str]) -> None:
        """Hand these out again."""
        self._ahead.extendleft(reversed(lines))
        self.number -= len(lines)
        self.characters -= sum(map(len, lines))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) >= LONGEST_LINE:
            raise InvalidFile(_("Line {line} of {file} is far too long for a CSV file.").format(
                line=self.number + 1, file=self.name
            ))  # fmt: skip
        self.number += 1
        self.characters += len(line)
        self.record.append(line)
        return line


def _records(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """First line, cells and problem of each record.

    After an unclosed quotation mark, which swallows everything that follows, reading goes on with the next line.
    """
    retries = _RETRIES
    reader = csv.reader(lines, strict=True, delimiter=delimiter)
    while True:
        lines.begin()
        first = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if len(lines.record) > 1 and retries:
                retries -= 1
                lines.push_back(lines.record[1:])
            yield first, [], _("The row cannot be read: {reason}.").format(reason=error)
            reader = csv.reader(lines, strict=True, delimiter=delimiter)
            continue
        if cells is None:
            return
        if cells:
            yield first, cells, ""
