"""The real library and adapter on the fake Bot API, with an inbox that answers what a test tells it to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from adapters.chat.telegram.platform import TelegramPlatform
from bot.chat.command import CommandSpec, Members, TitleName, command
from bot.chat.incoming import Author, Incoming
from bot.chat.reply import Reply
from bot.errors import RecommendarrError, Unavailable
from bot.ports.chat import Envelope
from tests.fakes.services.telegram import TOKEN, FakeTelegram
from tests.fakes.services.telegram_people import ROOM, TelegramPeople

Answer = Callable[[Incoming], Sequence[Reply]]


async def _nothing(*_args: Any, **_named: Any) -> Reply:
    return Reply(())


def _spec(name: str, text: str, *, private: bool = False, aliases: tuple[str, ...] = ()) -> CommandSpec[Any]:
    return CommandSpec(name, text, (), _nothing, private, aliases)


@command("search", "Look a title up")
async def search(ctx: Any, title: TitleName) -> Reply:
    """Never run here."""
    return Reply(())


@command("recommend", "Suggest something to watch")
async def recommend(ctx: Any, mood: str | None = None, *, with_: Members = ()) -> Reply:
    """Never run here."""
    return Reply(())


SPECS: tuple[CommandSpec[Any], ...] = (
    recommend,
    search,
    _spec("help", "Show what I can do", aliases=("start",)),
    _spec("profile", "What I think you like", private=True),
    _spec("link", "Link your account", private=True),
)


@dataclass
class AnsweringInbox:
    """Keeps what is accepted, once per id, and lets the platform answer it. `failures`: of keeping, still to come."""

    answer: Answer
    platform: TelegramPlatform | None = None
    accepted: list[tuple[Incoming, Envelope]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    failures: int = 0
    repeats: int = 0
    errors: list[RecommendarrError] = field(default_factory=list)

    async def accept(self, incoming: Incoming, envelope: Envelope) -> bool:
        if self.failures:
            self.failures -= 1
            raise Unavailable("storage", "The disk is full.")
        if incoming.id in self.ids:
            self.repeats += 1
            return False
        self.ids.add(incoming.id)
        self.accepted.append((incoming, envelope))
        assert self.platform is not None
        try:
            await self.platform.answer(incoming, envelope, self.answer(incoming))
        except RecommendarrError as error:
            self.errors.append(error)
        return True

    @property
    def heard(self) -> list[Incoming]:
        return [incoming for incoming, _envelope in self.accepted]


@dataclass
class Stage:
    """Everything a test needs."""

    telegram: FakeTelegram
    people: TelegramPeople
    inbox: AnsweringInbox
    platform: TelegramPlatform
    slept: list[float]
    titles: Callable[[Author, str], Awaitable[Sequence[tuple[str, str]]]]
    run: asyncio.Task[None] | None = None

    async def started(self) -> None:
        self.run = asyncio.create_task(self.platform.run())

    async def stopped(self) -> None:
        if self.run is not None:
            self.run.cancel()
            await asyncio.gather(self.run, return_exceptions=True)
            self.run = None


async def no_titles(_author: Author, _typed: str) -> Sequence[tuple[str, str]]:
    return ()


@asynccontextmanager
async def staged(
    answer: Answer = lambda _incoming: (),
    *,
    titles: Callable[[Author, str], Awaitable[Sequence[tuple[str, str]]]] = no_titles,
    chats: Sequence[int] = (ROOM,),
    start: bool = True,
    **extra: Any,
) -> AsyncIterator[Stage]:
    """A bot on the fake Telegram; what was said to Telegram is held against its description at the end."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async with FakeTelegram() as telegram:
        people = TelegramPeople(telegram, SPECS)
        inbox = AnsweringInbox(answer)
        async with TelegramPlatform(
            token=TOKEN,
            inbox=inbox,
            specs=SPECS,
            complete_title=titles,
            chats=chats,
            base_url=telegram.base_url,
            sleep=sleep,
            **extra,
        ) as platform:
            inbox.platform = platform
            stage = Stage(telegram, people, inbox, platform, slept, titles)
            if start:
                await stage.started()
            try:
                yield stage
            finally:
                await stage.stopped()
        telegram.server.assert_clean()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A bot that answers nothing until the test says what."""
    async with staged() as made:
        yield made
