"""The whole application on every platform: real settings, storage, engine and platform library, a played service.

The demo household is at home: anna is Anna, ben is Jonas (who reads German), cleo is Mia (who is twelve). Nobody knows
zoe. What was sent is held to the service's official description at the end.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
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
from tests.e2e.platforms.driver import ChatDriver
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


@dataclass(frozen=True, slots=True)
class Stage:
    """`service`: what plays the platform; None on the terminal."""

    driver: ChatDriver
    application: Application
    service: Any = None
    running: Running | None = None
    happens: Mapping[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)  # what scenes bring about

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


def stage(platform: str, home: Path, **sections: Any) -> AbstractAsyncContextManager[Stage]:
    """The application on one platform, answering until the block ends. `administrators`: people who are."""
    makers = {
        "terminal": _terminal,
        "discord": _discord,
        "telegram": _telegram,
        "nextcloud-talk": _talk,
    }
    return makers[platform](home, sections)


@asynccontextmanager
async def _terminal(home: Path, sections: dict[str, Any]) -> AsyncIterator[Stage]:
    sections["admins"] = [f"terminal:{user}" for user in sections.pop("administrators", ())]
    async with open_application(settings_for(home, **sections)) as application:
        driver = TerminalPeople(application)
        await link(application, driver)
        yield Stage(driver, application)


@asynccontextmanager
async def _discord(home: Path, sections: dict[str, Any]) -> AsyncIterator[Stage]:
    async with FakeDiscord() as fake:
        discord = {"token": TOKEN, "guilds": [fake.guild]}
        appoint(sections, fake)
        async with open_application(settings_for(home, discord=discord, **sections)) as application:
            await link(application, fake)
            async with open_running(application) as running, answering(running):
                await fake.gateway.connected()
                yield Stage(fake, application, fake, running)
        fake.assert_clean()


@asynccontextmanager
async def _telegram(home: Path, sections: dict[str, Any]) -> AsyncIterator[Stage]:
    async with FakeTelegram() as fake:
        settings = {"token": telegram.TOKEN, "chats": [TELEGRAM_ROOM], "base_url": fake.base_url}
        driver = TelegramPeople(fake, COMMANDS)
        appoint(sections, driver)
        async with open_application(settings_for(home, telegram=settings, **sections)) as application:
            await link(application, driver)
            async with open_running(application) as running, answering(running):
                yield Stage(driver, application, fake, running)
        fake.server.assert_clean()


@asynccontextmanager
async def _talk(home: Path, sections: dict[str, Any]) -> AsyncIterator[Stage]:
    async with FakeNextcloud() as cloud:
        server = {"url": cloud.url, "secret": nextcloud_talk.SECRET, "rooms": [TALK_ROOM]}
        server["private_rooms"] = list(PRIVATE_ROOMS)
        driver = TalkPeople(cloud, COMMANDS)
        appoint(sections, driver)
        settings = settings_for(home, nextcloud_talk={SERVER: server}, **sections)
        async with open_application(settings) as application:
            await link(application, driver)
            async with open_running(application) as running:
                app = build_app(statuses=tuple, meter=running.meter, routers=running.routers)
                transport = httpx.ASGITransport(app)
                async with httpx.AsyncClient(transport=transport, base_url="http://bot") as web, answering(running):
                    cloud.deliver = delivering(web)
                    yield Stage(driver, application, cloud, running)
        cloud.server.assert_clean()


def appoint(sections: dict[str, Any], driver: ChatDriver) -> None:
    """Name the administrators by their accounts, as an owner's settings do."""
    users = sections.pop("administrators", ())
    sections["admins"] = [f"{driver.platform}:{driver.account(user)}" for user in users]


async def link(application: Application, driver: ChatDriver) -> None:
    """Tell the bot who is who."""
    async with application.uow() as uow:
        for user, name in HOUSEHOLD.items():
            member = await uow.members.by_name(name)
            assert member is not None
            account = LinkedAccount(member.id, driver.platform, driver.account(user), application.clock.now())
            await uow.members.link(account)
        await uow.commit()


@asynccontextmanager
async def answering(running: Running) -> AsyncIterator[None]:
    """The inbox and the platforms at work. At the end everything in hand is finished."""
    tasks = [asyncio.create_task(platform.run()) for platform in running.platforms]
    tasks += [asyncio.ensure_future(service.run()) for service in running.extra]
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
