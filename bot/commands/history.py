"""/history: what somebody watched; /trailer: a video of a title."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.cards.titles import title_card
from bot.chat.command import Help, Range, TitleName, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Button, Choice, Choices, Link, Reply, Style, Text
from bot.commands.context import Context
from bot.commands.dates import day
from bot.explanations.phrases import decimal, grouped
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.history import WatchEvent
from bot.model.titles import Title
from bot.services.records import HistoryPage

_PAGE = 15


@command("history", "Show what you watched", private=True, section="you")
async def history(
    ctx: Context,
    title: Annotated[TitleName | None, Help("One title, instead of all")] = None,
    *,
    page: Annotated[int, Range(1, 100_000), Help("Which page, the newest first")] = 1,
) -> Reply:
    """Plays with their dates, newest first; ratings beside them."""
    found = None if title is None else await ctx.title(title)
    title_id = None if found is None else found.id
    shown = await ctx.services.records.history(ctx.member, title_id=title_id, page=page, size=_PAGE)
    if not shown.events:
        return Reply((Text(_nothing(found, shown)),), private=True, replaces=ctx.pressed)
    names = await _names(ctx, shown)
    lines = [_line(ctx, event, names[event.title_id], shown) for event in shown.events]
    count = ngettext("{n} play", "{n} plays", shown.count).format(n=grouped(str(shown.count)))
    heading = f"**{escape(found.name)}**: {count}" if found else _("You watched {plays}.").format(plays=count)
    text = "\n".join([heading, "", *lines])
    options = _pages(shown, found)
    return Reply((Choices(text, options),) if options else (Text(text),), private=True, replaces=ctx.pressed)


@command("trailer", "Find the trailer of a title", section="find")
async def trailer(ctx: Context, title: Annotated[TitleName, Help("A title, or its number in my last answer")]) -> Reply:
    """The title with a link to its trailer."""
    found = await ctx.title(title)
    video = await ctx.services.records.trailer(found.id, ctx.locale)
    if video is None:
        sorry = _("I know no trailer of {title}.").format(title=f"**{escape(found.name)}**")
        return Reply((Text(sorry),))
    card = title_card(found)
    play = Button(_("Watch the trailer"), Link(video.url), Style.PRIMARY)
    return Reply((replace(card, buttons=(play, *card.buttons)),))


async def _names(ctx: Context, shown: HistoryPage) -> dict[int, str]:
    """Titles by id; one that the person may not see any more has no name."""
    asked = {event.title_id for event in shown.events}
    titles = await ctx.services.titles.by_ids(asked, ctx.clearance)
    gone = _("a title that is not here any more")
    names = {title_id: f"**{escape(one_line(title.name, 120))}**" for title_id, title in titles.items()}
    return {title_id: names.get(title_id, gone) for title_id in asked}


def _line(ctx: Context, event: WatchEvent, name: str, shown: HistoryPage) -> str:
    words = [day(ctx, event.watched_at), name]
    if event.episode:
        words.append(escape(one_line(event.episode, 20)))
    if event.plays > 1:
        words.append(f"×{event.plays}")
    if event.completion is not None and event.completion < 0.85:
        words.append(_("{percent} % watched").format(percent=round(100 * max(event.completion, 0.0))))
    if rating := shown.ratings.get(event.title_id):
        words.append(_("rated {value}").format(value=decimal(f"{rating.value:g}")))
    return "- " + " · ".join(words)


def _nothing(found: Title | None, shown: HistoryPage) -> str:
    if found is None:
        return _("I know of nothing that you watched yet.")
    name = f"**{escape(found.name)}**"
    if rating := shown.ratings.get(found.id):
        value = decimal(f"{rating.value:g}")
        return _("I know of no play of {title}; you rated it {value}.").format(title=name, value=value)
    return _("I know of no play of {title}.").format(title=name)


def _pages(shown: HistoryPage, found: Title | None) -> tuple[Choice, ...]:
    args = {"title": str(found.ref)} if found else {}
    options = []
    if shown.page > 1:
        options.append(Choice(_("Later"), Action("history", {**args, "page": shown.page - 1})))
    if shown.page < shown.pages:
        options.append(Choice(_("Earlier"), Action("history", {**args, "page": shown.page + 1})))
    return tuple(options)
