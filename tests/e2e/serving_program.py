"""`recommendarr run` with a platform made of files instead of the configured one, to be signalled and killed.

The platform says what it finds in `say`, a line each, and writes what people got to see into `heard`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import bot.bootstrap_platforms
from bot.__main__ import main
from bot.bootstrap_platforms import Running
from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Author, Incoming, Message, Place
from bot.chat.reply import Reply
from bot.ports.chat import Envelope, Inbox
from tests.fakes.chat import CAPABILITIES


class LinePlatform:
    """One line in, one line out; an answer waits until the file `answers` is there."""

    name = "telegram"
    capabilities: Capabilities = CAPABILITIES

    def __init__(self, folder: Path, inbox: Inbox) -> None:
        self._folder = folder
        self._inbox = inbox

    async def run(self) -> None:
        author, place = Author(self.name, "42", "Anna"), Place(self.name, "room", private=True)
        taken = 0
        while True:
            lines = self._read("say")
            for number, line in enumerate(lines[taken:], taken):
                await self._inbox.accept(Message(str(number), place, author, line), {})
                self._write("accepted", str(number))
            taken = len(lines)
            await asyncio.sleep(0.01)

    async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
        self._write("answering", incoming.id)
        while not self._read("answers"):  # noqa: ASYNC110 - the test writes it
            await asyncio.sleep(0.01)
        self._write("heard", f"{incoming.id} {len(replies)}")

    async def working(self, incoming: Incoming, envelope: Envelope) -> None:
        pass

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        raise NotImplementedError

    def _read(self, name: str) -> list[str]:
        path = self._folder / name
        return path.read_text().splitlines() if path.exists() else []

    def _write(self, name: str, line: str) -> None:
        with (self._folder / name).open("a") as file:
            file.write(line + "\n")


async def _open_platforms(running: Running, stack: AsyncExitStack) -> None:
    running.attach(LinePlatform(Path.cwd(), running.delivery))


if __name__ == "__main__":
    bot.bootstrap_platforms._open_platforms = _open_platforms
    sys.argv[0] = "recommendarr"
    main()
