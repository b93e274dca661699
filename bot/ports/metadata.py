"""Facts about titles from a metadata service, and which titles belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bot.model.titles import Kind, TitleFacts, TitleRef
from bot.ports.media import Health


@dataclass(frozen=True, slots=True)
class Trailer:
    """A video of a title. `locale` is an ISO 639-1 code."""

    name: str
    url: str
    locale: str = ""
    official: bool = False


@dataclass(frozen=True, slots=True)
class Season:
    """One season of a series; number 0 holds specials."""

    number: int
    episodes: int
    aired: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """Everything about one title in one answer. `providers`: country → names of streaming services."""

    facts: TitleFacts
    similar: tuple[TitleFacts, ...] = ()
    recommendations: tuple[TitleFacts, ...] = ()
    trailers: tuple[Trailer, ...] = ()
    seasons: tuple[Season, ...] = ()
    providers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Discover:
    """What to discover; None and empty mean any. `genres`: TMDB's English names."""

    kind: Kind
    genres: tuple[str, ...] = ()
    language: str | None = None
    year_min: int | None = None
    year_max: int | None = None
    minimum_votes: int = 50
    page: int = 1


class MetadataSource(Protocol):
    """Facts about titles from a metadata service. Raises: Unavailable, Rejected."""

    @property
    def requests(self) -> int:
        """How many requests were sent so far, repeats included."""
        ...

    async def check(self) -> Health: ...

    async def details(self, ref: TitleRef, *, locales: Sequence[str] = (), related: bool = True) -> Details | None:
        """Everything known, localised titles as aliases; 40 similar and 40 recommended titles where there are as many.

        Without `related` only as many of these as cost nothing. None, when there is no such title.
        """
        ...

    async def find(self, ref: TitleRef) -> TitleRef | None:
        """The service's own reference behind one of another service (IMDb, TVDB)."""
        ...

    async def search(self, text: str, *, kind: Kind | None = None, limit: int = 10) -> Sequence[TitleFacts]: ...

    async def person(self, name: str, *, limit: int = 20) -> Sequence[TitleFacts]:
        """The best known titles of the person whose name fits best; empty when there is none."""
        ...

    async def trending(self, *, kind: Kind | None = None, weekly: bool = True) -> Sequence[TitleFacts]: ...

    async def discover(self, wanted: Discover) -> Sequence[TitleFacts]: ...
