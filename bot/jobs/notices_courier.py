"""Takes notices to people: kept first, then sent, then marked; a kill between the last two repeats one notice.

It also looks after requests whose end is not known, which is where most notices come from.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.chat.fit import fit
from bot.errors import Rejected, Unavailable
from bot.i18n import use_locale
from bot.jobs.notices_words import worded
from bot.ports.chat import ChatPlatform
from bot.ports.clock import Clock
from bot.ports.storage import UnitOfWorkFactory
from bot.ports.storage_requests import Notice
from bot.services.actions import ActionsService
from bot.services.requesting_following import RequestFollower

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CourierConfig:
    """Seconds."""

    look: float = 15.0  # between two looks
    send_within: float = 60.0
    first_pause: float = 30.0  # after a notice that could not be sent; doubles
    last_pause: float = 3600.0
    most_tries: int = 60


class NoticeCourier:
    """Runs until cancelled."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        clock: Clock,
        platforms: Callable[[], Iterable[ChatPlatform]],
        follower: RequestFollower,
        changed: asyncio.Event,
        config: CourierConfig | None = None,
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._platforms = platforms
        self._actions = ActionsService(uow)
        self._follower = follower
        self._changed = changed
        self._config = config or CourierConfig()

    async def run(self) -> None:
        """Look after requests and send what is due, for ever; a database that fails for a moment is asked again."""
        loop = asyncio.get_running_loop()
        next_look = loop.time()
        await self._follower.purge()
        while True:
            self._changed.clear()
            try:
                if loop.time() >= next_look:
                    next_look = loop.time() + self._config.look
                    await self._follower.look()
                await self.send_due()
            except Unavailable as error:
                log.warning("notices_wait", error=str(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.05, next_look - loop.time())):
                    await self._changed.wait()

    async def send_due(self) -> None:
        """Send everything that is due now. Raises: Unavailable, for the database."""
        async with self._uow() as uow:
            due = await uow.notices.due(self._clock.now())
        for notice in due:
            await self._send(notice)

    async def _send(self, notice: Notice) -> None:
        platform = next((each for each in self._platforms() if each.name == notice.place.platform), None)
        try:
            # A place where nothing can be said unasked, such as a terminal, has /requests instead.
            if platform is not None:
                async with asyncio.timeout(self._config.send_within):
                    await self._say(platform, notice)
        except (Unavailable, TimeoutError) as error:
            if getattr(error, "service", "") == "database":
                raise
            log.warning("notice_not_sent", notice=notice.key, tries=notice.tries, error=str(error))
            if notice.tries + 1 < self._config.most_tries:
                await self._later(notice)
                return
        except Rejected as error:
            log.warning("notice_refused", notice=notice.key, error=str(error))
        async with self._uow() as uow:
            await uow.notices.told(notice.key, self._clock.now())
            await uow.commit()

    async def _say(self, platform: ChatPlatform, notice: Notice) -> None:
        async with self._uow() as uow:
            filing, member = await uow.filings.get(notice.filing), await uow.members.get(notice.member_id)
            asker = await uow.members.get(filing.member_id) if filing else None
        if filing is None or member is None:
            return
        with use_locale(notice.locale):
            reply = worded(notice, filing, member, asker, buttons=platform.capabilities.button_rows > 0)
            if reply is not None:
                now = self._clock.now()
                reply = await self._actions.attach(reply, member_id=member.id, place=notice.place, now=now)
                await platform.send(notice.place, fit(reply, platform.capabilities))

    async def _later(self, notice: Notice) -> None:
        pause = min(self._config.last_pause, self._config.first_pause * 2 ** min(notice.tries, 16))
        async with self._uow() as uow:
            await uow.notices.later(notice.key, self._clock.now() + timedelta(seconds=pause))
            await uow.commit()
