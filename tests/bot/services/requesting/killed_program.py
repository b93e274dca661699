"""A process that serves one press and may be killed at any moment; it prints what people are told, a line each.

Arguments: the home, the address of Seerr, how many minutes after noon it is, and the token to press or nothing.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from adapters.media.seerr import SeerrRequester, seerr_config
from adapters.storage import open_storage
from bot.chat.incoming import Author, Incoming, Place, Press
from bot.chat.reply import Reply
from bot.delivery import Delivery
from bot.ports.chat import Envelope
from bot.ports.storage_requests import FilingState
from tests.bot.services.requesting.house import ROOM, House, said, world
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.seerr import SeerrService


def tell(kind: str, replies: Sequence[Reply]) -> None:
    for reply in replies:
        print(kind, said(reply).replace("\n", " "), flush=True)


async def serve(home: Path, url: str, minutes: int, token: str | None) -> None:
    """Until everything that was accepted is answered, and every request has an outcome that was told."""
    clock = FakeClock(NOON + timedelta(minutes=minutes))
    async with open_storage(home, clock=clock) as uow, impatient_http() as http:
        known = world()
        house = House(uow, clock, SeerrService(known), SeerrRequester(http.service(seerr_config(url, known.key))))

        class Printing(type(house.platform)):  # type: ignore[misc]  # a class by its instance
            async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
                print("ANSWERING", flush=True)
                await asyncio.to_thread(sys.stdin.readline)  # the moment to be killed in
                tell("ANSWER", replies)

            async def send(self, place: Place, replies: Sequence[Reply]) -> None:
                tell("NOTICE", replies)

        house.platform = Printing(house._nothing)
        house.restart()
        delivery = Delivery(uow, house.dispatch.handle, clock)
        delivery.attach(house.platform)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(delivery.run())
            if token:
                press = Press("press", ROOM, Author("fake", "Anna", "Anna"), token)
                await delivery.accept(press, {})
            await asyncio.sleep(0)
            delivery.close()
            await running
            while True:
                await house.requests.follower.look()
                await house.courier.send_due()
                async with uow() as opened:
                    left = [each for each in await opened.filings.open() if each.state is FilingState.SENDING]
                if not left:
                    break
        print("DONE", flush=True)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None))
