"""Sign-in with a Plex account: a PIN that the person confirms on Plex's own page."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from urllib.parse import urlencode

from adapters.http import ServiceClient
from adapters.loose import positive, table, text
from adapters.media.plex.config import PRODUCT, SOURCE
from adapters.media.plex.plex_tv import PlexTv
from bot.errors import NotAllowed, NotFound, Rejected, Unavailable
from bot.i18n import gettext as _
from bot.ports.media import ServerUser
from bot.ports.sign_in import SignInCode

_PAGE = "https://app.plex.tv/auth#?"
_SECRET = re.compile(r"([0-9]{1,20})\.([A-Za-z0-9]{1,64})")
_GONE = 404
_LIFETIME = 900  # seconds


class PlexSignIn:
    """`SignIn` over plex.tv.

    `plex_tv` carries no token: what it asks is asked for the person. `users` tells who may open the server.
    `client`: the identifier that Plex shows among the person's devices until the sign-in is over.
    """

    def __init__(
        self, plex_tv: ServiceClient, users: Callable[[], Awaitable[Sequence[ServerUser]]], client: str
    ) -> None:
        self._client = plex_tv
        self._plex_tv = PlexTv(plex_tv)
        self._users = users
        self._identifier = client

    @property
    def source(self) -> str:
        """The media server whose accounts it proves."""
        return SOURCE

    async def begin(self) -> SignInCode:
        """A new PIN. Raises: Unavailable, Rejected."""
        pin = table(await self._client.send_json("POST", "/api/v2/pins", None, query={"strong": True}, retry=True))
        number, code = positive(pin.get("id")), text(pin.get("code"))
        secret = f"{number}.{code}"
        if not _SECRET.fullmatch(secret):
            raise _strange()
        page = urlencode({"clientID": self._identifier, "code": code, "context[device][product]": PRODUCT})
        return SignInCode(code, secret, _PAGE + page, positive(pin.get("expiresIn")) or _LIFETIME)

    async def finish(self, secret: str) -> ServerUser | None:
        """Who confirmed the PIN. Raises: NotFound, NotAllowed, Unavailable, Rejected."""
        token = await self._token(secret)
        if token is None:
            return None
        try:
            account = await self._plex_tv.account(token)
        except Rejected as error:
            if error.status != 401:
                raise
            raise _too_old() from None  # the token was given back after an earlier look
        finally:
            # A token that plex.tv does not take back now is forgotten here all the same.
            with suppress(Unavailable, Rejected):
                await self._plex_tv.sign_out(token)
        for user in await self._users():
            if user.account == account.id:
                return user
        raise NotAllowed(_("This Plex account has no access to the server here. Ask its owner to share it with you."))

    async def _token(self, secret: str) -> str | None:
        parts = _SECRET.fullmatch(secret)
        if parts is None:
            raise _too_old()
        try:
            pin = table(await self._client.get_json(f"/api/v2/pins/{parts[1]}"))
        except Rejected as error:
            if error.status != _GONE:
                raise
            raise _too_old() from None
        # The number alone can be guessed; the code is what the person was given.
        if not hmac.compare_digest(text(pin.get("code")).encode(), parts[2].encode()):
            raise _too_old()
        return text(pin.get("authToken")) or None


def _too_old() -> NotFound:
    return NotFound(_("This sign-in is over. Please begin again."))


def _strange() -> Unavailable:
    return Unavailable("plex.tv", _("{service} sent an answer that cannot be read.").format(service="plex.tv"))
