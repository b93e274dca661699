"""Jellyfin played by a local server: `JellyfinService(world).server` is the described server to enter.

Every request and answer is held against the official description. `world` may change at any time, also between two
pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from tests.contracts.kit import Answer, Call, DescribedServer, load
from tests.fakes.services.jellyfin_items import find, page
from tests.fakes.services.jellyfin_world import Account, JellyfinWorld, QuickConnect

_POLICY: dict[str, Any] = {
    "IsAdministrator": False,
    "IsHidden": False,
    "IsDisabled": False,
    "EnableAllFolders": True,
    "EnabledFolders": [],
    "BlockedMediaFolders": [],
    "BlockedTags": [],
    "AllowedTags": [],
    "BlockUnratedItems": [],
    "EnableMediaPlayback": True,
    "AuthenticationProviderId": "Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider",
    "PasswordResetProviderId": "Jellyfin.Server.Implementations.Users.DefaultPasswordResetProvider",
}
_UNAUTHORIZED = Answer(status=401)


class JellyfinService:
    """Routes over a world."""

    def __init__(self, world: JellyfinWorld, *, check_answers: int = 1) -> None:
        self.world = world
        self.server = DescribedServer(load("jellyfin"), check_answers=check_answers)
        routes: list[tuple[str, str, Callable[[Call], Any], bool]] = [
            ("GET", "/System/Info/Public", self._public_info, False),
            ("GET", "/System/Info", self._info, True),
            ("GET", "/Library/VirtualFolders", self._libraries, True),
            ("GET", "/Users", self._users, True),
            ("GET", "/Localization/ParentalRatings", self._ratings, True),
            ("GET", "/Items", self._items, True),
            ("GET", "/QuickConnect/Enabled", lambda _: self.world.quick_connect, False),
            ("POST", "/QuickConnect/Initiate", self._initiate, False),
            ("GET", "/QuickConnect/Connect", self._connect, False),
            ("POST", "/Users/AuthenticateWithQuickConnect", self._authenticate, False),
            ("POST", "/Sessions/Logout", self._logout, True),
        ]
        for method, name, handler, guarded in routes:
            self.server.route(method, name)(self._guarded(handler) if guarded else handler)
        for status in (401, 403):
            self.server.allow_status(
                "POST", "/Users/AuthenticateWithQuickConnect", status, reason="a disabled account is refused"
            )

    def _guarded(self, handler: Callable[[Call], Any]) -> Callable[[Call], Any]:
        def guarded(call: Call) -> Any:
            token = _token(call)
            if token != self.world.key and token not in self.world.tokens:
                return _UNAUTHORIZED
            return handler(call)

        return guarded

    def _public_info(self, _call: Call) -> Any:
        return {
            "ServerName": "Living room",
            "Version": self.world.version,
            "ProductName": "Jellyfin Server",
            "Id": self.world.id,
            "StartupWizardCompleted": self.world.set_up,
        }

    def _info(self, call: Call) -> Any:
        return {**self._public_info(call), "HasPendingRestart": False, "IsShuttingDown": False}

    def _libraries(self, _call: Call) -> Any:
        if not self.world.key_is_admin:
            return Answer(status=403)
        return [
            {"Name": library.name, "ItemId": library.id, "CollectionType": library.collection, "Locations": ["/media"]}
            for library in self.world.libraries
        ]

    def _users(self, _call: Call) -> Any:
        return [self._user(account) for account in self.world.accounts]

    def _user(self, account: Account) -> dict[str, Any]:
        return {
            "Id": account.id,
            "Name": account.name,
            "ServerId": self.world.id,
            "HasPassword": True,
            "Policy": {**_POLICY, **account.policy},
        }

    def _ratings(self, _call: Call) -> Any:
        unrated = [{"Name": "Unrated", "Value": None, "RatingScore": None}]
        return unrated + [
            {"Name": name, "Value": score, "RatingScore": {"score": score, "subScore": step}}
            for name, (score, step) in self.world.ratings.items()
        ]

    def _items(self, call: Call) -> Any:
        found = find(self.world, call.query)
        start, limit = int(call.query.get("startIndex", 0)), int(call.query.get("limit", len(found) or 1))
        return {
            "Items": page(self.world, found[start : start + limit], call.query),
            "TotalRecordCount": len(found),
            "StartIndex": start,
        }

    def _initiate(self, _call: Call) -> Any:
        if not self.world.quick_connect:
            return Answer(status=401)
        number = len(self.world.sign_ins) + 1
        sign_in = QuickConnect(f"{123000 + number}", f"secret-{number}")
        self.world.sign_ins[sign_in.secret] = sign_in
        return self._sign_in(sign_in)

    def _connect(self, call: Call) -> Any:
        sign_in = self.world.sign_ins.get(call.query["secret"])
        return Answer({"title": "Not Found"}, status=404) if sign_in is None else self._sign_in(sign_in)

    def _sign_in(self, sign_in: QuickConnect) -> dict[str, Any]:
        return {"Authenticated": sign_in.account is not None, "Secret": sign_in.secret, "Code": sign_in.code}

    def _authenticate(self, call: Call) -> Any:
        sign_in = self.world.sign_ins.get(call.json["Secret"])
        if sign_in is None or sign_in.account is None:
            return Answer(status=400)
        account = self.world.account(sign_in.account)
        if account.policy.get("LockedOut"):
            return Answer(status=401)
        del self.world.sign_ins[sign_in.secret]
        token = f"token-of-{account.name}-{len(self.world.tokens)}"
        self.world.tokens[token] = account.id
        return {"User": self._user(account), "AccessToken": token, "ServerId": self.world.id}

    def _logout(self, call: Call) -> Any:
        self.world.tokens.pop(_token(call), None)
        return Answer(status=204)


def _token(call: Call) -> str:
    found = re.search(r'\bToken="([^"]*)"', call.headers.get("Authorization", ""))
    return unquote(found[1]) if found else ""
