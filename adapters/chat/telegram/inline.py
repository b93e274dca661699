"""Inline mode: `@bot heat` in any chat offers titles; the chosen one is posted, and opens the bot on that title.

A query comes with every letter that is typed. Only the latest of each person is answered, a few at a time.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from html import escape
from typing import TypeAlias

import structlog
from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from adapters.chat.telegram.client import TelegramClient
from adapters.chat.telegram.decode import decode_author, title_link
from adapters.chat.telegram.markup import plain
from adapters.chat.telegram.request import Unreadable
from bot.chat.incoming import Author
from bot.chat.plain import one_line
from bot.errors import NotLinked, RecommendarrError
from bot.i18n import gettext as _
from bot.i18n import use_locale

CompleteTitle: TypeAlias = Callable[[Author, str], Awaitable[Sequence[tuple[str, str]]]]
"""From who asks and what is typed so far to (label with the year, reference), the best first."""

WORKERS = 4
_WAITING = 100  # people; beyond this the oldest query is left unanswered
_MAX_RESULTS = 20
_MAX_QUERY = 100
_SHORTEST = 2  # letters before titles are looked up
_CACHED = 10  # seconds that Telegram may repeat the answer to the same person

log = structlog.get_logger(__name__)


class InlineTitles:
    """Answers inline queries."""

    def __init__(self, client: TelegramClient, complete_title: CompleteTitle) -> None:
        self._client = client
        self._complete_title = complete_title
        self._latest: OrderedDict[int, InlineQuery] = OrderedDict()
        self._arrived = asyncio.Condition()

    async def offer(self, query: InlineQuery) -> None:
        """Take a query; it replaces the one of the same person that waits."""
        async with self._arrived:
            self._latest.pop(query.from_user.id, None)
            self._latest[query.from_user.id] = query
            if len(self._latest) > _WAITING:
                self._latest.popitem(last=False)
            self._arrived.notify()

    async def work(self) -> None:
        """Answer what waits, until cancelled."""
        while True:
            async with self._arrived:
                await self._arrived.wait_for(lambda: bool(self._latest))
                _person, query = self._latest.popitem(last=False)
            try:
                await self.answer(query)
            except (RecommendarrError, Unreadable) as error:
                # Nobody waits for a list of titles: the next letter asks again.
                log.info("an inline query stays unanswered", reason=str(error))

    async def answer(self, query: InlineQuery) -> None:
        """Offer the titles that this person may see. Raises: Unavailable, Rejected."""
        me = await self._client.me()
        author = decode_author(query.from_user)
        button: InlineQueryResultsButton | None = None
        titles: Sequence[tuple[str, str]] = ()
        with use_locale(author.locale):
            typed = one_line(query.query, _MAX_QUERY)
            try:
                titles = await self._complete_title(author, typed) if len(typed) >= _SHORTEST else ()
            except NotLinked:
                button = InlineQueryResultsButton(_("Open a private chat to link your account"), start_parameter="link")
            results = _articles(titles, me.username or "")
        bot = self._client.bot
        await self._client.call(
            lambda: bot.answer_inline_query(
                query.id, results, cache_time=_CACHED if results else 0, is_personal=True, button=button
            ),
            patient=False,
        )


def _articles(titles: Sequence[tuple[str, str]], bot_name: str) -> list[InlineQueryResultArticle]:
    articles: dict[str, InlineQueryResultArticle] = {}
    for label, ref in titles:
        link = title_link(bot_name, ref)
        shown = one_line(label, 200)
        if link is None or ref in articles or not shown:
            continue
        content = InputTextMessageContent(
            f'<a href="{escape(link)}">{plain(shown).html}</a>',
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        articles[ref] = InlineQueryResultArticle(ref, shown, content)
    return list(articles.values())[:_MAX_RESULTS]
