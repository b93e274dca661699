"""The export of a Letterboxd account: diary, ratings, films watched and liked, as a ZIP archive or a folder.

The diary tells of single plays, rewatches among them; the other lists tell of films, so they yield to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from adapters.archive import open_export
from adapters.tabular import Table, open_table, wrong_header
from bot.errors import InvalidFile
from bot.i18n import gettext as _
from bot.ports.imports import HistoryRow, Record, WantedTitle

SOURCE = "letterboxd"
_DIARY, _RATINGS, _WATCHED, _LIKES = "diary.csv", "ratings.csv", "watched.csv", "likes/films.csv"
_WATCH_LIST = "watchlist.csv"
_COLUMNS = {
    _DIARY: {"date", "name", "year", "watched date"},
    _RATINGS: {"date", "name", "year", "rating"},
    _WATCHED: {"date", "name", "year"},
    _LIKES: {"date", "name", "year"},
}


class _UnreadableError(ValueError):
    """A cell that holds something else than it should."""


@dataclass(frozen=True, slots=True)
class LetterboxdExport:
    """One account's export."""

    name: str
    tables: Mapping[str, Table]  # in the order in which they are read
    has_watch_list: bool
    source: str = SOURCE
    has_diary: bool = True

    @property
    def size(self) -> int:
        """Bytes of all lists."""
        return sum(table.source.size for table in self.tables.values())

    @property
    def digest(self) -> str:
        """Of the content of all lists."""
        parts = (f"{name} {table.digest}" for name, table in self.tables.items())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def notes(self) -> tuple[str, ...]:
        """About encodings, and what is left out."""
        notes = tuple(note for table in self.tables.values() for note in table.notes)
        if self.has_watch_list:
            notes += (_("The watchlist is left out: it says nothing about what was watched."),)
        return notes

    def records(self) -> Iterator[Record[HistoryRow]]:
        """Diary entries, ratings, films watched and films liked. Raises: InvalidFile."""
        number = before = 0
        for name, table in self.tables.items():
            reader = _READERS[name]
            for row in table.rows():
                number += 1
                value, problem = None, row.problem
                if row.cells is not None:
                    try:
                        value = reader(row.cells)
                        if name == _DIARY and _RATINGS in self.tables:
                            # The list of ratings holds what the person thinks now.
                            value = replace(value, rating=None)
                    except _UnreadableError as error:
                        problem = str(error)
                yield Record(number, table.source.name, row.line, before + row.position, value, problem)
            before += table.source.size


def open_letterboxd(path: Path) -> LetterboxdExport:
    """Look an export through. Raises: InvalidFile."""
    files = open_export(path, (*_COLUMNS, _WATCH_LIST))
    tables: dict[str, Table] = {}
    for name, columns in _COLUMNS.items():
        if name in files:
            table = open_table(files[name])
            if not columns <= set(table.columns):
                raise wrong_header(table, _("a list of a Letterboxd export"))
            tables[name] = table
    if not tables:
        raise InvalidFile(
            _("{file} is not a Letterboxd export: it has no watched.csv, diary.csv or ratings.csv.").format(
                file=path.name
            )
        )
    return LetterboxdExport(path.absolute().name, tables, _WATCH_LIST in files)


def _diary(cells: Mapping[str, str]) -> HistoryRow:
    title = _title(cells)
    watched = _moment(cells["watched date"] or cells["date"])
    uri = cells.get("letterboxd uri", "").strip()
    return HistoryRow(
        title=title,
        # Without an address the day tells entries apart.
        key=uri or f"{title.name}:{title.year}:{watched:%Y-%m-%d}",
        watched_at=watched,
        logged=True,
        rewatch=cells.get("rewatch", "").strip().casefold() in ("yes", "true", "1"),
        rating=_stars(cells.get("rating", "")),
        rated_at=_moment(cells["date"]),
    )


def _rated(cells: Mapping[str, str]) -> HistoryRow:
    title, at = _title(cells), _moment(cells["date"])
    rating = _stars(cells["rating"])
    if rating is None:
        raise _UnreadableError(_("The row has no rating."))
    return HistoryRow(title=title, key=_film_key(title, cells), watched_at=at, rating=rating, rated_at=at)


def _watched(cells: Mapping[str, str]) -> HistoryRow:
    title = _title(cells)
    return HistoryRow(title=title, key=_film_key(title, cells), watched_at=_moment(cells["date"]))


def _liked(cells: Mapping[str, str]) -> HistoryRow:
    title = _title(cells)
    return HistoryRow(title=title, key=_film_key(title, cells), liked_at=_moment(cells["date"]))


_READERS: Mapping[str, Callable[[Mapping[str, str]], HistoryRow]] = {
    _DIARY: _diary,
    _RATINGS: _rated,
    _WATCHED: _watched,
    _LIKES: _liked,
}


def _title(cells: Mapping[str, str]) -> WantedTitle:
    name, year = " ".join(cells["name"].split()), cells["year"].strip()
    if not name:
        raise _UnreadableError(_("The row names no film."))
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise _UnreadableError(_("“{value}” is not a year.").format(value=year[:20]))
    return WantedTitle(name, int(year) if year else None)


def _film_key(title: WantedTitle, cells: Mapping[str, str]) -> str:
    return f"film:{cells.get('letterboxd uri', '').strip() or f'{title.name}:{title.year}'}"


def _moment(value: str) -> datetime:
    """Noon of the day: the export knows no hours, and noon is the same day nearly everywhere."""
    try:
        return datetime.combine(date.fromisoformat(value.strip()), time(12), UTC)
    except ValueError:
        raise _UnreadableError(_("“{value}” is not a date such as 2024-05-31.").format(value=value[:20])) from None


def _stars(value: str) -> float | None:
    if not value.strip():
        return None
    try:
        stars = float(value)
    except ValueError:
        stars = 0.0
    if not 0.5 <= stars <= 5:
        raise _UnreadableError(_("“{value}” is not a rating from 0.5 to 5.").format(value=value[:20]))
    return stars * 2
