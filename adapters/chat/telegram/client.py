"""Calls to the Bot API that answer in our own errors: flood control, migrated groups and short failures are handled.

A call that failed is repeated a few times. One that was perhaps carried out, because no answer came in time, is
repeated here only where that does no harm; one that was carried out for sure, only where its answer is needed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

import structlog
from telegram import Bot, User
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    TelegramError,
    TimedOut,
)

from adapters.chat.telegram.request import AiohttpRequest, Flood, PollingRequest, Unreadable, quiet_library
from bot.errors import Rejected, Unavailable
from bot.i18n import gettext as _

SERVICE = "telegram"
BASE_URL = "https://api.telegram.org/bot"
ATTEMPTS = 3
LONGEST_WAIT = 60.0  # seconds of flood control that a call sits out; longer waits are for whoever called
PAUSE = 0.5  # seconds before the second attempt, doubled for each further one

Result = TypeVar("Result")
Sleep: TypeAlias = Callable[[float], Awaitable[None]]

log = structlog.get_logger(__name__)


class Refused(Rejected):
    """Telegram said no. `description` is its reason in lower case; `forbidden`: the bot may not write there."""

    def __init__(self, description: str, *, forbidden: bool = False) -> None:
        super().__init__(SERVICE, _("Telegram refused that."))
        self.description = description.lower()
        self.forbidden = forbidden

    def says(self, *words: str) -> bool:
        """Whether the reason contains one of these."""
        return any(word in self.description for word in words)


class Flooded(Unavailable):
    """Telegram wants to be left alone for so many seconds, and the call would not wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(SERVICE, _("Telegram asks me to write less for a moment."))
        self.seconds = seconds


class _Bot(Bot):
    """The library's bot, which would show its token wherever it is printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Bot[token=***]"


class TelegramClient:
    """The bot's side of the Bot API."""

    def __init__(self, token: str, *, base_url: str = BASE_URL, sleep: Sleep = asyncio.sleep) -> None:
        quiet_library()
        self._polling = PollingRequest(connections=1)
        self._request = AiohttpRequest()
        self.bot: Bot = _Bot(token, base_url=base_url, request=self._request, get_updates_request=self._polling)
        self.id = token.partition(":")[0]
        self.sleep = sleep
        self._me: User | None = None
        self._moved: dict[int, int] = {}
        self._quiet: dict[int, float] = {}  # chat → until when it is left alone, on the loop's clock

    async def me(self) -> User:
        """The bot's own account. Raises: Unavailable, Rejected."""
        if self._me is None:
            self._me = await self.call(self.bot.get_me, again=True)
        return self._me

    async def close(self) -> None:
        """Close all connections; a later call opens them again."""
        await self._request.shutdown()
        await self._polling.shutdown()

    def move(self, old: int, new: int) -> None:
        """A group became a supergroup and has a new id; its room keeps the old one, with all that hangs on it."""
        if old != new and self._moved.get(old) != new:
            self._moved[old] = new
            log.warning("the group has a new id; name the new one in RECOMMENDARR_TELEGRAM__CHATS", old=old, new=new)

    def chat_now(self, chat: int) -> int:
        """The id under which a chat is reached now."""
        for _hop in range(len(self._moved)):
            if chat not in self._moved:
                break
            chat = self._moved[chat]
        return chat

    def chat_first(self, chat: int) -> int:
        """The id under which a chat was known first; that of its room."""
        before = {new: old for old, new in self._moved.items()}
        for _hop in range(len(before)):
            if chat not in before:
                break
            chat = before[chat]
        return chat

    async def call_chat(
        self, chat: int, make: Callable[[int], Awaitable[Result]], *, again: bool = False, patient: bool = True
    ) -> Result:
        """A call about a chat, which follows the chat when it has moved; see `call`. Raises: Unavailable, Refused."""
        await self._calm(chat, patient=patient)
        try:
            return await self.call(lambda: make(self.chat_now(chat)), again=again, patient=patient)
        except Flooded as flooded:
            if not patient:  # who is patient has waited already, and asks again in their own time
                self._quiet[chat] = asyncio.get_running_loop().time() + flooded.seconds
            raise
        except ChatMigrated as error:
            self.move(self.chat_now(chat), error.new_chat_id)
        try:
            return await self.call(lambda: make(self.chat_now(chat)), again=again, patient=patient)
        except ChatMigrated:
            raise Refused("the chat moves in a circle") from None

    async def _calm(self, chat: int, *, patient: bool) -> None:
        """Sit out what is left of the flood control that an earlier call met. Raises: Flooded, for one that may not."""
        seconds = self._quiet.get(chat, 0.0) - asyncio.get_running_loop().time()
        if seconds > 0:
            if not patient or seconds > LONGEST_WAIT:
                raise Flooded(seconds)
            await self.sleep(seconds)
        self._quiet.pop(chat, None)

    async def call(self, make: Callable[[], Awaitable[Result]], *, again: bool = False, patient: bool = True) -> Result:
        """The result of a call, made up to ATTEMPTS times.

        `again`: repeating does no harm, so an unknown outcome is repeated, too. `patient`: flood control is sat out.
        Raises: Unavailable; Refused; ChatMigrated; Unreadable, when it was carried out and `again` is false.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await make()
            except Flood as flood:
                if not patient or attempt == ATTEMPTS or flood.seconds > LONGEST_WAIT:
                    raise Flooded(flood.seconds) from None
                log.info("telegram asks to wait", seconds=flood.seconds)
                await self.sleep(flood.seconds)
            except ChatMigrated:
                raise
            except Unreadable:
                if not again:
                    raise
                if attempt == ATTEMPTS:
                    raise Unavailable(SERVICE, _("Telegram cannot be reached right now.")) from None
                await self.sleep(PAUSE * 2 ** (attempt - 1))
            except (BadRequest, Forbidden) as error:
                raise Refused(str(error), forbidden=isinstance(error, Forbidden)) from None
            except InvalidToken:
                raise Rejected(SERVICE, _("Telegram does not accept RECOMMENDARR_TELEGRAM__TOKEN.")) from None
            except Conflict:
                sentence = _("Another program receives the messages of this Telegram bot; stop that one.")
                raise Unavailable(SERVICE, sentence) from None
            except TelegramError as error:
                unknown = isinstance(error, TimedOut) and not again
                if not patient or unknown or attempt == ATTEMPTS:
                    raise Unavailable(SERVICE, _("Telegram cannot be reached right now.")) from None
                await self.sleep(PAUSE * 2 ** (attempt - 1))
        raise AssertionError("the last attempt returns or raises")
