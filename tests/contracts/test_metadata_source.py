"""What every metadata service promises; TMDB is held to it on its official description."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.media.tmdb import TmdbConfig, TmdbMetadata, tmdb_access, tmdb_config
from bot.errors import Unavailable
from bot.model.titles import Alias, Kind, TitleFacts, TitleRef
from bot.ports.metadata import Details, Discover, MetadataSource, Season, Trailer
from tests.fakes.metadata import FakeMetadataSource
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.tmdb import READ_TOKEN, FakeTmdb
from tests.samples import film, ref

MATRIX = film(
    603, ref("tt0133093", "imdb"), title="The Matrix", year=1999, genres=("Action",), language="en", vote_count=900,
    vote_average=8.2, popularity=80.0, minimum_age=16, aliases=(Alias("Die Matrix", "de"), Alias("Matrice", "fr")),
)  # fmt: skip
SECOND = film(604, title="Matrix 2", year=2003, genres=("Action",), language="en", vote_count=500)
QUIET = film(605, title="A quiet day", year=1971, genres=("Drama",), language="ja", vote_count=60)
SHOW = TitleFacts(
    (TitleRef(Kind.SERIES, "tmdb", "1396"), TitleRef(Kind.SERIES, "tvdb", "81189")), Kind.SERIES, "The Show",
    year=2008, genres=("Drama",), language="en", vote_count=70, seasons=1, episodes=7,
)  # fmt: skip
MANY = tuple(film(number, year=2000, vote_count=1) for number in range(1000, 1045))
TRAILER = Trailer("Official", "https://www.youtube.com/watch?v=abc", "en", official=True)
DETAILS = (
    Details(MATRIX, similar=MANY[:40], recommendations=(SECOND,), trailers=(TRAILER,), providers={"DE": ("Kino",)}),
    Details(SECOND),
    Details(QUIET),
    Details(SHOW, seasons=(Season(1, 7, name="Season 1"),)),
    *map(Details, MANY),
)
PEOPLE = {"Jane Doe": [QUIET, SHOW]}


@pytest.fixture(params=["fake", "tmdb"])
async def metadata(request: pytest.FixtureRequest) -> AsyncIterator[MetadataSource]:
    if request.param == "fake":
        yield FakeMetadataSource(details=DETAILS, people=PEOPLE)
        return
    fake, access = FakeTmdb(DETAILS, people=PEOPLE), tmdb_access(READ_TOKEN)
    async with fake.server, impatient_http() as http:
        config = replace(tmdb_config(access, fake.url), per_second=None)
        yield TmdbMetadata(http.service(config), query=access.query, config=TmdbConfig("DE", ("en", "de")))
    fake.server.assert_clean()


def refs(found: object) -> list[TitleRef]:
    assert isinstance(found, (list, tuple))
    return [facts.refs[0] for facts in found]


async def test_a_service_that_answers_is_well(metadata: MetadataSource) -> None:
    assert (await metadata.check()).problems == ()
    assert metadata.requests >= 1


async def test_facts_are_found_by_any_reference(metadata: MetadataSource) -> None:
    for known in (ref(603), ref("tt0133093", "imdb")):
        details = await metadata.details(known, locales=["de"])
        assert details is not None
        assert set(MATRIX.refs) <= set(details.facts.refs)
        assert (details.facts.title, details.facts.year, details.facts.minimum_age) == ("The Matrix", 1999, 16)
        assert details.facts.genres == ("Action",)
        assert "Die Matrix" in {alias.name for alias in details.facts.aliases}
        assert "Matrice" not in {alias.name for alias in details.facts.aliases}
    assert await metadata.details(ref(1)) is None
    assert await metadata.details(ref("tt9999999", "imdb")) is None


async def test_details_hold_trailers_providers_and_seasons(metadata: MetadataSource) -> None:
    details = await metadata.details(ref(603), locales=["en"])
    assert details is not None
    assert [trailer.url for trailer in details.trailers] == [TRAILER.url]
    assert details.providers["DE"] == ("Kino",)
    show = await metadata.details(SHOW.refs[0], locales=["en"])
    assert show is not None
    assert [(season.number, season.episodes) for season in show.seasons] == [(1, 7)]
    assert show.facts.episodes == 7


async def test_up_to_forty_titles_are_named_with_a_title(metadata: MetadataSource) -> None:
    details = await metadata.details(ref(603))
    assert details is not None
    assert refs(details.similar) == refs(MANY[:40])
    assert refs(details.recommendations) == [ref(604)]


async def test_without_related_titles_everything_else_is_told(metadata: MetadataSource) -> None:
    whole, less = await metadata.details(ref(603)), await metadata.details(ref(603), related=False)
    assert whole is not None
    assert less is not None
    assert less.facts == whole.facts
    assert set(refs(less.similar)) <= set(refs(whole.similar))


async def test_a_reference_of_another_service_leads_to_the_own_one(metadata: MetadataSource) -> None:
    assert await metadata.find(ref("tt0133093", "imdb")) == ref(603)
    assert await metadata.find(SHOW.refs[1]) == SHOW.refs[0]
    assert await metadata.find(ref("tt9999999", "imdb")) is None


async def test_search_finds_at_most_what_was_asked_for(metadata: MetadataSource) -> None:
    assert refs(await metadata.search("matrix")) == [ref(603), ref(604)]
    assert refs(await metadata.search("matrix", limit=1)) == [ref(603)]
    assert refs(await metadata.search("show", kind=Kind.SERIES)) == [SHOW.refs[0]]
    assert list(await metadata.search("show", kind=Kind.MOVIE)) == []
    assert list(await metadata.search("nothing of that name")) == []
    assert list(await metadata.search(" ")) == []


async def test_people_lead_to_their_titles(metadata: MetadataSource) -> None:
    assert set(refs(await metadata.person("Jane Doe"))) == {ref(605), SHOW.refs[0]}
    assert len(await metadata.person("Jane Doe", limit=1)) == 1
    assert list(await metadata.person("Nobody Known")) == []


async def test_what_is_talked_about_is_of_the_kind_that_was_asked_for(metadata: MetadataSource) -> None:
    assert refs(await metadata.trending(kind=Kind.SERIES)) == [SHOW.refs[0]]
    assert ref(603) in refs(await metadata.trending(weekly=False))


async def test_discovering_keeps_to_what_is_wanted(metadata: MetadataSource) -> None:
    assert refs(await metadata.discover(Discover(Kind.MOVIE, genres=("Action",)))) == [ref(603), ref(604)]
    assert refs(await metadata.discover(Discover(Kind.MOVIE, language="ja"))) == [ref(605)]
    assert refs(await metadata.discover(Discover(Kind.MOVIE, year_min=2002, year_max=2004))) == [ref(604)]
    assert refs(await metadata.discover(Discover(Kind.MOVIE, minimum_votes=600))) == [ref(603)]
    assert list(await metadata.discover(Discover(Kind.MOVIE, minimum_votes=600, page=2))) == []


async def test_a_service_that_is_down_says_so() -> None:
    source = FakeMetadataSource()
    source.down = True
    with pytest.raises(Unavailable):
        await source.details(ref(1))
    fake, access = FakeTmdb(), tmdb_access(READ_TOKEN)
    async with fake.server, impatient_http() as http:
        service = TmdbMetadata(http.service(replace(tmdb_config(access, fake.url), per_second=None)))
        async with fake.server.down():
            with pytest.raises(Unavailable):
                await service.details(ref(603))
