"""Sends signed messages and reactions to one server.

A message that Nextcloud finds too long is sent in halves; one that answers a message which is gone is sent as an answer
to nothing. Whether one arrived whose answer was lost cannot be asked: it is sent again, with the same reference.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict

import structlog

from adapters.chat.nextcloud_talk.servers import SERVICE, TalkServer
from adapters.chat.nextcloud_talk.signing import signed_headers
from bot.chat.splitting import split_text
from bot.errors import RecommendarrError, Rejected
from bot.i18n import gettext as _

_API = "/ocs/v2.php/apps/spreed/api/v1/bot"
_REMEMBERED = 1000
_SHORTEST = 500  # characters; older servers take 1000
WORKING = "👀"

log = structlog.get_logger(__name__)


class Outbox:
    """The bot's side of one Nextcloud."""

    def __init__(self, server: TalkServer) -> None:
        self._server = server
        self._arrived: OrderedDict[str, None] = OrderedDict()  # first halves whose second is still to come

    async def send(
        self, room: str, message: str, *, reference: str, reply_to: int | None = None, silent: bool = False
    ) -> None:
        """Write a message. Raises: Unavailable, when it may be tried again; Rejected, when it never will work."""
        try:
            await self._post(room, message, reference, reply_to, silent)
        except Rejected as refused:
            if refused.status == 413 and len(message) > _SHORTEST:
                await self._send_halves(room, message, reference, reply_to, silent)
                return
            if refused.status == 400 and reply_to is not None:
                await self._post(room, message, reference, None, silent)
                return
            raise self._in_words(refused) from None

    async def _send_halves(self, room: str, message: str, reference: str, reply_to: int | None, silent: bool) -> None:
        """The first half, unless an earlier try got that far, and the second."""
        first, second = _halves(message)
        half = reference_of(reference, 0)
        if half not in self._arrived:
            await self.send(room, first, reference=half, reply_to=reply_to, silent=silent)
            self._arrived[half] = None
            if len(self._arrived) > _REMEMBERED:
                self._arrived.popitem(last=False)
        await self.send(room, second, reference=reference_of(reference, 1), silent=True)
        self._arrived.pop(half, None)

    async def react(self, room: str, message: str, emoji: str = WORKING) -> bool:
        """Put a reaction on somebody's message, as an ornament: whether it worked; never raises."""
        path = f"{_API}/{room}/reaction/{message}"
        try:
            headers = signed_headers(self._server.secret, emoji)
            await self._server.client.request("POST", path, json={"reaction": emoji}, headers=headers)
        except RecommendarrError as error:
            log.info("a reaction could not be set", server=self._server.name, reason=str(error))
            return False
        return True

    async def unreact(self, room: str, message: str, emoji: str = WORKING) -> None:
        """Take a reaction away; never raises."""
        path = f"{_API}/{room}/reaction/{message}"
        try:
            headers = signed_headers(self._server.secret, emoji)
            await self._server.client.request("DELETE", path, query={"reaction": emoji}, headers=headers)
        except RecommendarrError as error:
            log.info("a reaction could not be taken away", server=self._server.name, reason=str(error))

    async def _post(self, room: str, message: str, reference: str, reply_to: int | None, silent: bool) -> None:
        body = {"message": message, "referenceId": reference, "silent": silent}
        if reply_to is not None:
            body["replyTo"] = reply_to
        headers = signed_headers(self._server.secret, message)
        await self._server.client.request("POST", f"{_API}/{room}/message", json=body, headers=headers)

    def _in_words(self, refused: Rejected) -> Rejected:
        """The commonest refusals, with what helps."""
        name = self._server.name
        if refused.status == 401:
            sentence = _(
                "The Nextcloud {name} does not know the bot in that room: its secret is wrong, or it is switched off."
            ).format(name=name)
            return Rejected(SERVICE, sentence, status=401)
        if refused.status == 404:
            return Rejected(SERVICE, _("That room of the Nextcloud {name} is gone.").format(name=name), status=404)
        return refused


def reference_of(*parts: object) -> str:
    """A reference that comes out the same whenever the same message is sent again; 64 characters."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()


def _halves(message: str) -> tuple[str, str]:
    """The message cut where a reader would pause, near its middle."""
    first = split_text(message, len(message) // 2 + 1)[0]
    return first, message.strip()[len(first) :].lstrip() or first
