"""Discord's REST interface, as far as a bot uses it, with the rules that its description leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.contracts.kit import Answer, Call, DescribedServer
from tests.fakes.services.discord.world import (
    BOT_ID,
    EPHEMERAL,
    LOADING,
    NOW,
    TOKEN,
    Asked,
    Json,
    Person,
    Sent,
    World,
    bot_json,
    guild_of,
    sent_json,
    user_json,
)

_FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = _FOLLOW_UP + "/messages/@original"
_MESSAGES = "/channels/{channel_id}/messages"
_ALREADY_ACKNOWLEDGED, _UNKNOWN_INTERACTION, _BAD_WEBHOOK_TOKEN = 40060, 10062, 50027
_PINGS = re.compile(r"@(everyone|here)|<@[!&]?\d+>")


class Rest:
    """Handlers over a world. `pings` holds every message that would have rung somewhere; `notify` tells of changes.

    `limited`: so many edits of first answers meet a rate limit, as Discord words it. `faults`: (method, answer) for the
    next calls about messages of channels, each for one.
    """

    def __init__(self, world: World, server: DescribedServer, notify: Callable[[], None]) -> None:
        self.pings: list[str] = []
        self.limited = 0
        self.faults: list[tuple[str, Answer]] = []
        self._world = world
        self._server = server
        self._notify = notify
        self._register()

    def _register(self) -> None:
        route = self._server.route
        route("GET", "/users/@me")(self._bot(lambda _call: _known_user()))
        route("GET", "/oauth2/applications/@me")(self._bot(lambda _call: _application()))
        route("GET", "/applications/{application_id}/commands")(self._bot(lambda _call: self._world.commands))
        route("PUT", "/applications/{application_id}/commands")(self._bot(self._declare))
        route("POST", "/interactions/{interaction_id}/{interaction_token}/callback")(self._call_back)
        route("PATCH", _ORIGINAL)(self._edit_original)
        route("DELETE", _ORIGINAL)(self._delete_original)
        route("POST", _FOLLOW_UP)(self._follow_up)
        route("POST", _MESSAGES)(self._bot(self._faulty("POST", self._write)))
        route("PATCH", _MESSAGES + "/{message_id}")(self._bot(self._faulty("PATCH", self._edit)))
        route("DELETE", _MESSAGES + "/{message_id}")(self._bot(self._faulty("DELETE", self._delete)))
        route("POST", "/users/@me/channels")(self._bot(self._open_direct))
        route("POST", "/channels/{channel_id}/typing")(self._bot(self._type))

    def _bot(self, handler: Callable[[Call], Any]) -> Callable[[Call], Any]:
        """Only for who has the bot's token."""

        def checked(call: Call) -> Any:
            if call.headers.get("Authorization") != f"Bot {TOKEN}":
                return Answer({"message": "401: Unauthorized", "code": 0}, status=401)
            return handler(call)

        return checked

    def _faulty(self, method: str, handler: Callable[[Call], Any]) -> Callable[[Call], Any]:
        """Fails once for each fault that is planned."""

        def planned(call: Call) -> Any:
            for index, (faulty, answer) in enumerate(self.faults):
                if faulty == method:
                    del self.faults[index]
                    return answer
            return handler(call)

        return planned

    def _declare(self, call: Call) -> Any:
        names = [command["name"] for command in call.json]
        if len(set(names)) != len(names) or len(names) > 100:
            self._wrong("commands are declared twice, or are more than a hundred")
        common = {"application_id": BOT_ID, "default_member_permissions": None, "nsfw": False}
        self._world.commands = [
            {**common, **command, "id": self._world.new_id(), "version": self._world.new_id()} for command in call.json
        ]
        return self._world.commands

    def _call_back(self, call: Call) -> Any:
        asked = self._world.asked.get(call.params["interaction_token"])
        if asked is None or asked.over or asked.id != call.params["interaction_id"]:
            return _refusal(404, _UNKNOWN_INTERACTION)
        if asked.acknowledged is not None:
            return _refusal(400, _ALREADY_ACKNOWLEDGED)
        body = call.json
        data, flags = body.get("data") or {}, (body.get("data") or {}).get("flags") or 0
        asked.acknowledged = body["type"]
        if body["type"] == 8:
            asked.choices = data["choices"]
        elif body["type"] in (4, 5):
            viewer = asked.user if flags & EPHEMERAL else None
            asked.original = self._add(asked.channel, data, flags | (LOADING if body["type"] == 5 else 0), viewer)
        self._notify()
        return {"interaction": {"id": asked.id, "type": asked.kind}}

    def _edit_original(self, call: Call) -> Any:
        if self.limited:
            self.limited -= 1
            body = {"message": "You are being rate limited.", "retry_after": 0.01, "global": False, "code": 0}
            return Answer(body, status=429, headers={"Via": "1.1 google", "Retry-After": "1"})
        asked = self._interaction(call)
        if isinstance(asked, Answer):
            return asked
        message = asked.original
        if message is None or message.deleted:
            return _refusal(404, 10008)
        return self._change(message, call.json)

    def _delete_original(self, call: Call) -> Any:
        asked = self._interaction(call)
        if isinstance(asked, Answer):
            return asked
        if asked.original is None or asked.original.deleted:
            return _refusal(404, 10008)
        asked.original.deleted = True
        self._notify()
        return Answer(None, status=204)

    def _follow_up(self, call: Call) -> Any:
        asked = self._interaction(call)
        if isinstance(asked, Answer):
            return asked
        if asked.original is not None and asked.original.flags & LOADING and not asked.original.deleted:
            # A follow-up takes the placeholder's place, and is as private or public as that was.
            return self._change(asked.original, call.json)
        flags = call.json.get("flags") or 0
        return sent_json(self._add(asked.channel, call.json, flags, asked.user if flags & EPHEMERAL else None))

    def _write(self, call: Call) -> Any:
        channel = call.params["channel_id"]
        person = self._world.recipient(channel)
        if guild_of(channel) is None and person is None:
            return _refusal(404, 10003)
        if person is not None and not person.takes_messages:
            return _refusal(403, 50007)
        body = call.json
        nonce = body.get("nonce")
        if nonce and body.get("enforce_nonce") and nonce in self._world.nonces:
            return sent_json(self._world.nonces[nonce])
        message = self._add(channel, body, body.get("flags") or 0, None)
        message.answers = (body.get("message_reference") or {}).get("message_id")
        if nonce:
            self._world.nonces[nonce] = message
        return sent_json(message)

    def _edit(self, call: Call) -> Any:
        found = [m for m in self._world.sent if m.id == call.params["message_id"] and not m.deleted]
        if not found or found[0].viewer is not None or found[0].channel != call.params["channel_id"]:
            return _refusal(404, 10008)
        return self._change(found[0], call.json)

    def _delete(self, call: Call) -> Any:
        found = [m for m in self._world.sent if m.id == call.params["message_id"] and not m.deleted]
        if not found or found[0].channel != call.params["channel_id"]:
            return _refusal(404, 10008)
        found[0].deleted = True
        found[0].changed = self._world.tick()
        self._notify()
        return Answer(None, status=204)

    def _open_direct(self, call: Call) -> Any:
        person = self._world.by_id(call.json["recipient_id"])
        if person is None:
            return _refusal(400, 50033)
        channel = self._world.direct_channel(person.id)
        return {"id": channel, "type": 1, "flags": 0, "recipients": [user_json(person)]}

    def _type(self, call: Call) -> Any:
        self._world.typing.append(call.params["channel_id"])
        self._notify()
        return Answer(None, status=204)

    def _interaction(self, call: Call) -> Asked | Answer:
        """The interaction of a webhook's token, if it can be answered."""
        asked = self._world.asked.get(call.params["webhook_token"])
        if call.params["webhook_id"] != BOT_ID or asked is None or asked.acknowledged is None:
            return _refusal(404, 10015)
        return _refusal(401, _BAD_WEBHOOK_TOKEN) if asked.over else asked

    def _add(self, channel: str, body: Json, flags: int, viewer: str | None) -> Sent:
        message = Sent(self._world.new_id(), channel, "", [], [], flags, viewer)
        self._world.sent.append(message)
        self._draw(message, body)
        return message

    def _change(self, message: Sent, body: Json) -> Json:
        message.edited = not message.flags & LOADING
        message.flags &= ~LOADING
        self._draw(message, body)
        return sent_json(message)

    def _draw(self, message: Sent, body: Json) -> None:
        if "content" in body:
            message.content = body["content"] or ""
        message.embeds = body.get("embeds", message.embeds) or []
        message.rows = body.get("components", message.rows) or []
        message.changed = self._world.tick()
        if not message.flags & LOADING:
            self._hold_to_the_rules(message)
            self._listen_for_rings(message, body.get("allowed_mentions"))
        self._notify()

    def _hold_to_the_rules(self, message: Sent) -> None:
        if not (message.content or message.embeds or message.rows):
            self._wrong("the message is empty")
        if len(message.content) > 2000:
            self._wrong(f"the content has {len(message.content)} characters")
        if sum(_length(embed) for embed in message.embeds) > 6000:
            self._wrong("the embeds have more than 6000 characters together")
        if len(message.rows) > 5 or any(not 1 <= len(row["components"]) <= 5 for row in message.rows):
            self._wrong("more than 5 rows, or a row without 1 to 5 components")
        ids = [part["custom_id"] for row in message.rows for part in row["components"] if "custom_id" in part]
        if len(set(ids)) != len(ids):
            self._wrong("a custom_id comes twice")

    def _listen_for_rings(self, message: Sent, allowed: Json | None) -> None:
        quiet = allowed is not None and not allowed.get("parse") and not allowed.get("users")
        if _PINGS.search(message.content) and not quiet:
            self.pings.append(message.content)

    def _wrong(self, problem: str) -> None:
        self._server.violations.append(problem)


def _length(embed: Json) -> int:
    fields = sum(len(one["name"]) + len(one["value"]) for one in embed.get("fields", []))
    return len(embed.get("title", "")) + len(embed.get("description", "")) + fields


def _refusal(status: int, code: int) -> Answer:
    return Answer({"message": "refused", "code": code}, status=status)


def _known_user() -> Json:
    return {name: value for name, value in bot_json().items() if name != "primary_guild"}


def _application() -> Json:
    nothing = dict.fromkeys(("icon", "interactions_endpoint_url", "role_connections_verification_url", "team", "type"))
    zeros = ("approximate_guild_count", "approximate_user_install_count", "approximate_user_authorization_count")
    return {
        "id": BOT_ID,
        "name": "Recommendarr",
        "description": "",
        "verify_key": NOW,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "owner": user_json(Person("1", "owner")),
        "bot_public": False,
        "bot_require_code_grant": False,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        **nothing,
        **dict.fromkeys(zeros, 1),
    }
