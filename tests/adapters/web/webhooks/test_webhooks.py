"""Webhooks as services send them: read, refused, ignored."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web import PrometheusMeter, build_app
from adapters.web.webhooks import secret as secrets
from adapters.web.webhooks import webhooks_router
from adapters.web.webhooks.router import DECODERS
from bot.errors import InvalidInput, Unavailable
from bot.ports.live import LibraryTold, PlayTold, RatingTold, RequestTold, Told

SECRET = "a-secret-of-twenty-characters"
PATH = f"/webhooks/{SECRET}"

PLEX = {
    "event": "media.scrobble",
    "user": True,
    "owner": True,
    "Account": {"id": 1, "thumb": "https://plex.tv/users/1022b120ffbaa/avatar", "title": "anna"},
    "Server": {"title": "Home", "uuid": "54664a3d8acc39983675640ec9ce00b70af9cc36"},
    "Player": {"local": True, "publicAddress": "200.200.200.200", "title": "Safari", "uuid": "r6yfkdnfgg"},
    "Metadata": {
        "librarySectionType": "movie", "ratingKey": "1936545", "key": "/library/metadata/1936545", "type": "movie",
        "guid": "plex://movie/5d7768265af944001f1f6683", "title": "Heat", "Guid": [{"id": "tmdb://949"}],
    },
}  # fmt: skip
EPISODE = {**PLEX, "Metadata": {"type": "episode", "ratingKey": "12", "grandparentRatingKey": "10", "index": 3}}
TAUTULLI = {
    "action": "stop", "user_id": "12345", "media_type": "episode", "rating_key": "12", "grandparent_rating_key": "10",
    "progress_percent": "97", "timestamp": "1773489600",
}  # fmt: skip
JELLYFIN = {
    "NotificationType": "PlaybackStop", "ItemType": "Movie", "ItemId": "A0E1-bb", "UserId": "3f-0C",
    "PlayedToCompletion": "True", "PlaybackPositionTicks": "600", "RunTimeTicks": "1000",
}  # fmt: skip
SEERR: dict[str, Any] = {
    "notification_type": "MEDIA_AVAILABLE", "event": "Movie Request Now Available", "subject": "Heat (1995)",
    "media": {"media_type": "movie", "tmdbId": "949", "tvdbId": "", "status": "AVAILABLE", "status4k": "UNKNOWN"},
    "request": {"request_id": "7"}, "issue": None, "comment": None, "extra": [],
}  # fmt: skip
RADARR = {"eventType": "Download", "instanceName": "Radarr", "movie": {"id": 1, "tmdbId": 949}, "isUpgrade": False}


class Recording:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.down = False

    async def tell(self, told: Sequence[Told]) -> None:
        if self.down:
            raise Unavailable("database", "The database is busy.")
        self.told += told


@pytest.fixture
def live() -> Recording:
    return Recording()


@pytest.fixture
def client(live: Recording) -> httpx.AsyncClient:
    app = build_app(statuses=tuple, meter=PrometheusMeter(), routers=[webhooks_router(SECRET, live)], max_body=100_000)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


PLAYS: list[tuple[str, Mapping[str, Any], Sequence[Told]]] = [
    ("plex", PLEX, [PlayTold("plex", "1", "1936545", stopped=False)]),
    ("plex", {**PLEX, "event": "media.stop"}, [PlayTold("plex", "1", "1936545", kept=False)]),
    ("plex", EPISODE, [PlayTold("plex", "1", "10", stopped=False)]),
    ("plex", {**PLEX, "event": "media.rate"}, [RatingTold("plex")]),
    ("plex", {**PLEX, "event": "library.new"}, [LibraryTold("plex")]),
    ("plex", {**PLEX, "event": "media.play"}, []),
    ("plex", {**PLEX, "Metadata": {"type": "track", "ratingKey": "9"}}, []),
    ("tautulli", TAUTULLI, [PlayTold("plex", "12345", "10", kept=False)]),
    ("tautulli", {**TAUTULLI, "media_type": "movie"}, [PlayTold("plex", "12345", "12", kept=False)]),
    ("tautulli", {**TAUTULLI, "action": "watched"}, [PlayTold("plex", "12345", "10", stopped=False)]),
    ("tautulli", {**TAUTULLI, "media_type": "track"}, []),
    ("tautulli", {**TAUTULLI, "action": "created"}, [LibraryTold("plex")]),
    ("tautulli", {**TAUTULLI, "action": "pause"}, []),
    ("jellyfin", JELLYFIN, [PlayTold("jellyfin", "3f0c", "a0e1bb")]),
    ("jellyfin", {**JELLYFIN, "PlayedToCompletion": False}, [PlayTold("jellyfin", "3f0c", "a0e1bb")]),
    (
        "jellyfin",
        {**JELLYFIN, "PlayedToCompletion": False, "PlaybackPositionTicks": 1},
        [PlayTold("jellyfin", "3f0c", "a0e1bb", kept=False)],
    ),
    ("jellyfin", {**JELLYFIN, "ItemType": "Episode", "SeriesId": "5e"}, [PlayTold("jellyfin", "3f0c", "5e")]),
    ("jellyfin", {**JELLYFIN, "ItemType": "Audio"}, []),
    (
        "jellyfin",
        {**JELLYFIN, "NotificationType": "UserDataSaved", "SaveReason": "TogglePlayed"},
        [PlayTold("jellyfin", "3f0c", "a0e1bb", kept=False)],
    ),
    (
        "jellyfin",
        {**JELLYFIN, "NotificationType": "UserDataSaved", "SaveReason": "UpdateUserRating"},
        [RatingTold("jellyfin")],
    ),
    ("jellyfin", {**JELLYFIN, "NotificationType": "UserDataSaved", "SaveReason": "PlaybackProgress"}, []),
    ("jellyfin", {"NotificationType": "ItemAdded", "ItemType": "Movie"}, [LibraryTold("jellyfin")]),
    ("jellyfin", {"NotificationType": "ItemDeleted", "ItemType": "Season"}, [LibraryTold("jellyfin")]),
    ("jellyfin", {"NotificationType": "ItemAdded", "ItemType": "Audio"}, []),
    ("seerr", SEERR, [RequestTold()]),
    ("seerr", {**SEERR, "notification_type": "MEDIA_DECLINED"}, [RequestTold()]),
    ("seerr", {**SEERR, "notification_type": "TEST_NOTIFICATION"}, []),
    ("seerr", {**SEERR, "notification_type": "ISSUE_CREATED"}, []),
    ("radarr", RADARR, [RequestTold(), LibraryTold()]),
    ("radarr", {**RADARR, "eventType": "Grab"}, [RequestTold()]),
    ("radarr", {**RADARR, "eventType": "Test"}, []),
    ("sonarr", {"eventType": "SeriesDelete", "series": {"tvdbId": 81189}}, [RequestTold(), LibraryTold()]),
    ("sonarr", {"eventType": "SeriesAdd", "series": {"tvdbId": 81189}}, [RequestTold()]),
]


@pytest.mark.parametrize(("service", "payload", "told"), PLAYS)
async def test_what_services_send_is_understood(
    client: httpx.AsyncClient, live: Recording, service: str, payload: Mapping[str, Any], told: Sequence[Told]
) -> None:
    answer = await client.post(f"{PATH}/{service}", json=payload)
    assert (answer.status_code, answer.json()) == (202, {"status": "accepted" if told else "ignored"})
    assert live.told == list(told)


async def test_plex_sends_a_form_with_a_picture(client: httpx.AsyncClient, live: Recording) -> None:
    files: dict[str, tuple[str | None, bytes, str]] = {
        "payload": (None, json.dumps(PLEX).encode(), "application/json"),
        "thumb": ("thumb.jpg", b"\xff\xd8\r\n--x\r\n" * 50, "image/jpeg"),
    }
    assert (await client.post(f"{PATH}/plex", files=files)).status_code == 202
    assert live.told == [PlayTold("plex", "1", "1936545", stopped=False)]


@pytest.mark.parametrize(
    "header",
    [
        {"X-Webhook-Secret": SECRET},
        {"Authorization": SECRET},
        {"Authorization": f"Bearer {SECRET}"},
        {"Authorization": "Basic " + base64.b64encode(f"anybody:{SECRET}".encode()).decode()},
    ],
)
async def test_the_secret_may_come_in_a_header(
    client: httpx.AsyncClient, live: Recording, header: dict[str, str]
) -> None:
    assert (await client.post("/webhooks/seerr", json=SEERR, headers=header)).status_code == 202
    assert live.told == [RequestTold()]


@pytest.mark.parametrize("service", sorted(DECODERS))
async def test_without_the_secret_nothing_is_read_and_nothing_is_told(
    client: httpx.AsyncClient, live: Recording, service: str
) -> None:
    headers: list[dict[str, str]] = [
        {}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": "Basic !!"},
        {"Authorization": f"Basic {SECRET}"}, {"X-Webhook-Secret": SECRET[:-1]}, {"X-Webhook-Secret": SECRET.upper()},
    ]  # fmt: skip
    for header in headers:
        answer = await client.post(f"/webhooks/{service}", content=b"{", headers=header)
        assert (answer.status_code, answer.content) == (401, b"")
    for given_secret in (SECRET[:-1], SECRET + "x", "%00", "é", "x" * 5000):
        answer = await client.post(f"/webhooks/{given_secret}/{service}", content=b"{")
        assert (answer.status_code, answer.content) == (404, b"")
    assert (await client.get(f"{PATH}/{service}")).status_code == 405
    assert (await client.post(f"{PATH}/emby", json={})).status_code == 404
    assert live.told == []


async def test_secrets_are_compared_in_constant_time(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[bytes] = []

    class Watching:
        @staticmethod
        def compare_digest(given: bytes, secret: bytes) -> bool:
            compared.append(given)
            return hmac.compare_digest(given, secret)

    monkeypatch.setattr(secrets, "hmac", Watching)
    await client.post("/webhooks/wrong/plex", json=PLEX)
    await client.post("/webhooks/plex", json=PLEX, headers={"Authorization": "Bearer wrong2"})
    assert {b"wrong", b"wrong2"} <= set(compared)


@pytest.mark.parametrize("service", sorted(DECODERS))
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"{}", b"[" * 50_000, b'{"a":' * 9_000])
async def test_what_cannot_be_read_is_refused_in_one_sentence(
    client: httpx.AsyncClient, live: Recording, service: str, body: bytes
) -> None:
    answer = await client.post(f"{PATH}/{service}", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert live.told == []


async def test_a_form_without_a_payload_is_refused(client: httpx.AsyncClient) -> None:
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=x", "Multipart/Form-Data; boundary="):
        answer = await client.post(f"{PATH}/plex", content=b"--x\r\n\r\n", headers={"Content-Type": content_type})
        assert answer.status_code == 400


async def test_a_body_that_is_too_large_is_not_read(client: httpx.AsyncClient, live: Recording) -> None:
    answer = await client.post(f"{PATH}/plex", json={**PLEX, "padding": "x" * 200_000})
    assert (answer.status_code, live.told) == (413, [])


async def test_what_cannot_be_kept_is_to_be_sent_again(client: httpx.AsyncClient, live: Recording) -> None:
    live.down = True
    assert (await client.post(f"{PATH}/plex", json=PLEX)).status_code == 503
    assert (await client.post(f"{PATH}/plex", json={**PLEX, "event": "media.pause"})).status_code == 202


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
NAMES = ["event", "Account", "Metadata", "action", "user_id", "media_type", "NotificationType", "eventType", "ItemType"]


@given(payload=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=20), JSON, max_size=6))
def test_no_payload_does_anything_but_tell_or_be_refused(payload: dict[str, Any]) -> None:
    for decode in DECODERS.values():
        try:
            decode(payload)
        except InvalidInput as error:
            assert str(error)
