"""The household's data files: complete, consistent, in their own words, in agreement with catalogues at hand."""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests.realdata import real_data

Record = dict[str, Any]

# TMDB's genre lists, in English.
MOVIE_GENRES = frozenset(
    {
        "Action",
        "Adventure",
        "Animation",
        "Comedy",
        "Crime",
        "Documentary",
        "Drama",
        "Family",
        "Fantasy",
        "History",
        "Horror",
        "Music",
        "Mystery",
        "Romance",
        "Science Fiction",
        "TV Movie",
        "Thriller",
        "War",
        "Western",
    }
)
SERIES_GENRES = frozenset(
    {
        "Action & Adventure",
        "Animation",
        "Comedy",
        "Crime",
        "Documentary",
        "Drama",
        "Family",
        "Kids",
        "Mystery",
        "News",
        "Reality",
        "Sci-Fi & Fantasy",
        "Soap",
        "Talk",
        "War & Politics",
        "Western",
    }
)
TITLE_FIELDS = frozenset(
    {
        "kind",
        "title",
        "original_title",
        "aliases",
        "year",
        "end_year",
        "runtime",
        "seasons",
        "episodes",
        "genres",
        "anime",
        "language",
        "countries",
        "directors",
        "cast",
        "keywords",
        "synopsis",
        "certification_age",
        "collection",
        "collection_order",
        "vote_average",
        "vote_count",
        "popularity",
        "ids",
        "library",
    }
)
LIBRARIES = frozenset({"Films", "Series", "Anime", "Kids", None})
RUN = 8  # so many words in a row are no coincidence


def _read(name: str) -> list[Record]:
    text = resources.files("adapters.demo").joinpath("data", name).read_text("utf-8")
    records: list[Record] = json.loads(text)
    return records


@pytest.fixture(scope="module")
def titles() -> list[Record]:
    return _read("titles.json")


@pytest.fixture(scope="module")
def people() -> list[Record]:
    return _read("people.json")


@pytest.fixture(scope="module")
def by_key(titles: list[Record]) -> dict[tuple[str, str, int], Record]:
    return {(title["kind"], title["title"], title["year"]): title for title in titles}


def test_the_catalogue_is_large_enough_to_choose_from(titles: list[Record]) -> None:
    kinds = Counter(title["kind"] for title in titles)
    assert len(titles) >= 250
    assert kinds["movie"] >= 190
    assert kinds["series"] >= 70
    assert 25 <= sum(title["anime"] for title in titles) <= 40
    assert 15 <= sum(title["library"] is None for title in titles) <= 35
    assert sum(bool(title["aliases"]) for title in titles) >= 150


def test_the_catalogue_spans_decades_languages_and_genres(titles: list[Record]) -> None:
    assert {title["year"] // 10 for title in titles} == set(range(192, 203))
    assert len({title["language"] for title in titles}) >= 15
    movie_genres = {genre for title in titles if title["kind"] == "movie" for genre in title["genres"]}
    assert movie_genres == MOVIE_GENRES - {"TV Movie"}


def test_there_are_heists_of_the_seventies_and_pairs_of_one_name(titles: list[Record]) -> None:
    heists = [
        t for t in titles if 1970 <= t["year"] <= 1979 and {"heist", "bank robbery", "caper"} & set(t["keywords"])
    ]
    assert len(heists) >= 8
    movies = Counter(title["title"] for title in titles if title["kind"] == "movie")
    series = {title["title"] for title in titles if title["kind"] == "series"}
    assert sum(count > 1 for count in movies.values()) >= 6
    assert len(series & set(movies)) >= 3


def test_every_title_has_the_agreed_shape(titles: list[Record]) -> None:
    for title in titles:
        assert set(title) == TITLE_FIELDS, title["title"]
        assert _faults(title) == [], title["title"]


def _faults(title: Record) -> list[str]:
    series = title["kind"] == "series"
    allowed = SERIES_GENRES if series else MOVIE_GENRES
    checks = {
        "kind": title["kind"] in {"movie", "series"},
        "title": bool(title["title"].strip()) and bool(title["original_title"].strip()),
        "year": 1920 <= title["year"] <= 2026,
        "end_year": title["end_year"] is None or (series and title["year"] <= title["end_year"] <= 2026),
        "runtime": 5 <= title["runtime"] <= 250,
        "series counts": series or (title["seasons"] is None and title["episodes"] is None),
        "episodes": title["episodes"] is None or title["episodes"] >= (title["seasons"] or 1) >= 1,
        "genres": 1 <= len(title["genres"]) <= 5 and set(title["genres"]) <= allowed,
        "language": bool(re.fullmatch(r"[a-z]{2}", title["language"])),
        "countries": bool(title["countries"]) and all(re.fullmatch(r"[A-Z]{2}", code) for code in title["countries"]),
        "aliases": set(title["aliases"]) <= {"de", "en", "fr"} and all(title["aliases"].values()),
        "own name as alias": all(title["title"] not in names for names in title["aliases"].values()),
        "directors": 1 <= len(title["directors"]) <= 4,
        "cast": len(title["cast"]) <= 6 and len(set(title["cast"])) == len(title["cast"]),
        "keywords": 5 <= len(set(title["keywords"])) == len(title["keywords"]) <= 10,
        "keyword case": all(word == word.lower() for word in title["keywords"]),
        "age": title["certification_age"] in {0, 6, 12, 16, 18, None},
        "collection": (title["collection"] is None) == (title["collection_order"] is None),
        "votes": title["vote_average"] is None or 0 < title["vote_average"] <= 10,
        "vote count": title["vote_count"] is None or (title["vote_count"] > 0 and title["vote_average"] is not None),
        "library": title["library"] in LIBRARIES,
        "ids": set(title["ids"]) <= {"tmdb", "imdb", "tvdb"},
        "imdb": "imdb" not in title["ids"] or bool(re.fullmatch(r"tt\d{7,8}", title["ids"]["imdb"])),
    }
    return [name for name, holds in checks.items() if not holds]


def test_names_and_ids_are_unique(titles: list[Record]) -> None:
    keys = Counter((title["kind"], title["title"], title["year"]) for title in titles)
    # A reference made from the name must not be shared either.
    slugs = Counter((t["kind"], re.sub(r"[^a-z0-9]+", "-", t["title"].lower()).strip("-"), t["year"]) for t in titles)
    ids = Counter((title["kind"], source, value) for title in titles for source, value in title["ids"].items())
    places = Counter((t["collection"], t["collection_order"]) for t in titles if t["collection"])
    for counts in (keys, slugs, ids, places):
        assert [key for key, count in counts.items() if count > 1] == []


def test_every_film_can_be_requested(titles: list[Record]) -> None:
    assert [t["title"] for t in titles if t["kind"] == "movie" and "tmdb" not in t["ids"]] == []
    assert [t["title"] for t in titles if t["library"] is None and not t["ids"]] == []


def test_synopses_are_single_sentences_of_their_own(titles: list[Record]) -> None:
    synopses = [title["synopsis"] for title in titles]
    assert len(set(synopses)) == len(synopses)
    for synopsis in synopses:
        assert 10 <= len(synopsis.split()) <= 40, synopsis
        assert synopsis.endswith("."), synopsis
        assert re.search(r"[.!?] [A-Z]", synopsis) is None, synopsis
    runs = Counter(run for synopsis in synopses for run in set(_runs(synopsis)))
    assert [" ".join(run) for run, count in runs.items() if count > 1] == []


def test_children_find_only_what_suits_them_in_their_library(titles: list[Record]) -> None:
    assert [t["title"] for t in titles if t["library"] == "Kids" and (t["certification_age"] or 0) > 12] == []
    assert all(t["certification_age"] is not None for t in titles)


def test_four_people_who_watch_what_their_libraries_hold(
    people: list[Record], by_key: dict[tuple[str, str, int], Record]
) -> None:
    assert len(people) == len({person["name"] for person in people}) == 4
    for person in people:
        seen = [(watch["kind"], watch["title"], watch["year"]) for watch in person["watches"]]
        assert len(set(seen)) == len(seen)
        for key in seen:
            title = by_key[key]
            assert title["library"] in person["libraries"], key
            assert person["age_limit"] is None or title["certification_age"] <= person["age_limit"], key


def test_watches_are_plausible(people: list[Record], by_key: dict[tuple[str, str, int], Record]) -> None:
    for person in people:
        for watch in person["watches"]:
            assert 0 <= watch["days_ago"] <= 430, watch
            assert 0 < watch["completion"] <= 1, watch
            assert 0 <= watch["hour"] <= 23, watch
            assert watch["plays"] >= 1, watch
            assert watch["days_ago"] + 90 * (watch["plays"] - 1) <= 430, watch
            assert watch["rating"] is None or 1 <= watch["rating"] <= 10, watch
            assert ("episodes_watched" in watch) == (watch["kind"] == "series"), watch
            if watch["kind"] == "series":
                episodes = by_key[("series", watch["title"], watch["year"])]["episodes"]
                assert watch["episodes"] == episodes, watch
                assert 1 <= watch["episodes_watched"] <= (episodes or 10_000), watch


def test_histories_differ_in_length_and_taste(people: list[Record], titles: list[Record]) -> None:
    lengths = sorted(len(person["watches"]) for person in people)
    assert lengths[0] == 6
    assert all(45 <= length <= 80 for length in lengths[1:])
    assert sum(person["age_limit"] == 12 for person in people) == 1
    for person in people:
        ratings = sum(watch["rating"] is not None for watch in person["watches"])
        assert 0 < ratings < len(person["watches"]) / 2
        assert any(watch["completion"] < 0.2 for watch in person["watches"])
        unseen = {t["title"] for t in titles if t["library"] in person["libraries"]}
        assert len(unseen - {watch["title"] for watch in person["watches"]}) >= 50
    liked = [
        {watch["title"] for watch in person["watches"] if watch["completion"] > 0.8}
        for person in people
        if len(person["watches"]) > 6
    ]
    for index, one in enumerate(liked):
        for other in liked[index + 1 :]:
            assert len(one & other) <= 10


# Against the catalogues, where they are.


def _rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@pytest.fixture(scope="module")
def tmdb() -> list[tuple[int, set[str], int, str]]:
    """Id, normalised titles, year and overview of every film in the TMDB files."""
    films = []
    for name in ("top10K-TMDB-movies.csv", "tmdb_5000_movies.csv", "tmdb-movies.csv"):
        for row in _rows(real_data("tmdb", name)):
            year = (row.get("release_year") or row["release_date"])[:4]
            if year and row["id"].lstrip("0"):
                names = {_name(row[column]) for column in ("title", "original_title") if row.get(column)}
                films.append((int(row["id"]), names, int(year), row["overview"]))
    return films


def test_film_ids_name_the_same_film_in_the_tmdb_files(
    titles: list[Record], tmdb: list[tuple[int, set[str], int, str]]
) -> None:
    ours = {title["ids"]["tmdb"]: title for title in titles if title["kind"] == "movie"}
    known = [(ours[film], names, year) for film, names, year, _overview in tmdb if film in ours]
    assert len({title["ids"]["tmdb"] for title, _names, _year in known}) > 200
    for title, names, year in known:
        assert abs(title["year"] - year) <= 1, title["title"]
        aliases = [name for localised in title["aliases"].values() for name in localised]
        own = {_name(name) for name in (title["title"], title["original_title"], *aliases)}
        assert _agree(own, names), (title["title"], names)


def test_film_ids_agree_with_the_movielens_links(titles: list[Record]) -> None:
    links = {int(row["imdbId"]): row["tmdbId"] for row in _rows(real_data("ml-25m-catalog", "links.csv"))}
    compared = 0
    for title in titles:
        tmdb_id = links.get(int(title["ids"].get("imdb", "tt0")[2:]))
        if title["kind"] == "movie" and tmdb_id:
            compared += 1
            assert title["ids"]["tmdb"] == int(tmdb_id), title["title"]
    assert compared > 200


def test_no_synopsis_repeats_an_overview(titles: list[Record], tmdb: list[tuple[int, set[str], int, str]]) -> None:
    runs = {run: title["title"] for title in titles for run in _runs(title["synopsis"])}
    texts = [overview for _film, _names, _year, overview in tmdb]
    for path in sorted(real_data("tv-streaming").glob("*.csv")):
        texts += [row["description"] for row in _rows(path)]
    assert len(texts) > 20_000
    shared = {(runs[run], " ".join(run)) for text in texts for run in _runs(text) if run in runs}
    assert shared == set()


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def _name(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"^(the|a|an|le|la|les|das|der|die|el|il) ", "", plain))


def _agree(own: set[str], theirs: set[str]) -> bool:
    # The files shorten titles, add subtitles and now and then break their letters.
    return any(a and b and (a in b or b in a or SequenceMatcher(None, a, b).ratio() > 0.8) for a in own for b in theirs)
