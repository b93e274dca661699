"""The real platform against the played Discord, with an inbox whose answers a test writes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from adapters.chat.discord import DiscordPlatform
from bot.chat.fit import fit
from bot.chat.incoming import Author, Incoming
from bot.chat.reply import Reply, Text
from bot.commands import COMMANDS
from bot.commands.context import Command
from bot.errors import RecommendarrError, Rejected, Unavailable
from bot.ports.chat import Envelope
from tests.fakes.services.discord import TOKEN, FakeDiscord

Script = Callable[[Incoming], Sequence[Reply]]


class ScriptedInbox:
    """Keeps what comes in and answers it by a script, in order; `errors` holds what went wrong while sending.

    `full`: nothing is accepted. `paused`: accepted, and answered by whoever calls `answer_next`.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.accepted: list[Incoming] = []
        self.envelopes: list[Envelope] = []
        self.errors: list[RecommendarrError] = []
        self.full = False
        self.paused = False
        self._waiting: asyncio.Queue[int] = asyncio.Queue()
        self._arrived = asyncio.Condition()

    async def accept(self, incoming: Incoming, envelope: Envelope) -> bool:
        if self.full:
            raise Unavailable("recommendarr", "I have too much to do right now.")
        if any(known.id == incoming.id for known in self.accepted):
            return False
        async with self._arrived:
            self.accepted.append(incoming)
            self.envelopes.append(envelope)
            self._arrived.notify_all()
        if not self.paused:
            self._waiting.put_nowait(len(self.accepted) - 1)
        return True

    async def received(self, n: int = 1) -> list[Incoming]:
        """Wait until so many were accepted."""
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(lambda: len(self.accepted) >= n)
        return self.accepted

    async def work(self, platform: DiscordPlatform) -> None:
        while True:
            number = await self._waiting.get()
            try:
                await self.answer(platform, number)
            except RecommendarrError as error:
                self.errors.append(error)

    async def answer(self, platform: DiscordPlatform, number: int = -1) -> None:
        """Answer one of those accepted."""
        incoming = self.accepted[number]
        replies = [one for reply in self.script(incoming) for one in fit(reply, platform.capabilities)]
        await platform.answer(incoming, self.envelopes[number], replies)


@dataclass(frozen=True, slots=True)
class Chat:
    """Everything about one conversation."""

    fake: FakeDiscord
    inbox: ScriptedInbox
    platform: DiscordPlatform


def say(text: str, **more: Any) -> Sequence[Reply]:
    """One reply of one text."""
    return [Reply((Text(text),), **more)]


async def nothing(author: Author, text: str) -> Sequence[tuple[str, str]]:
    """Completes no title."""
    return ()


@asynccontextmanager
async def talking(
    script: Script = lambda _incoming: say("Hello."),
    *,
    token: str = TOKEN,
    free_text: bool = False,
    specs: Sequence[Command] = COMMANDS,
    complete_title: Callable[..., Any] = nothing,
    fake: FakeDiscord | None = None,
) -> AsyncIterator[Chat]:
    """The platform runs while the block does; at its end all that was sent is held to Discord's rules."""
    inbox = ScriptedInbox(script)
    async with fake or FakeDiscord() as discord, asyncio.TaskGroup() as group:
        platform = DiscordPlatform(
            token=token,
            guilds=[discord.guild],
            free_text=free_text,
            specs=specs,
            complete_title=complete_title,
            inbox=inbox,
        )
        tasks = [group.create_task(platform.run()), group.create_task(inbox.work(platform))]
        await discord.gateway.connected()
        yield Chat(discord, inbox, platform)
        for task in tasks:
            task.cancel()
    discord.assert_clean()


__all__ = ["Chat", "Rejected", "ScriptedInbox", "say", "talking"]
