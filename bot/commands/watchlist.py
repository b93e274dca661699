"""/watchlist: named lists of titles to watch."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.cards.titles import title_card
from bot.chat.command import Help, Range, Synonyms, TitleName, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Button, Card, Choice, Choices, Part, Reply, Text
from bot.commands.cards import marked
from bot.commands.context import Context
from bot.errors import InvalidInput, NotFound
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.titles import Title
from bot.services.watchlists import MAX_NAME, MAX_TITLES

_PAGE = 5


class Doing(StrEnum):
    """What to do with a list. The words are such that hardly a title begins with them."""

    ADD = "add"
    REMOVE = "remove"
    SHOW = "show"
    DELETE = "delete-list"


_WORDS = Synonyms(
    (("rm", "remove"), ("list", "show"), ("entfernen", "remove"), ("zeigen", "show"), ("enlever", "remove"))
)


@command("watchlist", "Keep lists of titles that you want to watch", section="tell")
async def watchlist(
    ctx: Context,
    action: Annotated[Doing | None, _WORDS, Help("What to do with the list")] = None,
    title: Annotated[TitleName | None, Help("A title, or its number in my last answer")] = None,
    *,
    list_: Annotated[str | None, Help("The name of a list; without it, your own first list")] = None,
    page: Annotated[int, Range(1, MAX_TITLES), Help("Which page of the list")] = 1,
) -> Reply:
    """A title without a word is added; nothing at all shows the list."""
    name = one_line(list_ or "")
    match action or (Doing.ADD if title else Doing.SHOW):
        case Doing.ADD:
            return await _add(ctx, name, await _title(ctx, title))
        case Doing.REMOVE:
            return await _remove(ctx, name, await _title(ctx, title))
        case Doing.DELETE:
            return await _delete(ctx, name)
        case _:
            return await _show(ctx, name, page)


async def _title(ctx: Context, title: str | None) -> Title:
    if title is None:
        raise InvalidInput(_("Which title do you mean? Write it, or its number in my last answer."))
    return await ctx.title(title)


async def _add(ctx: Context, name: str, title: Title) -> Reply:
    added = await ctx.services.watchlists.add(ctx.member, name, title.id, ctx.now)
    words = {"title": f"**{escape(title.name)}**", "list": _called(name)}
    if not added:
        return Reply((Text(_("{title} is on {list} already.").format(**words)),))
    said = _("{title} is on {list} now.").format(**words)
    return Reply((Choices(said, (Choice(_("Show the list"), _press(Doing.SHOW, name)),)),))


async def _remove(ctx: Context, name: str, title: Title) -> Reply:
    removed = await ctx.services.watchlists.remove(ctx.member, name, title.id)
    words = {"title": f"**{escape(title.name)}**", "list": _called(name)}
    if not removed:
        return Reply((Text(_("{title} is not on {list}.").format(**words)),))
    if card := await marked(ctx, "removed", _("Taken off the list.")):
        return card
    return Reply((Text(_("{title} is off {list}.").format(**words)),))


async def _delete(ctx: Context, name: str) -> Reply:
    if not name:
        raise InvalidInput(_("Name the list, as in: /watchlist delete-list list=sunday"))
    await ctx.services.watchlists.delete(ctx.member, name)
    return Reply((Text(_("{list} is gone.").format(list=_called(name))),))


async def _show(ctx: Context, name: str, page: int) -> Reply:
    """The newest first, a page at a time; what may not be shown here is left out."""
    titles = [
        title
        for title_id in await ctx.services.watchlists.titles(ctx.member, name)
        if (title := await _seen(ctx, title_id))
    ]
    others = await _others(ctx, name)
    if not titles:
        hint = _("There is nothing on {list} yet: write /watchlist add and a title.").format(list=_called(name))
        return Reply((Choices(hint, others),) if others else (Text(hint),))
    page = min(page, -(-len(titles) // _PAGE))
    shown = titles[(page - 1) * _PAGE : page * _PAGE]
    ctx.conversation.memory = replace(ctx.conversation.memory, shown=tuple(str(title.ref) for title in shown))
    count = ngettext("{n} title", "{n} titles", len(titles)).format(n=len(titles))
    parts: list[Part] = [Text(f"**{_called(name)}**: {count}"), *(_card(title, name) for title in shown)]
    following = (Choice(_("Next page"), _press(Doing.SHOW, name, page=page + 1)),) if page * _PAGE < len(titles) else ()
    if following or others:
        parts.append(Choices("", (*following, *others)))
    return Reply(tuple(parts))


async def _seen(ctx: Context, title_id: int) -> Title | None:
    try:
        return await ctx.services.titles.by_id(title_id, ctx.clearance)
    except NotFound:
        return None


def _card(title: Title, name: str) -> Card:
    card = title_card(title)
    off = Button(_("Take off the list"), _press(Doing.REMOVE, name, title=str(title.ref)))
    return replace(card, buttons=(off, *card.buttons))


async def _others(ctx: Context, name: str) -> tuple[Choice, ...]:
    """The other lists that have something on them."""
    lists = await ctx.services.watchlists.of(ctx.member)
    return tuple(
        Choice(f"{one_line(each.name, MAX_NAME) or _('Watchlist')} ({each.count})", _press(Doing.SHOW, each.name))
        for each in lists
        if each.count and each.name.casefold() != name.casefold()
    )


def _press(doing: Doing, name: str, **args: str | int) -> Action:
    return Action("watchlist", {"action": doing.value, **args, **({"list": name} if name else {})})


def _called(name: str) -> str:
    return _("your list “{name}”").format(name=escape(one_line(name, MAX_NAME))) if name else _("your watchlist")
