"""/privacy, /forget and /export: what others learn of a person, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.chat.binding import read_yes
from bot.chat.command import Help, Range, Synonyms, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Reply, Text
from bot.commands.context import Context
from bot.errors import InvalidInput, Unavailable
from bot.i18n import gettext as _
from bot.model.privacy import Privacy
from bot.services.privacy import PrivacyService

_PART = 2400  # characters of an export in one message, before they are escaped


class Item(StrEnum):
    """What can be allowed."""

    SHOW = "show"
    NAMES = "names"
    NEIGHBOURS = "neighbours"
    GROUPS = "groups"


_WORDS = Synonyms(
    (("neighbors", "neighbours"), ("namen", "names"), ("noms", "names"), ("nachbarn", "neighbours"),
     ("voisins", "neighbours"), ("gruppen", "groups"), ("groupes", "groups"))
)  # fmt: skip
_FIELDS = {Item.NAMES: "name_watched", Item.NEIGHBOURS: "contribute", Item.GROUPS: "group_line"}


@command("privacy", "Set what others learn of you", private=True, section="you")
async def privacy(
    ctx: Context,
    item: Annotated[Item, _WORDS, Help("What to set")] = Item.SHOW,
    value: Annotated[str | None, Help("yes or no")] = None,
) -> Reply:
    """Everything with a button to change it."""
    service, current = _service(ctx), ctx.privacy
    if item is not Item.SHOW:
        if not value:
            raise InvalidInput(_("Write yes or no, as in: /privacy neighbours no"))
        wanted = {_FIELDS[item]: read_yes(value)}
        current = await service.change(ctx.member, lambda before: replace(before, **wanted))
    return Reply((Choices(_panel(current), _options(current)),), private=True, replaces=ctx.pressed)


@command("forget", "Delete everything that I know of you", private=True, section="you")
async def forget(
    ctx: Context,
    sure: Annotated[bool, Help("That it is meant")] = False,
    *,
    confirmed: Annotated[bool, Help("That it is meant a second time")] = False,
) -> Reply:
    """Two presses, then everything of the person is gone."""
    service = _service(ctx)
    if not sure:
        what = _(
            "This deletes your history, ratings, lists, settings, conversations and links here, and nobody can bring "
            "them back. /export shows them first. Your media server and the request service keep what they have."
        )
        go = Choice(_("Go on"), Action("forget", {"sure": True}, once=True))
        return Reply((Choices(what, (go,)),), private=True)
    if not confirmed:
        last = Choice(_("Delete everything of me"), Action("forget", {"sure": True, "confirmed": True}, once=True))
        return Reply((Choices(_("Are you sure, {name}?").format(name=_name(ctx)), (last,)),), private=True)
    gone = await service.forget(ctx.member, ctx.now)
    done = _("Everything of you is deleted, and I do not know you any more.")
    left = _(
        "What stays is what your media server tells by itself: your name there and what it lets you see. Your history "
        "is not read again unless you link yourself anew."
    )
    ctx.conversation.ended = True
    return Reply((Text(done if gone else f"{done} {left}"),), private=True)


@command("export", "Show everything that I keep of you", private=True, section="you")
async def export(ctx: Context, part: Annotated[int, Range(1, 100_000), Help("Which part")] = 1) -> Reply:
    """All data as JSON, in parts that put together are one file."""
    pieces = _pieces(await _service(ctx).export(ctx.member, ctx.now))
    part = min(part, len(pieces))
    head = _("Part {n} of {count} of all that I keep of you, as JSON:").format(n=part, count=len(pieces))
    text = f"{head}\n\n{escape(pieces[part - 1])}"
    if part == len(pieces):
        return Reply((Text(text),), private=True)
    following = Choice(_("Next part"), Action("export", {"part": part + 1}))
    return Reply((Choices(text, (following,)),), private=True)


def _pieces(text: str) -> list[str]:
    """Cut between lines where lines are not longer than a part."""
    pieces, current = [], ""
    for line in text.splitlines(keepends=True):
        if current and len(current) + len(line) > _PART:
            pieces.append(current)
            current = ""
        current += line
        while len(current) > _PART:
            pieces.append(current[:_PART])
            current = current[_PART:]
    return [*pieces, current] if current else pieces


def _panel(current: Privacy) -> str:
    def word(allowed: bool) -> str:
        return _("yes") if allowed else _("no")

    lines = [
        _("Reasons in rooms may name what I watched: {value}").format(value=word(current.name_watched)),
        _("What I watched helps suggestions to others, without my name: {value}").format(
            value=word(current.contribute)
        ),
        _("Group answers show how well a title suits me: {value}").format(value=word(current.group_line)),
    ]
    closing = _("/export shows all that I keep of you, /forget deletes it.")
    return "\n".join(["**" + _("Your privacy") + "**", *(f"- {line}" for line in lines), "", closing])


def _options(current: Privacy) -> tuple[Choice, ...]:
    labels = {
        Item.NAMES: (_("Do not name what I watched"), _("Name what I watched")),
        Item.NEIGHBOURS: (_("Keep my history to myself"), _("Let my history help others")),
        Item.GROUPS: (_("Leave me out of group lines"), _("Show me in group lines")),
    }
    options = []
    for item, (off, on) in labels.items():
        allowed = getattr(current, _FIELDS[item])
        press = Action("privacy", {"item": item.value, "value": "no" if allowed else "yes"})
        options.append(Choice(off if allowed else on, press))
    return tuple(options)


def _name(ctx: Context) -> str:
    return f"**{escape(one_line(ctx.member.name, 60))}**"


def _service(ctx: Context) -> PrivacyService:
    if ctx.services.privacy is None:
        raise Unavailable("recommendarr", _("Privacy is not set up here."))
    return ctx.services.privacy
