"""From what Discord delivers to what somebody said, and to the envelope by which it is answered later."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import discord

from adapters.chat.discord.commands import CommandBook
from bot.chat.incoming import Author, CommandCall, Mention, Message, MessageRef, Place, Press
from bot.chat.parse import is_command
from bot.ports.chat import Envelope

PLATFORM = "discord"
_WRITTEN = (discord.MessageType.default, discord.MessageType.reply)
_COMMAND_NAME = re.compile(r"\s*[/!]\s?([\w-]+)")
_ADDRESSED = re.compile(r"^[,;:]\s+")  # what is left of “@Recommendarr, ...”
_EMOJI = re.compile(r"<a?:(\w{1,40}):\d{15,20}>")


@dataclass(frozen=True, slots=True)
class Letter:
    """How something is answered; kept as plain JSON in its envelope.

    `kind`: what it was. `token`: the interaction's, good for 15 minutes. `whisper`: all answers through the
    interaction are for the asker's eyes only. `message`: what was said, or what the pressed button hangs on. `draft`:
    the message in which the answer grows; `draft_lost`: it may still be changed by a call that was given up.
    """

    kind: Literal["message", "command", "press"]
    channel: str
    user: str
    application: str = ""
    token: str = ""
    message: str = ""
    whisper: bool = False
    draft: str = ""
    draft_lost: bool = False

    def envelope(self) -> Envelope:
        """As plain JSON."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def read(cls, envelope: Envelope) -> Letter:
        """From its envelope; what another version wrote and this one does not know is left out."""
        return cls(**{name: value for name, value in envelope.items() if name in cls.__slots__})


def decode_interaction(
    interaction: discord.Interaction, commands: CommandBook
) -> tuple[CommandCall | Press, Letter] | None:
    """A command or a press, and how to answer it; None for what asks nothing of the bot."""
    data: Mapping[str, Any] = dict(interaction.data or {})
    if interaction.channel is None or interaction.type is discord.InteractionType.autocomplete:
        return None
    place, author = place_of(interaction.channel), author_of(interaction)
    address: dict[str, Any] = {
        "channel": str(interaction.channel.id),
        "user": author.account,
        "application": str(interaction.application_id),
        "token": interaction.token,
    }
    if interaction.type is discord.InteractionType.application_command:
        name, args = commands.read(data)
        whisper = commands.is_private(name) and not place.private
        call = CommandCall(str(interaction.id), place, author, name, args)
        return call, Letter("command", whisper=whisper, **address)
    if interaction.type is discord.InteractionType.component and interaction.message is not None:
        values: Sequence[str] = data.get("values") or ()
        token = str(values[0]) if values else str(data.get("custom_id", ""))
        pressed = MessageRef(PLATFORM, address["channel"], str(interaction.message.id))
        whisper = interaction.message.flags.ephemeral
        press = Press(str(interaction.id), place, author, token, pressed)
        return press, Letter("press", message=pressed.message, whisper=whisper, **address)
    return None


def decode_message(
    message: discord.Message, me: discord.ClientUser, commands: CommandBook
) -> tuple[Message, Letter] | None:
    """What a person said to the bot, without its own mention; None when it was not meant for the bot."""
    if message.author.bot or message.webhook_id is not None or message.type not in _WRITTEN:
        return None
    place = place_of(message.channel)
    content, called = _without_calls(message.content, message, me)
    if not (place.private or called or _answers(message, me) or _typed(content, commands)):
        return None
    text = _EMOJI.sub(r":\1:", content).strip()
    if not text:
        if not called:  # a picture, or words that Discord does not show to the bot
            return None
        text = "/help"  # who only calls the bot wants to know what it can do
    author = Author(PLATFORM, str(message.author.id), message.author.display_name)
    reference = message.reference
    said = Message(
        id=str(message.id),
        place=place,
        author=author,
        text=text,
        mentions=_mentions(message, me),
        reply_to=str(reference.message_id) if reference is not None and reference.message_id else None,
    )
    return said, Letter("message", str(message.channel.id), author.account, message=said.id)


def place_of(channel: Any) -> Place:
    """A channel as a place; a thread belongs to the channel in which it was opened."""
    if isinstance(channel, discord.DMChannel):
        return Place(PLATFORM, str(channel.id), private=True)
    if isinstance(channel, discord.Thread):
        return Place(PLATFORM, str(channel.parent_id), thread=str(channel.id))
    return Place(PLATFORM, str(channel.id))


def channel_of(place: Place) -> str:
    """The channel in which something is said at a place."""
    return place.thread or place.room


def author_of(interaction: discord.Interaction) -> Author:
    """Who commands, presses or types, with the language of their Discord."""
    user = interaction.user
    return Author(PLATFORM, str(user.id), user.display_name, interaction.locale.value)


def _without_calls(content: str, message: discord.Message, me: discord.ClientUser) -> tuple[str, bool]:
    """The text without the bot's own mention, which may be that of the role it came with; and whether it was there."""
    calls = [f"<@{me.id}>", f"<@!{me.id}>"]
    calls += [f"<@&{role.id}>" for role in message.role_mentions if role.tags and role.tags.bot_id == me.id]
    pattern = re.compile("|".join(re.escape(call) for call in calls))
    if pattern.search(content) is None:
        return content.strip(), False
    return _ADDRESSED.sub("", pattern.sub(" ", content).strip()), True


def _answers(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether it is a reply to something that the bot said."""
    reference = message.reference
    answered = reference.resolved if reference is not None and message.type is discord.MessageType.reply else None
    return isinstance(answered, discord.Message) and answered.author.id == me.id


def _typed(content: str, commands: CommandBook) -> bool:
    """Whether it is one of our commands, typed; those of other bots begin alike."""
    match = _COMMAND_NAME.match(content)
    return match is not None and is_command(content) and commands.knows(match[1])


def _mentions(message: discord.Message, me: discord.ClientUser) -> tuple[Mention, ...]:
    people = [user for user in message.mentions if user.id != me.id]
    return tuple(
        Mention(text, str(user.id), user.display_name)
        for user in people
        for text in (f"<@{user.id}>", f"<@!{user.id}>")
        if text in message.content
    )
