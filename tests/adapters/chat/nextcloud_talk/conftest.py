"""The adapter behind a real web app and on fake Nextclouds, with an inbox that answers what a test tells it to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from adapters.chat.nextcloud_talk import TalkPlatform, TalkServer, talk_config
from adapters.chat.nextcloud_talk.webhook import PATH
from adapters.http import Http
from bot.chat.command import CommandSpec, Members, command
from bot.chat.fit import fit
from bot.chat.incoming import Incoming, Message
from bot.chat.reply import Reply, Text
from bot.errors import RecommendarrError, Unavailable
from bot.ports.chat import Envelope, Inbox
from tests.fakes.services.clients import impatient_http
from tests.fakes.services.nextcloud_talk import Deliver, FakeNextcloud
from tests.fakes.services.nextcloud_talk_people import PRIVATE_ROOMS, ROOM, SERVER, TalkPeople

Answer = Callable[[Incoming], Sequence[Reply]]


async def _nothing(*_args: Any, **_named: Any) -> Reply:
    return Reply(())


@command("recommend", "Suggest something to watch")
async def recommend(ctx: Any, mood: str | None = None, *, with_: Members = ()) -> Reply:
    """Never run here."""
    return Reply(())


SPECS: tuple[CommandSpec[Any], ...] = (
    recommend,
    CommandSpec("help", "Show what I can do", (), _nothing, False, ("start",)),
    CommandSpec("profile", "What I think you like", (), _nothing, True, ()),
)


def text(*markdown: str) -> Reply:
    """A reply of texts."""
    return Reply(tuple(Text(part) for part in markdown))


@dataclass
class AnsweringInbox:
    """Keeps what is accepted, once per id, and lets the platform answer it. `failures`: of keeping, still to come."""

    answer: Answer
    platform: TalkPlatform | None = None
    accepted: list[tuple[Incoming, Envelope]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    failures: int = 0
    errors: list[RecommendarrError] = field(default_factory=list)

    async def accept(self, incoming: Incoming, envelope: Envelope) -> bool:
        if self.failures:
            self.failures -= 1
            raise Unavailable("storage", "The disk is full.")
        if incoming.id in self.ids:
            return False
        self.ids.add(incoming.id)
        self.accepted.append((incoming, envelope))
        await self.again(len(self.accepted) - 1)
        return True

    async def again(self, number: int) -> None:
        """Have an incoming answered, or answered once more."""
        incoming, envelope = self.accepted[number]
        assert self.platform is not None
        replies = [fitted for reply in self.answer(incoming) for fitted in fit(reply, self.platform.capabilities)]
        try:
            await self.platform.answer(incoming, envelope, replies)
        except RecommendarrError as error:
            self.errors.append(error)

    @property
    def heard(self) -> list[Message]:
        return [incoming for incoming, _envelope in self.accepted if isinstance(incoming, Message)]

    @property
    def words(self) -> list[str]:
        return [message.text for message in self.heard]


@dataclass
class Stage:
    """Everything a test needs."""

    cloud: FakeNextcloud
    people: TalkPeople
    inbox: AnsweringInbox
    platform: TalkPlatform
    web: httpx.AsyncClient
    slept: list[float]


def talk_server(http: Http, cloud: FakeNextcloud, name: str = SERVER, **changed: Any) -> TalkServer:
    """The fake as the settings of the bot name it."""
    options: dict[str, Any] = {"rooms": frozenset([ROOM]), "private_rooms": frozenset(PRIVATE_ROOMS)} | changed
    client = http.service(talk_config(cloud.url, cloud.secret))
    return TalkServer(name=name, url=cloud.url, client=client, secret=cloud.secret, **options)


def delivering(web: httpx.AsyncClient, name: str = SERVER) -> Deliver:
    """Posts webhooks to the path of that server."""

    async def deliver(body: bytes, headers: Mapping[str, str]) -> int:
        return (await web.post(f"{PATH}/{name}", content=body, headers=dict(headers))).status_code

    return deliver


@asynccontextmanager
async def served(inbox: Inbox, servers: Sequence[TalkServer], **extra: Any) -> AsyncIterator[Any]:
    """A platform that runs, and a client of the web app with its webhooks."""
    platform = TalkPlatform(servers=servers, inbox=inbox, specs=extra.pop("specs", SPECS), **extra)
    app = FastAPI()
    app.include_router(platform.router)
    transport = httpx.ASGITransport(app)
    running = asyncio.create_task(platform.run())
    async with httpx.AsyncClient(transport=transport, base_url="http://web") as web:
        try:
            yield platform, web
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@asynccontextmanager
async def staged(
    answer: Answer = lambda _incoming: (), *, cloud: FakeNextcloud | None = None, **server: Any
) -> AsyncIterator[Stage]:
    """A bot on one fake Nextcloud; what was said to it is held against its description at the end."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async with AsyncExitStack() as stack:
        cloud = await stack.enter_async_context(cloud or FakeNextcloud())
        http = await stack.enter_async_context(impatient_http())
        inbox = AnsweringInbox(answer)
        servers = [talk_server(http, cloud, **server)]
        inbox.platform, web = await stack.enter_async_context(served(inbox, servers, sleep=sleep))
        cloud.deliver = delivering(web)
        assert inbox.platform is not None
        yield Stage(cloud, TalkPeople(cloud, SPECS), inbox, inbox.platform, web, slept)
        cloud.server.assert_clean()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A bot that answers nothing until the test says what."""
    async with staged() as made:
        yield made
