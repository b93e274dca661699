"""The demo household behind the whole application: real storage, real vectors, real embedder."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.chat.terminal.decode import decode_line, room, speaker
from adapters.chat.terminal.encode import CAPABILITIES, encode_json
from adapters.demo.household import DemoHousehold
from bot.bootstrap import Application, open_application, open_core, open_indexing
from bot.chat.reply import Card, Reply
from bot.services.sync import Sources, SyncService
from bot.settings import Settings


def settings_for(home: Path) -> Settings:
    """Settings that read nothing but the home."""
    return Settings(_env_file=None, home=home)  # type: ignore[call-arg]  # pydantic-settings takes it


class Talk:
    """One person's conversation with the running application."""

    def __init__(self, application: Application, account: str, conversation: str) -> None:
        self.application = application
        self._handler = application.handler(CAPABILITIES)
        self._author = speaker(account)
        self._place = room(conversation)
        self._said = 0

    async def say(self, text: str) -> tuple[Reply, ...]:
        """Say one thing; the replies as they reach the terminal."""
        self._said += 1
        return tuple(await self._handler(decode_line(text, str(self._said), self._place, self._author)))

    async def cards(self, text: str) -> list[Card]:
        """Say one thing; the cards of the answer."""
        return [part for reply in await self.say(text) for part in reply.parts if isinstance(part, Card)]

    async def text(self, text: str) -> str:
        """Say one thing; everything in the answer as JSON text, to look for words in."""
        return json.dumps(encode_json(await self.say(text)), ensure_ascii=False)


@pytest.fixture(scope="session")
def demo_template(models_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo household moved in and indexed; to be copied."""
    import asyncio

    home = tmp_path_factory.mktemp("demo") / "home"
    home.mkdir()
    (home / "models").symlink_to(models_dir, target_is_directory=True)

    async def prepare() -> None:
        async with open_core(settings_for(home)) as core:
            household = DemoHousehold(core.clock)
            await SyncService(core.uow, core.clock, Sources((household,), (household,))).run()
            async with open_indexing(core) as indexing:
                await indexing.run()

    asyncio.run(prepare())
    return home


@pytest.fixture
def demo_home(demo_template: Path, tmp_path: Path) -> Path:
    """A home of this test's own."""
    home = tmp_path / "demo"
    shutil.copytree(demo_template, home, symlinks=True)
    return home


class Household:
    """Opens the application on one home, as often as a test wants."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def open(self) -> AbstractAsyncContextManager[Application]:
        """The application, until the block ends."""
        return open_application(settings_for(self.home))

    @asynccontextmanager
    async def talking(self, *names: str, conversation: str = "home") -> AsyncIterator[Sequence[Talk]]:
        """A conversation for each of these people."""
        async with self.open() as application:
            talks = []
            for name in names:
                member = await application.services.accounts.link_terminal(name, application.clock.now())
                talks.append(Talk(application, member.name, conversation))
            yield talks


@pytest.fixture
def household(demo_home: Path) -> Household:
    """The demo household, ready to be opened."""
    return Household(demo_home)


def watched(home: Path, name: str) -> set[tuple[str, int]]:
    """(title, year) of everything that a demo person has watched, from the embedded data."""
    people: list[dict[str, Any]] = json.loads(
        (Path(__file__).parents[2] / "adapters" / "demo" / "data" / "people.json").read_text("utf-8")
    )
    (person,) = (person for person in people if person["name"] == name)
    return {(watch["title"], watch["year"]) for watch in person["watches"]}
