"""/status, /sync and /users: how it all stands and who is here. For admins, and for their eyes only."""

from __future__ import annotations

from typing import Annotated

from bot.chat.command import Help, Range, command
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Reply, Text
from bot.commands.context import Context
from bot.commands.dates import minute
from bot.explanations.phrases import grouped
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.model.members import LinkedAccount, Member
from bot.services.records import newest_sync

_PAGE = 25


@command("status", "Show how the services and the catalogue stand", private=True, admin=True, section="admin")
async def status(ctx: Context) -> Reply:
    """Counts, when each server was read last, and what the services say of themselves."""
    standing = await ctx.services.records.standing()
    titles = ngettext("{n} title", "{n} titles", standing.titles).format(n=grouped(str(standing.titles)))
    people = ngettext("{n} person", "{n} people", standing.members).format(n=standing.members)
    lines = [
        _("{titles}, {people}, {linked} with an account.").format(titles=titles, people=people, linked=standing.linked)
    ]
    for source, done in sorted(newest_sync(standing.syncs).items()):
        lines.append("- " + _("{source}: read last {moment}").format(source=escape(source), moment=minute(ctx, done)))
    for name, health in standing.services.items():
        said = _("cannot be reached")
        if health is not None:
            said = "; ".join(escape(one_line(problem, 200)) for problem in health.problems) or _("all is well")
        version = f" {escape(one_line(health.version, 40))}" if health and health.version else ""
        lines.append(f"- **{escape(name)}**{version}: {said}")
    return Reply((Text("\n".join(lines)),), private=True)


@command("sync", "Read the servers and services now", private=True, admin=True, section="admin")
async def sync(ctx: Context) -> Reply:
    """Asks for a sync, which runs beside whatever else is done."""
    if ctx.services.jobs is None:
        return Reply((Text(_("No server or service to read is configured.")),), private=True)
    await ctx.services.jobs.enqueue("sync", {}, key="sync")
    said = _("A sync was asked for. `/status` shows when each source was read last.")
    return Reply((Text(said),), private=True)


@command("users", "List the people and their accounts", private=True, admin=True, section="admin")
async def users(ctx: Context, page: Annotated[int, Range(1, 10_000), Help("Which page")] = 1) -> Reply:
    """Everybody with the accounts that are linked to them."""
    people = await ctx.services.records.people()
    pages = max(1, -(-len(people) // _PAGE))
    page = min(page, pages)
    count = ngettext("{n} person", "{n} people", len(people)).format(n=len(people))
    shown = people[(page - 1) * _PAGE : page * _PAGE]
    lines = [f"**{count}**", "", *[await _line(ctx, member, accounts) for member, accounts in shown]]
    options = []
    if page > 1:
        options.append(Choice(_("Previous page"), Action("users", {"page": page - 1})))
    if page < pages:
        options.append(Choice(_("Next page"), Action("users", {"page": page + 1})))
    text = "\n".join(lines)
    part = Choices(text, tuple(options)) if options else Text(text)
    return Reply((part,), private=True, replaces=ctx.pressed)


async def _line(ctx: Context, member: Member, accounts: tuple[LinkedAccount, ...]) -> str:
    words = [f"**{escape(one_line(member.name, 60))}**"]
    if await ctx.services.accounts.is_admin(member):
        words.append(_("admin"))
    if member.age_limit is not None:
        words.append(_("up to age {age}").format(age=member.age_limit))
    known = ", ".join(escape(one_line(f"{each.platform}:{each.account}", 80)) for each in accounts)
    return "- " + " · ".join([*words, known or _("no account")])
