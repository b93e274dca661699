"""A household with a Plex server as plain data: what the fakes of Plex, plex.tv and Tautulli serve.

    world = World()
    world.add_library("1", "Films", Kind.MOVIE)
    key = world.add_title("1", film(603, title="The Matrix"))
    world.add_person(Person(101, "Anna", sections=("1",)))
    world.add_play(101, key, at, percent=90)

Anything may be changed while a server runs: titles deleted or changed, plays added, people let in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.model.titles import Kind, TitleFacts
from tests.fakes.clock import NOON

MACHINE = "f2fdaa2b1f4c4bd9a6f1c8b0c5d3e7a9f0b1c2d3"
TOKEN = "owner-token-4711"
CLIENT = "recommendarr-test"
API_KEY = "tautulli-key-0815"


@dataclass(frozen=True, slots=True)
class Person:
    """An account. `sections` None: all libraries. `filters`: attributes such as filterMovies."""

    id: int
    name: str
    sections: tuple[str, ...] | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None  # of a Plex Home: little_kid, older_kid, teen
    home: bool = False
    accepted: bool = True  # the invitation
    keep_history: bool = True  # in Tautulli


@dataclass(frozen=True, slots=True)
class Section:
    """A library; `type` is Plex's word: movie, show, artist, photo."""

    key: str
    title: str
    type: str
    agent: str = "tv.plex.agents.movie"


@dataclass(frozen=True, slots=True)
class Stored:
    """A title in a library. `raw` replaces fields of the answer as they are; None takes a field away."""

    key: int
    section: str
    facts: TitleFacts
    added_at: datetime
    updated_at: datetime
    user_rating: float | None = None
    rated_at: datetime | None = None
    content_rating: str | None = None
    labels: tuple[str, ...] = ()
    media: tuple[Mapping[str, Any], ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Play:
    """A play of a film, or of an episode of a series. `title` is the key; `raw` as in `Stored`."""

    number: int
    person: int
    title: int
    at: datetime
    percent: int = 100
    seconds: int = 6000
    season: int | None = None
    episode: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class World:
    """Everything that is there. The owner is a person like any other, named by `owner`."""

    owner: Person = field(default_factory=lambda: Person(1001, "Olga"))
    sections: list[Section] = field(default_factory=list)
    titles: dict[int, Stored] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)  # all but the owner
    plays: list[Play] = field(default_factory=list)
    gone: dict[int, Stored] = field(default_factory=dict)  # deleted titles, which histories still name
    version: str = "1.41.3.9314-a0bfb8370"
    next_key: int = 1

    def add_library(self, key: str, title: str, kind: Kind | str, agent: str = "tv.plex.agents.movie") -> None:
        """A library of films or series, or of another of Plex's types."""
        kinds = {Kind.MOVIE: "movie", Kind.SERIES: "show"}
        self.sections.append(Section(key, title, kinds[kind] if isinstance(kind, Kind) else kind, agent))

    def add_title(self, section: str, facts: TitleFacts, **fields: Any) -> int:
        """Put a title into a library; what comes back is its key."""
        key, self.next_key = self.next_key, self.next_key + 1
        added = fields.pop("added_at", NOON - timedelta(days=365) + timedelta(minutes=key))
        self.titles[key] = Stored(key, section, facts, added, fields.pop("updated_at", added), **fields)
        return key

    def change(self, key: int, **fields: Any) -> None:
        """Change a title; pass `updated_at` where the server should notice."""
        self.titles[key] = replace(self.titles[key], **fields)

    def delete(self, key: int) -> None:
        """Take a title away; its plays stay in the histories."""
        self.gone[key] = self.titles.pop(key)

    def add_person(self, person: Person) -> None:
        """Share the server with somebody."""
        self.people[person.id] = person

    def add_play(self, person: int, title: int, at: datetime, **fields: Any) -> Play:
        """Somebody played something; `at` is when it ended."""
        play = Play(len(self.plays) + 1, person, title, at, **fields)
        self.plays.append(play)
        return play

    def stored(self, key: int) -> Stored | None:
        """A title, be it deleted."""
        return self.titles.get(key) or self.gone.get(key)

    def listed(self, section: str) -> list[Stored]:
        """The titles of a library by key."""
        return sorted((title for title in self.titles.values() if title.section == section), key=lambda t: t.key)


def overlaid(told: dict[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with some fields replaced; None takes a field away."""
    return {name: value for name, value in {**told, **raw}.items() if not (name in raw and value is None)}
