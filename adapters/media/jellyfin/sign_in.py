"""Sign-in by Quick Connect: the person enters a six-digit code in any Jellyfin app that is signed in already."""

from __future__ import annotations

import structlog

from adapters.http import ServiceClient
from adapters.loose import table, text
from adapters.media.jellyfin.connection import authorization
from adapters.media.jellyfin.pages import unreadable
from adapters.media.jellyfin.people import is_disabled
from adapters.media.jellyfin.server import SOURCE, JellyfinServer
from bot.errors import NotAllowed, NotFound, Rejected, Unavailable
from bot.i18n import gettext as _
from bot.ports.media import ServerUser
from bot.ports.sign_in import SignInCode

_log = structlog.get_logger(__name__)
_LIFETIME = 600  # seconds that Jellyfin keeps a code
_REFUSED = frozenset({400, 401, 403, 404})


class JellyfinSignIn:
    """`SignIn` over Quick Connect. Nothing here acts with the API key: Jellyfin sees a new, unknown device."""

    def __init__(self, client: ServiceClient, server: JellyfinServer) -> None:
        self._client = client
        self._server = server

    @property
    def source(self) -> str:
        """The media server whose accounts it proves."""
        return SOURCE

    async def begin(self) -> SignInCode:
        """A code to enter in Jellyfin. Raises: Unavailable; Rejected, when Quick Connect is switched off."""
        nobody = {"Authorization": authorization()}
        answer = await self._client.request("POST", "/QuickConnect/Initiate", headers=nobody, accept={401})
        if answer.status == 401:
            raise Rejected(self._client.config.service, _("Quick Connect is switched off in Jellyfin."), status=401)
        told = table(answer.json())
        code, secret = text(told.get("Code")), text(told.get("Secret"))
        if not code or not secret:
            raise unreadable(self._client)
        return SignInCode(code=code, secret=secret, url=self._server.links.quick_connect(), lifetime=_LIFETIME)

    async def finish(self, secret: str) -> ServerUser | None:
        """Who entered the code; None until somebody has. Raises: NotFound, NotAllowed, Unavailable, Rejected."""
        nobody = {"Authorization": authorization()}
        if not secret:
            raise _unknown()
        try:
            state = await self._client.get_json("/QuickConnect/Connect", query={"secret": secret}, headers=nobody)
        except Rejected as refusal:
            if refusal.status in _REFUSED:
                raise _unknown() from None
            raise
        if table(state).get("Authenticated") is not True:
            return None
        answer = await self._client.request(
            "POST", "/Users/AuthenticateWithQuickConnect", json={"Secret": secret}, headers=nobody, accept=_REFUSED
        )
        if answer.status in {401, 403}:
            raise _not_allowed()
        if answer.status in _REFUSED:  # used before, or too old by now
            raise _unknown()
        session = table(answer.json())
        await self._give_back(text(session.get("AccessToken")))
        user = table(session.get("User"))
        person = await self._server.person(user)
        if person is None:
            raise unreadable(self._client)
        if is_disabled(user):
            raise _not_allowed()
        return person

    async def _give_back(self, token: str) -> None:
        """End the session that proved who it is. A token that cannot be given back lives on in Jellyfin, unused."""
        if not token:
            return
        headers = {"Authorization": authorization(token)}
        try:
            await self._client.request("POST", "/Sessions/Logout", headers=headers, retry=True)
        except (Unavailable, Rejected) as error:
            _log.warning("a Jellyfin session could not be ended", problem=str(error).replace(token, "…"))


def _unknown() -> NotFound:
    return NotFound(_("That sign-in is too old or unknown; please begin again."))


def _not_allowed() -> NotAllowed:
    return NotAllowed(_("That account may not use this Jellyfin server."))
