"""Telegram as a `ChatPlatform`: one bot, by long polling or by webhook."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Collection, Sequence
from types import TracebackType
from typing import Any

import structlog
from fastapi import APIRouter
from telegram import Update
from telegram.error import ChatMigrated

from adapters.chat.telegram.answering import Answering
from adapters.chat.telegram.client import BASE_URL, SERVICE, Refused, Sleep, TelegramClient
from adapters.chat.telegram.commands import publish_commands
from adapters.chat.telegram.decode import PLATFORM, Decoder
from adapters.chat.telegram.encode import CAPABILITIES
from adapters.chat.telegram.inline import WORKERS, CompleteTitle, InlineTitles
from adapters.chat.telegram.polling import ALLOWED_UPDATES, WAIT, poll
from adapters.chat.telegram.webhook import PATH, webhook_router
from bot.chat.capabilities import Capabilities
from bot.chat.command import CommandSpec
from bot.chat.incoming import Incoming, Place
from bot.chat.reply import Reply
from bot.errors import RecommendarrError, Rejected
from bot.i18n import gettext as _
from bot.i18n import use_locale
from bot.ports.chat import Envelope, Inbox

_FIRST_SUPERGROUP = -1_000_000_000_000  # ids at or below belong to groups that cannot move any more

log = structlog.get_logger(__name__)


class TelegramPlatform:
    """One bot. `answer`, `working` and `send` work before, during and after `run`, until `close`."""

    def __init__(
        self,
        *,
        token: str,
        inbox: Inbox,
        specs: Sequence[CommandSpec[Any]],
        complete_title: CompleteTitle,
        chats: Collection[int] = (),
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        base_url: str = BASE_URL,
        poll_wait: int = WAIT,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`chats`: the groups to serve. `webhook_url`: public address of the web server, without a path; None: long
        polling. `webhook_secret`: letters, digits, `_`, `-`; None: a new one at each start. `poll_wait`: seconds.
        """
        self._client = TelegramClient(token.strip(), base_url=base_url, sleep=sleep)
        self._inbox = inbox
        self._specs = tuple(specs)
        self._chats = frozenset(chats)
        self._webhook_url = webhook_url.rstrip("/") + PATH if webhook_url else None
        self._secret = webhook_secret or secrets.token_urlsafe(32)
        self._poll_wait = poll_wait
        names = {name for spec in specs for name in (spec.name, *spec.aliases)}
        self._decoder = Decoder(self._client.id, served=self._chats, names=names, first_id=self._client.chat_first)
        self._answering = Answering(self._client)
        self._inline = InlineTitles(self._client, complete_title)
        self._router = webhook_router(self._secret, self.receive)

    @property
    def name(self) -> str:
        """The platform's name in accounts and places."""
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        """What Telegram can draw."""
        return CAPABILITIES

    @property
    def router(self) -> APIRouter | None:
        """The webhook's route, for the web app; None with long polling."""
        return self._router if self._webhook_url else None

    async def __aenter__(self) -> TelegramPlatform:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()

    async def run(self) -> None:
        """Receive until cancelled. May be run again after it failed. Raises: Unavailable, Rejected."""
        failure: RecommendarrError | None = None
        async with asyncio.TaskGroup() as group:
            workers = [group.create_task(self._inline.work()) for _number in range(WORKERS)]
            try:
                await self._serve()
            except RecommendarrError as error:
                # Raised below, because a task group would wrap it.
                failure = error
            finally:
                for worker in workers:
                    worker.cancel()
        if failure is not None:
            raise failure

    async def receive(self, update: Update) -> None:
        """Keep one update, if it is for the bot. Raises: Unavailable, when it could not be kept."""
        if update.inline_query is not None:
            await self._inline.offer(update.inline_query)
            return
        if update.message is not None and update.message.migrate_to_chat_id is not None:
            self._client.move(update.message.chat.id, update.message.migrate_to_chat_id)
            return
        received = self._decoder.decode(update, await self._client.me())
        if received is not None:
            await self._inbox.accept(received.incoming, received.envelope)

    async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
        """Draw the replies to something received. Raises: Unavailable, Rejected."""
        with use_locale(incoming.author.locale):
            await self._answering.answer(incoming, envelope, replies)

    async def show(self, incoming: Incoming, envelope: Envelope, reply: Reply) -> Envelope:
        """Show what is said so far in a message that grows. Raises: Unavailable, Rejected."""
        with use_locale(incoming.author.locale):
            return await self._answering.show(incoming, envelope, reply)

    async def working(self, incoming: Incoming, envelope: Envelope) -> None:
        """Show that an answer is being made; never raises."""
        await self._answering.working(incoming, envelope)

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        """Say something unasked. Raises: Unavailable, Rejected."""
        await self._answering.send(place, replies)

    async def _serve(self) -> None:
        me = await self._client.me()
        await self._find_moved()
        changed = await publish_commands(self._client, self._specs)
        bot = self._client.bot
        log.info("telegram is ready", bot=me.username, webhook=self._webhook_url is not None, menus_changed=changed)
        if self._webhook_url is None:
            await self._client.call(bot.delete_webhook, again=True)
            await poll(self._client, self.receive, wait=self._poll_wait)
            return
        url = self._webhook_url
        try:
            await self._client.call(
                # One at a time, so that what is said in one conversation arrives in order.
                lambda: bot.set_webhook(
                    url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES, max_connections=1
                ),
                again=True,
            )
        except Refused as refused:
            sentence = _("Telegram does not take the webhook address {url}: {reason}")
            raise Rejected(SERVICE, sentence.format(url=url, reason=refused.description)) from None
        await asyncio.Event().wait()

    async def _find_moved(self) -> None:
        """Ask for the new id of served groups that moved while nobody listened."""
        for chat in sorted(self._chats):
            if not _FIRST_SUPERGROUP < chat < 0:
                continue
            try:
                await self._client.call(lambda: self._client.bot.get_chat(chat), again=True)  # noqa: B023
            except ChatMigrated as error:
                self._client.move(chat, error.new_chat_id)
            except Refused as refused:
                log.warning("a chat of the settings cannot be reached", chat=chat, reason=refused.description)
