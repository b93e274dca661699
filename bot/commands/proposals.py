"""What plain words would write, put to the person first: a question whose button does it, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

from bot.chat.command import Help, Range, TitleName, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Reply
from bot.commands.context import Context
from bot.errors import UserFacing
from bot.i18n import gettext as _
from bot.model.titles import Title

_PRAISE = 7  # of ten
_MOST = 9  # titles beside the first


class Proposal(StrEnum):
    """What can be proposed."""

    RATE = "rate"
    SEEN = "seen"
    LIKE = "like"
    HIDE = "hide"
    ADD = "watchlist-add"
    REMOVE = "watchlist-remove"


@command("propose", "Ask before something is noted", hidden=True)
async def propose(
    ctx: Context,
    what: Annotated[Proposal, Help("What would be noted")],
    title: Annotated[TitleName, Help("A title, or its number in my last answer")],
    *,
    value: Annotated[int | None, Range(1, 10), Help("From 1 to 10")] = None,
    list_: Annotated[str | None, Help("The name of a list")] = None,
    also: Annotated[str | None, Help("Further titles, with | between them")] = None,
) -> Reply:
    """A question about titles that the person may see; nothing is written before its button is pressed."""
    found = await ctx.title(title)
    ref, name = str(found.ref), f"**{escape(found.name)}**"
    _take_in(ctx, what, found.id, value)
    if what in _WHICH and (others := await _others(ctx, also, found)):
        for each in others:
            _take_in(ctx, what, each.id, value)
        each_one = tuple(
            Choice(one_line(each.name, 60), _press(what.value, str(each.ref))) for each in (found, *others)
        )
        return Reply((Choices(_WHICH[what](), each_one),))
    if what is Proposal.RATE and value is None:
        rates = tuple(Choice(f"{stars} / 10", _press("rate", ref, value=stars)) for stars in range(10, 0, -1))
        return Reply((Choices(_("How many points for {title}?").format(title=name), rates),))
    question, label = _WORDS[what]
    listed = {"list": one_line(list_)} if list_ else {}
    match what:
        case Proposal.RATE:
            press = _press("rate", ref, value=value)
        case Proposal.ADD:
            press = _press("watchlist", ref, action="add", **listed)
        case Proposal.REMOVE:
            press = _press("watchlist", ref, action="remove", **listed)
        case _:
            press = _press(what.value, ref)
    asked = (_NAMED[what] if listed and what in _NAMED else question)().format(
        title=name, value=value, list=escape(listed.get("list", ""))
    )
    options = [Choice(label(), press), Choice(_("No, show me the title"), Action("search", {"title": ref}))]
    if what is Proposal.LIKE:
        options.append(Choice(_("Find something like it"), Action("similar", {"title": ref})))
    return Reply((Choices(asked, tuple(options)),))


async def _others(ctx: Context, names: str | None, first: Title) -> list[Title]:
    """Those of the further titles that are surely meant; the first was said to be unknown where it is."""
    found: dict[int, Title] = {}
    for name in (names or "").split("|")[:_MOST]:
        try:
            title = await ctx.title(name)
        except UserFacing:
            continue
        found[title.id] = title
    found.pop(first.id, None)
    return list(found.values())


def _take_in(ctx: Context, what: Proposal, title_id: int, value: int | None) -> None:
    """What is said well or ill of a title shapes the answers that follow in this conversation, noted or not."""
    praised = what is Proposal.LIKE or (what is Proposal.RATE and (value or 0) >= _PRAISE)
    spurned = what is Proposal.HIDE or (what is Proposal.RATE and value is not None and not praised)
    if praised or spurned:
        ctx.conversation.memory = ctx.conversation.memory.with_opinion(title_id, good=praised)


_WORDS: Mapping[Proposal, tuple[Callable[[], str], Callable[[], str]]] = {
    Proposal.RATE: (lambda: _("{title}: {value} out of 10?"), lambda: _("Yes, rate it")),
    Proposal.SEEN: (lambda: _("Shall I note that you have seen {title}?"), lambda: _("Yes, I have seen it")),
    Proposal.LIKE: (lambda: _("Shall I note that you like {title}?"), lambda: _("Yes, I like it")),
    Proposal.HIDE: (lambda: _("Shall I keep {title} away from you for some months?"), lambda: _("Yes, hide it")),
    Proposal.ADD: (lambda: _("Put {title} on your list?"), lambda: _("Yes, put it on the list")),
    Proposal.REMOVE: (lambda: _("Take {title} off your list?"), lambda: _("Yes, take it off")),
}


_WHICH: Mapping[Proposal, Callable[[], str]] = {
    Proposal.SEEN: lambda: _("Which of these shall I note as seen?"),
    Proposal.LIKE: lambda: _("Which of these shall I note as liked?"),
    Proposal.HIDE: lambda: _("Which of these shall I keep away from you for some months?"),
}


# The person must read what the button writes, and so to which list.
_NAMED: Mapping[Proposal, Callable[[], str]] = {
    Proposal.ADD: lambda: _("Put {title} on your list “{list}”?"),
    Proposal.REMOVE: lambda: _("Take {title} off your list “{list}”?"),
}


def _press(name: str, ref: str, **args: Any) -> Action:
    return Action(name, {"title": ref, **args}, once=True)
