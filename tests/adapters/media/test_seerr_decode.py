"""Seerr's answers as they come: incomplete, odd and of several versions."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.http import HttpAnswer
from adapters.media.seerr import seerr_config
from adapters.media.seerr.connection import words
from adapters.media.seerr.decode import (
    decode_quota,
    decode_request,
    decode_result,
    decode_status,
    decode_user,
    media_state,
)
from bot.errors import InvalidSettings
from bot.model.titles import Kind
from bot.ports.requests import MediaState, Quota, RequestState
from tests.samples import ref

SHOW = ref(1396, kind=Kind.SERIES)


def request(**fields: Any) -> dict[str, Any]:
    media = {"tmdbId": 603, "mediaType": "movie", "status": 3, "status4k": 5}
    return {"id": 7, "status": 2, "type": "movie", "media": media, "requestedBy": {"id": 2}, **fields}


def test_a_request_is_read() -> None:
    filed = decode_request(request(createdAt="2026-01-02T03:04:05.000Z", seasons=[{"seasonNumber": 2}]))
    assert filed is not None
    assert (filed.id, filed.ref, filed.account, filed.state) == ("7", ref(603), "2", RequestState.APPROVED)
    assert (filed.media, filed.seasons, filed.updated_at) == (MediaState.PROCESSING, (2,), None)
    assert filed.created_at is not None and filed.created_at.hour == 3


def test_a_request_in_4k_has_the_state_of_4k() -> None:
    filed = decode_request(request(is4k=True))
    assert filed is not None and filed.media is MediaState.AVAILABLE


@pytest.mark.parametrize(
    "fields",
    [
        {"id": None},
        {"status": 9},
        {"status": None},
        {"media": None},
        {"media": {}},
        {"requestedBy": None},
        {"type": "book"},
    ],
)
def test_a_request_of_nobody_or_for_nothing_is_left_out(fields: dict[str, Any]) -> None:
    assert decode_request(request(**fields)) is None


@pytest.mark.parametrize(
    ("code", "state"), [*enumerate(MediaState, start=1), (0, MediaState.UNKNOWN), (99, MediaState.UNKNOWN)]
)
def test_numbers_stand_for_states(code: int, state: MediaState) -> None:
    assert media_state(code) is state


@pytest.mark.parametrize(
    "details", [{}, {"mediaInfo": None}, {"mediaInfo": []}, {"mediaInfo": {"status": "x", "requests": {}}}]
)
def test_a_title_of_which_nothing_is_known_is_unknown(details: dict[str, Any]) -> None:
    status = decode_status(ref(603), details)
    assert (status.state, status.seasons, status.requests) == (MediaState.UNKNOWN, (), ())


def test_4k_requests_and_specials_are_left_out() -> None:
    details = {
        "seasons": [{"seasonNumber": 0}, {"seasonNumber": 1}, {"seasonNumber": None}],
        "mediaInfo": {"status": 2, "requests": [request(is4k=True), request(id=8, media=None)]},
    }
    status = decode_status(SHOW, details)
    assert status.seasons == ((1, MediaState.UNKNOWN),)
    assert [filed.id for filed in status.requests] == ["8"]


@pytest.mark.parametrize(
    ("told", "quota"),
    [
        ({"limit": 0, "used": 0, "days": 7, "restricted": False}, Quota(None, 0, None, 7)),
        ({"limit": 5, "used": 2, "days": 7}, Quota(5, 2, 3, 7)),
        ({"limit": 5, "used": 9, "remaining": 0}, Quota(5, 9, 0, None)),
        ({"limit": 5, "used": 9}, Quota(5, 9, 0, None)),
        ({}, Quota(None, 0, None, None)),
        ({"limit": None, "used": None}, Quota(None, 0, None, None)),
    ],
)
def test_a_quota_is_read(told: dict[str, Any], quota: Quota) -> None:
    assert decode_quota(told) == quota


@pytest.mark.parametrize(
    ("settings", "ids"),
    [
        ({"discordIds": ["1", "2", "1"]}, ("1", "2")),
        ({"discordIds": "1, 2"}, ("1", "2")),
        ({"discordIds": [], "discordId": "3"}, ("3",)),
        ({"discordIds": None, "discordId": "3"}, ("3",)),
        ({"discordId": "anna#1234"}, ()),
        ({}, ()),
    ],
)
def test_discord_ids_of_every_version_are_read(settings: dict[str, Any], ids: tuple[str, ...]) -> None:
    user = decode_user({"id": 2, "email": "anna@example.org"}, settings)
    assert user is not None
    assert (user.discord_ids, user.name) == (ids, "anna")


def test_a_name_never_holds_a_mail_address() -> None:
    user = decode_user({"id": 2, "displayName": "anna@example.org", "permissions": "x", "plexId": 0}, {})
    assert user is not None
    assert (user.name, user.is_admin, user.plex_account, user.telegram_id) == ("anna", False, None, None)
    assert decode_user({"id": None}, {}) is None


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"mediaType": "person", "id": 1, "name": "X"},
        {"mediaType": "movie", "id": 0, "title": "X"},
        {"mediaType": "tv", "id": 1},
    ],
)
def test_what_is_no_title_is_left_out(entry: dict[str, Any]) -> None:
    assert decode_result(entry) is None


@pytest.mark.parametrize("poster", ["//evil.example/x.jpg", "/../x", "javascript:", None, 5])
def test_a_poster_is_one_of_tmdb_or_none(poster: Any) -> None:
    entry = {"mediaType": "movie", "id": 603, "title": "The Matrix", "posterPath": poster, "genreIds": "x"}
    facts = decode_result(entry)
    assert facts is not None
    assert (facts.poster_url, facts.genres, facts.year) == (None, (), None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"message": "Movie Quota exceeded."}', "Movie Quota exceeded."),
        (b'{"status": 403, "error": "No"}', "No"),
        (b'{"message": ""}', "otherwise"),
        (b"<html>", "otherwise"),
        (b"[]", "otherwise"),
        (b'{"message": "' + b"x" * 1000 + b'"}', "x" * 300),
    ],
)
def test_seerr_s_words_are_taken_where_there_are_any(body: bytes, expected: str) -> None:
    assert words(HttpAnswer(403, {}, body, "Seerr"), "otherwise") == expected


@pytest.mark.parametrize(
    "url", ["http://seerr:5055", "http://seerr:5055/", "http://seerr:5055/api/v1", "http://seerr:5055/api/v1/"]
)
def test_the_address_may_name_the_interface_or_not(url: str) -> None:
    assert seerr_config(url, "key").base_url == "http://seerr:5055/api/v1"


@pytest.mark.parametrize("key", ["", " ", "a\nb", "schlüssel"])
def test_a_key_that_no_header_can_carry_is_a_mistake_in_the_settings(key: str) -> None:
    with pytest.raises(InvalidSettings):
        seerr_config("http://seerr", key)
