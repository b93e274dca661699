"""/requests: how one's own requests stand; and for those who decide, what waits for approval."""

from __future__ import annotations

from typing import Annotated

from bot.chat.command import Help, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Part, Reply, Text
from bot.commands.context import Context
from bot.commands.request import available, listed
from bot.commands.request_steps import outcome
from bot.errors import NotAllowed
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.ports.requests import FiledRequest, RequestState
from bot.services.requesting_deciding import DecidingService

DECIDE = "request-decide"
_SHOWN = 10


@command("requests", "See how your requests stand", private=True, section="you")
async def requests(
    ctx: Context,
    *,
    notify: Annotated[bool | None, Help("Administrators: tell me here of requests that wait for approval")] = None,
) -> Reply:
    """Own requests, the newest first; administrators see what waits for approval, with buttons."""
    requesting = available(ctx)
    admin = await ctx.services.accounts.is_admin(ctx.member)
    parts: list[Part] = []
    if notify is not None:
        parts.append(Text(await _desk(ctx, admin=admin, on=notify)))
    own = await requesting.own(ctx.member, limit=_SHOWN)
    if own:
        parts.append(Text("\n".join([_("Your requests:"), *(f"- {outcome(each)}" for each in own)])))
    elif not admin:
        parts.append(Text(_("You have requested nothing yet: write /request and a title.")))
    if admin:
        parts += await _waiting(ctx)
    return Reply(tuple(parts))


async def _desk(ctx: Context, *, admin: bool, on: bool) -> str:
    if not admin:
        raise NotAllowed(_("Only administrators are told of other people's requests."))
    await _deciding(ctx).put_desk(ctx.member, ctx.place, ctx.locale, on=on)
    return _("I will tell you here of new requests.") if on else _("I tell you of new requests no more.")


async def _waiting(ctx: Context) -> list[Part]:
    deciding = _deciding(ctx)
    found = await deciding.pending(_SHOWN)
    if not found:
        return [Text(_("Nothing waits for approval."))]
    names = await deciding.names([each.ref for each in found])
    people = await deciding.account_names()
    count = ngettext("{n} request waits for approval:", "{n} requests wait for approval:", len(found))
    parts: list[Part] = [Text(count.format(n=len(found)))]
    return parts + [decision(each, names[each.ref], people.get(each.account, each.account)) for each in found]


def decision(request: FiledRequest, title: str, name: str) -> Choices:
    """One request that waits, with what can be done about it."""
    shown = f"**{escape(one_line(title, 150))}**"
    if request.seasons:
        shown = _("{title}, seasons {seasons}").format(title=shown, seasons=listed(request.seasons))
    asked = _("{name} asks for {title}.").format(name=escape(one_line(name, 60)), title=shown)
    options = (
        Choice(_("Approve"), Action(DECIDE, {"number": request.id, "approve": True})),
        Choice(_("Decline"), Action(DECIDE, {"number": request.id, "approve": False})),
    )
    return Choices(asked, options)


@command(DECIDE, "Approve or decline a request", admin=True, hidden=True)
async def decide(
    ctx: Context,
    number: Annotated[str, Help("The request")],
    *,
    approve: Annotated[bool, Help("Approve it, or decline it")],
) -> Reply:
    """The request is read anew, decided on under the administrator's own account, and told as it is then."""
    available(ctx)
    deciding = _deciding(ctx)
    request, done = await deciding.decide(ctx.member, number, approve=approve)
    title = f"**{escape(one_line((await deciding.names([request.ref]))[request.ref], 150))}**"
    line = _STATES[request.state]()
    words = line.format(title=title)
    if not done:
        words = " ".join([_("Somebody decided before you, or it has moved on."), words])
    return Reply((Text(words),), replaces=ctx.pressed)


_STATES = {
    RequestState.PENDING: lambda: _("{title} still waits for approval."),
    RequestState.APPROVED: lambda: _("{title} is approved."),
    RequestState.DECLINED: lambda: _("{title} is declined."),
    RequestState.FAILED: lambda: _("{title} is approved, but getting it failed."),
    RequestState.COMPLETED: lambda: _("{title} is there already."),
}


def _deciding(ctx: Context) -> DecidingService:
    if ctx.services.deciding is None:
        raise NotAllowed(_("Nothing can be requested here: no request service is connected."))
    return ctx.services.deciding
