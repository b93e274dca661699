"""TMDB where it is peculiar: keys, ratings, names of people, lists that are odd, and how much it is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from adapters.http import open_http
from adapters.media.tmdb import TmdbConfig, TmdbMetadata, tmdb_access, tmdb_config
from adapters.media.tmdb import facts as decode
from adapters.media.tmdb.extras import providers, seasons, trailers
from adapters.media.tmdb.genres import Genres
from adapters.media.tmdb.people import best_person, known_for
from bot.errors import InvalidSettings, Rejected
from bot.model.titles import Alias, Kind, Role
from bot.ports.metadata import Details, Discover
from tests.contracts.kit import Call
from tests.fakes.services.tmdb import API_KEY, FILM_GENRES, READ_TOKEN, SERIES_GENRES, FakeTmdb
from tests.samples import film, ref

GENRES = Genres(FILM_GENRES, SERIES_GENRES)


@asynccontextmanager
async def opened(fake: FakeTmdb, token: str = READ_TOKEN) -> AsyncIterator[TmdbMetadata]:
    access = tmdb_access(token)
    async with fake.server, open_http() as http:
        client = http.service(tmdb_config(access, fake.url + "/3/"))
        yield TmdbMetadata(client, query=access.query, config=TmdbConfig("DE", ("en", "de")))
    fake.server.assert_clean()


@pytest.mark.parametrize("token", [READ_TOKEN, f" Bearer {READ_TOKEN}\n", API_KEY, API_KEY.upper()])
async def test_both_kinds_of_key_are_recognised(token: str) -> None:
    fake = FakeTmdb()
    async with opened(fake, token) as source:
        if token == API_KEY.upper():
            with pytest.raises(Rejected):
                await source.check()
        else:
            assert (await source.check()).name == "TMDB"


@pytest.mark.parametrize("token", ["", "qwertz", "a" * 31, "a b.c.d", "a.b", "ü.ü.ü", "a.b.c\r\nX: y"])
def test_what_is_no_key_is_a_wrong_setting(token: str) -> None:
    with pytest.raises(InvalidSettings) as told:
        tmdb_access(token)
    assert not token or token not in str(told.value)


async def test_a_wrong_key_is_rejected_without_being_told() -> None:
    wrong = READ_TOKEN[:-1] + "x"
    async with opened(FakeTmdb(), wrong) as source:
        with pytest.raises(Rejected, match="Invalid API key") as told:
            await source.check()
    assert told.value.status == 401
    assert wrong not in str(told.value)


async def test_a_title_costs_one_request_and_one_for_each_second_page() -> None:
    many = tuple(film(number, language="en") for number in range(100, 150))
    world = [Details(film(1, language="en"), similar=many, recommendations=many[:20]), Details(film(2, language="en"))]
    fake = FakeTmdb(world)
    async with opened(fake) as source:
        await source.details(ref(1))
        await source.details(ref(2))
        await source.details(ref(1))
        assert source.requests == len(fake.server.requests) == (1 + 1) + 1 + (1 + 1) + 2  # the last: genres, once
        assert fake.server.count("GET", "/3/genre/movie/list") == 1


async def test_a_page_that_shifts_between_two_requests_doubles_nothing() -> None:
    many = tuple(film(number, language="en") for number in range(100, 141))
    fake = FakeTmdb([Details(film(1, language="en"), similar=many)])

    @fake.server.route("GET", "/3/movie/{movie_id}/similar")
    def shifted(call: Call) -> Any:
        from tests.fakes.services.tmdb import written_entry

        entries = [written_entry(each) for each in (film(1), *many[18:38])]
        return {"page": 2, "results": entries, "total_pages": 3, "total_results": 41}

    async with opened(fake) as source:
        details = await source.details(ref(1))
    assert details is not None
    refs = [each.refs[0] for each in details.similar]
    assert len(refs) == len(set(refs)) == 38
    assert ref(1) not in refs


async def test_a_year_in_brackets_brings_that_film_to_the_front() -> None:
    titles = [film(1, title="Dune", year=2021, language="en"), film(2, title="Dune", year=1984, language="en")]
    fake = FakeTmdb(map(Details, titles))
    async with opened(fake) as source:
        assert [each.year for each in await source.search("Dune (1984)")] == [1984, 2021]
        assert [each.year for each in await source.search("dune", kind=Kind.MOVIE)] == [2021, 1984]


async def test_people_among_the_results_take_no_place() -> None:
    fake = FakeTmdb(
        [Details(film(number, title=f"Tom {number}", language="en")) for number in range(5)][1:],
        people={f"Tom {number}": () for number in range(18)},
    )
    async with opened(fake) as source:
        assert len(await source.search("tom", limit=4)) == 4


async def test_what_films_call_a_genre_finds_series_too() -> None:
    async with opened(fake := FakeTmdb()) as source:
        await source.discover(
            Discover(Kind.SERIES, genres=("Science Fiction", "Fantasy"), year_min=1990, language="de")
        )
        query = fake.server.requests[-1].query
    assert (query["with_genres"], query["first_air_date.gte"]) == ("10765", "1990-01-01")
    assert query["with_original_language"] == "de"


async def test_languages_are_asked_for_once() -> None:
    async with opened(FakeTmdb()) as source:
        assert await source.languages() == await source.languages() == {"de": "German"}
        assert source.requests == 1


def _page(**values: Any) -> Mapping[str, Any]:
    return {"id": 1, "title": "Film", **values}


def _rated(*ratings: tuple[str, str, int]) -> Mapping[str, Any]:
    dates = [
        {"iso_3166_1": where, "release_dates": [{"certification": rating, "type": kind}]}
        for where, rating, kind in ratings
    ]
    return _page(release_dates={"results": dates})


@pytest.mark.parametrize(
    ("ratings", "age"),
    [
        ([("DE", "12", 3), ("US", "R", 3)], 12),
        ([("US", "PG-13", 3), ("GB", "15", 3)], 13),
        ([("DE", "", 3), ("US", "NR", 3), ("FR", "12", 3)], 12),
        ([("IT", "VM14", 3), ("ES", "18", 3)], 18),
        ([("DE", "18", 5), ("DE", "16", 3)], 18),  # two entries of one country: the stricter
        ([], None),
        ([("DE", "not a rating", 3)], None),
    ],
)
def test_the_age_is_that_of_the_country_or_else_of_a_large_one(
    ratings: list[tuple[str, str, int]], age: int | None
) -> None:
    facts = decode.detailed(_rated(*ratings), Kind.MOVIE, "DE", ())
    assert facts is not None and facts.minimum_age == age


def test_the_version_shown_in_cinemas_counts() -> None:
    releases = [
        {"certification": "18", "type": 5},
        {"certification": "", "type": 3},
        {"certification": "12", "type": 3},
    ]
    page = _page(release_dates={"results": [{"iso_3166_1": "DE", "release_dates": releases}]})
    facts = decode.detailed(page, Kind.MOVIE, "DE", ())
    assert facts is not None and facts.minimum_age == 12


def test_adult_titles_are_adult() -> None:
    facts = decode.detailed(_page(adult=True), Kind.MOVIE, "DE", ())
    assert facts is not None and facts.minimum_age == 18


@pytest.mark.parametrize(
    ("values", "anime"),
    [
        ({"keywords": {"keywords": [{"name": "Anime"}]}}, True),
        ({"genres": [{"id": 16, "name": "Animation"}], "original_language": "ja"}, True),
        ({"genres": [{"id": 16, "name": "Animation"}], "production_countries": [{"iso_3166_1": "JP"}]}, True),
        ({"genres": [{"id": 16, "name": "Animation"}], "original_language": "en"}, False),
        ({"genres": [{"id": 18, "name": "Drama"}], "original_language": "ja"}, False),
    ],
)
def test_anime_is_recognised(values: dict[str, Any], anime: bool) -> None:
    facts = decode.detailed(_page(**values), Kind.MOVIE, "DE", ())
    assert facts is not None and facts.anime is anime


def test_other_titles_in_use_where_a_language_is_spoken_become_aliases() -> None:
    page = _page(
        translations={
            "translations": [
                {"iso_639_1": "de", "iso_3166_1": "DE", "data": {"title": "Kampf"}},
                {"iso_639_1": "de", "iso_3166_1": "AT", "data": {"title": ""}},
                {"iso_639_1": "fr", "iso_3166_1": "FR", "data": {"title": "Combat"}},
            ]
        },
        alternative_titles={
            "titles": [
                {"iso_3166_1": "DE", "title": "Der Kampf"},
                {"iso_3166_1": "AT", "title": "Film"},
                {"iso_3166_1": "RU", "title": "Boy"},
            ]
        },
    )
    facts = decode.detailed(page, Kind.MOVIE, "DE", ("de-DE",))
    assert facts is not None and facts.aliases == (Alias("Kampf", "de"), Alias("Der Kampf"))


def test_credits_are_directors_writers_and_the_cast_by_billing() -> None:
    crew = [{"name": "A", "job": "Director"}, {"name": "B", "job": "Gaffer"}, {"name": "A", "job": "Director"}]
    cast = [{"name": "D", "order": 1}, {"name": "C", "order": 0}, {"name": "E"}, {"name": "C", "order": 4}]
    cast += [{"name": f"X{number}", "order": number} for number in range(10, 60)]
    facts = decode.detailed(
        _page(credits={"cast": cast, "crew": crew}, created_by=[{"name": "W"}]), Kind.SERIES, "DE", ()
    )
    assert facts is not None
    assert [(credit.name, credit.role) for credit in facts.credits[:4]] == [
        ("W", Role.WRITER),
        ("A", Role.DIRECTOR),
        ("C", Role.CAST),
        ("D", Role.CAST),
    ]
    assert len(facts.credits) == 22


JUNK: list[Any] = [None, 0, -1, "", "x", [], {}, [None], [1], {"results": 5}, {"results": [5]}, True, 1e400, "\x00"]
FIELDS = (
    *("id", "title", "release_date", "genres", "genre_ids", "keywords", "credits", "vote_average", "vote_count"),
    *("poster_path", "external_ids", "translations", "alternative_titles", "release_dates", "content_ratings"),
    *("videos", "seasons", "watch/providers", "episode_run_time", "last_episode_to_air", "origin_country", "runtime"),
    *("belongs_to_collection", "original_language", "adult", "created_by", "status", "popularity", "overview"),
)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_is_not_what_it_should_be_is_not_said(field: str) -> None:
    for junk in JUNK:
        page = _page(**{field: junk, "media_type": "movie"})
        for facts in (decode.detailed(page, Kind.SERIES, "DE", ("de",)), decode.listed(page, GENRES)):
            assert facts is None or (facts.title and facts.refs)
        assert (trailers(page, ("de",)), seasons(page), providers(page)) == ((), (), {})


def test_trailers_are_official_and_in_ones_language_first() -> None:
    def video(key: str, locale: str, **values: Any) -> dict[str, Any]:
        return {"site": "YouTube", "key": key, "type": "Trailer", "iso_639_1": locale, "name": key, **values}

    found = [
        video("teaser", "de", type="Teaser", official=True),
        video("en-official", "en", official=True),
        video("fan", "de", official=False),
        video("de-official", "de", official=True),
        video("clip", "de", type="Clip"),
        video("bad key&x=1", "de"),
        video("elsewhere", "de", site="Elsewhere"),
    ]
    ordered = trailers({"videos": {"results": found}}, ("de", "en"))
    assert [trailer.name for trailer in ordered] == ["de-official", "en-official", "fan", "teaser"]


def test_the_person_is_the_one_whose_name_fits_and_of_those_the_best_known() -> None:
    found = [
        {"id": 1, "name": "Catherine Scorsese", "popularity": 2.0},
        {"id": 2, "name": "Martin Scorsese", "popularity": 9.0},
        {"id": 3, "name": "Pénélope Cruz", "popularity": 50.0},
    ]
    assert best_person("scorsese", found) == 2
    assert best_person("Martín Scorsese", found) == 2
    assert best_person("penelope cruz", found) == 3
    assert best_person("Xavier Quux", found) is None
    assert best_person("anybody", []) is None


def test_a_director_is_known_for_what_was_directed_and_talk_shows_do_not_count() -> None:
    person = {
        "known_for_department": "Directing",
        "combined_credits": {
            "cast": [
                {"id": 1, "media_type": "movie", "vote_count": 900, "character": "Waiter"},
                {"id": 2, "media_type": "tv", "vote_count": 5000, "genre_ids": [10767]},
                {"id": 3, "media_type": "movie", "vote_count": 800, "character": "Self"},
                {"id": 5, "media_type": "movie", "vote_count": 300, "character": "Guest"},
            ],
            "crew": [
                {"id": 4, "media_type": "movie", "vote_count": 100, "job": "Director"},
                {"id": 5, "media_type": "movie", "vote_count": 300, "job": "Director"},
                {"id": 6, "media_type": "movie", "vote_count": 700, "job": "Producer"},
            ],
        },
    }
    assert [entry["id"] for entry in known_for(person)] == [5, 4, 1]
