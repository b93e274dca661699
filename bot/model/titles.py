"""Titles: films and series, their references in the outside world and the facts known about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.errors import InvalidInput
from bot.i18n import gettext as _
from engine.types import Domain as Domain
from engine.types import Kind as Kind
from engine.types import Role as Role

DEFAULT_SOURCE = "tmdb"


@dataclass(frozen=True, slots=True, order=True)
class TitleRef:
    """A title outside of the database: `movie:603` (TMDB), `series:tvdb-81189`, `movie:local-17`."""

    kind: Kind
    source: str
    value: str

    def __str__(self) -> str:
        return (
            f"{self.kind}:{self.value}" if self.source == DEFAULT_SOURCE else f"{self.kind}:{self.source}-{self.value}"
        )

    @classmethod
    def parse(cls, text: str) -> TitleRef:
        """Read the written form back. Raises: InvalidInput."""
        kind, colon, rest = text.partition(":")
        if kind in set(Kind) and colon and rest:
            if rest.isascii() and rest.isdigit():
                return cls(Kind(kind), DEFAULT_SOURCE, rest)
            source, dash, value = rest.partition("-")
            if source.isascii() and source.isalpha() and dash and value:
                return cls(Kind(kind), source, value)
        raise InvalidInput(_("“{text}” is not a title reference such as movie:603.").format(text=text[:60]))

    @property
    def is_external(self) -> bool:
        """Whether another service knows this reference."""
        return self.source != "local"


@dataclass(frozen=True, slots=True)
class Credit:
    """One person's part in a title; `order` is the billing, 0 first."""

    name: str
    role: Role
    order: int = 0


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of the title; `locale` is an ISO 639-1 code, or empty when unknown."""

    name: str
    locale: str = ""


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What one source says about a title. Empty values mean "not said" and never erase what is known."""

    refs: tuple[TitleRef, ...]
    kind: Kind
    title: str
    year: int | None = None
    original_title: str | None = None
    aliases: tuple[Alias, ...] = ()
    end_year: int | None = None
    released: date | None = None
    runtime: int | None = None  # minutes; of one episode for a series
    seasons: int | None = None
    episodes: int | None = None
    overview: str = ""
    tagline: str = ""
    genres: tuple[str, ...] = ()  # TMDB's English names
    keywords: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    language: str | None = None  # ISO 639-1, original language
    countries: tuple[str, ...] = ()  # ISO 3166-1
    vote_average: float | None = None  # 0-10
    vote_count: int | None = None
    popularity: float | None = None
    minimum_age: int | None = None  # youngest suitable age in years
    collection: str | None = None
    collection_order: int | None = None
    anime: bool = False
    poster_url: str | None = None
    page_url: str | None = None

    @property
    def domain(self) -> Domain:
        """Where this title belongs in a taste profile."""
        if self.anime:
            return Domain.ANIME
        return Domain.FILMS if self.kind is Kind.MOVIE else Domain.SERIES


@dataclass(frozen=True, slots=True)
class Title:
    """A stored title: the internal id, the reference it is shown under, the merged facts, where it can be watched."""

    id: int
    ref: TitleRef
    facts: TitleFacts
    libraries: frozenset[int] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        """Title and year, as people tell films apart."""
        return f"{self.facts.title} ({self.facts.year})" if self.facts.year else self.facts.title
