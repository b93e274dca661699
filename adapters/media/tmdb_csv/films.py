"""Films in a CSV file. Which columns there are decides what is read; what is missing is "not said"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from adapters.media.tmdb_csv import values
from adapters.tabular import Row, Table
from bot.i18n import gettext as _
from bot.model.titles import Credit, Kind, Role, TitleFacts
from bot.ports.imports import DetailRow, FilmRow, Flaw, Record

FILM_COLUMNS = (
    frozenset({"id", "title", "overview"}),
    frozenset({"id", "original_title", "overview"}),
    frozenset({"id", "title", "release_date"}),
)

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class FilmsCsv:
    """A CSV file of films."""

    table: Table
    has_titles: bool = True

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

    @property
    def authority(self) -> int:
        """A file that knows titles goes before one that only knows original titles."""
        return 0 if "title" in self.table.columns else 1

    def records(self) -> Iterator[Record[FilmRow | DetailRow]]:
        """A `FilmRow` for each row. Raises: InvalidFile."""
        separator = "|" if "release_year" in self.table.columns else ","
        for number, row in enumerate(self.table.rows(), start=1):
            yield _film(number, row, self.name, separator)


class _Cells:
    """The cells of a row; columns that cannot be read are remembered."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.unreadable: list[str] = []

    def raw(self, column: str) -> str:
        return self._cells.get(column, "")

    def read(self, column: str, reader: Callable[[str], Read], default: Read) -> Read:
        value = self._cells.get(column, "")
        if not value:
            return default
        try:
            return reader(value)
        except values.Unreadable:
            self.unreadable.append(column)
            return default

    def many(self, column: str, reader: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        return self.read(column, reader, ())


def _film(number: int, row: Row, file: str, separator: str) -> Record[FilmRow | DetailRow]:
    if row.cells is None:
        return Record(number, file, row.line, row.position, None, row.problem)
    cells = _Cells(row.cells)
    try:
        ref = values.film_ref(cells.raw("id"))
    except values.Unreadable:
        problem = _("“{value}” is not a TMDB id.").format(value=cells.raw("id")[:40])
        return Record(number, file, row.line, row.position, None, problem)
    original = values.text(cells.raw("original_title"))
    title = values.text(cells.raw("title")) or original
    if not title:
        return Record(number, file, row.line, row.position, None, _("The film has no title."))
    released = cells.read("release_date", lambda value: values.released(value, cells.raw("release_year")), None)
    imdb = values.imdb_ref(cells.raw("imdb_id"))
    votes = cells.read("vote_count", values.whole, None)
    average = cells.read("vote_average", values.number, None)
    facts = TitleFacts(
        refs=(ref, imdb) if imdb else (ref,),
        kind=Kind.MOVIE,
        title=title,
        year=values.release_year(cells.raw("release_year")) or (released.year if released else None),
        original_title=original or None,
        released=released,
        runtime=cells.read("runtime", values.whole, None),
        overview=values.overview(cells.raw("overview")),
        tagline=values.text(cells.raw("tagline")),
        genres=cells.many("genres" if cells.raw("genres") else "genre", lambda v: values.genres(v, separator)),
        keywords=cells.many("keywords", lambda v: values.keywords(v, separator)),
        credits=_credits(cells, separator),
        language=values.language(cells.raw("original_language")),
        countries=_countries(cells),
        vote_average=average if average and average <= 10 else None,
        vote_count=votes,
        popularity=cells.read("popularity", values.number, None),
        minimum_age=18 if cells.raw("adult").strip().casefold() == "true" else None,
        collection=_collection(cells),
    )
    problem = ""
    if cells.unreadable:
        problem = _("The film was read without {columns}, which cannot be read.").format(
            columns=", ".join(cells.unreadable)
        )
    film = FilmRow(facts, only_original=not cells.raw("title").strip())
    return Record(number, file, row.line, row.position, film, problem, Flaw.PARTIAL)


def _credits(cells: _Cells, separator: str) -> tuple[Credit, ...]:
    directors = cells.many("director", lambda value: values.names(value, separator))
    cast = cells.many("cast", lambda value: values.names(value, separator))
    return values.credited(directors, Role.DIRECTOR) + values.credited(cast, Role.CAST)


def _countries(cells: _Cells) -> tuple[str, ...]:
    found = cells.many("production_countries", lambda value: values.names(value, ",", key="iso_3166_1"))
    return tuple(code for code in found if len(code) == 2 and code.isascii() and code.isupper())


def _collection(cells: _Cells) -> str | None:
    found = cells.read("belongs_to_collection", values.literal, None)
    name = found.get("name") if isinstance(found, dict) else None
    return values.text(name) or None if isinstance(name, str) else None
