"""Nextcloud Talk as a `ChatPlatform`: one bot on one or several servers."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import structlog
from fastapi import APIRouter

from adapters.chat.nextcloud_talk.commands import Addressing
from adapters.chat.nextcloud_talk.decode import PLATFORM, Decoder, Joined, emoji_of
from adapters.chat.nextcloud_talk.encode import CAPABILITIES, encode, harmless
from adapters.chat.nextcloud_talk.memory import OpenList, RoomMemory
from adapters.chat.nextcloud_talk.outbox import Outbox, reference_of
from adapters.chat.nextcloud_talk.servers import SERVICE, TalkServer
from adapters.chat.nextcloud_talk.webhook import Sleep, Webhook
from bot.chat.capabilities import Capabilities
from bot.chat.command import CommandSpec
from bot.chat.incoming import Incoming, Place
from bot.chat.reply import Reply
from bot.errors import InvalidSettings, RecommendarrError, Rejected
from bot.i18n import gettext as _
from bot.i18n import use_locale
from bot.ports.chat import Envelope, Inbox

_REMEMBERED = 1000
_CHORES = 100  # that may wait for one server; all of them are ornaments
_PROBES = 3  # tries to learn whether a server names who reacts
_OFFERED = 5  # numbers set as reactions

Chore: TypeAlias = Callable[[], Awaitable[None]]

log = structlog.get_logger(__name__)


class TalkPlatform:
    """Serves the rooms of every server. `router`: the webhooks, to be included in the web app."""

    def __init__(
        self,
        *,
        servers: Iterable[TalkServer],
        inbox: Inbox,
        specs: Sequence[CommandSpec[Any]],
        locale: str | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`locale`: of words that nobody in particular is told; Talk tells nobody's language.

        Raises: InvalidSettings, when two servers share a secret: either could speak for the other's people.
        """
        self._servers: dict[str, TalkServer] = {}
        for server in servers:
            if any(server.secret == other.secret for other in self._servers.values()):
                raise InvalidSettings(
                    _("RECOMMENDARR_NEXTCLOUD_TALK__{name}__SECRET: every Nextcloud needs a secret of its own.").format(
                        name=server.name.upper()
                    )
                )
            self._servers[server.name] = server
        self._inbox = inbox
        self._locale = locale
        self._memory = RoomMemory()
        self._decoders = {
            name: Decoder(server, Addressing(server.bot_name, specs), self._memory)
            for name, server in self._servers.items()
        }
        self._outboxes = {name: Outbox(server) for name, server in self._servers.items()}
        self._chores: dict[str, asyncio.Queue[Chore]] = {name: asyncio.Queue(_CHORES) for name in self._servers}
        self._probes = dict.fromkeys(self._servers, _PROBES)
        self._done: OrderedDict[str, int] = OrderedDict()  # messages sent of an answer that is not finished
        self._watched: OrderedDict[str, None] = OrderedDict()  # incomings that carry the sign of being worked on
        self.router: APIRouter = Webhook(self._servers, self._receive, sleep=sleep).router()

    @property
    def name(self) -> str:
        """ "nextcloud-talk"."""
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        """Text alone: Talk draws neither buttons nor cards for bots."""
        return CAPABILITIES

    async def run(self) -> None:
        """Greet rooms and set reactions, until cancelled; what people say comes through the webhook."""
        log.info("nextcloud talk is ready", servers=sorted(self._servers))
        async with asyncio.TaskGroup() as group:
            for chores in self._chores.values():
                group.create_task(_work(chores))

    async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
        """Write the replies. When it is called again after a failure, it goes on where it stopped.

        Raises: Unavailable, Rejected.
        """
        outbox, room = self._to(incoming.place)
        messages = encode(replies)
        answered = str(envelope.get("message", ""))
        question = answered if envelope.get("written") else None
        opened = self._memory.wrote(incoming.place.room, incoming.author.account, messages, question)
        quoted = int(answered) if answered.isdecimal() and not incoming.place.private else None
        for number in range(self._done.get(incoming.id, 0), len(messages)):
            await outbox.send(
                room,
                messages[number],
                reference=reference_of(incoming.id, number),
                reply_to=quoted if number == 0 else None,
                silent=number > 0,  # one answer calls once
            )
            self._done[incoming.id] = number + 1
            if len(self._done) > _REMEMBERED:
                self._done.popitem(last=False)
        self._done.pop(incoming.id, None)
        if incoming.id in self._watched:
            del self._watched[incoming.id]
            await outbox.unreact(room, answered)
        if opened is not None and opened.question is not None:
            self._offer(incoming.place, opened)

    async def working(self, incoming: Incoming, envelope: Envelope) -> None:
        """Put 👀 on the message, until it is answered; never raises."""
        message = str(envelope.get("message", ""))
        try:
            outbox, room = self._to(incoming.place)
        except Rejected:
            return
        if message.isdecimal():
            self._watched[incoming.id] = None  # before it is there for sure: the answer may come while it is being put
            if len(self._watched) > _REMEMBERED:
                self._watched.popitem(last=False)
            await outbox.react(room, message)

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        """Say something unasked; private words only in a private place. Raises: Unavailable, Rejected."""
        if any(reply.private for reply in replies) and not place.private:
            raise Rejected(SERVICE, _("Private words have no place in a room with several people."))
        outbox, room = self._to(place)
        for number, message in enumerate(encode(replies)):
            await outbox.send(room, message, reference=reference_of(place.room, number, message), silent=number > 0)

    async def _receive(self, server: TalkServer, event: Mapping[str, Any], random: str) -> bool:
        """Keep one event, if it is for the bot. Raises: Unavailable, when it could not be kept."""
        received = self._decoders[server.name].decode(event, random)
        if received is None:
            return True
        if isinstance(received, Joined):
            self._later(server.name, partial(self._greet, server.name, received.room))
            return True
        return await self._inbox.accept(received.incoming, received.envelope)

    async def _greet(self, name: str, room: str) -> None:
        server = self._servers[name]
        with use_locale(self._locale):
            words = _(
                "Hello! I recommend films and series. Write `!recommend` or `!help`, or begin with my name: "
                "“{name}, something funny”. Where I offer a list, write a number or react with 1️⃣, 2️⃣, 3️⃣ …"
            ).format(name=server.bot_name)
        try:
            await self._outboxes[name].send(room, harmless(words), reference=reference_of(name, room, "hello"))
        except RecommendarrError as error:
            # Most often the bot may not write yet; the first answer says more.
            log.warning("a room could not be greeted", server=name, room=room, reason=str(error))

    def _offer(self, place: Place, opened: OpenList) -> None:
        """Set the numbers of a list as reactions to the question, to be tapped on; the id of the list is not known.

        On a server that tells of no reactions they would be dead, and on one that names the wrong person they would be
        picks themselves. Whether it is neither shows when it tells of a reaction of the bot.
        """
        (outbox, room), question = self._to(place), str(opened.question)
        name = place.room.partition("/")[0]
        emojis = [emoji_of(number) for number in range(1, _OFFERED + 1) if str(number) in opened.numbers]

        async def offer() -> None:
            for emoji in emojis:
                if not await outbox.react(room, question, emoji):
                    break

        async def probe() -> None:
            if await outbox.react(room, question):
                await outbox.unreact(room, question)

        if self._decoders[name].honest:
            if len(emojis) > 1:
                self._later(name, offer)
        elif self._probes[name] > 0:
            self._probes[name] -= 1
            self._later(name, probe)

    def _later(self, name: str, chore: Chore) -> None:
        if not self._chores[name].full():
            self._chores[name].put_nowait(chore)

    def _to(self, place: Place) -> tuple[Outbox, str]:
        """Where to write. Raises: Rejected, when the settings name no such server any more."""
        name, _slash, room = place.room.partition("/")
        if place.platform != PLATFORM or name not in self._outboxes or not room.isalnum():
            raise Rejected(SERVICE, _("That room is on no Nextcloud of the settings."))
        return self._outboxes[name], room


async def _work(chores: asyncio.Queue[Chore]) -> None:
    """Do what waits for one server, one after another, for ever."""
    while True:
        chore = await chores.get()
        await chore()
