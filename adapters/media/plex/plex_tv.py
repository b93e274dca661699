"""plex.tv: the owner's account, the members of the Plex Home, and with whom the server is shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from adapters.http import ServiceClient
from adapters.loose import flag, positive, rows, table, text
from bot.errors import Rejected, Unavailable
from bot.i18n import gettext as _

_XML = {"Accept": "application/xml"}
_XML_ATTEMPTS = 3  # an answer that was cut short is whole the next time
_NO_HOME = frozenset({401, 403, 404})  # how an account without a Plex Home is answered


@dataclass(frozen=True, slots=True)
class Account:
    """A Plex account: its id as text, the name to show, the language of its pages."""

    id: str
    name: str
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What an account may open on the server. `sections`: keys of libraries, None for all of them.

    `filters`: attributes such as filterMovies, which narrow what it sees in them.
    """

    account: str
    name: str
    sections: tuple[str, ...] | None
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Friend:
    """An account that the owner knows, and the filters on what it sees, as in `Share`."""

    account: str
    name: str
    filters: Mapping[str, str] = field(default_factory=dict)


class PlexTv:
    """The questions to plex.tv. The client's own token is the owner's. Raises: Unavailable, Rejected."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    @property
    def requests(self) -> int:
        """How many requests were sent so far, repeats included."""
        return self._client.requests

    async def account(self, token: str | None = None) -> Account:
        """Whose token it is: the client's own, or the one given."""
        headers = {"X-Plex-Token": token} if token else None
        told = table(await self._client.get_json("/api/v2/user", headers=headers))
        if positive(told.get("id")) is None:
            raise self._strange()
        name = next((found for key in ("friendlyName", "title", "username") if (found := text(told.get(key)))), "")
        language = text(told.get("locale")).replace("_", "-").split("-")[0].lower()
        return Account(text(told["id"]), name, language or None)

    async def owns(self, machine: str) -> bool | None:
        """Whether the account owns the server; None when it does not even have access."""
        servers = rows(await self._client.get_json("/api/v2/resources"))
        found = [server for server in servers if text(server.get("clientIdentifier")) == machine]
        return any(flag(server.get("owned")) for server in found) if found else None

    async def shares(self, machine: str) -> Sequence[Share]:
        """Who else may open the server, as far as the invitation was accepted."""
        root = await self._xml(f"/api/servers/{quote(machine, safe='')}/shared_servers")
        return [
            Share(account, text(share.get("username")) or text(share.get("email")), _sections(share), _filters(share))
            for share in root.iter("SharedServer")
            if (account := text(share.get("userID"))) and share.get("acceptedAt", "accepted") not in {"", "0"}
        ]

    async def friends(self) -> Sequence[Friend]:
        """All accounts that the owner shares anything with, members of the home among them."""
        root = await self._xml("/api/users")
        return [
            Friend(account, text(user.get("title")) or text(user.get("username")), _filters(user))
            for user in root.iter("User")
            if (account := text(user.get("id")))
        ]

    async def home_profiles(self) -> Mapping[str, str]:
        """The restriction profile by account of the Plex Home; "" for none."""
        try:
            told: Any = await self._client.get_json("/api/v2/home/users")
        except Rejected as error:
            if error.status not in _NO_HOME:
                raise
            return {}
        members = rows(told.get("users") if isinstance(told, dict) else told)
        # "restricted" alone marks a managed account; without a profile it sees all that is shared with it.
        return {text(member.get("id")): text(member.get("restrictionProfile")) for member in members}

    async def sign_out(self, token: str) -> None:
        """Give a token back, so that nobody can use it any more."""
        await self._client.request("DELETE", "/api/v2/users/signout", headers={"X-Plex-Token": token}, retry=True)

    async def _xml(self, path: str) -> Element:
        for _attempt in range(_XML_ATTEMPTS):
            root = _parsed((await self._client.request("GET", path, headers=_XML)).body)
            if root is not None and root.tag == "MediaContainer":
                return root
        raise self._strange()

    def _strange(self) -> Unavailable:
        return Unavailable("plex.tv", _("{service} sent an answer that cannot be read.").format(service="plex.tv"))


def _parsed(body: bytes) -> Element | None:
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    return root


def _filters(element: Element) -> Mapping[str, str]:
    return {name: value for name, value in element.attrib.items() if name.startswith("filter")}


def _sections(share: Element) -> tuple[str, ...] | None:
    if flag(share.get("allLibraries")):
        return None
    return tuple(
        key for section in share.iter("Section") if flag(section.get("shared")) and (key := section.get("key"))
    )
