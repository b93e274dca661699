"""plex.tv over a `World`: accounts, the home, shares, and sign-in by PIN."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from tests.contracts.kit import Answer, Call, DescribedServer, load
from tests.contracts.kit.openapi import Description, Operation
from tests.fakes.services.plex_world import CLIENT, MACHINE, TOKEN, Person, World

_V2 = ("/user", "/resources")
_PINS = ("/pins", "/pins/{pinID}")


class _PlexTvDescription:
    """plex.tv's routes are spread over two documents and two versions of its interface."""

    base = ""

    def __init__(self) -> None:
        self._newer, self._older = load("plex"), load("plex-older")

    def match(self, method: str, path: str, query: Mapping[str, str]) -> tuple[Operation, Mapping[str, str]] | None:
        """The operation under /api/v2 or /api."""
        for prefix, names, description in self._places():
            found = description.match(method, path.removeprefix(prefix), query) if path.startswith(prefix) else None
            if found and found[0].name in names:
                return found
        return None

    def operation(self, method: str, name: str) -> Operation | None:
        """The operation of that name."""
        return next((d.operation(method, name) for _, names, d in self._places() if name in names), None)

    def _places(self) -> tuple[tuple[str, tuple[str, ...], Description], ...]:
        return ("/api/v2", _V2, self._newer), ("/api/v2", _PINS, self._older), ("/api", ("/users",), self._newer)


class FakePlexTv:
    """`server` is to be entered. `tokens`: the account behind each token; `pins`: the code and token of each PIN."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tokens: dict[str, int] = {TOKEN: world.owner.id}
        self.pins: dict[int, tuple[str, str | None]] = {}
        self.owner_of_server = True
        self.has_home = True
        self.shares_body: bytes | None = None  # what comes instead of the shares
        self.server = server = DescribedServer(
            _PlexTvDescription(), required_headers={"X-Plex-Client-Identifier": CLIENT}, security=False
        )
        server.route("GET", "/user")(self._user)
        server.route("GET", "/resources")(self._guarded(self._resources))
        server.route("GET", "/users")(self._guarded(self._users))
        server.route("POST", "/pins")(self._new_pin)
        server.route("GET", "/pins/{pinID}")(self._pin)
        missing = "described nowhere; plex.tv answers it"
        server.extra("GET", "/api/servers/{machine}/shared_servers", self._guarded(self._shared), reason=missing)
        server.extra("GET", "/api/v2/home/users", self._guarded(self._home), reason=missing)
        server.extra("DELETE", "/api/v2/users/signout", self._sign_out, reason=missing)
        server.allow_status("*", "*", 401, reason="a wrong token, on every route")

    def confirm(self, pin: int, person: int) -> str:
        """The person agrees on Plex's page; the token that is handed out comes back."""
        token = f"token-of-{person}-{pin}"
        self.tokens[token] = person
        self.pins[pin] = (self.pins[pin][0], token)
        return token

    def _person(self, call: Call) -> Person | None:
        number = self.tokens.get(call.headers.get("X-Plex-Token", ""))
        if number == self.world.owner.id:
            return self.world.owner
        return self.world.people.get(number, Person(number, "Stranger")) if number else None

    def _guarded(self, handler: Callable[[Call], Any]) -> Callable[[Call], Any]:
        def guarded(call: Call) -> Any:
            if self._person(call) is not self.world.owner:
                return Answer({"errors": [{"code": 1001, "message": "User could not be authenticated"}]}, status=401)
            return handler(call)

        return guarded

    def _user(self, call: Call) -> Any:
        person = self._person(call)
        if person is None:
            return Answer({"errors": [{"code": 1001, "message": "User could not be authenticated"}]}, status=401)
        return {
            "id": person.id, "uuid": f"uuid-{person.id}", "username": person.name.lower(), "title": person.name,
            "email": f"{person.id}@example.org", "friendlyName": person.name, "locale": "de", "hasPassword": True,
            "joinedAt": 1600000000, "twoFactorEnabled": False, "authToken": call.headers["X-Plex-Token"],
        }  # fmt: skip

    def _resources(self, _call: Call) -> Any:
        return [
            {
                "name": "Home", "product": "Plex Media Server", "productVersion": self.world.version,
                "platform": "Linux", "platformVersion": "6", "device": "PC", "clientIdentifier": MACHINE,
                "createdAt": "2020-01-01T00:00:00Z", "lastSeenAt": "2026-01-01T00:00:00Z", "provides": "server",
                "ownerId": None, "sourceTitle": None, "publicAddress": "192.0.2.1", "accessToken": "server-token",
                "owned": self.owner_of_server, "home": False, "synced": False, "relay": False, "presence": True,
                "httpsRequired": False, "publicAddressMatches": True, "dnsRebindingProtection": False,
                "natLoopbackSupported": True, "connections": [],
            }
        ]  # fmt: skip

    def _users(self, _call: Call) -> Any:
        users = [self._friend(person) for person in self.world.people.values()]
        inside = {
            "friendlyName": "myPlex", "identifier": "com.plexapp.plugins.myplex", "machineIdentifier": "a" * 40,
            "totalSize": len(users), "size": len(users), "User": users,
        }  # fmt: skip
        operation = self.server.description.operation("GET", "/users")
        assert operation is not None
        # The description tells in JSON what plex.tv answers as XML: hold the one against it, send the other.
        self.server.violations += operation.check_answer(Answer({"MediaContainer": inside}), allowed=())
        return _xml("MediaContainer", inside)

    def _friend(self, person: Person) -> dict[str, Any]:
        shared = {
            "id": person.id, "serverId": 1, "machineIdentifier": MACHINE, "name": "Home", "lastSeenAt": 1700000000,
            "numLibraries": 2, "allLibraries": int(person.sections is None), "owned": 0, "pending": 0,
        }  # fmt: skip
        flags = dict.fromkeys(("allowTuners", "allowSync", "allowCameraUpload", "allowChannels"), 0)
        return {
            "id": person.id, "title": person.name, "username": person.name.lower(), "email": "a@example.org",
            "thumb": "https://plex.tv/users/x/avatar", "protected": 0, "home": int(person.home), **flags,
            "allowSubtitleAdmin": 0, "restricted": int(person.profile is not None), **person.filters,
            "Server": [shared],
        }  # fmt: skip

    def _shared(self, call: Call) -> Any:
        if call.params["machine"] != MACHINE or not self.owner_of_server:
            return Answer(b"<errors/>", status=403)
        if self.shares_body is not None:
            return Answer(self.shares_body)
        shares = [
            {
                "id": 900 + person.id, "username": person.name, "userID": person.id, "accessToken": "never-keep-this",
                "allLibraries": int(person.sections is None), "acceptedAt": 1600000000 if person.accepted else "",
                "owned": 1, **person.filters,
                "Section": [
                    {"id": 70 + index, "key": s.key, "title": s.title, "type": s.type,
                     "shared": int(person.sections is None or s.key in person.sections)}
                    for index, s in enumerate(self.world.sections)
                ],
            }
            for person in self.world.people.values()
        ]  # fmt: skip
        return _xml("MediaContainer", {"size": len(shares), "machineIdentifier": MACHINE, "SharedServer": shares})

    def _home(self, _call: Call) -> Any:
        if not self.has_home:
            return Answer({"errors": [{"code": 1015, "message": "no home"}]}, status=404)
        members = [self.world.owner, *(person for person in self.world.people.values() if person.home)]
        return {
            "id": 5, "name": "Home",
            "users": [
                {"id": p.id, "title": p.name, "restricted": p.profile is not None, "restrictionProfile": p.profile}
                for p in members
            ],
        }  # fmt: skip

    def _new_pin(self, _call: Call) -> Any:
        number = 5000 + len(self.pins)
        self.pins[number] = (f"code{number}", None)
        return Answer(self._told(number), status=201)

    def _pin(self, call: Call) -> Any:
        number = int(call.params["pinID"])
        if number not in self.pins:
            return Answer({"errors": [{"code": 1020, "message": "Code not found or expired"}]}, status=404)
        return self._told(number)

    def _told(self, number: int) -> dict[str, Any]:
        code, token = self.pins[number]
        texts = ("code", "continent_code", "country", "city", "time_zone", "postal_code", "subdivisions", "coordinates")
        flags = ("european_union_member", "in_privacy_restricted_country", "in_privacy_restricted_region")
        return {
            "id": number, "code": code, "product": "Recommendarr", "trusted": False, "qr": "https://plex.tv/qr",
            "clientIdentifier": CLIENT, "location": dict.fromkeys(texts, "x") | dict.fromkeys(flags, False),
            "expiresIn": 1800, "createdAt": "2026-01-01T00:00:00Z", "expiresAt": "2026-01-01T00:30:00Z",
            "authToken": token, "newRegistration": None,
        }  # fmt: skip

    def _sign_out(self, call: Call) -> Any:
        known = self.tokens.pop(call.headers.get("X-Plex-Token", ""), None)
        return Answer(None, status=204 if known else 401)


def _xml(name: str, fields: Mapping[str, Any]) -> Answer:
    body = f'<?xml version="1.0" encoding="UTF-8"?>{_element(name, fields)}'
    return Answer(body.encode(), headers={"Content-Type": "application/xml"})


def _element(name: str, fields: Mapping[str, Any]) -> str:
    plain = "".join(f" {key}={quoteattr(str(value))}" for key, value in fields.items() if not isinstance(value, list))
    nested = [(key, each) for key, value in fields.items() if isinstance(value, list) for each in value]
    return f"<{name}{plain}>{''.join(_element(key, each) for key, each in nested)}</{name}>"
