"""Films and series of Plex, as awkward as servers tell them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.media.plex.history import decode_rating, decode_watch
from adapters.media.plex.items import decode_item, episode_name
from adapters.media.plex.quality import quality_of
from adapters.media.plex.vocabulary import countries, genres
from bot.model.titles import Kind, Role
from bot.ports.media import Quality, ServerItem
from tests.adapters.test_loose import ANYTHING

MACHINE = "f2fdaa2b1f4c4bd9a6f1c8b0c5d3e7a9f0b1c2d3"


def decoded(**fields: Any) -> ServerItem:
    told = decode_item({"ratingKey": "7", "type": "movie", "title": "A film", **fields}, "1", MACHINE)
    assert told is not None
    return told


@pytest.mark.parametrize(
    "fields", [{"ratingKey": None}, {"title": ""}, {"title": None}, {"type": "season"}, {"type": None}]
)
def test_what_is_no_title_is_left_out(fields: dict[str, Any]) -> None:
    assert decode_item({"ratingKey": "7", "type": "movie", "title": "A film", **fields}, "1", MACHINE) is None


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "year",
                "guid",
                "Guid",
                "Genre",
                "Role",
                "Media",
                "duration",
                "addedAt",
                "updatedAt",
                "summary",
                "contentRating",
                "userRating",
                "childCount",
                "Collection",
                "Label",
                "audienceRating",
                "originallyAvailableAt",
                "Country",
            ]
        ),
        ANYTHING,
    )
)
def test_nothing_that_a_server_says_about_a_title_raises(fields: dict[str, Any]) -> None:  # fmt: skip
    item = decoded(**fields)
    assert item.facts.refs and item.facts.title == "A film"
    decode_rating({"ratingKey": "7", **fields}, Kind.MOVIE, "1", MACHINE)


def test_the_year_may_come_from_the_day_of_release() -> None:
    facts = decoded(originallyAvailableAt="1999-03-31").facts
    assert (facts.year, facts.released) == (1999, date(1999, 3, 31))
    assert decoded(year=0).facts.year is None


def test_a_title_of_no_agent_is_named_by_the_server() -> None:
    (own,) = decoded(guid="local://7").facts.refs
    assert (own.source, own.value) == ("plex", "f2fdaa2b1f4c-7")


def test_credits_in_the_order_of_billing() -> None:
    people = {"Director": [{"tag": "Lana"}, {"tag": "Lilly"}], "Role": [{"tag": "Keanu", "role": "Neo"}, {"tag": ""}]}
    told = decoded(**people, Writer=[{"tag": "Lana"}, {"tag": "Lana"}]).facts.credits
    assert [(each.name, each.role, each.order) for each in told] == [
        ("Lana", Role.DIRECTOR, 0),
        ("Lilly", Role.DIRECTOR, 1),
        ("Lana", Role.WRITER, 0),
        ("Keanu", Role.CAST, 0),
    ]


@pytest.mark.parametrize(
    ("names", "franchise", "keywords"),
    [
        (["Oscar winners", "The Matrix Collection"], "The Matrix Collection", ("oscar winners",)),
        (["Alien Filmreihe"], "Alien Filmreihe", ()),
        (["Harry Potter - Saga"], "Harry Potter - Saga", ()),
        (["4K HDR"], None, ("4k hdr",)),
    ],
)
def test_a_shelf_is_no_franchise(names: list[str], franchise: str | None, keywords: tuple[str, ...]) -> None:
    facts = decoded(Collection=[{"tag": name} for name in names]).facts
    assert (facts.collection, facts.keywords) == (franchise, keywords)


@pytest.mark.parametrize(
    ("rating", "age"),
    [("PG-13", 13), ("TV-MA", 17), ("de/16", 16), ("fr/U", 0), ("gb/12A", 12), ("NR", None), ("", None)],
)
def test_content_ratings_in_years(rating: str, age: int | None) -> None:
    assert decoded(contentRating=rating).facts.minimum_age == age


def test_votes_count_only_on_the_scale_of_votes() -> None:
    assert decoded(audienceRating=8.2, audienceRatingImage="themoviedb://image.rating").facts.vote_average == 8.2
    assert decoded(rating=7.0, ratingImage="imdb://image.rating").facts.vote_average == 7.0
    assert (
        decoded(audienceRating=9.9, audienceRatingImage="rottentomatoes://image.rating.ripe").facts.vote_average is None
    )


def test_anime_is_known_by_its_agent_or_genre() -> None:
    assert decoded(guid="com.plexapp.agents.hama://anidb-23?lang=en").facts.anime
    assert decoded(Genre=[{"tag": "Anime"}]).facts.anime
    assert not decoded(Genre=[{"tag": "Animation"}]).facts.anime


def test_genres_as_tmdb_names_them() -> None:
    assert genres(["Sci-Fi & Fantasy", "KOMÖDIE", "comedy", "Children"]) == (
        "Science Fiction",
        "Fantasy",
        "Comedy",
        "Family",
    )
    assert genres(["Giallo"]) == ("Giallo",)
    assert countries(["Germany", "United States of America", "Atlantis", "germany"]) == ("DE", "US")


def media(resolution: object, **fields: Any) -> dict[str, Any]:
    return {"id": 1, "videoResolution": resolution, **fields}


def streams(**video: Any) -> dict[str, Any]:
    return {"Part": [{"id": 1, "key": "/p", "Stream": [{"streamType": 1, **video}, {"streamType": 2, "channels": 6}]}]}


@pytest.mark.parametrize(
    ("files", "quality"),
    [
        ([media("4k", videoCodec="HEVC", **streams(colorTrc="smpte2084"))], Quality("2160p", "HDR", "hevc", "5.1")),
        ([media("1080", **streams(colorTrc="arib-std-b67"))], Quality("1080p", "HLG", "", "5.1")),
        ([media("4k", **streams(DOVIPresent=True, colorTrc="smpte2084"))], Quality("2160p", "Dolby Vision", "", "5.1")),
        ([media("720p", audioChannels=2, videoCodec="h264")], Quality("720p", "", "h264", "2.0")),
        ([media("sd", audioChannels=1)], Quality("480p", "", "", "1.0")),
        ([media(None, height=1606, audioChannels=4)], Quality("1606p", "", "", "4.0")),
        ([media(None)], Quality()),
        (
            [media("1080", videoCodec="old"), media("4k", videoCodec="new"), media("sd")],
            Quality("2160p", "", "new", ""),
        ),
        (
            [media("1080", bitrate=1, videoCodec="a"), media("1080", bitrate=9, videoCodec="b")],
            Quality("1080p", "", "b"),
        ),
    ],
)
def test_the_quality_is_that_of_the_best_file(files: list[dict[str, Any]], quality: Quality) -> None:
    assert quality_of({"Media": files}) == quality


def test_a_title_without_files_has_no_quality() -> None:
    assert quality_of({"Media": []}) is None
    assert quality_of({}) is None


@pytest.mark.parametrize(
    ("season", "episode", "name"),
    [(1, 2, "s01e02"), (0, 3, "s00e03"), ("12", "101", "s12e101"), (None, 1, None), (1, "", None), (-1, 1, None)],
)
def test_episodes_are_named_alike(season: object, episode: object, name: str | None) -> None:
    assert episode_name(season, episode) == name


def test_a_play_of_an_episode_belongs_to_its_series() -> None:
    row = {"type": "episode", "accountID": "101", "viewedAt": "1700000000", "ratingKey": "55", "historyKey": "/a/9"}
    by_key = decode_watch({**row, "grandparentRatingKey": "4"}, {})
    by_path = decode_watch({**row, "grandparentKey": "/library/metadata/4"}, {101: "7"})
    assert by_key is not None and by_path is not None
    assert (by_key.item, by_path.item, by_key.account, by_path.account) == ("4", "4", "101", "7")


@pytest.mark.parametrize("value", [0, -1, 11, None, "no"])
def test_what_is_no_rating_is_none(value: object) -> None:
    assert decode_rating({"ratingKey": "7", "userRating": value, "addedAt": 1}, Kind.MOVIE, "1", MACHINE) is None
