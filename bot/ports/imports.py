"""Import files: catalogues of titles, and histories of people, read as a stream of records.

A file knows its digest, so that a half-finished import resumes where it stopped, and its size, so that progress can be
shown. What cannot be read is a record too: nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from bot.model.titles import Credit, Kind, TitleFacts, TitleRef

Value_co = TypeVar("Value_co", covariant=True)


class Flaw(StrEnum):
    """Why a record is listed in the report of an import."""

    BAD = "bad row"  # it cannot be read
    PARTIAL = "read in part"  # one of its columns cannot be read
    SKIPPED = "skipped"  # it is something that the product does not keep
    UNMATCHED = "not found"  # no title of the catalogue is meant
    AMBIGUOUS = "ambiguous"  # several titles of the catalogue may be meant
    UNKNOWN = "unknown id"  # details of a title that the catalogue lacks
    CONFLICT = "conflict"  # an id that belongs to another title


@dataclass(frozen=True, slots=True)
class Record(Generic[Value_co]):
    """One record of an import file: a value, a problem, or a value with one part missing."""

    number: int  # 1 first; counts every record of the import, good or bad
    file: str
    line: int  # on which the record begins; in a file without lines, its row
    position: int  # how much of the file has been read, in the unit of its `size`
    value: Value_co | None
    problem: str = ""
    flaw: Flaw = Flaw.BAD  # of the problem


@dataclass(frozen=True, slots=True)
class FilmRow:
    """What a catalogue says about a title."""

    facts: TitleFacts
    only_original: bool = False  # the file knows the original title alone


@dataclass(frozen=True, slots=True)
class DetailRow:
    """What a file without titles adds to a title that is known already."""

    ref: TitleRef
    keywords: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedTitle:
    """The title that a row of somebody's list means."""

    name: str
    year: int | None = None
    other_names: tuple[str, ...] = ()
    kind: Kind | None = None
    refs: tuple[TitleRef, ...] = ()  # the most trusted first


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What one person did with one title."""

    title: WantedTitle
    key: str  # of the play, unique within the person's history of this source
    account: str | None = None  # None: the person whom the whole file belongs to
    watched_at: datetime | None = None
    rating: float | None = None  # 1-10
    rated_at: datetime | None = None
    liked_at: datetime | None = None
    logged: bool = False  # a diary entry; rows that are none yield to it
    rewatch: bool = False
    episode: str | None = None
    facts: TitleFacts | None = None  # to make the title of, when the catalogue lacks it


class ImportFile(Protocol[Value_co]):
    """One import, of one file or of several that belong together. Its methods block: call them in a thread."""

    @property
    def name(self) -> str:
        """What to call it on a screen and in reports."""
        ...

    @property
    def size(self) -> int:
        """The position of its end."""
        ...

    @property
    def digest(self) -> str:
        """Of the content: equal contents are the same import."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about the file as a whole, such as the encoding that it was read in."""
        ...

    def records(self) -> Iterator[Record[Value_co]]:
        """All records, in an order that never changes. Raises: InvalidFile, Unavailable."""
        ...


class CatalogueFile(ImportFile[FilmRow | DetailRow], Protocol):
    """Titles, or details of titles."""

    @property
    def has_titles(self) -> bool:
        """Whether it holds titles; files that only hold details are read after them."""
        ...

    @property
    def authority(self) -> int:
        """Files of one import are read in this order, the most trusted first."""
        ...


class HistoryFile(ImportFile[HistoryRow], Protocol):
    """Watches and ratings."""

    @property
    def source(self) -> str:
        """The name under which events and ratings are stored, such as "letterboxd"."""
        ...

    @property
    def has_diary(self) -> bool:
        """Whether it holds diary entries or likes, which are compared with what is stored of the person."""
        ...


class Progress(Protocol):
    """Where an import tells how far it is."""

    def start(self, name: str, size: int) -> None: ...

    def advance(self, name: str, position: int) -> None: ...

    def finish(self, name: str) -> None: ...
