"""Films and credits in Parquet files, joined by TMDB id. The library that reads them is loaded when one is met."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.media.tmdb_csv import values
from adapters.tabular import Bytes
from bot.errors import InvalidFile
from bot.i18n import gettext as _
from bot.model.titles import Credit, Kind, Role, TitleFacts
from bot.ports.imports import CatalogueFile, DetailRow, FilmRow, Record

if TYPE_CHECKING:
    import pyarrow as pa

_FILM_COLUMNS = ("id", "title", "release_year", "vote_average", "vote_count", "director_name", "genre_ids_json")
_CREDIT_COLUMNS = ("movie_id", "name", "job", "cast_order")
_MOST_ROWS = 20_000_000  # of credits, which are sorted in memory (columns, not objects)
_BATCH = 5_000


def is_parquet(source: Bytes) -> bool:
    """Whether the file begins like a Parquet file."""
    with closing(source.open()) as stream:
        return stream.read(4) == b"PAR1"


def open_parquet(path: Path) -> CatalogueFile:
    """Recognise a Parquet file by its columns. Raises: InvalidFile."""
    columns, rows = _look(path)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if {"movie_id", "name", "job"} <= columns:
        if rows > _MOST_ROWS:
            raise InvalidFile(_("{file} is too large to be read.").format(file=path.name))
        return CreditsParquet(path, rows, digest)
    if {"id", "title"} <= columns:
        return FilmsParquet(path, rows, digest)
    raise InvalidFile(
        _("{file} is not a list of TMDB films or credits: its columns are {columns}.").format(
            file=path.name, columns=", ".join(sorted(columns))[:300]
        )
    )


@dataclass(frozen=True, slots=True)
class FilmsParquet:
    """Films with year, genres, director and ratings, without plots."""

    path: Path
    size: int  # rows
    digest: str
    has_titles: bool = True
    authority: int = 2
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    def records(self) -> Iterator[Record[FilmRow | DetailRow]]:
        """A `FilmRow` for each row. Raises: InvalidFile."""
        for number, row in enumerate(_rows(self.path, _FILM_COLUMNS), start=1):
            try:
                film = FilmRow(_facts(row))
            except values.Unreadable:
                problem = _("The id, the title or a number cannot be read.")
                yield Record(number, self.name, number, number, None, problem)
            else:
                yield Record(number, self.name, number, number, film)


@dataclass(frozen=True, slots=True)
class CreditsParquet:
    """One row per person and film, in any order; a record is a film."""

    path: Path
    size: int  # rows
    digest: str
    has_titles: bool = False
    authority: int = 0
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    def records(self) -> Iterator[Record[FilmRow | DetailRow]]:
        """A `DetailRow` with credits for each film, ordered by id. Raises: InvalidFile."""
        row = 1
        for number, (movie, people) in enumerate(_films_of(_sorted(self.path)), start=1):
            first, row = row, row + len(people)
            try:
                detail = DetailRow(values.film_ref(str(movie)), credits=_credits(people))
            except values.Unreadable:
                problem = _("“{value}” is not a TMDB id.").format(value=str(movie)[:40])
                yield Record(number, self.name, first, row - 1, None, problem)
            else:
                yield Record(number, self.name, first, row - 1, detail)


def _look(path: Path) -> tuple[set[str], int]:
    import pyarrow as pa  # noqa: PLC0415 - loaded for these files alone
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            return set(file.schema_arrow.names), file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from None


def _rows(path: Path, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            present = [column for column in columns if column in file.schema_arrow.names]
            for batch in file.iter_batches(_BATCH, columns=present):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from None


def _sorted(path: Path) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            present = [column for column in _CREDIT_COLUMNS if column in file.schema_arrow.names]
            table = file.read(columns=present)
        keys = [(column, "ascending") for column in ("movie_id", "job", "cast_order", "name") if column in present]
        return table.sort_by(keys)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from None


def _films_of(table: pa.Table) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    movie: Any = None
    people: list[dict[str, Any]] = []
    for batch in table.to_batches(max_chunksize=_BATCH):
        for row in batch.to_pylist():
            if row["movie_id"] != movie and people:
                yield movie, people
                people = []
            movie = row["movie_id"]
            people.append(row)
    if people:
        yield movie, people


def _credits(people: Sequence[Mapping[str, Any]]) -> tuple[Credit, ...]:
    found: list[Credit] = []
    for place, person in enumerate(people):
        role, name = values.JOBS.get(str(person["job"])), values.text(str(person["name"] or ""))
        order = person.get("cast_order")
        if role and name:
            found.append(Credit(name, role, order if role is Role.CAST and isinstance(order, int) else place))
    return tuple(found)


def _facts(row: Mapping[str, Any]) -> TitleFacts:
    title = row.get("title")
    if not isinstance(title, str) or not values.text(title):
        raise values.Unreadable
    director = values.text(str(row.get("director_name") or ""))
    average = values.number(str(row.get("vote_average") or ""))
    return TitleFacts(
        refs=(values.film_ref(str(row.get("id"))),),
        kind=Kind.MOVIE,
        title=values.text(title),
        year=values.release_year(str(row.get("release_year") or "")),
        genres=_genres(row.get("genre_ids_json")),
        credits=values.credited([director] if director else [], Role.DIRECTOR),
        vote_average=average if average and average <= 10 else None,
        vote_count=values.whole(str(row.get("vote_count") or "")),
    )


def _genres(value: object) -> tuple[str, ...]:
    found = values.literal(value) if isinstance(value, str) and value.strip() else []
    if not isinstance(found, list):
        raise values.Unreadable
    return tuple(values.GENRES[code] for code in found if isinstance(code, int) and code in values.GENRES)


def _damaged(path: Path, error: Exception) -> InvalidFile:
    reason = str(error).splitlines()[0].rstrip(".")[:200]
    return InvalidFile(_("{file} is a damaged Parquet file: {reason}.").format(file=path.name, reason=reason))
