"""A made-up household of any size from a seed: libraries, people with different rights, and a year of watching.

Six people share four libraries. Everybody has genres they come back to; series are watched in binges, some plays are
broken off, some films watched again. Nobody watches what they may not see.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.titles import Credit, Kind, Role, TitleFacts, TitleRef
from tests.fakes.clock import NOON

FILMS, SERIES, ANIME, KIDS = "1", "2", "3", "4"
LIBRARIES = {FILMS: "Films", SERIES: "Series", ANIME: "Anime", KIDS: "Kids"}
_KINDS = {FILMS: Kind.MOVIE, SERIES: Kind.SERIES, ANIME: Kind.SERIES, KIDS: Kind.MOVIE}
_SHARES = ((FILMS, 0.72), (SERIES, 0.84), (ANIME, 0.9), (KIDS, 1.0))  # cumulated
_FILM_GENRES = ("Drama", "Action", "Comedy", "Thriller", "Science Fiction")
_SERIES_GENRES = ("Drama", "Comedy", "Animation")
# Ratings on which both servers agree what age they mean.
_FILM_RATINGS = {"G": 0, "PG": 10, "PG-13": 13, "R": 17, "NC-17": 18}
_SERIES_RATINGS = {"TV-G": 0, "TV-Y7": 7, "TV-14": 14}
RATINGS = {**_FILM_RATINGS, **_SERIES_RATINGS}
_FIRST = ("Silent", "Crimson", "Last", "Hidden", "Broken", "Golden", "Distant", "Burning", "Paper", "Frozen", "Second")
_SECOND = ("Harbour", "Orchard", "Signal", "Parade", "Lantern", "River", "Machine", "Garden", "Verdict", "Voyage")
_OUTSIDE = 0.3  # titles that only the metadata service knows, per title of the libraries
_NAMED = 24  # similar titles of each; more than a page of the metadata service
_UNKNOWN_EVERY = 40  # of which one is known to no service


@dataclass(frozen=True, slots=True)
class Person:
    """`libraries` None: all. `limit`: the oldest age. `profile`: of a Plex Home."""

    number: int
    name: str
    libraries: tuple[str, ...] | None = None
    limit: int | None = None
    profile: str | None = None
    genres: tuple[str, ...] = ()


PEOPLE = (
    Person(1001, "Olga", genres=("Thriller", "Drama")),
    Person(101, "Ben", profile="teen", limit=14, genres=("Action", "Animation")),
    Person(102, "Cleo", libraries=(FILMS, SERIES), genres=("Drama", "Comedy")),
    Person(103, "Dan", limit=10, genres=("Comedy",)),
    Person(104, "Eva", libraries=(FILMS, ANIME), genres=("Science Fiction", "Animation")),
    Person(105, "Finn", libraries=(KIDS, SERIES), profile="little_kid", limit=0, genres=("Comedy", "Animation")),
)


@dataclass(frozen=True, slots=True)
class Owned:
    """A title in a library. `number` counts from 1 in the order in which they were added."""

    number: int
    library: str
    facts: TitleFacts
    rating: str
    added_at: datetime
    seasons: tuple[int, ...] = ()  # episodes of each


@dataclass(frozen=True, slots=True)
class Viewing:
    """A play that ended at `at`, of a title by its number."""

    person: int
    title: int
    at: datetime
    percent: int
    season: int | None = None
    episode: int | None = None


@dataclass(frozen=True, slots=True)
class Household:
    """Everything. `outside`: titles that nobody has; `similar`: by the reference of a title."""

    owned: tuple[Owned, ...]
    outside: tuple[TitleFacts, ...]
    similar: dict[TitleRef, tuple[TitleFacts, ...]]
    viewings: tuple[Viewing, ...]
    opinions: dict[int, float]  # the owner's, by the number of a title

    def title(self, number: int) -> Owned:
        """By its number."""
        return self.owned[number - 1]


def build(seed: int = 1, *, titles: int = 3000, viewings: int = 20_000) -> Household:
    """The same household for the same arguments."""
    draw = random.Random(f"{seed}/{titles}/{viewings}")
    owned = tuple(_owned(draw, number, titles) for number in range(1, titles + 1))
    outside = tuple(
        _facts(draw, 1_000_000 + number, Kind.MOVIE if number % 3 else Kind.SERIES)[0]
        for number in range(round(titles * _OUTSIDE))
    )
    watched = _viewings(draw, owned, viewings)
    opinions = {
        viewing.title: float(draw.randint(2, 10))
        for viewing in watched
        if viewing.person == PEOPLE[0].number and viewing.season is None and draw.random() < 0.2
    }
    return Household(owned, outside, _similar(draw, owned, outside), watched, opinions)


def _owned(draw: random.Random, number: int, titles: int) -> Owned:
    chance = draw.random()
    library = next(key for key, share in _SHARES if chance < share)
    facts, seasons = _facts(draw, number, _KINDS[library], anime=library == ANIME, known=number % _UNKNOWN_EVERY != 0)
    ratings = [*(_FILM_RATINGS if facts.kind is Kind.MOVIE else _SERIES_RATINGS)]
    rating = "G" if library == KIDS else draw.choice(ratings)
    added = NOON - timedelta(days=700) + timedelta(days=690) * (number / titles)
    return Owned(number, library, facts, rating, added.replace(microsecond=0), seasons)


def _facts(
    draw: random.Random, number: int, kind: Kind, *, anime: bool = False, known: bool = True
) -> tuple[TitleFacts, tuple[int, ...]]:
    pool = _FILM_GENRES if kind is Kind.MOVIE else _SERIES_GENRES
    genres = ("Animation",) if anime else tuple(dict.fromkeys(draw.choices(pool, k=draw.randint(1, 2))))
    seasons = tuple(draw.randint(4, 12) for _ in range(draw.randint(1, 3))) if kind is Kind.SERIES else ()
    refs: tuple[TitleRef, ...] = ()
    if known:
        refs = (TitleRef(kind, "tmdb", str(number)),)
        refs += (TitleRef(kind, "imdb", f"tt{number:07}"),) if number % 5 else ()
        refs += (TitleRef(kind, "tvdb", str(7_000_000 + number)),) if kind is Kind.SERIES else ()
    name = f"{draw.choice(_FIRST)} {draw.choice(_SECOND)} {number}"
    facts = TitleFacts(
        refs=refs,
        kind=kind,
        title=name,
        year=draw.randint(1960, 2025),
        runtime=draw.randint(20, 180),
        seasons=len(seasons) or None,
        episodes=sum(seasons) or None,
        overview=f"{name}: a story of {' and '.join(genres).lower()}.",
        genres=genres,
        keywords=(f"topic {number % 97}", f"place {number % 53}"),
        credits=tuple(
            Credit(f"{role} {draw.randint(1, 60)}", kind_of, 0)
            for role, kind_of in (("Director", Role.DIRECTOR), ("Actor", Role.CAST))
        ),
        language="ja" if anime else "en",
        countries=("JP",) if anime else ("US",),
        vote_average=round(draw.uniform(3, 9), 1),
        vote_count=draw.randint(10, 20_000),
        popularity=round(draw.uniform(0, 100), 2),
    )
    return facts, seasons


def may_see(person: Person, title: Owned) -> bool:
    """Whether somebody's libraries and age let a title through."""
    open_to = person.libraries is None or title.library in person.libraries
    return open_to and (person.limit is None or RATINGS[title.rating] <= person.limit)


def _viewings(draw: random.Random, owned: tuple[Owned, ...], number: int) -> tuple[Viewing, ...]:
    shelves = {person.number: [title for title in owned if may_see(person, title)] for person in PEOPLE}
    weights = {person.number: [_liking(person, title) for title in shelves[person.number]] for person in PEOPLE}
    found: list[Viewing] = []
    while len(found) < number:
        person = draw.choices(PEOPLE, weights=[6, 4, 4, 3, 3, 2])[0]
        if not shelves[person.number]:
            continue
        title = draw.choices(shelves[person.number], weights=weights[person.number])[0]
        earliest = max(title.added_at + timedelta(days=1), NOON - timedelta(days=330))
        begun = earliest + (NOON - timedelta(days=1) - earliest) * draw.random()
        found += _sitting(draw, person, title, begun.replace(microsecond=0))
    return tuple(sorted(found[:number], key=lambda viewing: (viewing.at, viewing.person, viewing.title)))


def _sitting(draw: random.Random, person: Person, title: Owned, at: datetime) -> list[Viewing]:
    """A film, or some episodes one after the other."""
    percent = draw.randint(10, 70) if draw.random() < 0.1 else draw.randint(90, 100)
    if not title.seasons:
        return [Viewing(person.number, title.number, at, percent)]
    season = draw.randint(1, len(title.seasons))
    first = draw.randint(1, title.seasons[season - 1])
    last = min(title.seasons[season - 1], first + draw.randint(0, 5))
    step = timedelta(seconds=60 * (title.facts.runtime or 30))
    return [
        Viewing(person.number, title.number, at + step * (episode - first), 100 if episode < last else percent,
                season, episode)
        for episode in range(first, last + 1)
    ]  # fmt: skip


def _liking(person: Person, title: Owned) -> float:
    liked = len(set(person.genres) & set(title.facts.genres))
    return (1 + 8 * liked) * (1.0 + (title.number * 7919 % 100) / 20)


def _similar(
    draw: random.Random, owned: tuple[Owned, ...], outside: tuple[TitleFacts, ...]
) -> dict[TitleRef, tuple[TitleFacts, ...]]:
    by_genre: dict[tuple[Kind, str], list[TitleFacts]] = {}
    for facts in [*(title.facts for title in owned), *outside]:
        if facts.refs:
            by_genre.setdefault((facts.kind, facts.genres[0]), []).append(facts)
    found = {}
    for facts in [title.facts for title in owned if title.facts.refs]:
        near = by_genre[facts.kind, facts.genres[0]]
        named = draw.sample(near, k=min(_NAMED + 1, len(near)))
        found[facts.refs[0]] = tuple(other for other in named if other is not facts)[:_NAMED]
    return found
