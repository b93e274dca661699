"""MovieLens in its CSV form: ratings of people known by number, with ids of other services for most films.

A rating of half a star to five becomes 1 to 10, and a watch at the same moment.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.tabular import Row, Table, file_bytes, open_table, wrong_header
from bot.errors import InvalidFile
from bot.i18n import gettext as _
from bot.model.titles import Alias, Kind, TitleFacts, TitleRef
from bot.ports.imports import HistoryRow, Record, WantedTitle

SOURCE = "movielens"
_LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
_GENRES = {"Children": "Family", "Sci-Fi": "Science Fiction", "Musical": "Music", "Film-Noir": "Crime"}
_NO_GENRES = frozenset({"IMAX", "(no genres listed)", ""})
_YEAR = re.compile(r"\s*\((\d{4})(?:\s*[-–]\s*\d{0,4}\s*)?\)\s*$")
_OTHER_NAME = re.compile(r"^(?P<rest>.*\S)\s*\((?P<name>[^()]*)\)$")
_KNOWN_AS = re.compile(r"^a\.?k\.?a\.?\s*", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?P<rest>.+),\s*(?P<article>the|an?|l[eao]s?|l'|un[eoa]?|el|il|gli|i|die|der|das|eine?|den|det|de|het|os?|as)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Film:
    wanted: WantedTitle
    facts: TitleFacts


@dataclass(frozen=True, slots=True)
class MovieLensFolder:
    """`ratings.csv` with `links.csv` and `movies.csv` where they are there."""

    name: str
    ratings: Table
    links: Table | None
    movies: Table | None
    people: int | None  # only the first so many; None: all
    source: str = SOURCE
    has_diary: bool = False

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(table.source.size for table in self._tables)

    @property
    def digest(self) -> str:
        """Of the content of all files, and of the number of people."""
        parts = [table.digest for table in self._tables]
        return hashlib.sha256("\n".join([*parts, f"people={self.people}"]).encode()).hexdigest()

    @property
    def notes(self) -> tuple[str, ...]:
        """About the encoding of the files."""
        return tuple(note for table in self._tables for note in table.notes)

    @property
    def _tables(self) -> tuple[Table, ...]:
        return tuple(table for table in (self.links, self.movies, self.ratings) if table)

    def records(self) -> Iterator[Record[HistoryRow]]:
        """Bad rows of the two lists of films, then every rating of the people asked for. Raises: InvalidFile."""
        number = 0
        links: dict[str, tuple[TitleRef, ...]] = {}
        movies: dict[str, tuple[str, str]] = {}
        before = 0
        for table in (self.links, self.movies):
            for row in table.rows() if table else ():
                problem = row.problem or _keep(row.cells or {}, links, movies)
                if problem and table:
                    number += 1
                    yield Record(number, table.source.name, row.line, before + row.position, None, problem)
            before += table.source.size if table else 0
        films = _Films(links, movies)
        chosen: set[str] = set()
        for row in self.ratings.rows():
            user = (row.cells or {}).get("userid", "").strip()
            if user and user not in chosen:
                if self.people is not None and len(chosen) >= self.people:
                    continue
                chosen.add(user)
            number += 1
            yield _rating(number, self.ratings.source.name, row, before, films)


class _Films:
    """Films by their MovieLens id, each made once."""

    def __init__(self, links: Mapping[str, tuple[TitleRef, ...]], movies: Mapping[str, tuple[str, str]]) -> None:
        self._links = links
        self._movies = movies
        self._made: dict[str, _Film] = {}

    def film(self, movie: str) -> _Film:
        """What is known of a film; without a name if no list has it."""
        if movie not in self._made:
            title, genres = self._movies.get(movie, ("", ""))
            own = TitleRef(Kind.MOVIE, SOURCE, movie)
            self._made[movie] = _made((own, *self._links.get(movie, ())), title, genres)
        return self._made[movie]


def open_movielens(folder: Path, *, people: int | None = None) -> MovieLensFolder:
    """Look a MovieLens folder through; `people` limits it to the first so many. Raises: InvalidFile."""
    if not folder.is_dir():
        raise InvalidFile(
            _("{folder} is not a folder with MovieLens files (ratings.csv, links.csv, movies.csv).").format(
                folder=folder
            )
        )
    ratings = open_table(file_bytes(folder / "ratings.csv"))
    _check(ratings, {"userid", "movieid", "rating", "timestamp"}, _("a list of MovieLens ratings"))
    links = _optional(folder / "links.csv", {"movieid", "imdbid", "tmdbid"}, _("a list of MovieLens links"))
    movies = _optional(folder / "movies.csv", {"movieid", "title", "genres"}, _("a list of MovieLens films"))
    if links is None and movies is None:
        raise InvalidFile(
            _("{folder} has neither links.csv nor movies.csv, so nobody can tell which films were rated.").format(
                folder=folder
            )
        )
    return MovieLensFolder(folder.absolute().name, ratings, links, movies, people)


def parse_title(text: str) -> tuple[str, int | None, tuple[str, ...]]:
    """Name, year and other names: "Hate (Haine, La) (1995)" is "Hate", 1995, and "La Haine"."""
    text = " ".join(text.split())
    year = _YEAR.search(text)
    name = text[: year.start()] if year else text
    others: list[str] = []
    while found := _OTHER_NAME.match(name):
        name = found["rest"]
        others.append(_article_first(_KNOWN_AS.sub("", found["name"].strip())))
    return _article_first(name), int(year[1]) if year else None, tuple(other for other in reversed(others) if other)


def _article_first(name: str) -> str:
    found = _ARTICLE.match(name)
    if not found:
        return name
    blank = "" if found["article"].endswith("'") else " "
    return f"{found['article']}{blank}{found['rest']}"


def _made(refs: tuple[TitleRef, ...], text: str, genres: str) -> _Film:
    name, year, others = parse_title(text)
    given = [genre for genre in genres.split("|") if genre not in _NO_GENRES]
    facts = TitleFacts(
        refs=refs,
        kind=Kind.MOVIE,
        title=name,
        year=year,
        aliases=tuple(Alias(other) for other in others),
        genres=tuple(dict.fromkeys(_GENRES.get(genre, genre) for genre in given)),
        keywords=("film noir",) if "Film-Noir" in given else (),
    )
    # Without an id of a film database it may well be a series: then the name alone decides.
    kind = Kind.MOVIE if any(ref.source == "tmdb" for ref in refs) else None
    return _Film(WantedTitle(name, year, others, kind, refs), facts)


def _rating(number: int, file: str, row: Row, before: int, films: _Films) -> Record[HistoryRow]:
    position = before + row.position
    if row.cells is None:
        return Record(number, file, row.line, position, None, row.problem)
    user, movie = row.cells["userid"].strip(), row.cells["movieid"].strip()
    try:
        rating, seconds = float(row.cells["rating"]), float(row.cells["timestamp"])
    except ValueError:
        return Record(number, file, row.line, position, None, _("The rating or its time is not a number."))
    problem = ""
    if not _is_id(user) or not _is_id(movie):
        problem = _("The person or the film is not a number.")
    elif not 0.5 <= rating <= 5:
        problem = _("The rating is not between 0.5 and 5.")
    elif not 0 <= seconds < _LATEST:
        problem = _("The time is not one of this century or the last.")
    if problem:
        return Record(number, file, row.line, position, None, problem)
    at = datetime.fromtimestamp(seconds, UTC)
    film = films.film(movie)
    value = HistoryRow(
        title=film.wanted,
        key=movie,
        account=user,
        watched_at=at,
        rating=rating * 2,
        rated_at=at,
        facts=film.facts if film.wanted.name else None,
    )
    return Record(number, file, row.line, position, value)


def _keep(cells: Mapping[str, str], links: dict[str, tuple[TitleRef, ...]], movies: dict[str, tuple[str, str]]) -> str:
    """Remember a row of links.csv or movies.csv; returns the problem with it."""
    movie = cells["movieid"].strip()
    if not _is_id(movie):
        return _("“{value}” is not a MovieLens id.").format(value=movie[:40])
    if "title" in cells:
        if not cells["title"].strip():
            return _("The film has no title.")
        movies[movie] = (cells["title"], cells["genres"])
        return ""
    tmdb, imdb = cells["tmdbid"].strip(), cells["imdbid"].strip()
    refs: list[TitleRef] = []
    if _is_id(tmdb) and int(tmdb):
        refs.append(TitleRef(Kind.MOVIE, "tmdb", str(int(tmdb))))
    if _is_id(imdb) and int(imdb):
        refs.append(TitleRef(Kind.MOVIE, "imdb", f"tt{int(imdb):07d}"))
    links[movie] = tuple(refs)
    return _("An id of the film is not a number.") if (tmdb and not _is_id(tmdb)) or (imdb and not _is_id(imdb)) else ""


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 12


def _optional(path: Path, columns: set[str], what: str) -> Table | None:
    if not path.exists():
        return None
    table = open_table(file_bytes(path))
    _check(table, columns, what)
    return table


def _check(table: Table, columns: set[str], what: str) -> None:
    if not columns <= set(table.columns):
        raise wrong_header(table, what)
