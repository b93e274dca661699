"""From an event to what was said: who, where, whom they mention, and whether it is meant for the bot at all.

Everything in an event is outside text; what does not have the shape that Talk describes is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from adapters.chat.nextcloud_talk.commands import Addressing
from adapters.chat.nextcloud_talk.memory import RoomMemory
from adapters.chat.nextcloud_talk.servers import SERVICE, TalkServer
from adapters.loose import table, text
from bot.chat.incoming import Author, Incoming, Mention, Message, Place
from bot.chat.plain import one_line
from bot.ports.chat import Envelope

PLATFORM = SERVICE
MAX_NAME = 100
MAX_MENTIONS = 100
_ROOM = re.compile(r"[a-z0-9]{4,30}")
_ID = re.compile(r"[0-9]{1,18}")
_PLACEHOLDER = re.compile(r"\{([A-Za-z0-9_-]{1,80})\}")
_KEYCAP = re.compile("([1-9])\ufe0f?\u20e3")
_TEN = "\U0001f51f"
# The kinds of people as Talk names them. Bridges are none: whoever writes on the far side can call themselves anything.
_PEOPLE = frozenset(["users", "federated_users", "guests", "emails"])
_CONSOLE = ("guests", "cli")
_MENTIONED = frozenset(["user", "guest", "email", "call", "user-group", "circle", "team"])
_MAX_TOLD = 1000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """Something for the bot, and what is needed to answer it."""

    incoming: Incoming
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was switched on in a room."""

    room: str


class Decoder:
    """Reads the events of one server."""

    def __init__(self, server: TalkServer, addressing: Addressing, memory: RoomMemory) -> None:
        self._server = server
        self._addressing = addressing
        self._memory = memory
        self._told: set[str] = set()
        self._bot: str | None = None  # the id by which the server knows the bot, once it was told
        self.honest = False  # the server was seen to name who reacts to a message, not who wrote it

    def decode(self, event: Mapping[str, Any], random: str) -> Received | Joined | None:
        """What was said, chosen or done; None when it is not for the bot. Never raises."""
        match event.get("type"):
            case "Create":
                return self._said(event)
            case "Like":
                return self._chosen(event, random)
            case "Join":
                return self._joined(event)
            case _:  # Activity, Undo, Leave, and what later versions bring
                return None

    def _said(self, event: Mapping[str, Any]) -> Received | None:
        note = table(event.get("object"))
        room, author, message = self._room(event.get("target")), self._author(event.get("actor")), text(note.get("id"))
        if room is None or author is None or not _ID.fullmatch(message) or note.get("name") not in ("message", ""):
            return None
        self._memory.heard(self._full(room), message)
        written, parameters = _content(note)
        answered = table(note.get("inReplyTo"))
        # Before names stand in it: a name that begins like ours, or like a command, is still somebody else's.
        words = self._addressing.read(
            written,
            private=room in self._server.private_rooms,
            replies=self._is_ours(answered),
            list_open=self._memory.has_list(self._full(room), author.account),
        )
        if words is None:
            return None
        said, mentions = self._named(words, parameters)
        if not said.strip():
            return None
        parent = text(table(answered.get("object")).get("id"))
        return self._received(
            Message(
                f"{self._full(room)}/{message}",
                self._place(room),
                author,
                said,
                mentions,
                parent if _ID.fullmatch(parent) else None,
            ),
            message,
        )

    def _chosen(self, event: Mapping[str, Any], random: str) -> Received | None:
        """A number set as a reaction to the bot's own list, as if it had been typed."""
        number = keycap(event.get("content"))
        note = table(event.get("object"))
        room, author, message = self._room(event.get("target")), self._author(event.get("actor")), text(note.get("id"))
        if room is None or not _ID.fullmatch(message):
            return None
        if text(table(event.get("actor")).get("id")).startswith("bots/") and self._memory.was_heard(
            self._full(room), message
        ):
            self.honest = True  # a bot reacts to what a person wrote, and is named
        if number is None or author is None:
            return None
        shown, _parameters = _content(note)
        if not self._memory.picks(self._full(room), author.account, message, shown, number, honest=self.honest):
            return None
        chosen = Message(f"{self._full(room)}/{message}/{random}", self._place(room), author, number)
        return self._received(chosen, message, written=False)

    def _joined(self, event: Mapping[str, Any]) -> Joined | None:
        room = self._room(event.get("object"))
        kind, _slash, name = text(table(event.get("actor")).get("id")).partition("/")
        if room is None or kind != "bots":
            return None
        self._bot = name
        return Joined(room)

    @staticmethod
    def _received(said: Message, message: str, *, written: bool = True) -> Received:
        return Received(said, {"message": message, "written": written})

    def _room(self, raw: Any) -> str | None:
        """The token of a room that is served."""
        room = text(table(raw).get("id"))
        if not _ROOM.fullmatch(room):
            return None
        if self._server.serves(room):
            return room
        if room not in self._told and len(self._told) < _MAX_TOLD:
            # Once for each room, for the owner who looks for its token.
            self._told.add(room)
            log.info("a room is not served; the rooms of the settings are", server=self._server.name, room=room)
        return None

    def _full(self, room: str) -> str:
        return f"{self._server.name}/{room}"

    def _place(self, room: str) -> Place:
        return Place(PLATFORM, self._full(room), private=room in self._server.private_rooms)

    def _author(self, raw: Any) -> Author | None:
        """A person; bots, bridges and the console are none."""
        actor = table(raw)
        kind, _slash, identity = str(actor.get("id") or "").partition("/")
        account = self._account(kind, identity)
        if account is None:
            return None
        return Author(PLATFORM, account, one_line(str(actor.get("name") or ""), MAX_NAME) or identity)

    def _account(self, kind: str, identity: str) -> str | None:
        """Users by their id alone, everybody else with their kind, so that no two are ever the same account."""
        usual = 0 < len(identity) <= 300 and identity.isprintable() and "/" not in identity
        if kind not in _PEOPLE or not usual or (kind, identity) == _CONSOLE:
            return None
        return f"{self._server.name}/{identity}" if kind == "users" else f"{self._server.name}/{kind}/{identity}"

    def _is_ours(self, answered: Mapping[str, Any]) -> bool:
        """Whether the message that was answered is the bot's. There may be other bots in the room."""
        actor = table(answered.get("actor"))
        kind, _slash, identity = text(actor.get("id")).partition("/")
        if kind != "bots":
            return False
        return identity == self._bot or text(actor.get("name")).casefold() == self._server.bot_name.casefold()

    def _named(self, words: str, parameters: Mapping[str, Any]) -> tuple[str, tuple[Mention, ...]]:
        """The words with names in the place of placeholders, and the people behind the names."""
        mentions: dict[str, Mention] = {}

        def shown(match: re.Match[str]) -> str:
            parameter = parameters.get(match[1])
            return self._shown(parameter, mentions) if isinstance(parameter, dict) else match[0]

        return _PLACEHOLDER.sub(shown, words), tuple(mentions.values())

    def _shown(self, parameter: Mapping[str, Any], mentions: dict[str, Mention]) -> str:
        """What stands for a placeholder; a person is noted as mentioned."""
        kind, identity = text(parameter.get("type")), str(parameter.get("id") or "")
        name = one_line(str(parameter.get("name") or ""), MAX_NAME).replace('"', "") or identity
        if kind not in _MENTIONED:
            # In quotes, so that what somebody called a file or a card is never a command.
            return "" if kind == "file" else f"“{name}”"
        written = f"@{name}"
        account = self._mentioned(kind, identity, parameter)
        if account is None or len(mentions) >= MAX_MENTIONS:
            return written
        if mentions.get(written, Mention(written, account, name)).account != account:
            written = f"@{name} ({identity})"  # two people of one name
        known = mentions.setdefault(written, Mention(written, account, name))
        return written if known.account == account else f"“{name}”"

    def _mentioned(self, kind: str, identity: str, parameter: Mapping[str, Any]) -> str | None:
        if kind in ("guest", "email"):
            return self._account(f"{kind}s", identity.removeprefix(f"{kind}/"))
        if kind != "user":
            return None
        if not parameter.get("server"):
            return self._account("users", identity)
        home = re.sub(r"^https?://", "", str(parameter["server"])).rstrip("/")
        return self._account("federated_users", f"{identity}@{home}")


def _content(note: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The words as they are written, with placeholders, and what the placeholders stand for."""
    raw = note.get("content")
    try:
        content = table(json.loads(raw)) if isinstance(raw, str) else {}
    except (ValueError, RecursionError):
        return "", {}
    message = content.get("message")
    return (message, table(content.get("parameters"))) if isinstance(message, str) else ("", {})


def emoji_of(number: int) -> str:
    """The emoji of a number from 1 to 9."""
    return f"{number}\ufe0f\u20e3"


def keycap(raw: Any) -> str | None:
    """The number of an emoji 1️⃣ to 🔟."""
    if raw == _TEN:
        return "10"
    match = _KEYCAP.fullmatch(raw) if isinstance(raw, str) else None
    return match[1] if match else None
