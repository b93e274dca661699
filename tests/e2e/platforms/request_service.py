"""The household's request service: a fake Seerr that knows the demo's titles and people, and tells by its webhook.

Anna may ask for three films and six seasons in a week, Jonas for one film; Claire decides. Mia has no account there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import Any

import httpx

from adapters.web.webhooks.secret import SECRET_HEADER
from tests.contracts.kit import Call
from tests.fakes.services.seerr import SeerrService
from tests.fakes.services.seerr_world import ADMIN, AVAILABLE, COMPLETED, Person, SeerrWorld, Work

WEBHOOK_SECRET = "a-secret-of-twenty-characters"
ACCOUNTS = {"Anna": 2, "Jonas": 3, "Claire": 4}  # users of Seerr by the names of members
PLEX = {name: 700 + account for name, account in ACCOUNTS.items()}


class RequestService:
    """`server` is to be entered; what it was sent is held to the official description."""

    def __init__(self) -> None:
        world = SeerrWorld(now=datetime.now(UTC))
        world.add(Person(1, "Owner", ADMIN), *_people(), *_works())
        self.world = world
        self.service = SeerrService(world)
        self.server = self.service.server

    @property
    def settings(self) -> Mapping[str, Any]:
        """Sections of the settings that connect the application with it."""
        seerr = {"url": self.server.url, "api_key": self.world.key}
        return {"seerr": seerr, "web": {"webhook_secret": WEBHOOK_SECRET}}

    async def comes(self, web: httpx.AsyncClient) -> None:
        """What was asked for last can be watched now, and the service says so as its webhook does."""
        request = self.world.requests[max(self.world.requests)]
        work = self.world.works[(request.kind, request.tmdb)]
        work.status, request.status = AVAILABLE, COMPLETED
        work.season_status |= dict.fromkeys(request.seasons, AVAILABLE)
        request.updated = self.world.now = datetime.now(UTC)
        payload = {"notification_type": "MEDIA_AVAILABLE", "subject": work.name, "media": {"tmdbId": str(work.tmdb)}}
        refused = await web.post("/webhooks/a-guess-of-twenty-letters/seerr", json=payload)
        assert refused.status_code == 404
        taken = await web.post(f"/webhooks/{WEBHOOK_SECRET}/seerr", json=payload, headers={SECRET_HEADER: "unused"})
        assert taken.status_code == 202

    def filed(self) -> list[tuple[str, str]]:
        """In whose name each request was sent, and for what."""
        names = {str(account): name for name, account in ACCOUNTS.items()}
        return [
            (names.get(call.headers.get("X-API-User", ""), "nobody"), self._title(call))
            for call in self._written("/request")
        ]

    def decided(self) -> list[tuple[str, str]]:
        """In whose name each decision was sent, and what it was."""
        names = {str(account): name for name, account in ACCOUNTS.items()}
        return [
            (names.get(call.headers.get("X-API-User", ""), "nobody"), call.params["status"])
            for call in self._written("/request/{requestId}/{status}")
        ]

    def assert_nothing_is_written_for_the_owner(self) -> None:
        """Whatever was not a question named a person of the household."""
        accounts = {str(account) for account in ACCOUNTS.values()}
        for call in self.server.requests:
            named = call.headers.get("X-API-User")
            assert named in accounts if call.method != "GET" else named in (None, *accounts), call

    def _written(self, operation: str) -> list[Call]:
        return [call for call in self.server.requests if (call.method, call.operation) == ("POST", operation)]

    def _title(self, call: Call) -> str:
        return self.world.works[(call.json["mediaType"], call.json["mediaId"])].name


def _people() -> Iterator[Person]:
    films, seasons = {"Anna": (3, 7), "Jonas": (1, 7)}, {"Anna": (6, 7)}
    for name, account in ACCOUNTS.items():
        person = Person(account, name, plex=PLEX[name])
        person.movie_quota, person.tv_quota = films.get(name, (0, 7)), seasons.get(name, (0, 7))
        if name == "Claire":
            person.permissions = ADMIN
        yield person


def _works() -> Iterator[Work]:
    """Everything of the demo that is in no library."""
    titles = json.loads(resources.files("adapters.demo").joinpath("data/titles.json").read_text("utf-8"))
    for title in titles:
        number = title["ids"].get("tmdb")
        if number and not title["library"]:
            kind = "movie" if title["kind"] == "movie" else "tv"
            seasons = dict.fromkeys(range(1, (title["seasons"] or 0) + 1), 10)
            yield Work(kind, int(number), title["title"], f"{title['year']}-06-01", seasons=seasons)
