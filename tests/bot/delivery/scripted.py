"""A platform and a handler that do as the test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Author, CommandCall, Incoming, Message, Place, Press
from bot.chat.reply import Reply, Text
from bot.delivery import Delivery, DeliveryConfig, Limits
from bot.delivery.delivery import Handle
from bot.errors import RecommendarrError
from bot.ports.chat import Envelope, Say
from bot.ports.storage import UnitOfWorkFactory
from tests.fakes.chat import CAPABILITIES
from tests.fakes.clock import FakeClock

QUICK = DeliveryConfig(first_pause=0.0, last_pause=0.0, working_after=0.0)


def say(id: str, text: str = "hello", *, room: str = "room", account: str = "1", platform: str = "fake") -> Message:
    return Message(id, Place(platform, room), Author(platform, account, "Anna", "en"), text)


def press(id: str, token: str = "t", *, room: str = "room", account: str = "1") -> Press:
    return Press(id, Place("fake", room), Author("fake", account, "Anna", "en"), token)


def call(id: str, name: str = "help") -> CommandCall:
    return CommandCall(id, Place("fake", "room"), Author("fake", "1", "Anna"), name)


def words(replies: Sequence[Reply]) -> str:
    return " ".join(part.markdown for reply in replies for part in reply.parts if isinstance(part, Text))


class Scripted:
    """The platform's far end: `heard` is what people got to see, as (incoming id, words)."""

    name = "fake"
    capabilities: Capabilities = replace(CAPABILITIES)

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.envelopes: list[Envelope] = []
        self.worked_on: list[str] = []
        self.failures: list[RecommendarrError | Exception] = []  # raised by the next answers, first first
        self._news = asyncio.Event()

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.heard.append((incoming.id, words(replies)))
        self.envelopes.append(envelope)
        self._news.set()

    async def working(self, incoming: Incoming, envelope: Envelope) -> None:
        self.worked_on.append(incoming.id)

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        raise NotImplementedError

    async def until_heard(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.heard) < count:
                self._news.clear()
                await self._news.wait()


class Echo:
    """A handler: answers with what was said. `gate`: rooms in which answers wait until the event is set."""

    def __init__(self) -> None:
        self.handled: list[str] = []
        self.gate: dict[str, asyncio.Event] = {}
        self.side_by_side = 0
        self.most_side_by_side = 0

    async def __call__(
        self, incoming: Incoming, capabilities: Capabilities, say: Say | None = None
    ) -> tuple[Reply, ...]:
        self.handled.append(incoming.id)
        self.side_by_side += 1
        self.most_side_by_side = max(self.most_side_by_side, self.side_by_side)
        try:
            if waits := self.gate.get(incoming.place.room):
                await waits.wait()
            await asyncio.sleep(0)
        finally:
            self.side_by_side -= 1
        return (Reply((Text(incoming.text if isinstance(incoming, Message) else "done"),)),)


@asynccontextmanager
async def delivering(
    storage: UnitOfWorkFactory,
    platform: Scripted,
    handle: Handle,
    clock: FakeClock,
    *,
    limits: Limits | None = None,
    config: DeliveryConfig = QUICK,
    killed: bool = False,
) -> AsyncIterator[Delivery]:
    """A delivery that runs for the length of the block and then is closed; `killed`: cut off wherever it is."""
    delivery = Delivery(storage, handle, clock, limits=limits, config=config)
    delivery.attach(platform)
    task = asyncio.create_task(delivery.run())
    try:
        yield delivery
        if not killed:
            delivery.close()
            async with asyncio.timeout(10):
                await task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
