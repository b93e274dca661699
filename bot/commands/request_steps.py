"""What happens when a request is confirmed, dropped, or somebody wants to be told too."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.chat.command import Help, TitleName, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Reply, Text
from bot.commands.context import Context
from bot.commands.request import DROP, FILE, TOO, available, bare_card, find, listed, offered
from bot.errors import AlreadyRequested, InvalidInput, RecommendarrError, Rejected, Unavailable, UserFacing
from bot.i18n import gettext as _
from bot.model.titles import TitleRef
from bot.ports.storage_requests import Filing, FilingState
from bot.services.requesting import AlreadyHere, Asking

_MAX_KEY = 64


@command(FILE, "Ask for what a card shows", hidden=True)
async def file(
    ctx: Context,
    title: Annotated[TitleName, Help("A title")],
    *,
    key: Annotated[str, Help("What the card was called")],
    seasons: Annotated[str | None, Help("Seasons as in 1,3")] = None,
) -> Reply:
    """Asks once for each card, and says what became of it on the card itself where it can be changed."""
    requesting = available(ctx)
    asking = _asking(ctx, title, key, seasons)
    try:
        filing = await requesting.file(asking)
    except (UserFacing, Rejected) as error:
        if isinstance(error, AlreadyRequested) and not isinstance(error, AlreadyHere):
            return replace(offered(str(error), asking.ref), replaces=None)
        return await _said(ctx, asking.ref, escape(str(error)))
    except Unavailable as error:
        if error.service == "database":
            raise
        again = {"title": title, "key": key} | ({"seasons": seasons} if seasons else {})
        sorry = _("Nothing was requested: {reason}").format(reason=escape(str(error)))
        return Reply((Choices(sorry, (Choice(_("Try again"), Action(FILE, again, once=True)),)),))
    return await _said(ctx, filing.ref, outcome(filing))


def _asking(ctx: Context, title: str, key: str, seasons: str | None) -> Asking:
    if not key or len(key) > _MAX_KEY or not key.isascii() or not key.isprintable():
        raise InvalidInput(_("That button is too old to work; please ask again."))
    numbers = tuple(int(each) for each in (seasons or "").split(",") if each.isascii() and each.isdigit())[:200]
    return Asking(key, ctx.member, ctx.clearance, TitleRef.parse(title), numbers, ctx.place, ctx.locale)


def outcome(filing: Filing) -> str:
    """How a request stands, in Markdown."""
    title = f"**{escape(one_line(filing.title, 150))}**"
    if filing.seasons:
        title = _("{title}, seasons {seasons}").format(title=title, seasons=listed(filing.seasons))
    match filing.state:
        case FilingState.PENDING:
            line = _("{title} is requested and waits for approval. I will tell you here.")
        case FilingState.APPROVED:
            line = _("{title} is requested. I will tell you here when you can watch it.")
        case FilingState.WAITING:
            line = _("I will tell you here when you can watch {title}.")
        case FilingState.AVAILABLE:
            line = _("You can watch {title} now.")
        case FilingState.SENDING:
            line = _(
                "I asked for {title}, but nobody has confirmed it yet. I keep looking whether it has arrived, and "
                "tell you here. You need not ask again."
            )
        case FilingState.DECLINED:
            line = _("The request for {title} was declined.")
        case FilingState.FAILED:
            line = _("{title} was requested, but getting it failed.")
        case FilingState.REFUSED:
            line = _("{title} could not be requested.")
        case FilingState.LOST:
            line = _("The request for {title} did not arrive, so nothing was requested.")
        case FilingState.GONE:
            line = _("The request for {title} was removed.")
    return line.format(title=title)


async def _said(ctx: Context, ref: TitleRef, words: str) -> Reply:
    """On the card that was pressed, else as a message."""
    if ctx.pressed is None:
        return Reply((Text(words),))
    requesting = available(ctx)
    try:
        card = bare_card(await requesting.titles.get(ref, ctx.clearance))
    except RecommendarrError:
        return Reply((Text(words),))
    return Reply((replace(card, body=words, number=1),), replaces=ctx.pressed)


@command(DROP, "Ask for nothing", hidden=True)
async def drop(ctx: Context, title: Annotated[TitleName, Help("A title")]) -> Reply:
    """The card says so, where it can be changed."""
    return await _said(ctx, TitleRef.parse(title), _("Nothing was requested."))


@command(TOO, "Be told when a title is here", hidden=True)
async def too(ctx: Context, title: Annotated[TitleName, Help("A title")]) -> Reply:
    """Somebody asked for it already; this person hears of it as well."""
    requesting = available(ctx)
    wanted = await find(ctx, requesting, title)
    key = ctx.now.strftime("%Y%m%d%H%M%S%f")
    asking = Asking(key, ctx.member, ctx.clearance, wanted.ref, (), ctx.place, ctx.locale)
    return Reply((Text(outcome(await requesting.tell_too(asking))),))
