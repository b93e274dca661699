"""/link and /unlink: which accounts are whose."""

from __future__ import annotations

from typing import Annotated

from bot.chat.command import Help, Members, Rest, command
from bot.chat.incoming import Author
from bot.chat.plain import escape, one_line
from bot.chat.reply import Action, Choice, Choices, Part, Reply, Text
from bot.commands import linking as saying
from bot.commands.context import Context
from bot.errors import InvalidInput, NotAllowed, Unavailable
from bot.i18n import gettext as _
from bot.model.members import LinkedAccount
from bot.services.linking import LinkingService

_WHO = Help("For administrators: whose account it is about")


@command("link", "Link another account of yours", section="you")
async def link(
    ctx: Context,
    words: Annotated[str | None, Rest("A code, a media server, or for administrators a name")] = None,
    who: Annotated[Members, _WHO] = (),
) -> Reply:
    """In private a code for another platform and what else can be linked. Administrators link others by name."""
    linking, word = _linking(ctx), (words or "").strip()
    platform, account, name = _account_and_name(ctx, word, who)
    if account:
        return await _assign(ctx, linking, platform, account, name)
    author = _author(ctx)
    if word and word.casefold() == saying.DONE and ctx.place.private:
        return await _checked(ctx, linking, author)
    if word and (reply := await saying.settled(linking, author, ctx.place, word)):
        return reply
    if not ctx.place.private:
        return saying.in_private()
    if word.casefold() in linking.sign_ins.sources:
        return await saying.begin(linking, author, ctx.place, word.casefold(), ctx.platform_locale)
    if word:
        raise saying.unreadable()
    return await _overview(ctx, linking)


@command("unlink", "Part an account from you", section="you")
async def unlink(
    ctx: Context,
    words: Annotated[str | None, Rest("For administrators: the account as platform:account")] = None,
    who: Annotated[Members, _WHO] = (),
    *,
    confirmed: Annotated[bool, Help("Do it without asking")] = False,
) -> Reply:
    """Ask, and then part it. In a room only the account that asks; in private any of one's own."""
    linking, word = _linking(ctx), (words or "").strip()
    platform, account, _name = _account_and_name(ctx, word, who)
    if not account:
        if word:
            raise InvalidInput(_("Write the account as platform:account, or send /unlink alone."))
        return await _which(ctx, linking)
    own = any((each.platform, each.account) == (platform, account) for each in await linking.accounts(ctx.member))
    if not own:
        await _for_admins(ctx, "unlink")
    elif not ctx.place.private and account != _author(ctx).account:
        raise InvalidInput(_("That is about another account of yours: ask me in private."))
    shown = escape(one_line(f"{platform}:{account}", 80))
    if not confirmed:
        sure = _("{account} will not be known to me any more. What I learnt of you stays; /forget deletes that.")
        yes = Action("unlink", {"words": f"{platform}:{account}", "confirmed": True}, once=True)
        return Reply((Choices(sure.format(account=shown), (Choice(_("Unlink it"), yes),)),))
    parted = await linking.unlink(ctx.member if own else None, platform, account)
    done = _("{account} is not linked to {name} any more.")
    return Reply((Text(done.format(account=shown, name=escape(one_line(parted.name, 60)))),))


async def _overview(ctx: Context, linking: LinkingService) -> Reply:
    code = await linking.codes.show(ctx.member)
    name = f"**{escape(one_line(ctx.member.name, 60))}**"
    accounts = escape(", ".join(_shown(each) for each in await linking.accounts(ctx.member)))
    lines = [
        _("You are {name} here, with {accounts}.").format(name=name, accounts=accounts or _("no account")),
        _("To link another platform, type there within ten minutes: `/link {code}`").format(code=code),
        _("The code works once. Give it to nobody: whoever types it becomes you."),
    ]
    options = [
        Choice(_("Add my {server} account").format(server=saying.server_name(source)), saying.press(source))
        for source in linking.sign_ins.sources
        if source not in {each.platform for each in await ctx.services.accounts.accounts(ctx.member)}
    ]
    text = "\n\n".join(lines)
    part: Part = Choices(text, tuple(options)) if options else Text(text)
    return Reply((part,), private=True)


async def _checked(ctx: Context, linking: LinkingService, author: Author) -> Reply:
    """A press on a button of the time before: by now the link may be there."""
    if not linking.sign_ins.open(author):
        name = f"**{escape(one_line(ctx.member.name, 60))}**"
        return Reply((Text(_("Nothing more to do: you are {name} here.").format(name=name)),))
    reply = await saying.settled(linking, author, ctx.place, saying.DONE)
    assert reply is not None
    return reply


async def _assign(ctx: Context, linking: LinkingService, platform: str, account: str, name: str) -> Reply:
    await _for_admins(ctx, "link")
    if not name:
        raise InvalidInput(_("Say whose account it is, as in: /link {account} Anna").format(account="discord:1234"))
    member = await ctx.services.accounts.member_named(name)
    await linking.assign(member, platform, account)
    shown = escape(one_line(f"{platform}:{account}", 80))
    done = _("{account} is {name} from now on.")
    return Reply((Text(done.format(account=shown, name=f"**{escape(one_line(member.name, 60))}**")),))


async def _which(ctx: Context, linking: LinkingService) -> Reply:
    author = _author(ctx)
    own = [
        each
        for each in await linking.accounts(ctx.member)
        if ctx.place.private or (each.platform, each.account) == (author.platform, author.account)
    ]
    options = tuple(Choice(one_line(_shown(each), 60), Action("unlink", {"words": _shown(each)})) for each in own)
    if not options:
        return Reply((Text(_("No account of yours is linked.")),))
    return Reply((Choices(_("Which account shall I part from you?"), options),))


def _account_and_name(ctx: Context, word: str, who: tuple[str, ...]) -> tuple[str, str, str]:
    """The account that is meant, as platform and account, and whose it is to be; empty without.

    Raises: InvalidInput.
    """
    if who:
        first = who[0]
        if len(who) > 1 or not first.startswith("account:"):
            raise InvalidInput(_("Mention one person of this platform, or write the account as platform:account."))
        return ctx.place.platform, first.removeprefix("account:"), word
    first, _space, rest = word.partition(" ")
    platform, colon, account = first.partition(":")
    if not colon or first.startswith(saying.CLAIM):
        return "", "", ""
    return platform.lower(), account, rest.strip()


async def _for_admins(ctx: Context, name: str) -> None:
    if not await ctx.services.accounts.is_admin(ctx.member):
        raise NotAllowed(_("With somebody else's account, /{name} is for administrators.").format(name=name))


def _author(ctx: Context) -> Author:
    if ctx.author is None:
        raise Unavailable("recommendarr", _("I cannot tell which account you speak from."))
    return ctx.author


def _linking(ctx: Context) -> LinkingService:
    if ctx.services.linking is None:
        raise Unavailable("recommendarr", _("Linking is not set up here."))
    return ctx.services.linking


def _shown(account: LinkedAccount) -> str:
    return f"{account.platform}:{account.account}"
