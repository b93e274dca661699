"""`recommendarr users ...`: people, and the chat accounts they speak from."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.run_checks import CHAT_PLATFORMS
from bot.cli.runtime import start
from bot.errors import InvalidInput, NotFound
from bot.i18n import gettext as _

if TYPE_CHECKING:
    from bot.bootstrap import Core
    from bot.model.members import LinkedAccount, Member

app = typer.Typer(help="People, and the chat accounts they speak from.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name of the person.")]
Platform = Annotated[str, typer.Argument(help="discord, telegram, nextcloud-talk or terminal.")]
Account = Annotated[str, typer.Argument(help="The id of the account there.")]

MAX_NAME = 100
MAX_ACCOUNT = 255


@app.command("list")
def list_() -> None:
    """Show everybody with their accounts."""
    people = asyncio.run(_everybody())
    if not people:
        typer.echo(_("There is nobody yet; `recommendarr users add NAME` adds a person."))
    for member, accounts in people:
        linked = ", ".join(f"{account.platform}:{account.account}" for account in accounts)
        typer.echo(f"{member.name}  {linked or _('no account')}")


@app.command("add")
def add(
    name: Name,
    locale: Annotated[str | None, typer.Option(help="Their language, such as de; else as the platform tells.")] = None,
    age_limit: Annotated[int | None, typer.Option(min=0, max=21, help="Show nothing for older people.")] = None,
) -> None:
    """Add a person. Somebody of that name is left as they are."""
    wanted = _cleaned(name, MAX_NAME)
    member, new = asyncio.run(_add(wanted, locale, age_limit))
    said = _("{name} was added.") if new else _("{name} is here already; nothing was changed.")
    typer.echo(said.format(name=member.name))


@app.command("link")
def link(name: Name, platform: Platform, account: Account) -> None:
    """Link a chat account to a person; one that belonged to somebody else moves."""
    known, cleaned = _checked(platform), _cleaned(account, MAX_ACCOUNT)
    member, before = asyncio.run(_link(name, known, cleaned))
    typer.echo(_("{account} is {name} now.").format(account=f"{known}:{cleaned}", name=member.name))
    if before is not None and before.id != member.id:
        typer.echo(_("It was {name} before.").format(name=before.name))


@app.command("unlink")
def unlink(platform: Platform, account: Account) -> None:
    """Take a chat account away from whoever it belongs to."""
    known, cleaned = _checked(platform), _cleaned(account, MAX_ACCOUNT)
    member = asyncio.run(_unlink(known, cleaned))
    typer.echo(_("{account} is not {name} any more.").format(account=f"{known}:{cleaned}", name=member.name))


async def _everybody() -> list[tuple[Member, list[LinkedAccount]]]:
    from bot.bootstrap import open_core  # noqa: PLC0415 - heavy

    async with open_core(start()) as core, core.uow() as uow:
        return [(member, list(await uow.members.accounts(member.id))) for member in await uow.members.all()]


async def _add(name: str, locale: str | None, age_limit: int | None) -> tuple[Member, bool]:
    from bot.bootstrap import open_core  # noqa: PLC0415 - heavy

    async with open_core(start()) as core, core.uow() as uow:
        known = await uow.members.by_name(name)
        if known is not None:
            return known, False
        member = await uow.members.add(name, locale=locale, age_limit=age_limit)
        await uow.commit()
        return member, True


async def _link(name: str, platform: str, account: str) -> tuple[Member, Member | None]:
    from bot.bootstrap import open_core  # noqa: PLC0415 - heavy

    async with open_core(start()) as core:
        return await _linked(core, name, platform, account)


async def _linked(core: Core, name: str, platform: str, account: str) -> tuple[Member, Member | None]:
    from bot.model.members import LinkedAccount  # noqa: PLC0415 - keeps --help quick
    from bot.services.accounts import AccountsService  # noqa: PLC0415

    member = await AccountsService(core.uow).member_named(name)
    async with core.uow() as uow:
        before = await uow.members.by_account(platform, account)
        await uow.members.link(LinkedAccount(member.id, platform, account, core.clock.now()))
        await uow.commit()
    return member, before


async def _unlink(platform: str, account: str) -> Member:
    from bot.bootstrap import open_core  # noqa: PLC0415 - heavy

    async with open_core(start()) as core, core.uow() as uow:
        member = await uow.members.by_account(platform, account)
        if member is None:
            raise NotFound(_("The account {account} belongs to nobody.").format(account=f"{platform}:{account}"))
        await uow.members.unlink(platform, account)
        await uow.commit()
        return member


def _checked(platform: str) -> str:
    name = platform.strip().lower()
    if name not in CHAT_PLATFORMS:
        raise InvalidInput(
            _("There is no platform “{name}”; the platforms are {names}.").format(
                name=platform[:40], names=", ".join(CHAT_PLATFORMS)
            )
        )
    return name


def _cleaned(text: str, longest: int) -> str:
    cleaned = text.strip().removeprefix("@")
    if not cleaned or len(cleaned) > longest or not cleaned.isprintable():
        raise InvalidInput(_("A name or account has 1 to {n} printable characters.").format(n=longest))
    return cleaned
