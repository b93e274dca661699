"""Discord through its gateway: keeps what people say, press and command, and answers it.

discord.py holds the connection, reconnects and resumes. Each update is put into the inbox before Discord is told that
it was received, so that a kill in between loses nothing; what Discord repeats after a resume the inbox knows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

import discord
import structlog
from discord import app_commands

from adapters.chat.discord.commands import MAX_CHOICES, CommandBook, CompleteTitle, changed
from adapters.chat.discord.decode import PLATFORM, Letter, author_of, decode_interaction, decode_message
from adapters.chat.discord.encode import CAPABILITIES
from adapters.chat.discord.failures import ALREADY_ACKNOWLEDGED, Refused, translated
from adapters.chat.discord.outbox import Outbox
from adapters.chat.discord.redaction import keep_tokens_out_of_the_log
from adapters.chat.discord.rest import Rest
from bot.chat.capabilities import Capabilities
from bot.chat.command import CommandSpec
from bot.chat.incoming import Incoming, Message, Place
from bot.chat.plain import one_line
from bot.chat.reply import Reply
from bot.errors import RecommendarrError, Unavailable
from bot.i18n import gettext as _
from bot.i18n import use_locale
from bot.ports.chat import Envelope, Inbox

ACKNOWLEDGE_WITHIN = 2.5  # seconds; Discord forgets an interaction after three
COMPLETE_WITHIN = 0.3
FINISH_WITHIN = 3.0
_MAX_CHOICE = 100

log = structlog.get_logger(__name__)


class DiscordPlatform:
    """Discord as a chat platform."""

    def __init__(
        self,
        *,
        token: str,
        guilds: Collection[int],
        free_text: bool,
        specs: Sequence[CommandSpec[Any]],
        complete_title: CompleteTitle,
        inbox: Inbox,
    ) -> None:
        """`guilds`: the servers that are served, besides direct messages. `free_text`: the message content intent is
        asked for, so that typed commands and replies are read without a mention too."""
        self._token = token
        self._guilds = frozenset(guilds)
        self._free_text = free_text
        self._commands = CommandBook(specs)
        self._complete_title = complete_title
        self._inbox = inbox
        self._rest = Rest()
        self._outbox = Outbox(self._rest)
        self._in_hand: set[asyncio.Task[Any]] = set()

    @property
    def name(self) -> str:
        """The platform's name in accounts and places."""
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        """What Discord can draw."""
        return CAPABILITIES

    async def run(self) -> None:
        """Serve until cancelled. Raises: Unavailable; Rejected, for a wrong token or a missing intent."""
        with translated():
            try:
                async with _Client(self, _intents(free_text=self._free_text)) as client:
                    await self._serve(client)
            finally:
                self._rest.close()

    async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
        """Answer through the interaction or in the channel. Raises: Unavailable, Rejected."""
        await self._outbox.answer(incoming, Letter.read(envelope), replies)

    async def working(self, incoming: Incoming, envelope: Envelope) -> None:  # noqa: ARG002 - the port names it
        """Show the bot typing; a command shows it by itself."""
        letter = Letter.read(envelope)
        if letter.kind == "message":
            with suppress(RecommendarrError):
                await self._outbox.typing(letter)

    async def show(self, incoming: Incoming, envelope: Envelope, reply: Reply) -> Envelope:
        """Show what is said so far in a message that grows. Raises: Unavailable, Rejected."""
        return (await self._outbox.show(incoming, Letter.read(envelope), reply)).envelope()

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        """Say something unasked; a private place is a channel or a person. Raises: Unavailable, Rejected."""
        await self._outbox.send(place, replies)

    async def logged_in(self, client: discord.Client) -> None:
        """Calls can be made; Discord is told the commands, if it knows others."""
        self._rest.open(client)
        path, application = "/applications/{application_id}/commands", str(client.application_id)
        declared = self._commands.declared(rooms=bool(self._guilds))
        try:
            known = await self._rest.call("GET", path, query={"with_localizations": "true"}, application_id=application)
            if changed(declared, known):
                await self._rest.call("PUT", path, declared, application_id=application)
        except RecommendarrError as error:
            # Old commands are better than none, and everything can be typed.
            log.warning("discord_commands_not_declared", error=str(error))

    def ready(self, client: discord.Client) -> None:
        """Connected; names what the settings serve and the bot is not a member of."""
        missing = sorted(self._guilds - {guild.id for guild in client.guilds})
        log.info("discord_ready", servers=len(client.guilds))
        if missing:
            log.warning("discord_servers_without_the_bot", missing=missing)

    async def received_interaction(self, interaction: discord.Interaction) -> None:
        """A command, a press, or the beginning of a title."""
        with self._tracked():
            if interaction.type is discord.InteractionType.autocomplete:
                await self._complete(interaction)
            elif decoded := decode_interaction(interaction, self._commands):
                incoming, letter = decoded
                with use_locale(incoming.author.locale):
                    if self._serves(interaction.guild_id):
                        await self._accept(interaction, incoming, letter)
                    else:
                        await _tell(interaction, _("I do not serve this server; my owner decides which ones I do."))

    async def received_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Something written where the bot reads."""
        with self._tracked():
            private = isinstance(message.channel, discord.DMChannel)
            if not (private if message.guild is None else self._serves(message.guild.id)):
                return
            if (decoded := decode_message(message, me, self._commands)) is None:
                return
            said, letter = decoded
            try:
                await self._inbox.accept(said, letter.envelope())
            except RecommendarrError as error:
                await self._apologise(said, letter, error)

    async def _serve(self, client: discord.Client) -> None:
        serving = asyncio.create_task(client.start(self._token))
        try:
            await asyncio.wait([serving])
            serving.result()
        finally:
            if self._in_hand:
                await asyncio.wait(self._in_hand, timeout=FINISH_WITHIN)
            await client.close()
            # While the library connects, it can swallow a cancellation (asyncio.wait_for before Python 3.12).
            while not serving.done():
                serving.cancel()
                await asyncio.wait([serving], timeout=1.0)
            if not serving.cancelled():
                serving.exception()  # looked at, so that it is not reported as lost

    def _serves(self, guild: int | None) -> bool:
        return guild is None or guild in self._guilds

    async def _accept(self, interaction: discord.Interaction, incoming: Incoming, letter: Letter) -> None:
        acknowledged = self._outbox.expect(incoming.id)
        if acknowledged is None:
            return
        done = False
        try:
            # False: it was accepted before a restart, and what can still be done about it is.
            if await self._inbox.accept(incoming, letter.envelope()):
                done = await _acknowledge(interaction, letter)
        except RecommendarrError as error:
            await _tell(interaction, str(error))
        finally:
            acknowledged.set_result(done)

    async def _complete(self, interaction: discord.Interaction) -> None:
        typed = self._commands.completes(dict(interaction.data or {}))
        found: Sequence[tuple[str, str]] = ()
        if typed is not None and self._serves(interaction.guild_id):
            with suppress(TimeoutError, RecommendarrError):
                async with asyncio.timeout(COMPLETE_WITHIN):
                    found = await self._complete_title(author_of(interaction), typed)
        choices = [
            app_commands.Choice(name=one_line(label, _MAX_CHOICE) or ref, value=ref)
            for label, ref in found
            if 0 < len(ref) <= _MAX_CHOICE
        ]
        with suppress(RecommendarrError), translated():  # too late, or the person typed on
            await interaction.response.autocomplete(choices[:MAX_CHOICES])

    async def _apologise(self, said: Message, letter: Letter, error: RecommendarrError) -> None:
        with suppress(RecommendarrError), use_locale(said.author.locale):
            await self._outbox.say(letter, str(error))

    def _tracked(self) -> _Tracked:
        return _Tracked(self._in_hand)


class _Tracked:
    """The task in hand, for as long as it is."""

    def __init__(self, tasks: set[asyncio.Task[Any]]) -> None:
        self._tasks = tasks
        self._task = asyncio.current_task()

    def __enter__(self) -> None:
        if self._task is not None:
            self._tasks.add(self._task)

    def __exit__(self, *_error: object) -> None:
        if self._task is not None:
            self._tasks.discard(self._task)


class _Client(discord.Client):
    """The library's client; hands everything on. It caches no messages and no members."""

    def __init__(self, platform: DiscordPlatform, intents: discord.Intents) -> None:
        keep_tokens_out_of_the_log()
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody calls this bot
        super().__init__(
            intents=intents,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=30.0,
        )
        self._platform = platform

    async def setup_hook(self) -> None:
        await self._platform.logged_in(self)

    async def on_ready(self) -> None:
        self._platform.ready(self)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await self._platform.received_interaction(interaction)

    async def on_message(self, message: discord.Message) -> None:
        if self.user is not None:
            await self._platform.received_message(message, self.user)

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        log.exception("discord_event_failed", received=event_method)


def _intents(*, free_text: bool) -> discord.Intents:
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.message_content = free_text
    return intents


async def _acknowledge(interaction: discord.Interaction, letter: Letter) -> bool:
    """Tell Discord that an answer follows; False when it has forgotten the interaction."""
    try:
        with translated():
            async with asyncio.timeout(ACKNOWLEDGE_WITHIN):
                await interaction.response.defer(ephemeral=letter.whisper, thinking=letter.kind == "command")
    except Refused as error:
        log.info("discord_interaction_not_acknowledged", error=str(error))
        return error.code == ALREADY_ACKNOWLEDGED
    except Unavailable as error:
        # It may have arrived all the same; the answer finds out.
        log.info("discord_acknowledgement_uncertain", error=str(error))
    return True


async def _tell(interaction: discord.Interaction, sentence: str) -> None:
    """One sentence for the person alone, instead of an answer."""
    with suppress(RecommendarrError), translated():
        async with asyncio.timeout(ACKNOWLEDGE_WITHIN):
            await interaction.response.send_message(sentence, ephemeral=True)
