"""/search: find a title."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.cards.titles import title_card
from bot.chat.command import Help, TitleName, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Part, Reply, Text
from bot.commands.context import Context
from bot.errors import Ambiguous
from bot.i18n import gettext as _


@command("search", "Find a title and see whether it is here")
async def search(ctx: Context, title: Annotated[TitleName, Help("A title, or a part of it")]) -> Reply:
    """One card when it is clear which title is meant, else a card for each that may be."""
    try:
        found = await ctx.title(title)
    except Ambiguous as error:
        several = await ctx.services.titles.search(title, ctx.clearance, limit=5)
        if not several:
            raise
        memory = ctx.conversation.memory
        ctx.conversation.memory = replace(memory, shown=tuple(str(one.ref) for one in several))
        asked = _("These may be what you mean by “{title}”:").format(title=escape(one_line(title, 80)))
        parts: list[Part] = [Text(asked if error.choices else escape(str(error)))]
        return Reply((*parts, *(title_card(one) for one in several)))
    return Reply((title_card(found),))
