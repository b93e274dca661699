"""A program to be killed: the real inbox on the real database, with a platform made of files.

`updates.json` holds what people do; `confirmed` the ids that the platform need not send again; `heard.jsonl` what
people got to see, one line an answer. Appending a line is one system call, so a kill falls before or after it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
from collections.abc import Sequence
from pathlib import Path

import structlog

from adapters.clock import SystemClock
from adapters.storage import open_storage
from bot.chat.capabilities import Capabilities
from bot.chat.codec import decode_incoming
from bot.chat.incoming import Incoming, Place, Press
from bot.chat.reply import Reply, Text
from bot.delivery import Delivery, DeliveryConfig
from bot.errors import Unavailable, UserFacing
from bot.ports.chat import Envelope, Say
from bot.ports.storage import UnitOfWorkFactory
from bot.services.actions import ActionsService
from tests.fakes.chat import CAPABILITIES

CONFIG = DeliveryConfig(first_pause=0.005, last_pause=0.02, working_after=0.001, max_attempts=100)
PAUSE = 0.004  # seconds at most between two steps, so that kills find each of them


def append(path: Path, line: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, (line + "\n").encode())
    os.close(descriptor)


class FilePlatform:
    """Sends what was not confirmed, as often as it is started; some answers fail at first."""

    name = "fake"
    capabilities: Capabilities = CAPABILITIES

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def feed(self, delivery: Delivery) -> None:
        done = self._folder / "confirmed"
        confirmed = set(done.read_text().split()) if done.exists() else set()
        for data in json.loads((self._folder / "updates.json").read_text()):
            incoming = decode_incoming(data)
            if incoming.id not in confirmed:
                await delivery.accept(incoming, {"id": incoming.id})
                await pause()
                append(done, incoming.id)

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
        assert envelope == {"id": incoming.id}
        await pause()
        if random.random() < 0.2:
            raise Unavailable("fake", "The platform is busy.")
        said = [part.markdown for reply in replies for part in reply.parts if isinstance(part, Text)]
        append(self._folder / "heard.jsonl", json.dumps([incoming.id, " ".join(said)]))
        await pause()

    async def working(self, incoming: Incoming, envelope: Envelope) -> None:
        await pause()

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        raise NotImplementedError


async def pause() -> None:
    await asyncio.sleep(random.random() * PAUSE)


class Buttons:
    """Does what a button for one use stands for."""

    def __init__(self, uow: UnitOfWorkFactory, clock: SystemClock) -> None:
        self._uow = uow
        self._actions = ActionsService(uow)
        self._clock = clock

    async def __call__(
        self, incoming: Incoming, capabilities: Capabilities, say: Say | None = None
    ) -> tuple[Reply, ...]:
        await pause()
        if not isinstance(incoming, Press):
            return (Reply((Text(f"heard {incoming.id}"),)),)
        now = self._clock.now()
        async with self._uow() as uow:
            (member,) = await uow.members.all()
        try:
            action = await self._actions.redeem(
                incoming.token, member_id=member.id, place=incoming.place, now=now, by=incoming.id
            )
        except UserFacing:
            return (Reply((Text("refused"),)),)
        await pause()
        async with self._uow() as uow:
            await uow.quizzes.weigh(member.id, {str(action.args["genre"]): 1.0})
            await pause()
            await uow.commit()
        return (Reply((Text(f"done {action.args['genre']}"),)),)


async def main(folder: Path) -> None:
    clock, platform = SystemClock(), FilePlatform(folder)
    async with open_storage(folder, clock=clock) as uow:
        delivery = Delivery(uow, Buttons(uow, clock), clock, config=CONFIG)
        delivery.attach(platform)
        async with asyncio.TaskGroup() as group:
            group.create_task(delivery.run())
            await platform.feed(delivery)
            while delivery.waiting or not delivery.tidied:  # noqa: ASYNC110 - only the first start lasts
                await asyncio.sleep(PAUSE)
            delivery.close()


def start(folder: str, seed: int) -> None:
    """The program."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    random.seed(seed)
    asyncio.run(main(Path(folder)))
