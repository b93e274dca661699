"""/search: find a title."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.cards.titles import title_card
from bot.chat.command import Help, TitleName, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Part, Reply, Text
from bot.commands.context import Context
from bot.commands.request_cards import with_requests
from bot.errors import Ambiguous
from bot.i18n import gettext as _
from bot.model.titles import Title


@command("search", "Find a title and see whether it is here", section="find")
async def search(ctx: Context, title: Annotated[TitleName, Help("A title, or a part of it")]) -> Reply:
    """One card when it is clear which title is meant, else a card for each that may be."""
    try:
        found = await ctx.title(title)
    except Ambiguous as error:
        several = await ctx.services.titles.search(title, ctx.clearance, limit=5)
        if not several:
            raise
        _show(ctx, several)
        asked = _("These may be what you mean by “{title}”:").format(title=escape(one_line(title, 80)))
        parts: list[Part] = [Text(asked if error.choices else escape(str(error)))]
        return Reply((*parts, *await with_requests(ctx, [title_card(one) for one in several], several)))
    shown = ctx.conversation.memory.shown
    (card,) = await with_requests(ctx, [title_card(found)], [found])
    if str(found.ref) in shown:
        return Reply((replace(card, number=shown.index(str(found.ref)) + 1),))
    _show(ctx, (found,))
    return Reply((card,))


def _show(ctx: Context, titles: tuple[Title, ...]) -> None:
    """From now on numbers mean these titles."""
    ctx.conversation.memory = replace(ctx.conversation.memory, shown=tuple(str(title.ref) for title in titles))
