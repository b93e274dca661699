"""What Discord knows: people, channels, messages and interactions, and how it writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

TOKEN = "discord-token-of-the-bot"
NOW = "2026-03-01T20:00:00+00:00"
BOT_ID = "900000000000000001"
SERVED, FOREIGN = "700000000000000001", "700000000000000002"
BOT_ROLE = "700000000000000009"
ROOM, THREAD, ELSEWHERE = "600000000000000001", "600000000000000003", "600000000000000002"
EPHEMERAL, LOADING = 64, 128
_APP_PERMISSIONS = "2048"


@dataclass(slots=True)
class Person:
    """Somebody with an account. `takes_messages`: the bot may write to them directly."""

    id: str
    name: str
    locale: str = "en-US"
    takes_messages: bool = True


@dataclass(slots=True)
class Sent:
    """A message of the bot. `viewer`: the only person who sees it. `changed`: when it came or changed, as a count."""

    id: str
    channel: str
    content: str
    embeds: list[Json]
    rows: list[Json]
    flags: int = 0
    viewer: str | None = None
    edited: bool = False
    deleted: bool = False
    answers: str | None = None
    changed: int = 0


@dataclass(slots=True)
class Asked:
    """An interaction. `acknowledged`: by which type of callback. `original`: the message that @original means."""

    id: str
    token: str
    kind: int
    user: str
    channel: str
    acknowledged: int | None = None
    original: Sent | None = None
    over: bool = False
    choices: Sequence[Mapping[str, Any]] | None = None


@dataclass(slots=True)
class World:
    """Everything, with a clock that counts changes."""

    people: dict[str, Person] = field(default_factory=dict)
    direct: dict[str, str] = field(default_factory=dict)  # channel by person's id
    sent: list[Sent] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)  # by token
    nonces: dict[str, Sent] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    now: int = 0
    _ids: count[int] = field(default_factory=lambda: count(1_300_000_000_000_000_001))

    def new_id(self) -> str:
        """An id that nothing else has."""
        return str(next(self._ids))

    def person(self, name: str) -> Person:
        """The person of that name, who comes to be by being named."""
        if name not in self.people:
            self.people[name] = Person(self.new_id(), name)
        return self.people[name]

    def by_id(self, user: str) -> Person | None:
        """The person with that id."""
        return next((person for person in self.people.values() if person.id == user), None)

    def direct_channel(self, user: str) -> str:
        """The channel in which the bot and a person write to each other."""
        return self.direct.setdefault(user, self.new_id())

    def recipient(self, channel: str) -> Person | None:
        """Whose direct channel it is."""
        owner = next((user for user, known in self.direct.items() if known == channel), None)
        return None if owner is None else self.by_id(owner)

    def tick(self) -> int:
        """Something changes."""
        self.now += 1
        return self.now


def user_json(person: Person) -> Json:
    """A user as Discord writes one."""
    return {
        "id": person.id,
        "username": person.name,
        "global_name": person.name.title(),
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def bot_json() -> Json:
    """The bot's own user."""
    me = user_json(Person(BOT_ID, "recommendarr"))
    return {**me, "bot": True, "mfa_enabled": True, "locale": "en-US", "verified": True}


def member_json(person: Person | None = None) -> Json:
    """A member of a guild; without a person, as it comes beside a user."""
    member = {"roles": [], "joined_at": NOW, "deaf": False, "mute": False, "flags": 0, "avatar": None, "nick": None}
    return member if person is None else {**member, "user": user_json(person), "permissions": _APP_PERMISSIONS}


def channel_json(channel: str, world: World) -> Json:
    """A channel as it comes with an interaction."""
    person = world.recipient(channel)
    if person is not None:
        return {"id": channel, "type": 1, "recipients": [user_json(person)], "flags": 0}
    guild = guild_of(channel)
    common = {"id": channel, "guild_id": guild, "flags": 0, "permissions": _APP_PERMISSIONS, "last_message_id": None}
    if channel == THREAD:
        meta = {"archived": False, "auto_archive_duration": 60, "archive_timestamp": NOW, "locked": False}
        more = {"owner_id": BOT_ID, "message_count": 1, "member_count": 2, "thread_metadata": meta}
        return {**common, "type": 11, "name": "films", "parent_id": ROOM, **more}
    return {**common, "type": 0, "name": "room", "position": 0, "parent_id": None, "permission_overwrites": []}


def guild_of(channel: str) -> str | None:
    """The guild of a channel; None for a direct one."""
    return {ROOM: SERVED, THREAD: SERVED, ELSEWHERE: FOREIGN}.get(channel)


def guild_json(guild: str, world: World) -> Json:
    """A guild as it comes after READY."""
    everyone = {"id": guild, "name": "@everyone", "permissions": "0", "position": 0, "color": 0, "hoist": False}
    own = {**everyone, "id": BOT_ROLE, "name": "Recommendarr", "position": 1, "tags": {"bot_id": BOT_ID}}
    rest = {"managed": False, "mentionable": False, "flags": 0}
    channels = [channel for channel in (ROOM, ELSEWHERE) if guild_of(channel) == guild]
    threads = [THREAD] if guild == SERVED else []
    return {
        "id": guild,
        "name": "Household",
        "owner_id": "1",
        "unavailable": False,
        "member_count": 3,
        "roles": [{**everyone, **rest}, {**own, **rest, "managed": True}],
        "channels": [channel_json(channel, world) for channel in channels],
        "threads": [channel_json(thread, world) for thread in threads],
        "members": [{**member_json(), "user": bot_json()}],
        **{name: [] for name in ("emojis", "stickers", "features", "presences", "voice_states", "stage_instances")},
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "system_channel_flags": 0,
        "afk_timeout": 60,
    }


def sent_json(message: Sent) -> Json:
    """A message of the bot as Discord answers with it."""
    ids = count(1)
    rows = [
        {**row, "id": next(ids), "components": [_component(part, next(ids)) for part in row["components"]]}
        for row in message.rows
    ]
    me = {name: value for name, value in bot_json().items() if name not in ("mfa_enabled", "locale", "verified")}
    return {
        "id": message.id,
        "channel_id": message.channel,
        "type": 0,
        "content": message.content,
        "author": me,
        "embeds": [{"type": "rich", **embed} for embed in message.embeds],
        "components": rows,
        "flags": message.flags,
        "timestamp": NOW,
        "edited_timestamp": NOW if message.edited else None,
        **{name: [] for name in ("mentions", "mention_roles", "attachments")},
        **dict.fromkeys(("pinned", "mention_everyone", "tts"), False),
    }


def _component(part: Json, number: int) -> Json:
    menu = {"min_values": 1, "max_values": 1} if part["type"] == 3 else {}
    return {**part, **menu, "id": number}


def written_json(
    world: World, person: Person, channel: str, message_id: str, content: str, mentioned: Sequence[Person], **more: Any
) -> Json:
    """A person's message as the gateway delivers it."""
    guild = guild_of(channel)
    place: Json = {} if guild is None else {"guild_id": guild, "member": member_json()}
    users = [user_json(other) for other in mentioned]
    if f"<@{BOT_ID}>" in content:
        users.append({name: value for name, value in bot_json().items() if name not in ("mfa_enabled", "verified")})
    return {
        "id": message_id,
        "channel_id": channel,
        "type": 0,
        "content": content,
        "author": user_json(person),
        "mentions": [user if guild is None else {**user, "member": member_json()} for user in users],
        "timestamp": NOW,
        "edited_timestamp": None,
        "flags": 0,
        **{name: [] for name in ("mention_roles", "attachments", "embeds", "components")},
        **dict.fromkeys(("pinned", "mention_everyone", "tts"), False),
        **place,
        **more,
    }


def asked_json(world: World, asked: Asked, person: Person, data: Json, message: Sent | None) -> Json:
    """An interaction as the gateway delivers it."""
    guild = guild_of(asked.channel)
    user = {"user": user_json(person)} if guild is None else {"member": member_json(person), "guild_id": guild}
    return {
        "id": asked.id,
        "application_id": BOT_ID,
        "type": asked.kind,
        "token": asked.token,
        "version": 1,
        "data": data,
        "channel_id": asked.channel,
        "channel": channel_json(asked.channel, world),
        "locale": person.locale,
        "context": 1 if guild is None else 0,
        "app_permissions": _APP_PERMISSIONS,
        "entitlements": [],
        "authorizing_integration_owners": {},
        "attachment_size_limit": 10_000_000,
        **user,
        **({} if message is None else {"message": sent_json(message)}),
    }
