"""Identifiers of Plex, new and old."""

from __future__ import annotations

import pytest

from adapters.plex_guids import refs_of_guids, series_refs_of_episode
from bot.model.titles import Kind
from tests.samples import ref


@pytest.mark.parametrize(
    ("guid", "source", "value"),
    [
        ("tmdb://603", "tmdb", "603"),
        ("imdb://tt0133093", "imdb", "tt0133093"),
        ("tvdb://121361", "tvdb", "121361"),
        ("plex://movie/5d776825880197001ec90b8b", "plex", "5d776825880197001ec90b8b"),
        ("com.plexapp.agents.imdb://tt0133093?lang=en", "imdb", "tt0133093"),
        ("com.plexapp.agents.themoviedb://603?lang=de", "tmdb", "603"),
        ("com.plexapp.agents.thetvdb://121361/6/1?lang=en", "tvdb", "121361"),
        ("com.plexapp.agents.hama://anidb-23?lang=en", "anidb", "23"),
        ("com.plexapp.agents.hama://tvdb4-79604?lang=en", "tvdb", "79604"),
        ("com.plexapp.agents.anidb://69", "anidb", "69"),
        (" tmdb://603 ", "tmdb", "603"),
    ],
)
def test_identifiers_that_other_services_know(guid: str, source: str, value: str) -> None:
    assert refs_of_guids(Kind.MOVIE, [guid]) == (ref(value, source),)


@pytest.mark.parametrize(
    "guid",
    [
        "", "local://17", "com.plexapp.agents.none://abc", "tmdb://", "tmdb://abc", "tmdb://0", "imdb://603",
        "plex://show/5d776825880197001ec90b8b", "plex://movie/../x", "com.plexapp.agents.hama://23",
        "com.plexapp.agents.imdb://<script>", "tmdb://6\u06f03", "mbid://x",
    ],
)  # fmt: skip
def test_identifiers_that_nobody_knows(guid: str) -> None:
    assert refs_of_guids(Kind.MOVIE, [guid]) == ()


def test_the_one_of_tmdb_comes_first_and_each_once() -> None:
    guids = ["tvdb://5", "plex://show/5d776825880197001ec90b8b", "imdb://tt0944947", "tmdb://1399", "tmdb://1399"]
    found = refs_of_guids(Kind.SERIES, guids)
    assert [each.source for each in found] == ["tmdb", "imdb", "tvdb", "plex"]


def test_only_older_episodes_name_their_series() -> None:
    assert series_refs_of_episode("com.plexapp.agents.thetvdb://121361/6/1") == (ref(121361, "tvdb", Kind.SERIES),)
    assert series_refs_of_episode("plex://episode/5d9c1276e9d5a1001f4ff2fa") == ()
    assert series_refs_of_episode("tvdb://5469015") == ()
