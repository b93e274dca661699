"""Builds what `recommendarr run` runs: the platforms that are configured, the inbox they share, the web server.

Another service joins by one more `Service` in `services_of`.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import structlog

from adapters.http import Http, open_http
from adapters.web import PrometheusMeter, Router, WebServer, build_app
from bot.bootstrap import Application
from bot.bootstrap_identity import open_identity
from bot.bootstrap_schedule import open_background
from bot.cards.titles import completion_label
from bot.chat.fit import fit
from bot.chat.incoming import Author, Place
from bot.chat.reply import Reply
from bot.delivery import Delivery, Limits
from bot.delivery.limits import Rate
from bot.errors import RecommendarrError
from bot.explanations.book import load_book
from bot.i18n import LOCALES
from bot.model.members import Clearance
from bot.model.running import ServiceStatus
from bot.ports.chat import ChatPlatform
from bot.settings import LimitSettings, Settings, TalkServerSettings
from bot.supervision import Service, Supervisor

if TYPE_CHECKING:
    from adapters.chat.nextcloud_talk import TalkServer

CompleteTitle: TypeAlias = Callable[[Author, str], Awaitable[Sequence[tuple[str, str]]]]

log = structlog.get_logger(__name__)

ANSWERS = "answers"
MODELS = "models"
MAX_COMPLETIONS = 25  # as many as Discord shows
WEB = "web"


@dataclass(slots=True)
class Running:
    """Everything that `run` needs a hand on. `web` is None when it is switched off."""

    application: Application
    delivery: Delivery
    meter: PrometheusMeter
    platforms: list[ChatPlatform] = field(default_factory=list)
    routers: list[Router] = field(default_factory=list)
    extra: list[Service] = field(default_factory=list)
    web: WebServer | None = None

    def attach(self, platform: ChatPlatform, router: Router | None = None) -> None:
        """Serve one more platform; `router`: its webhook."""
        self.platforms.append(platform)
        self.delivery.attach(platform)
        if router is not None:
            self.routers.append(router)


@asynccontextmanager
async def open_running(application: Application) -> AsyncIterator[Running]:
    """The inbox with every configured platform; connections are closed at the end of the block.

    Raises: InvalidSettings.
    """
    settings, meter = application.settings, PrometheusMeter()
    delivery = Delivery(
        application.uow,
        application.dispatch.handle,
        application.clock,
        limits=limits_of(settings.limits),
        locale=settings.locale,
        meter=meter,
    )
    meter.watch_waiting(lambda: delivery.waiting)
    if application.language is not None:
        meter.watch_models(application.language.ledger.counted)
    running = Running(application, delivery, meter)
    async with AsyncExitStack() as stack:
        await _open_platforms(running, stack)
        requests = application.requests
        if requests is not None:
            running.extra.append(requests.service(lambda: running.platforms))
        fetching = application.services.fetching
        if fetching is not None:
            running.extra.append(Service(MODELS, partial(fetching.run, partial(_tell, running))))
        background = await stack.enter_async_context(
            open_background(
                application,
                meter=meter,
                notices=requests.follower if requests else None,
                refreshed=partial(warm_up, application),
            )
        )
        running.extra.append(background.service)
        if background.router is not None:
            running.routers.append(background.router)
        sign_ins = await stack.enter_async_context(open_identity(application, running.platforms, background.queue))
        if sign_ins is not None:
            running.extra.append(sign_ins)
        await warm_up(application)
        yield running


async def _open_platforms(running: Running, stack: AsyncExitStack) -> None:
    """Build what is configured. SDKs are imported here alone: each takes a while, and most people use one."""
    application, settings = running.application, running.application.settings
    complete = title_completer(application)
    if settings.discord is not None:
        from adapters.chat.discord.gateway import DiscordPlatform  # noqa: PLC0415

        discord = DiscordPlatform(
            token=settings.discord.token.get_secret_value(),
            guilds=settings.discord.guilds,
            free_text=settings.discord.free_text,
            specs=application.specs,
            complete_title=complete,
            inbox=running.delivery,
        )
        running.attach(discord)
    if settings.telegram is not None:
        from adapters.chat.telegram.platform import TelegramPlatform  # noqa: PLC0415

        secret = settings.telegram.webhook_secret
        telegram = TelegramPlatform(
            token=settings.telegram.token.get_secret_value(),
            inbox=running.delivery,
            specs=application.specs,
            complete_title=complete,
            chats=settings.telegram.chats,
            webhook_url=settings.web.public_url if settings.telegram.webhook else None,
            webhook_secret=secret.get_secret_value() if secret else None,
            base_url=settings.telegram.base_url,
        )
        stack.push_async_callback(telegram.close)
        running.attach(telegram, telegram.router)
    if settings.nextcloud_talk:
        from adapters.chat.nextcloud_talk import TalkPlatform  # noqa: PLC0415

        http = await stack.enter_async_context(open_http())
        talk = TalkPlatform(
            servers=[_talk_server(http, name, server) for name, server in settings.nextcloud_talk.items()],
            inbox=running.delivery,
            specs=application.specs,
            locale=settings.locale,
        )
        running.attach(talk, talk.router)


async def _tell(running: Running, place: Place, reply: Reply) -> None:
    """Say something unasked where somebody asked for it. Raises: Unavailable, Rejected."""
    for platform in running.platforms:
        if platform.name == place.platform:
            await platform.send(place, fit(reply, platform.capabilities))


def _talk_server(http: Http, name: str, server: TalkServerSettings) -> TalkServer:
    """One Nextcloud on an open client. Raises: InvalidSettings."""
    from adapters.chat.nextcloud_talk import TalkServer, talk_config  # noqa: PLC0415

    secret = server.secret.get_secret_value()
    return TalkServer(
        name=name,
        url=server.url,
        client=http.service(talk_config(server.url, secret, verify_tls=server.verify_tls)),
        secret=secret,
        rooms=frozenset(server.rooms),
        private_rooms=frozenset(server.private_rooms),
        bot_name=server.bot_name,
    )


async def warm_up(application: Application) -> None:
    """Read what the first answer would have to read, so that the first person does not wait for it."""
    for locale in LOCALES:
        await asyncio.to_thread(load_book, locale)
    try:
        await application.services.titles.complete("the", Clearance())
        await application.services.recommending.warm_up(application.clock.now())
        await application.dispatch.warm_up()
    except RecommendarrError as error:
        log.warning("not_warmed_up", error=str(error))
    # What is there now stays: a full collection would walk all of it, which stops every answer for a fifth of a second.
    gc.collect()
    gc.freeze()


def services_of(running: Running) -> list[Service]:
    """What the supervisor keeps running, in the order in which it is shown."""
    services = [Service(platform.name, platform.run) for platform in running.platforms]
    services.append(Service(ANSWERS, running.delivery.run, running.delivery.close))
    if running.web is not None:
        services.append(Service(WEB, running.web.run))
    return [*services, *running.extra]


def supervised(running: Running) -> Supervisor:
    """Everything under one supervisor, the web server included when it is switched on."""
    supervisor: Supervisor | None = None

    def statuses() -> Sequence[ServiceStatus]:
        return supervisor.statuses() if supervisor else ()

    web = running.application.settings.web
    if web.enabled:
        app = build_app(
            statuses=statuses,
            meter=running.meter,
            routers=running.routers,
            max_body=web.max_body,
            stopping=lambda: supervisor is not None and supervisor.stopping,
        )
        running.web = WebServer(app, web.host, web.port)
    supervisor = Supervisor(services_of(running), running.application.clock, meter=running.meter)
    return supervisor


def title_completer(application: Application) -> CompleteTitle:
    """From the beginning of a title to (label, reference) pairs that its author may see. Raises: NotLinked."""

    async def complete(author: Author, text: str) -> Sequence[tuple[str, str]]:
        member = await application.services.accounts.member_of(author)
        clearance = await application.services.accounts.clearance(member)
        titles = await application.services.titles.complete(text, clearance, limit=MAX_COMPLETIONS)
        return [(completion_label(title), str(title.ref)) for title in titles]

    return complete


def limits_of(settings: LimitSettings) -> Limits:
    """The limits as the inbox takes them."""
    return Limits(
        person=Rate(settings.person_burst, settings.person_per_minute),
        conversation=Rate(settings.conversation_burst, settings.conversation_per_minute),
    )


def platforms_configured(settings: Settings) -> tuple[str, ...]:
    """The chat platforms that the settings name."""
    named = {"discord": settings.discord, "telegram": settings.telegram, "nextcloud-talk": settings.nextcloud_talk}
    return tuple(name for name, value in named.items() if value)
