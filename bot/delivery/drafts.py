"""Shows an answer while it is being made: one message that grows, at the pace that the platform bears.

Which message that is becomes part of the envelope, and is kept as soon as it is known: the answer takes its place,
after a kill too. Whatever goes wrong here ends the showing and nothing else; the answer itself is sent all the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.chat.fit import fit
from bot.chat.reply import Reply, Text
from bot.delivery.store import Item
from bot.errors import RecommendarrError
from bot.ports.chat import DRAFT_LOST, ChatPlatform, Drafting

log = structlog.get_logger(__name__)


class Draft:
    """What is said of one answer so far. `keep`: stores the item's envelope. Runs in tasks of `group`."""

    def __init__(
        self, item: Item, platform: Drafting, pause: float, keep: Callable[[Item], Awaitable[None]],
        group: asyncio.TaskGroup,
    ) -> None:  # fmt: skip
        """`pause`: seconds between two changes."""
        self._item = item
        self._platform = platform
        self._pause = pause
        self._keep = keep
        self._group = group
        self._words = ""
        self._news = asyncio.Event()
        self._over = False
        self._showing: asyncio.Task[None] | None = None
        self._following = group.create_task(self._follow())

    async def say(self, text: str) -> None:
        """Show this when it is time to; returns at once."""
        self._words = text
        self._news.set()

    async def settle(self, within: float) -> None:
        """Show nothing more. What is on its way is waited for, at most `within` seconds: it must not come in after the
        answer. A call that takes longer is left alone, because nobody knows what cutting it off would leave behind."""
        self._over = True
        self._following.cancel()
        if self._showing is not None and not self._showing.done():
            _done, pending = await asyncio.wait({self._showing}, timeout=within)
            if pending:
                log.warning("draft_left_alone", platform=self._item.platform, number=self._item.number)
                self._showing = None
                self._item.envelope = {**self._item.envelope, DRAFT_LOST: True}

    async def _follow(self) -> None:
        while not self._over:
            await self._news.wait()
            self._news.clear()
            # A task of its own: it is not cut off in the midst of a call when the answer is ready.
            self._showing = self._group.create_task(self._show(self._words))
            await asyncio.wait({self._showing})
            await asyncio.sleep(self._pause)

    async def _show(self, words: str) -> None:
        item, mine = self._item, asyncio.current_task()
        first = fit(Reply((Text(words),)), self._platform.capabilities)[0]
        try:
            envelope = await self._platform.show(item.incoming, item.envelope, first)
            if self._showing is mine and envelope != item.envelope:
                item.envelope = envelope
                await self._keep(item)
        except RecommendarrError as error:
            self._over = True
            log.info("draft_not_shown", platform=item.platform, number=item.number, error=str(error))
        except Exception:
            # An ornament, like the sign that an answer is being made: its fault must not end the answering of others.
            self._over = True
            log.exception("draft_failed", platform=item.platform, number=item.number)


def pause_of(platform: ChatPlatform, *, private: bool) -> float:
    """Seconds between two changes of a message in a place."""
    return platform.capabilities.edit_pause if private else platform.capabilities.edit_pause_shared
