"""The whole application on every platform: real settings, storage, engine and platform library, a played service.

The demo household is at home: anna is Anna, ben is Jonas (who reads German), cleo is Mia (who is twelve). Nobody knows
zoe. With a request service, dora is Claire, who decides on requests. What was sent is held to the service's official
description at the end.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from adapters.web import build_app
from bot.bootstrap import Application, open_application
from bot.bootstrap_platforms import Running, open_running
from bot.commands import COMMANDS
from bot.model.members import LinkedAccount
from bot.settings import Settings
from tests.adapters.chat.nextcloud_talk.conftest import delivering
from tests.e2e.platforms.driver import ChatDriver, Drawn
from tests.e2e.platforms.request_service import PLEX, RequestService
from tests.e2e.platforms.terminal import TerminalPeople
from tests.fakes.services import nextcloud_talk, telegram
from tests.fakes.services.discord import TOKEN, FakeDiscord
from tests.fakes.services.nextcloud_talk import FakeNextcloud
from tests.fakes.services.nextcloud_talk_people import PRIVATE_ROOMS, SERVER, TalkPeople
from tests.fakes.services.nextcloud_talk_people import ROOM as TALK_ROOM
from tests.fakes.services.telegram import FakeTelegram
from tests.fakes.services.telegram_people import ROOM as TELEGRAM_ROOM
from tests.fakes.services.telegram_people import TelegramPeople

PLATFORMS = ("terminal", "discord", "telegram", "nextcloud-talk")
HOUSEHOLD = {"anna": "Anna", "ben": "Jonas", "cleo": "Mia"}
ADMIN = {"dora": "Claire"}


@dataclass(frozen=True, slots=True)
class Stage:
    """`service`: what plays the platform; None on the terminal. `notes`: what people wrote down to say it later;
    `read`: what somebody had before them somewhere when they last did something there."""

    driver: ChatDriver
    application: Application
    service: Any = None
    running: Running | None = None
    requests: RequestService | None = None
    notes: dict[str, str] = field(default_factory=dict)
    read: dict[tuple[str, str], list[Drawn]] = field(default_factory=dict)

    async def comes(self) -> None:
        """What was asked for last is there, as the request service tells by its webhook."""
        assert self.requests is not None
        assert self.running is not None
        async with _web(self.running) as web:
            await self.requests.comes(web)

    async def settled(self) -> None:
        """Everything that was received is answered."""
        while self.running is not None and self.running.delivery.waiting:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.005)

    @property
    def pings(self) -> list[str]:
        """Everybody whom a message of the bot notified."""
        return list(getattr(self.service, "pings", ()))


def settings_for(home: Path, **sections: Any) -> Settings:
    """Settings that read nothing but the home."""
    return Settings(_env_file=None, home=home, **sections)  # type: ignore[call-arg]  # read by pydantic


@asynccontextmanager
async def stage(
    platform: str, home: Path, *, requests: RequestService | None = None, **sections: Any
) -> AsyncIterator[Stage]:
    """The application on one platform, answering until the block ends. `requests`: what it files requests with."""
    makers = {
        "terminal": _terminal,
        "discord": _discord,
        "telegram": _telegram,
        "nextcloud-talk": _talk,
    }
    async with AsyncExitStack() as stack:
        if requests is not None:
            await stack.enter_async_context(requests.server)
            sections |= requests.settings
        here = await stack.enter_async_context(makers[platform](home, sections))
        if requests is None:
            yield here
            return
        await link(here.application, here.driver, ADMIN)
        await _sign_in_to_requests(here.application)
        assert here.running is not None
        async with _looking_after(here.running):
            yield replace(here, requests=requests)
        requests.server.assert_clean()


@asynccontextmanager
async def _terminal(home: Path, sections: dict[str, Any]) -> AsyncIterator[Stage]:
    sections |= {"admins": ["terminal:dora"]}
    async with open_application(settings_for(home, **sections)) as application:
        driver = TerminalPeople(application)
        await link(application, driver)
        async with open_running(application) as running:
            try:
                yield Stage(driver, application, None, running)
            finally:
                gc.unfreeze()


@asynccontextmanager
async def _discord(home: Path, sections: dict[str, Any]) -> AsyncIterator[Stage]:
    async with FakeDiscord() as fake:
        sections |= {"discord": {"token": TOKEN, "guilds": [fake.guild]}}
        sections |= {"admins": [f"discord:{fake.account('dora')}"]}
        async with open_application(settings_for(home, **sections)) as application:
            await link(application, fake)
            async with open_running(application) as running, answering(running):
                await fake.gateway.connected()
                yield Stage(fake, application, fake, running)
        fake.assert_clean()


@asynccontextmanager
async def _telegram(home: Path, sections: dict[str, Any]) -> AsyncIterator[Stage]:
    async with FakeTelegram() as fake:
        driver = TelegramPeople(fake, COMMANDS)
        sections |= {"telegram": {"token": telegram.TOKEN, "chats": [TELEGRAM_ROOM], "base_url": fake.base_url}}
        sections |= {"admins": [f"telegram:{driver.account('dora')}"]}
        async with open_application(settings_for(home, **sections)) as application:
            await link(application, driver)
            async with open_running(application) as running, answering(running):
                yield Stage(driver, application, fake, running)
        fake.server.assert_clean()


@asynccontextmanager
async def _talk(home: Path, sections: dict[str, Any]) -> AsyncIterator[Stage]:
    async with FakeNextcloud() as cloud:
        driver = TalkPeople(cloud, COMMANDS)
        server = {"url": cloud.url, "secret": nextcloud_talk.SECRET, "rooms": [TALK_ROOM]}
        server["private_rooms"] = list(PRIVATE_ROOMS)
        sections |= {"nextcloud_talk": {SERVER: server}, "admins": [f"nextcloud-talk:{driver.account('dora')}"]}
        async with open_application(settings_for(home, **sections)) as application:
            await link(application, driver)
            async with open_running(application) as running, _web(running) as web, answering(running):
                cloud.deliver = delivering(web)
                yield Stage(driver, application, cloud, running)
        cloud.server.assert_clean()


def _web(running: Running) -> httpx.AsyncClient:
    """A client of the application's own web server."""
    app = build_app(statuses=tuple, meter=running.meter, routers=running.routers)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")


async def link(application: Application, driver: ChatDriver, people: Mapping[str, str] = HOUSEHOLD) -> None:
    """Tell the bot who is who."""
    async with application.uow() as uow:
        for user, name in people.items():
            member = await uow.members.by_name(name)
            assert member is not None
            account = LinkedAccount(member.id, driver.platform, driver.account(user), application.clock.now())
            await uow.members.link(account)
        await uow.commit()


async def _sign_in_to_requests(application: Application) -> None:
    """Everybody has the media-server account with which the request service knows them."""
    async with application.uow() as uow:
        for name, plex in PLEX.items():
            member = await uow.members.by_name(name)
            assert member is not None
            await uow.members.link(LinkedAccount(member.id, "plex", str(plex), application.clock.now()))
        await uow.commit()


@asynccontextmanager
async def _looking_after(running: Running) -> AsyncIterator[None]:
    """What runs by itself beside the platforms: jobs, the schedule, notices."""
    tasks = [asyncio.ensure_future(service.run()) for service in running.extra]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def answering(running: Running) -> AsyncIterator[None]:
    """The inbox and the platforms at work. At the end everything in hand is finished."""
    tasks = [asyncio.create_task(platform.run()) for platform in running.platforms]
    inbox = asyncio.create_task(running.delivery.run())
    try:
        yield
        running.delivery.close()
        async with asyncio.timeout(20):
            await inbox
    finally:
        for task in (*tasks, inbox):
            task.cancel()
        await asyncio.gather(*tasks, inbox, return_exceptions=True)
        gc.unfreeze()
