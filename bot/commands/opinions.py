"""Commands by which people say what they think of a title: /rate, /seen, /hide, /like."""

from __future__ import annotations

from typing import Annotated

from bot.cards.decks import verdicts
from bot.chat.command import Help, Range, TitleName, command
from bot.chat.plain import escape
from bot.chat.reply import Choices, Reply, Text
from bot.commands.cards import marked
from bot.commands.context import Context
from bot.commands.dates import day
from bot.i18n import gettext as _
from bot.model.titles import Title

TitleArgument = Annotated[TitleName, Help("A title, or its number in my last answer")]
UndoOption = Annotated[bool, Help("Take it back")]


@command("rate", "Rate a title from 1 to 10", section="tell")
async def rate(ctx: Context, title: TitleArgument, value: Annotated[int, Range(1, 10), Help("From 1 to 10")]) -> Reply:
    """Store a rating; a newer one replaces it."""
    found = await ctx.title(title)
    await ctx.services.feedback.rate(ctx.member, found.id, value, ctx.now)
    line = _("You rate it {value} out of 10. ✓").format(value=value)
    if card := await marked(ctx, "rated", line):
        return card
    return _said(_("You rate {title} {value} out of 10.").format(title=_name(found), value=value))


@command("seen", "Tell me that you have seen a title", section="tell")
async def seen(ctx: Context, title: TitleArgument, *, undo: UndoOption = False) -> Reply:
    """A title that was watched elsewhere; asks how it was."""
    found = await ctx.title(title)
    if undo:
        await ctx.services.feedback.unsee(ctx.member, found.id, ctx.now)
        taken_back = _("Taken back: you have not said that you have seen {title}.").format(title=_name(found))
        return await marked(ctx, "seen", "", undone=True) or _said(taken_back)
    await ctx.services.feedback.seen(ctx.member, found.id, ctx.now)
    if card := await marked(ctx, "seen", _("You have seen it. How was it?")):
        return card
    noted = _("Noted: you have seen {title}. How was it?").format(title=_name(found))
    return Reply((Choices(noted, verdicts(str(found.ref))),))


@command("hide", "Do not show a title for some months", section="tell")
async def hide(ctx: Context, title: TitleArgument, *, undo: UndoOption = False) -> Reply:
    """Hide a title; hiding it again prolongs it."""
    found = await ctx.title(title)
    if undo:
        await ctx.services.feedback.unhide(ctx.member, found.id)
        shown = _("{title} may be suggested to you again.").format(title=_name(found))
        return await marked(ctx, "hidden", "", undone=True) or _said(shown)
    hidden = await ctx.services.feedback.hide(ctx.member, found.id, ctx.now)
    until = day(ctx, hidden.expires_at)
    if card := await marked(ctx, "hidden", _("Not for you: it stays away until {date}.").format(date=until)):
        return card
    return _said(_("{title} stays away until {date}.").format(title=_name(found), date=until))


@command("like", "Tell me that you like a title", section="tell")
async def like(ctx: Context, title: TitleArgument) -> Reply:
    """A title that the person likes, watched or not."""
    found = await ctx.title(title)
    await ctx.services.feedback.like(ctx.member, found.id, ctx.now)
    if card := await marked(ctx, "liked", _("You like it. ✓")):
        return card
    return _said(_("You like {title}. I will look for more of that.").format(title=_name(found)))


def _said(sentence: str) -> Reply:
    return Reply((Text(sentence),))


def _name(title: Title) -> str:
    return f"**{escape(title.name)}**"
