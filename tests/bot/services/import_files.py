"""Import files that say what a test wants, and can break off in the middle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from bot.model.titles import TitleFacts, TitleRef
from bot.ports.imports import DetailRow, FilmRow, Flaw, HistoryRow, Record, WantedTitle

Value = TypeVar("Value")
NOW = datetime(2024, 5, 31, 12, tzinfo=UTC)


class KilledError(Exception):
    """The process ends here."""


@dataclass(frozen=True, slots=True)
class _File(Generic[Value]):
    """An import file in memory. A text among the values is a row that cannot be read."""

    values: Sequence[Value | str]
    name: str = "list.csv"
    digest: str = "0123456789abcdef"
    kill_at: int | None = None  # the number of the record at which the process is killed
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Records."""
        return len(self.values)

    def records(self) -> Iterator[Record[Value]]:
        """One record per value, on lines 2 and after."""
        for number, value in enumerate(self.values, start=1):
            if number == self.kill_at:
                raise KilledError
            if isinstance(value, str):
                yield Record(number, self.name, number + 1, number, None, value, Flaw.BAD)
            else:
                yield Record(number, self.name, number + 1, number, value)


@dataclass(frozen=True, slots=True)
class ScriptedCatalogue(_File[FilmRow | DetailRow]):
    """A catalogue."""

    has_titles: bool = True
    authority: int = 0


@dataclass(frozen=True, slots=True)
class ScriptedHistory(_File[HistoryRow]):
    """A history."""

    source: str = "letterboxd"
    has_diary: bool = True


class Watched:
    """Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int]] = []

    def start(self, name: str, size: int) -> None:
        """The beginning."""
        self.told.append((f"start {name}", size))

    def advance(self, name: str, position: int) -> None:
        """A batch."""
        self.told.append((name, position))

    def finish(self, name: str) -> None:
        """The end."""
        self.told.append((f"finish {name}", 0))


def film(ref: str, title: str, year: int | None = None, *, only_original: bool = False, **facts: object) -> FilmRow:
    """A film of a catalogue, under one reference or several."""
    refs = tuple(TitleRef.parse(part) for part in ref.split())
    return FilmRow(TitleFacts(refs, refs[0].kind, title, year, **facts), only_original)  # type: ignore[arg-type]


def seen(title: str, year: int | None = None, day: int = 1, **row: object) -> HistoryRow:
    """A row of a history: a title watched on a day of May 2024."""
    at = datetime(2024, 5, day, 12, tzinfo=UTC)
    given = {"key": f"film:{title}", "watched_at": at, "rated_at": at, **row}
    return HistoryRow(title=WantedTitle(title, year), **given)  # type: ignore[arg-type]
