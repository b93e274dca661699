"""Keywords and credits in CSV files: lists of objects per film, joined by TMDB id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from adapters.media.tmdb_csv import values
from adapters.tabular import Row, Table
from bot.i18n import gettext as _
from bot.model.titles import Credit, Role
from bot.ports.imports import DetailRow, FilmRow, Record

KEYWORD_COLUMNS = frozenset({"id", "keywords"})
CREDIT_COLUMNS = (frozenset({"movie_id", "cast", "crew"}), frozenset({"id", "cast", "crew"}))


@dataclass(frozen=True, slots=True)
class _DetailsCsv:
    table: Table
    has_titles: bool = False
    authority: int = 0

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.table.source.name

    @property
    def size(self) -> int:
        """Bytes."""
        return self.table.source.size

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return self.table.digest

    @property
    def notes(self) -> tuple[str, ...]:
        """About its encoding."""
        return self.table.notes

    def _read(self, reader: Callable[[Row], DetailRow]) -> Iterator[Record[FilmRow | DetailRow]]:
        for number, row in enumerate(self.table.rows(), start=1):
            detail, problem = None, row.problem
            if row.cells is not None:
                try:
                    detail = reader(row)
                except values.Unreadable:
                    problem = _("The id or the list cannot be read.")
            yield Record(number, self.name, row.line, row.position, detail, problem)


@dataclass(frozen=True, slots=True)
class KeywordsCsv(_DetailsCsv):
    """`id,keywords` with a list of objects per film."""

    def records(self) -> Iterator[Record[FilmRow | DetailRow]]:
        """A `DetailRow` with keywords for each row. Raises: InvalidFile."""
        return self._read(_keywords)


@dataclass(frozen=True, slots=True)
class CreditsCsv(_DetailsCsv):
    """`movie_id,cast,crew`, with lists of objects."""

    def records(self) -> Iterator[Record[FilmRow | DetailRow]]:
        """A `DetailRow` with credits for each row. Raises: InvalidFile."""
        return self._read(_credits)


def _keywords(row: Row) -> DetailRow:
    cells = row.cells or {}
    return DetailRow(values.film_ref(cells["id"]), keywords=values.keywords(cells["keywords"], ","))


def _credits(row: Row) -> DetailRow:
    cells = row.cells or {}
    ref = values.film_ref(cells.get("movie_id") or cells.get("id", ""))
    cast = [
        Credit(name, Role.CAST, order if isinstance(order, int) and order >= 0 else place)
        for place, (name, order) in enumerate(_named(cells["cast"], "order"))
    ]
    crew = [
        Credit(name, role, place)
        for place, (name, job) in enumerate(_named(cells["crew"], "job"))
        if (role := values.JOBS.get(job)) and role is not Role.CAST
    ]
    return DetailRow(ref, credits=(*crew, *cast))


def _named(value: str, key: str) -> list[tuple[str, Any]]:
    found = [(values.text(str(entry.get("name", ""))), entry.get(key)) for entry in values.entries(value)]
    return [(name, other) for name, other in found if name]
