"""Commands by which people say what they think of a title: /rate, /seen, /hide, /like."""

from __future__ import annotations

from typing import Annotated

from bot.chat.command import Help, Range, TitleName, command
from bot.chat.plain import escape
from bot.chat.reply import Action, Choice, Choices, Reply, Text
from bot.commands.context import Context
from bot.i18n import gettext as _
from bot.model.titles import Title

TitleArgument = Annotated[TitleName, Help("A title, or its number in my last answer")]


@command("rate", "Rate a title from 1 to 10")
async def rate(ctx: Context, title: TitleArgument, value: Annotated[int, Range(1, 10), Help("From 1 to 10")]) -> Reply:
    """Store a rating; a newer one replaces it."""
    found = await ctx.title(title)
    await ctx.services.feedback.rate(ctx.member, found.id, value, ctx.now)
    return _said(_("You rate {title} {value} out of 10.").format(title=_name(found), value=value))


@command("seen", "Tell me that you have seen a title")
async def seen(ctx: Context, title: TitleArgument) -> Reply:
    """A title that was watched elsewhere; asks how it was."""
    found = await ctx.title(title)
    await ctx.services.feedback.seen(ctx.member, found.id, ctx.now)
    args = {"title": str(found.ref)}
    verdicts = (
        Choice(_("Loved it"), Action("like", args)),
        Choice(_("It was all right"), Action("rate", {**args, "value": 6})),
        Choice(_("Did not like it"), Action("rate", {**args, "value": 3})),
    )
    noted = _("Noted: you have seen {title}. How was it?").format(title=_name(found))
    return Reply((Choices(noted, verdicts),))


@command("hide", "Do not show a title for some months")
async def hide(ctx: Context, title: TitleArgument) -> Reply:
    """Hide a title; hiding it again prolongs it."""
    found = await ctx.title(title)
    hidden = await ctx.services.feedback.hide(ctx.member, found.id, ctx.now)
    until = hidden.expires_at.strftime(_("%Y-%m-%d"))
    return _said(_("{title} stays away until {date}.").format(title=_name(found), date=until))


@command("like", "Tell me that you like a title")
async def like(ctx: Context, title: TitleArgument) -> Reply:
    """A title that the person likes, watched or not."""
    found = await ctx.title(title)
    await ctx.services.feedback.like(ctx.member, found.id, ctx.now)
    return _said(_("You like {title}. I will look for more of that.").format(title=_name(found)))


def _said(sentence: str) -> Reply:
    return Reply((Text(sentence),))


def _name(title: Title) -> str:
    return f"**{escape(title.name)}**"
