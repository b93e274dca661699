"""Long polling: an update is confirmed to Telegram only by the call after the one that brought it, once it is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from telegram import Update

from adapters.chat.telegram.client import TelegramClient
from bot.errors import Unavailable

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY)
WAIT = 30  # seconds that Telegram holds a call back while there is nothing new
_LONGEST_PAUSE = 30.0

log = structlog.get_logger(__name__)


async def poll(client: TelegramClient, receive: Callable[[Update], Awaitable[None]], *, wait: int = WAIT) -> None:
    """Hand every update over in order, until cancelled. Raises: Unavailable, Rejected.

    `receive` returns once the update is kept. Where it raises Unavailable, that update and those after it are fetched
    again after a pause; nothing is confirmed that is not kept.
    """
    offset: int | None = None
    pause = 0.0
    while True:
        start = offset
        updates = await client.call(
            lambda: client.bot.get_updates(offset=start, timeout=wait, allowed_updates=ALLOWED_UPDATES),  # noqa: B023
            again=True,
        )
        for update in updates:
            try:
                await receive(update)
            except Unavailable as error:
                pause = min(_LONGEST_PAUSE, pause * 2 or 1.0)
                log.warning("an update could not be kept", update=update.update_id, reason=str(error), again_in=pause)
                offset = update.update_id
                await client.sleep(pause)
                break
            offset = update.update_id + 1
            pause = 0.0
