"""Seerr or Overseerr played by a local server: `SeerrService(world).server` is the described server to enter.

Every request and answer is held against the official description. The caller is whom `X-API-User` names, else the
owner; `deaf` lets the header go unheeded, as behind a proxy that removes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from tests.contracts.kit import Answer, Call, DescribedServer, load
from tests.fakes.services.seerr_world import (
    APPROVED,
    DECLINED,
    MANAGE_REQUESTS,
    MANAGE_USERS,
    REQUEST_VIEW,
    Person,
    Refused,
    Request,
    SeerrWorld,
    Work,
    stamp,
)

_RESERVED = re.compile(r"[:/?#\[\]@!$'()*+,;=]")


class SeerrService:
    """Routes over a world. `described`: "seerr" or "overseerr"."""

    def __init__(self, world: SeerrWorld, described: str = "seerr", *, check_answers: int = 1) -> None:
        self.world = world
        self.deaf = False
        self.server = DescribedServer(load(described), check_answers=check_answers)
        routes: list[tuple[str, str, Callable[[Call, Person], Any]]] = [
            ("GET", "/auth/me", lambda _, caller: self._user(caller)),
            ("GET", "/user", self._users),
            ("GET", "/user/{userId}/settings/notifications", self._settings),
            ("GET", "/user/{userId}/quota", self._quota),
            ("GET", "/search", self._search),
            ("GET", "/movie/{movieId}", self._details),
            ("GET", "/tv/{tvId}", self._details),
            ("GET", "/request", self._listed),
            ("POST", "/request", self._file),
            ("GET", "/request/{requestId}", self._request),
            ("POST", "/request/{requestId}/{status}", self._decide),
        ]
        self.server.route("GET", "/status")(self._status)
        for method, name, handler in routes:
            self.server.route(method, name)(self._as_caller(handler))
        for status in (202, 403, 404, 409, 500):
            self.server.allow_status("*", "*", status, reason="refusals are not described")
        self.server.allow_status("GET", "/search", 400, reason="queries that are not encoded strictly are refused")

    def _as_caller(self, handler: Callable[[Call, Person], Any]) -> Callable[[Call], Any]:
        def handled(call: Call) -> Any:
            named = call.headers.get("X-API-User")
            number = int(named) if named and named.isdigit() and not self.deaf else 1
            caller = self.world.people.get(number) if call.headers.get("X-Api-Key") == self.world.key else None
            if caller is None:
                error = "You do not have permission to access this endpoint"
                return Answer({"status": 403, "error": error}, status=403)
            try:
                return handler(call, caller)
            except Refused as refusal:
                return Answer({"message": refusal.message}, status=refusal.status)

        return handled

    def _status(self, _call: Call) -> Any:
        return {
            "version": self.world.version,
            "commitTag": "local",
            "updateAvailable": False,
            "commitsBehind": 0,
            "restartRequired": self.world.restart_required,
        }

    def _user(self, person: Person) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": person.id,
            "email": f"{person.name.lower()}@example.org",
            "displayName": person.name,
            "permissions": person.permissions,
            "userType": 1,
            "createdAt": stamp(self.world.now),
            "updatedAt": stamp(self.world.now),
            "requestCount": sum(request.owner == person.id for request in self.world.requests.values()),
        }
        return told | {"plexId": person.plex, "jellyfinUserId": person.jellyfin}

    def _users(self, call: Call, _caller: Person) -> Any:
        people = sorted(self.world.people.values(), key=lambda person: person.id)
        return _page(call, [self._user(person) for person in people])

    def _settings(self, call: Call, caller: Person) -> Any:
        person = self._person(call)
        if caller.id != person.id and not caller.may(MANAGE_USERS):
            raise Refused(403, "You do not have permission to view this user's settings.")
        told: dict[str, Any] = {"emailEnabled": False, "telegramEnabled": True, "telegramChatId": person.telegram}
        if self.world.version_number >= (3, 3):
            return told | {"discordIds": list(person.discord)}
        return told | {"discordId": person.discord[0] if person.discord else None}

    def _quota(self, call: Call, caller: Person) -> Any:
        person = self._person(call)
        if caller.id != person.id and not caller.may(MANAGE_USERS):
            raise Refused(403, "You do not have permission to view this user's quota.")
        told: dict[str, Any] = {}
        for kind, (limit, days) in (("movie", person.movie_quota), ("tv", person.tv_quota)):
            left = self.world.remaining(person, kind)
            told[kind] = {"days": days, "limit": 0 if left is None else limit, "used": self.world.used(person, kind)}
            told[kind] |= {"restricted": left == 0} | ({} if left is None else {"remaining": left})
        return told

    def _person(self, call: Call) -> Person:
        person = self.world.people.get(int(call.params["userId"]))
        if person is None:
            raise Refused(404, "User not found.")
        return person

    def _search(self, call: Call, _caller: Person) -> Any:
        for pair in urlsplit(call.request.raw_path).query.split("&"):
            if _RESERVED.search(pair.partition("=")[2]):
                name = pair.partition("=")[0]
                return Answer({"message": f"Parameter '{name}' must be url encoded."}, status=400)
        wanted = call.query["query"].casefold()
        found: list[Any] = [_result(work) for work in self.world.works.values() if wanted in work.name.casefold()]
        people = [{"id": 6384, "mediaType": "person", "name": "Keanu Reeves", "adult": False, "knownFor": []}]
        return {"page": 1, "totalPages": 1, "totalResults": len(found) + 1, "results": people + found}

    def _details(self, call: Call, _caller: Person) -> Any:
        kind, number = ("movie", "movieId") if "movieId" in call.params else ("tv", "tvId")
        work = self.world.works.get((kind, int(call.params[number])))
        if work is None:
            raise Refused(404, f"Unable to retrieve {'movie' if kind == 'movie' else 'series'}.")
        told: dict[str, Any] = {"id": work.tmdb, "overview": "", "title" if kind == "movie" else "name": work.name}
        if kind == "tv":
            told["seasons"] = [
                {"id": 1000 + season, "seasonNumber": season, "episodeCount": episodes, "name": f"Season {season}"}
                for season, episodes in work.seasons.items()
            ]
        requests = self.world.of(kind, work.tmdb)
        if requests or work.status != 1:
            told["mediaInfo"] = self._media(work) | {"requests": [self._told(request) for request in requests]}
        return told

    def _media(self, work: Work) -> dict[str, Any]:
        told: dict[str, Any] = {"id": 10_000 + work.tmdb, "tmdbId": work.tmdb, "tvdbId": None, "status": work.status}
        told |= {"status4k": 1, "mediaType": work.kind, "createdAt": stamp(self.world.now)}
        told["seasons"] = [{"seasonNumber": number, "status": state} for number, state in work.season_status.items()]
        return told

    def _told(self, request: Request, *, media: bool = False) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": request.id,
            "status": request.status,
            "type": request.kind,
            "is4k": request.is4k,
            "createdAt": stamp(request.created),
            "updatedAt": stamp(request.updated),
            "requestedBy": self._user(self.world.people[request.owner]),
            "seasons": [{"id": 1, "seasonNumber": number, "status": request.status} for number in request.seasons],
        }
        if request.changed_by is not None:
            told["modifiedBy"] = self._user(self.world.people[request.changed_by])
        return told | ({"media": self._media(self.world.works[(request.kind, request.tmdb)])} if media else {})

    def _listed(self, call: Call, caller: Person) -> Any:
        found = list(self.world.requests.values())
        if not caller.may(MANAGE_REQUESTS, REQUEST_VIEW):
            found = [request for request in found if request.owner == caller.id]
        by_change = call.query.get("sort") == "modified"
        found.sort(key=lambda request: (request.updated if by_change else request.created, request.id), reverse=True)
        return _page(call, [self._told(request, media=True) for request in found])

    def _file(self, call: Call, caller: Person) -> Any:
        body = call.json
        request = self.world.file(
            caller,
            body["mediaType"],
            body["mediaId"],
            body.get("seasons"),
            is4k=body.get("is4k"),
            owner=body.get("userId"),
        )
        return Answer(self._told(request, media=True), status=201)

    def _request(self, call: Call, caller: Person) -> Any:
        request = self.world.requests.get(int(call.params["requestId"]))
        if request is None:
            raise Refused(404, "Request not found.")
        if request.owner != caller.id and not caller.may(MANAGE_REQUESTS, REQUEST_VIEW):
            raise Refused(403, "You do not have permission to view this request.")
        return self._told(request, media=True)

    def _decide(self, call: Call, caller: Person) -> Any:
        status = APPROVED if call.params["status"] == "approve" else DECLINED
        return self._told(self.world.decide(caller, int(call.params["requestId"]), status), media=True)


def _page(call: Call, found: Sequence[Any]) -> dict[str, Any]:
    take, skip = int(call.query.get("take", 10)), int(call.query.get("skip", 0))
    pages = -(-len(found) // take)
    info = {"pages": pages, "pageSize": take, "results": len(found), "page": skip // take + 1}
    return {"pageInfo": info, "results": list(found[skip : skip + take])}


def _result(work: Work) -> dict[str, Any]:
    names = (
        ("title", "originalTitle", "releaseDate") if work.kind == "movie" else ("name", "originalName", "firstAirDate")
    )
    told = {"id": work.tmdb, "mediaType": work.kind, "genreIds": list(work.genres), "overview": "", "voteAverage": 8.2}
    told |= {"posterPath": "/poster.jpg", "originalLanguage": "en", "voteCount": 100, "popularity": 50}
    return told | dict(zip(names, (work.name, work.name, work.released), strict=True))
