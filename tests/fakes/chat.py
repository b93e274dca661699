"""A chat platform without people: tests say what comes in, and read what went out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Incoming, Place
from bot.chat.reply import Reply
from bot.errors import Unavailable
from bot.ports.chat import Envelope, Handler

CAPABILITIES = Capabilities(
    max_text=4000,
    max_caption=1000,
    button_rows=5,
    buttons_per_row=5,
    token_bytes=64,
    cards=True,
    images=True,
    edits=True,
    private=True,
    native_commands=True,
    reactions=True,
)


class FakeChatPlatform:
    """Hands `say` to the handler while it runs, and keeps every reply under the place it went to."""

    name = "fake"

    def __init__(self, handler: Handler, capabilities: Capabilities = CAPABILITIES) -> None:
        self.capabilities = capabilities
        self.sent: list[tuple[Place, Reply]] = []
        self._handler = handler
        self._incoming: asyncio.Queue[Incoming | None] = asyncio.Queue()
        self.down = False

    async def run(self) -> None:
        while (incoming := await self._incoming.get()) is not None:
            await self.send(incoming.place, await self._handler(incoming))

    async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
        await self.send(incoming.place, replies)

    async def working(self, incoming: Incoming, envelope: Envelope) -> None:
        """Nobody looks."""

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        if self.down:
            raise Unavailable(self.name, "The chat platform cannot be reached.")
        self.sent += [(place, reply) for reply in replies]

    def say(self, incoming: Incoming) -> None:
        """Somebody says or presses something."""
        self._incoming.put_nowait(incoming)

    def leave(self) -> None:
        """The person leaves once everything said so far is answered."""
        self._incoming.put_nowait(None)
