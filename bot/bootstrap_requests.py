"""Builds what files requests, on the request service that the settings name; see `bot.bootstrap` for the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.jobs.notices_courier import CourierConfig, NoticeCourier
from bot.ports.chat import ChatPlatform
from bot.ports.clock import Clock
from bot.ports.storage import UnitOfWorkFactory
from bot.services.requesting import PATIENCE, RequestingService
from bot.services.requesting_accounts import RequestAccountsService
from bot.services.requesting_deciding import DecidingService
from bot.services.requesting_following import LOOK, RequestFollower
from bot.services.requesting_titles import Titles, WantedTitles
from bot.services.sync import Sources
from bot.settings import Settings
from bot.supervision import Service

NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class Requests:
    """Everything about requests, on one request service. `accounts`: whose its users are."""

    uow: UnitOfWorkFactory
    clock: Clock
    accounts: RequestAccountsService
    requesting: RequestingService
    deciding: DecidingService
    follower: RequestFollower

    def service(self, platforms: Callable[[], Iterable[ChatPlatform]], config: CourierConfig | None = None) -> Service:
        """What tells people of their requests, for the supervisor."""
        courier = NoticeCourier(self.uow, self.clock, platforms, self.follower, self.requesting.changed, config)
        return Service(NOTICES, courier.run)


@asynccontextmanager
async def open_requests(
    settings: Settings, uow: UnitOfWorkFactory, clock: Clock, titles: Titles
) -> AsyncIterator[Requests | None]:
    """On open connections until the end of the block; None, where no request service is set up.

    Raises: InvalidSettings.
    """
    if settings.seerr is None:
        yield None
        return
    from bot.bootstrap_sources import open_sources  # noqa: PLC0415 - the HTTP client is not needed without a service

    async with open_sources(settings, clock) as sources:
        yield requests_on(sources, uow, clock, titles)


def requests_on(
    sources: Sources,
    uow: UnitOfWorkFactory,
    clock: Clock,
    titles: Titles,
    *,
    patience: timedelta = PATIENCE,
    look: timedelta = LOOK,
) -> Requests:
    """On open sources, of which the first request service counts."""
    requester = sources.requesters[0]
    accounts = RequestAccountsService(uow, requester, clock)
    wanted = WantedTitles(uow, requester, sources.metadata, titles)
    requesting = RequestingService(uow, requester, accounts, wanted, clock, patience=patience)
    deciding = DecidingService(uow, requester, accounts, wanted, requesting)
    follower = RequestFollower(uow, requester, requesting, clock, look=look)
    return Requests(uow, clock, accounts, requesting, deciding, follower)
