"""Exports of an IMDb account, old and new: ratings, check-ins and other lists of titles.

A rating stands for a watch on the same day. Episodes roll up to their series where its name is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from adapters.tabular import Row, Table, file_bytes, open_table, wrong_header
from bot.i18n import gettext as _
from bot.model.titles import Kind, TitleRef
from bot.ports.imports import Flaw, HistoryRow, Record, WantedTitle

SOURCE = "imdb"
# The same columns under the names that they have had over the years.
_COLUMNS = {
    "const": ("const",),
    "rating": ("your rating", "you rated"),
    "rated": ("date rated", "created", "date added", "modified"),
    "listed": ("created", "date added", "modified", "date rated"),
    "title": ("title",),
    "original": ("original title",),
    "type": ("title type",),
    "year": ("year",),
}
_KINDS = {
    "movie": Kind.MOVIE, "feature": Kind.MOVIE, "featurefilm": Kind.MOVIE, "tvmovie": Kind.MOVIE, "video": Kind.MOVIE,
    "short": Kind.MOVIE, "tvshort": Kind.MOVIE, "shortfilm": Kind.MOVIE, "documentary": Kind.MOVIE,
    "tvspecial": Kind.MOVIE, "tvseries": Kind.SERIES, "tvminiseries": Kind.SERIES, "miniseries": Kind.SERIES,
}  # fmt: skip
_EPISODE = "tvepisode"
_DATES = ("%Y-%m-%d", "%a %b %d %H:%M:%S %Y", "%d.%m.%Y", "%m/%d/%Y")


class _UnusableError(ValueError):
    """A row that is no watch or rating of a title; `flaw` says why."""

    def __init__(self, flaw: Flaw, reason: str) -> None:
        super().__init__(reason)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class ImdbExport:
    """One list of an account. `watched`: rows without a rating are watches too, as in a list of check-ins."""

    table: Table
    watched: bool
    source: str = SOURCE
    has_diary: bool = False

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
        """SHA-256 of the content; a list that is read as watches is another import."""
        return f"{self.table.digest}-watched" if self.watched else self.table.digest

    @property
    def notes(self) -> tuple[str, ...]:
        """About its encoding."""
        return self.table.notes

    def records(self) -> Iterator[Record[HistoryRow]]:
        """A watch, and a rating if there is one, for each row. Raises: InvalidFile."""
        for number, row in enumerate(self.table.rows(), start=1):
            yield self._record(number, row)

    def _record(self, number: int, row: Row) -> Record[HistoryRow]:
        value, problem, flaw = None, row.problem, Flaw.BAD
        if row.cells is not None:
            try:
                value = _row(_named(row.cells), watched=self.watched)
            except _UnusableError as error:
                problem, flaw = str(error), error.flaw
        return Record(number, self.name, row.line, row.position, value, problem, flaw)


def open_imdb(path: Path, *, watched: bool = False) -> ImdbExport:
    """Look an export through. Raises: InvalidFile."""
    table = open_table(file_bytes(path))
    columns = set(table.columns)
    needed = ("const", "title") if watched else ("const", "title", "rating")
    if not all(columns.intersection(_COLUMNS[name]) for name in needed):
        raise wrong_header(table, _("a list of an IMDb account"))
    return ImdbExport(table, watched)


def _named(cells: Mapping[str, str]) -> dict[str, str]:
    return {
        name: next((cells[column].strip() for column in columns if cells.get(column, "").strip()), "")
        for name, columns in _COLUMNS.items()
    }


def _row(cells: Mapping[str, str], *, watched: bool) -> HistoryRow:
    const = cells["const"]
    if not (const.startswith("tt") and const[2:].isascii() and const[2:].isdigit()):
        raise _UnusableError(Flaw.BAD, _("“{value}” is not an IMDb id.").format(value=const[:20]))
    rating = _rating(cells["rating"])
    if rating is None and not watched:
        raise _UnusableError(Flaw.SKIPPED, _("The title is listed, but not rated."))
    at = _moment(cells["rated"] if rating is not None else cells["listed"])
    kind_name = "".join(character for character in cells["type"].casefold() if character.isalpha())
    if kind_name == _EPISODE:
        # What somebody thinks of one episode is no rating of the series.
        return HistoryRow(_series_of(cells["title"]), key=const, watched_at=at, episode=const)
    if kind_name and kind_name not in _KINDS:
        raise _UnusableError(
            Flaw.SKIPPED, _("A {type} is neither a film nor a series.").format(type=cells["type"][:40])
        )
    kind = _KINDS.get(kind_name)
    year = int(cells["year"][:4]) if cells["year"][:4].isascii() and cells["year"][:4].isdigit() else None
    original = cells["original"]
    title = WantedTitle(
        name=cells["title"],
        year=year,
        other_names=(original,) if original and original != cells["title"] else (),
        kind=kind,
        refs=tuple(TitleRef(each, "imdb", const) for each in ((kind,) if kind else Kind)),
    )
    return HistoryRow(title, key=const, watched_at=at, rating=rating, rated_at=at)


def _series_of(title: str) -> WantedTitle:
    series, colon, _episode = title.partition(": ")
    if not colon:
        raise _UnusableError(Flaw.SKIPPED, _("The episode does not name its series."))
    return WantedTitle(series.strip().strip('"'), kind=Kind.SERIES)


def _rating(value: str) -> float | None:
    if not value:
        return None
    try:
        rating = float(value)
    except ValueError:
        rating = 0.0
    if not 1 <= rating <= 10:
        raise _UnusableError(Flaw.BAD, _("“{value}” is not a rating from 1 to 10.").format(value=value[:20]))
    return rating


def _moment(value: str) -> datetime:
    for pattern in _DATES:
        try:
            found = datetime.strptime(value, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
        # The export knows no hours; noon is the same day nearly everywhere.
        return found if "%H" in pattern else datetime.combine(found.date(), time(12), UTC)
    raise _UnusableError(Flaw.BAD, _("“{value}” is not a date.").format(value=value[:40]))
