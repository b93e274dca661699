"""Jellyfin's answers as they come: incomplete, odd and hostile."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.media.jellyfin import jellyfin_config
from adapters.media.jellyfin.connection import authorization
from adapters.media.jellyfin.decode import decode_item
from adapters.media.jellyfin.history import decode_watch
from adapters.media.jellyfin.links import Links, looks_public
from adapters.media.jellyfin.parental import EVERY_AGE, RatingScale, age_limit
from adapters.media.jellyfin.people import decode_user, is_restricted_by_tags
from adapters.media.jellyfin.quality import best_quality
from bot.errors import InvalidSettings
from bot.model.titles import Kind
from bot.ports.media import Quality

LINKS = Links("http://jellyfin:8096")
KEY = "0" * 31 + "1"


def film(**fields: Any) -> dict[str, Any]:
    return {"Id": KEY, "Name": "Up", "Type": "Movie", **fields}


def test_a_film_with_nothing_but_a_name_is_a_film() -> None:
    item = decode_item(film(), "1", LINKS, RatingScale())
    assert item is not None
    assert str(item.facts.refs[0]) == f"movie:jellyfin-{KEY}"
    assert (item.facts.title, item.facts.year, item.facts.runtime, item.quality) == ("Up", None, None, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"ProviderIds": None, "People": None, "Genres": None, "Tags": None, "Taglines": None, "MediaSources": None},
        {"ProviderIds": [], "People": {}, "Genres": "Action", "Taglines": "x", "MediaSources": "?", "ImageTags": []},
        {"ProviderIds": {"Tmdb": None, "Imdb": 5, "Tvdb": {}}, "People": [None, 3, {"Name": None, "Type": "Actor"}]},
        {"RunTimeTicks": "soon", "ProductionYear": "MMIX", "PremiereDate": "yesterday", "CommunityRating": "high"},
        {
            "RunTimeTicks": -1,
            "ProductionYear": 0,
            "PremiereDate": "0001-01-01T00:00:00.0000000Z",
            "CommunityRating": 99,
        },
        {"DateCreated": 12, "Overview": ["x"], "OfficialRating": 16.5, "Genres": [None, "", " "]},
    ],
)
def test_odd_values_read_as_not_told(fields: dict[str, Any]) -> None:
    item = decode_item(film(**fields), "1", LINKS, RatingScale())
    assert item is not None
    facts = item.facts
    assert (facts.title, facts.credits, facts.genres, facts.vote_average) == ("Up", (), (), None)
    assert (facts.runtime, facts.year, facts.released, item.added_at) == (None, None, None, None)


@pytest.mark.parametrize(
    "entry",
    [{}, film(Type="Season"), film(Type=None), film(Name=""), film(Name=None), film(Id=None), film(Type="MusicVideo")],
)
def test_what_is_no_title_is_left_out(entry: dict[str, Any]) -> None:
    assert decode_item(entry, "1", LINKS, RatingScale()) is None


@pytest.mark.parametrize("name", ["Amélie 🎬", "千と千尋の神隠し", "@everyone <b>", "مرحبا"])
def test_names_stay_as_they_are(name: str) -> None:
    item = decode_item(film(Name=name), "1", LINKS, RatingScale())
    assert item is not None and item.facts.title == name


def test_ids_that_cannot_be_theirs_are_left_out() -> None:
    ids = {"TMDB": "603", "imdb": "nm0000206", "Tvdb": "0", "AniDb": "-1", "TmdbCollection": "2344"}
    item = decode_item(film(ProviderIds=ids), "1", LINKS, RatingScale())
    assert item is not None
    assert [str(ref) for ref in item.facts.refs] == ["movie:603"]


@pytest.mark.parametrize(
    ("fields", "anime"), [({"Genres": ["Anime"]}, True), ({"ProviderIds": {"AniDB": "1"}}, True), ({}, False)]
)
def test_anime_is_known_by_genre_or_number(fields: dict[str, Any], anime: bool) -> None:
    item = decode_item(film(**fields), "1", LINKS, RatingScale())
    assert item is not None and item.facts.anime is anime


def test_ids_are_the_same_with_and_without_dashes() -> None:
    user = decode_user({"Id": "0000000A-0000-0000-0000-000000000001", "Name": "A", "Policy": {}}, [])
    assert user is not None and user.account == "0000000a000000000000000000000001"


@pytest.mark.parametrize("policy", [None, {}, [], {"EnableAllFolders": "yes"}, {"EnabledFolders": None}])
def test_without_a_readable_policy_nothing_is_open(policy: Any) -> None:
    user = decode_user({"Id": KEY, "Name": "Anna", "Policy": policy}, ["1"])
    assert user is not None
    assert (user.libraries, user.is_admin) == ((), False)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"BlockedTags": ["x"]}, True),
        ({"AllowedTags": ["x"]}, True),
        ({"BlockedTags": ["", None], "AllowedTags": []}, False),
        ({"BlockedTags": ["x"], "IsDisabled": True}, False),
        ({}, False),
    ],
)
def test_rules_about_tags_are_noticed(policy: dict[str, Any], expected: bool) -> None:
    assert is_restricted_by_tags({"Id": KEY, "Policy": {**policy, "x": 1}}) is expected


@pytest.mark.parametrize(
    ("policy", "limit"),
    [
        ({"BlockUnratedItems": ["Movie"]}, EVERY_AGE),
        ({"BlockUnratedItems": ["Series", "Music"]}, EVERY_AGE),
        ({"BlockUnratedItems": ["Book"]}, None),
        ({"BlockUnratedItems": ["Movie"], "MaxParentalRating": 13}, 13),
    ],
)
def test_who_must_not_see_unrated_titles_has_a_limit(policy: dict[str, Any], limit: int | None) -> None:
    user = decode_user({"Id": KEY, "Name": "Anna", "Policy": policy}, [])
    assert user is not None and user.age_limit == limit


@pytest.mark.parametrize(
    ("score", "step", "age"),
    [
        (None, None, None),
        (None, 1, None),
        (0, 0, 0),
        (13, 0, 13),
        (13, 1, 13),
        (17, 0, 17),
        (17, 1, 18),
        (17, None, 18),
    ],
)
def test_a_limit_is_an_age(score: int | None, step: int | None, age: int | None) -> None:
    assert age_limit(score, step) == age


def test_an_older_list_of_ratings_without_steps_is_read() -> None:
    scale = RatingScale.decode([{"Name": "FSK-16", "Value": 16}, {"Name": "Unrated", "Value": None}, None, {}])
    assert [scale.age(name) for name in ("FSK-16", "fsk-16", "Unrated", "", "PG-13")] == [16, 16, None, None, 13]


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"Id": KEY, "Type": "Movie", "UserData": None},
        {"Id": KEY, "Type": "Episode", "UserData": {"LastPlayedDate": "2026-01-01T00:00:00Z"}},
        {"Id": KEY, "Type": "Season", "SeriesId": KEY, "UserData": {"LastPlayedDate": "2026-01-01T00:00:00Z"}},
        {"Id": KEY, "Type": "Movie", "UserData": {"LastPlayedDate": "0001-01-01T00:00:00Z"}},
    ],
)
def test_a_play_of_nothing_or_at_no_time_is_left_out(entry: dict[str, Any]) -> None:
    assert decode_watch(entry, "anna") is None


def test_an_episode_without_numbers_still_belongs_to_its_series() -> None:
    data = {"LastPlayedDate": "2026-01-01T00:00:00.1234567Z", "PlayCount": 0, "PlayedPercentage": 250}
    watch = decode_watch({"Id": KEY, "Type": "Episode", "SeriesId": "AB-1", "UserData": data}, "anna")
    assert watch is not None
    assert (watch.item, watch.episode, watch.plays, watch.completion, watch.kind) == ("ab1", None, 1, 1.0, Kind.SERIES)


@pytest.mark.parametrize(
    ("video", "expected"),
    [
        ({"Height": 800, "Width": 1920, "VideoRangeType": "SDR"}, Quality("1080p", "", "", "")),
        ({"Height": 2160, "VideoRangeType": "HDR10Plus"}, Quality("2160p", "HDR10+", "", "")),
        ({"Height": 1080, "VideoRangeType": "DOVIInvalid", "VideoRange": "HDR"}, Quality("1080p", "HDR", "", "")),
        ({"Height": 240, "Codec": "MPEG4"}, Quality("240p", "", "mpeg4", "")),
        ({"Height": None, "Width": None}, None),
    ],
)
def test_quality_is_what_the_stream_tells(video: dict[str, Any], expected: Quality | None) -> None:
    assert best_quality({"MediaStreams": [{"Type": "Video", **video}]}) == expected


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://jellyfin.example.org", True),
        ("https://example.org:8920/jellyfin", True),
        ("http://jellyfin:8096", False),
        ("http://192.168.1.5:8096", False),
        ("http://[fd00::1]:8096", False),
        ("http://nas.local:8096", False),
        ("http://box.fritz.home.arpa", False),
    ],
)
def test_posters_are_linked_where_the_internet_can_reach_them(url: str, public: bool) -> None:
    assert looks_public(url) is public
    assert (Links(url).poster(KEY, "tag") is not None) is public
    assert Links(url).poster(KEY, "") is None


def test_a_link_carries_no_login() -> None:
    assert Links("https://me:secret@example.org/jf/").page(KEY) == f"https://example.org/jf/web/#/details?id={KEY}"


@pytest.mark.parametrize("key", ["", " ", 'a"b', "ä", "a b"])
def test_a_key_that_no_header_can_carry_is_a_mistake_in_the_settings(key: str) -> None:
    with pytest.raises(InvalidSettings):
        jellyfin_config("http://jellyfin", key)


def test_a_token_cannot_break_out_of_the_header() -> None:
    assert 'Token="a%22%2C%20b"' in authorization('a", b')
