"""A Nextcloud with Talk on this machine: rooms, messages, reactions, and the webhooks that it sends to the bot.

Every request of the bot is held against the official description, and its signature against the secret. What the
description tells in words (the limit of a message, replies, reactions that are there already) is kept here.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from tests.contracts.kit import Answer, Call, DescribedServer, load

SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef"
BOT_NAME = "Recommendarr"
BOT = "bot-a78f46c5c203141b247554e180e1aa3553d282c6"
LIMIT = 32_000
_MENTION = re.compile(r"(?<![\w@.'-])@(\"[^\"]+\"|[\w.@'-]+)")

Deliver = Callable[[bytes, Mapping[str, str]], Awaitable[int]]
"""Posts a body with headers to the bot; the status that it answers."""


@dataclass
class Said:
    """One message in a room. `actor`: "users/anna", or the bot."""

    id: int
    room: str
    actor: str
    text: str
    name: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    reference: str = ""
    reply_to: int = 0
    silent: bool = False
    reactions: set[tuple[str, str]] = field(default_factory=set)
    change: int = 0


class FakeNextcloud:
    """One server. `url` is what the settings of the bot name, and what the webhooks call it."""

    def __init__(self, *, secret: str = SECRET, limit: int = LIMIT, wrong_actor: bool = False) -> None:
        """`wrong_actor`: name the author of a message as the one who reacts to it, as Talk before 22.0.9 does."""
        self.server = DescribedServer(load("talk-bots"), required_headers={"OCS-APIRequest": "true"})
        self.secret = secret
        self.limit = limit
        self.tells_reactions = True  # the bot was installed with the feature "reaction"
        self.wrong_actor = wrong_actor
        self.messages: dict[int, Said] = {}
        self.gone: set[str] = set()  # rooms
        self.deliver: Deliver | None = None
        self.statuses: list[int] = []
        self.change = 0
        self.changed = asyncio.Condition()
        self._number = 1500
        base = "/ocs/v2.php/apps/spreed/api/{apiVersion}/bot/{token}"
        self.server.route("POST", f"{base}/message")(self._message)
        self.server.route("POST", f"{base}/reaction/{{messageId}}")(self._react)
        self.server.route("DELETE", f"{base}/reaction/{{messageId}}")(self._unreact)
        for status in (404, 413):
            self.server.allow_status("POST", f"{base}/message", status, reason="named in the manual of bots")

    async def __aenter__(self) -> Self:
        await self.server.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.server.__aexit__(*error)

    @property
    def url(self) -> str:
        return self.server.url

    def sent(self, room: str | None = None) -> list[Said]:
        """The bot's messages, the oldest first."""
        return [m for m in self.messages.values() if m.actor == f"bots/{BOT}" and room in (None, m.room)]

    @property
    def pings(self) -> list[str]:
        """Everybody whom a message of the bot would notify by name."""
        return [match[1] for said in self.sent() for match in _MENTION.finditer(said.text)]

    async def until(self, met: Callable[[], Any], seconds: float = 10.0) -> None:
        """Wait until a condition holds. Raises: TimeoutError."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(met)

    # What people do

    async def write(
        self,
        actor: str,
        room: str,
        text: str,
        *,
        name: str = "",
        parameters: Mapping[str, Any] | None = None,
        reply_to: Said | None = None,
        **extra: Any,
    ) -> Said:
        """Somebody writes; returns once the bot has confirmed the event."""
        said = self._keep(Said(self._next(), room, actor, text, name, parameters or {}))
        note = _note(said)
        if reply_to is not None:
            note["inReplyTo"] = {"type": "Note", "actor": _person(reply_to), "object": _note(reply_to)}
        await self.post({"type": "Create", "actor": _person(said), "object": note, "target": _room(room)} | extra)
        return said

    async def react(self, actor: str, said: Said, emoji: str, *, undo: bool = False) -> None:
        """Somebody puts a reaction on a message, or takes it away."""
        shown = said.actor if self.wrong_actor else actor
        # Talk writes the text of the message where the kind of message belongs.
        like = {
            "type": "Like",
            "actor": {"type": "Person", "id": shown, "name": shown.partition("/")[2]},
            "object": _note(said) | {"name": said.text},
            "target": _room(said.room),
        }
        if not self.tells_reactions:
            return
        if undo:
            await self.post(like | {"type": "Undo", "object": like | {"content": emoji}})
        else:
            await self.post(like | {"content": emoji})

    async def enable(self, room: str, *, enabled: bool = True) -> None:
        """A moderator switches the bot on, or off."""
        bot = {"type": "Application", "id": f"bots/{BOT}", "name": BOT_NAME}
        await self.post({"type": "Join" if enabled else "Leave", "actor": bot, "object": _room(room)})

    async def post(self, event: Any, *, random: str | None = None, **changed: str) -> int:
        """Send an event, signed, to the bot; `changed`: headers in another form. The status of the answer."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        random = secrets.token_hex(32) if random is None else random
        headers = self.headers(body, random) | {
            f"X-Nextcloud-Talk-{name.capitalize()}": value for name, value in changed.items()
        }
        assert self.deliver is not None
        self.statuses.append(await self.deliver(body, headers))
        return self.statuses[-1]

    def headers(self, body: bytes, random: str) -> dict[str, str]:
        """What a genuine webhook carries."""
        return {
            "Content-Type": "application/json",
            "X-Nextcloud-Talk-Random": random,
            "X-Nextcloud-Talk-Signature": signed(self.secret, random.encode() + body),
            "X-Nextcloud-Talk-Backend": self.url + "/",
            "OCS-APIRequest": "true",
        }

    # What the bot does

    async def _message(self, call: Call) -> Answer:
        room, body = call.params["token"], call.json
        if not self._signed(call, body["message"]):
            return _ocs(401)
        if room in self.gone:
            return _ocs(404)
        if len(body["message"]) > self.limit:
            return _ocs(413)
        parent = body.get("replyTo", 0)
        if not body["message"].strip() or (parent and getattr(self.messages.get(parent), "room", None) != room):
            return _ocs(400)
        reference, silent = body.get("referenceId", ""), body.get("silent", False)
        said = Said(self._next(), room, f"bots/{BOT}", body["message"].strip(), BOT_NAME)
        said.reference, said.reply_to, said.silent = reference, parent, silent
        await self._note(self._keep(said))
        return _ocs(201)

    async def _react(self, call: Call) -> Answer:
        reaction = call.json["reaction"]
        said = self.messages.get(int(call.params["messageId"]))
        if not self._signed(call, reaction):
            return _ocs(401)
        if said is None or said.room != call.params["token"]:
            return _ocs(404)
        there = (BOT, reaction) in said.reactions
        said.reactions.add((BOT, reaction))
        await self._note(None)
        if self.tells_reactions and not there:
            await self.react(f"bots/{BOT}", said, reaction)
        return _ocs(200 if there else 201, {})

    async def _unreact(self, call: Call) -> Answer:
        reaction = call.query["reaction"]
        said = self.messages.get(int(call.params["messageId"]))
        if not self._signed(call, reaction):
            return _ocs(401)
        if said is None or (BOT, reaction) not in said.reactions:
            return _ocs(404)
        said.reactions.discard((BOT, reaction))
        await self._note(None)
        return _ocs(200, {})

    def _signed(self, call: Call, content: str) -> bool:
        random = call.headers.get("X-Nextcloud-Talk-Bot-Random", "")
        given = call.headers.get("X-Nextcloud-Talk-Bot-Signature", "")
        return len(random) >= 32 and given == signed(self.secret, (random + content).encode())

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _keep(self, said: Said) -> Said:
        self.messages[said.id] = said
        return said

    async def _note(self, said: Said | None) -> None:
        async with self.changed:
            self.change += 1
            if said is not None:
                said.change = self.change
            self.changed.notify_all()


def signed(secret: str, content: bytes) -> str:
    """The signature of Talk."""
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


def _person(said: Said) -> dict[str, str]:
    kind = "Application" if said.actor.startswith("bots/") else "Person"
    return {"type": kind, "id": said.actor, "name": said.name or said.actor.partition("/")[2]}


def _note(said: Said) -> dict[str, Any]:
    content = json.dumps({"message": said.text, "parameters": said.parameters or []})
    note = {"type": "Note", "id": str(said.id), "name": "message", "content": content, "mediaType": "text/markdown"}
    return dict(note)


def _room(room: str) -> dict[str, str]:
    return {"type": "Collection", "id": room, "name": room.capitalize()}


def _ocs(status: int, data: Any = None) -> Answer:
    told = "ok" if status < 300 else "failure"
    return Answer({"ocs": {"meta": {"status": told, "statuscode": status, "message": ""}, "data": data}}, status)
