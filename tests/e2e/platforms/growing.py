"""A household on a platform where messages grow: played service, real platform, real inbox, an agent with a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from adapters.chat.discord import DiscordPlatform
from adapters.chat.telegram.platform import TelegramPlatform
from bot.commands import COMMANDS
from bot.delivery import Delivery, DeliveryConfig
from bot.model.members import LinkedAccount
from tests.adapters.chat.discord.talking import nothing
from tests.bot.agent.talking import talking
from tests.bot.household import START, Household
from tests.contracts.kit import Answer
from tests.e2e.platforms.driver import ChatDriver, Drawn
from tests.fakes.services.discord import TOKEN as DISCORD_TOKEN
from tests.fakes.services.discord import FakeDiscord
from tests.fakes.services.telegram import TOKEN as TELEGRAM_TOKEN
from tests.fakes.services.telegram import FakeTelegram
from tests.fakes.services.telegram_people import ROOM, TelegramPeople

GROWING = ("discord", "telegram")
CONFIG = DeliveryConfig(first_pause=0.0, last_pause=0.0, working_after=0.0, settle_within=0.2, max_attempts=10)


@dataclass
class Growing:
    """`fail`: the next change of a message meets this. `until`: waits for a condition on what the service knows."""

    driver: ChatDriver
    house: Household
    service: Any
    start: Callable[[Delivery], Any]
    slept: list[float] = field(default_factory=list)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    delivery: Delivery | None = None
    platform: Any = None

    async def run(self) -> None:
        """Start the bot."""
        self.delivery = Delivery(self.house.store, self.house.dispatch.handle, self.house.clock, config=CONFIG)
        self.platform = platform = self.start(self.delivery)
        self.delivery.attach(platform)
        self.tasks = [asyncio.create_task(self.delivery.run()), asyncio.create_task(platform.run())]
        if isinstance(self.service, FakeDiscord):
            await self.service.gateway.connected()

    async def kill(self) -> None:
        """End the bot wherever it is."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def settled(self) -> None:
        """Everything that was received is answered."""
        async with asyncio.timeout(10):
            while self.delivery is not None and self.delivery.waiting:  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.002)

    async def shows(self, place: str, words: str) -> list[Drawn]:
        """What Anna sees, as soon as these words are among it."""
        async with asyncio.timeout(10):
            while words not in "\n".join(one.everything for one in await self.driver.seen("anna", place)):  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.002)
        return await self.driver.seen("anna", place)

    async def received(self) -> None:
        """The inbox has what was said."""
        async with asyncio.timeout(10):
            while not self.house.store._state.inbox:  # noqa: ASYNC110
                await asyncio.sleep(0.002)

    async def kept(self) -> None:
        """The message that grows is known to the inbox."""
        async with asyncio.timeout(10):
            while not any(row.envelope.get("draft") for row in self.house.store._state.inbox.values()):  # noqa: ASYNC110
                await asyncio.sleep(0.002)

    def fail_change(self, *, wait: float | None = None) -> None:
        """The next change of a message is refused; `wait`: because there were too many."""
        if isinstance(self.service, FakeDiscord):
            limited = {"message": "You are being rate limited.", "retry_after": wait, "global": False, "code": 0}
            gone = {"message": "Unknown Message", "code": 10008}
            via = {"Via": "1.1 google", "Retry-After": "1"}
            fault = Answer(limited, status=429, headers=via) if wait else Answer(gone, status=404)
            self.service.rest.faults.append(("PATCH", fault))
        elif wait:
            self.service.refuse("editMessageText", 429, f"Too Many Requests: retry after {wait}", retry_after=int(wait))
        else:
            self.service.refuse("editMessageText", 400, "Bad Request: message can't be edited")

    def hold_change(self) -> asyncio.Event:
        """The next change does not come back before the event."""
        held, show = asyncio.Event(), self.platform.show

        async def hang(*given: Any) -> Any:
            await held.wait()
            return await show(*given)

        self.platform.show = hang
        return held

    def written(self) -> str:
        """Everything that was ever sent to the platform."""
        calls = self.service.server.requests
        return "\n".join(f"{call.body!r}{dict(call.form)}" for call in calls)

    def typed(self) -> int:
        """How often the bot was shown to be at work."""
        return len(self.service.world.typing if isinstance(self.service, FakeDiscord) else self.service.actions)


@asynccontextmanager
async def growing(platform: str, *scripts: list[Any]) -> AsyncIterator[Growing]:
    """Anna and a bot whose models speak the scripts; what was sent is held to the service's description."""
    house, _models = talking(*scripts)
    async with FakeDiscord() if platform == "discord" else FakeTelegram() as service:
        slept: list[float] = []
        if isinstance(service, FakeDiscord):
            here = Growing(service, house, service, _discord(service), slept)
        else:
            here = Growing(TelegramPeople(service, COMMANDS), house, service, _telegram(service, slept), slept)
        account = here.driver.account("anna")
        house.store._state.accounts[platform, account] = LinkedAccount(1, platform, account, START)
        await here.run()
        try:
            yield here
        finally:
            await here.kill()
        if isinstance(service, FakeDiscord):
            service.assert_clean()
        else:
            service.server.assert_clean()


def _discord(service: FakeDiscord) -> Callable[[Delivery], DiscordPlatform]:
    return lambda inbox: DiscordPlatform(
        token=DISCORD_TOKEN,
        guilds=[service.guild],
        free_text=False,
        specs=COMMANDS,
        complete_title=nothing,
        inbox=inbox,
    )


def _telegram(service: FakeTelegram, slept: list[float]) -> Callable[[Delivery], TelegramPlatform]:
    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    return lambda inbox: TelegramPlatform(
        token=TELEGRAM_TOKEN,
        inbox=inbox,
        specs=COMMANDS,
        complete_title=nothing,
        chats=[ROOM],
        base_url=service.base_url,
        sleep=sleep,
    )
