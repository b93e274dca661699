"""`recommendarr doctor`: is every configured service reachable, and what is missed without the others?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.run_checks import check_runnable
from bot.cli.runtime import start
from bot.errors import InvalidSettings
from bot.i18n import gettext as _
from bot.services.doctor import SERVICES, Finding, examine
from bot.settings import Settings

if TYPE_CHECKING:
    from adapters.http import Timing

_ATTEMPTS = 2  # somebody waits for the answer
_CHAT = ("discord", "telegram", "nextcloud_talk")


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Check each configured service: reachable, authorised, its version, and what the key may not do."""
    settings = start()
    findings = asyncio.run(examined(settings))
    chat = chat_problem(settings)
    if as_json:
        typer.echo(json.dumps(told(findings, settings, chat), ensure_ascii=False))
    else:
        for line in (*lines_of(findings), *chat_lines(settings, chat)):
            typer.echo(line)
    if chat or any(finding.failed for finding in findings):
        raise typer.Exit(1)


async def examined(settings: Settings, timing: Timing | None = None) -> tuple[Finding, ...]:
    """Ask every configured service. `timing` is for tests."""
    from adapters.http import open_http  # noqa: PLC0415 - keeps --help quick
    from bot.bootstrap_sources import checks_on  # noqa: PLC0415

    async with open_http(most_attempts=_ATTEMPTS, timing=timing) as http:
        return await examine(checks_on(http, settings))


def chat_problem(settings: Settings) -> str:
    """What contradicts what in the settings of the chat platforms; empty when nothing does, or none is configured."""
    if not any(getattr(settings, name) for name in _CHAT):
        return ""
    try:
        check_runnable(settings)
    except InvalidSettings as error:
        return str(error)
    return ""


def lines_of(findings: Sequence[Finding]) -> Iterator[str]:
    """The findings as people read them, a service and what there is to say of it."""
    width = max(len(_name(finding)) for finding in findings)
    for finding in findings:
        yield f"{_name(finding):{width}}  {_state(finding)}".rstrip()
        remarks = [finding.error, *(finding.health.problems if finding.health else ()), finding.cost]
        yield from (f"{'':{width}}  - {_plain(remark)}" for remark in remarks if remark)


def _name(finding: Finding) -> str:
    return SERVICES.get(finding.service, finding.service)


def _state(finding: Finding) -> str:
    if finding.health is not None:
        name = "" if finding.health.name == _name(finding) else finding.health.name
        return _plain(" ".join(part for part in (_("works"), finding.health.version, name) if part))
    return _("does not work") if finding.configured else _("not configured")


def chat_lines(settings: Settings, problem: str) -> Iterator[str]:
    """Which chat platforms are configured, and what is wrong with their settings."""
    names = [name.replace("_", "-") for name in _CHAT if getattr(settings, name)]
    yield _("Chat platforms: {names}").format(names=", ".join(names) or _("none, only the terminal"))
    if problem:
        yield f"  - {problem}"


def told(findings: Sequence[Finding], settings: Settings, chat: str) -> dict[str, Any]:
    """The findings as JSON."""
    return {
        "ok": not chat and not any(finding.failed for finding in findings),
        "services": [
            {
                "service": finding.service,
                "configured": finding.configured,
                "ok": finding.health is not None,
                "name": finding.health.name if finding.health else None,
                "version": (finding.health.version or None) if finding.health else None,
                "problems": list(finding.health.problems) if finding.health else [],
                "error": finding.error or None,
                "missed": finding.cost or None,
            }
            for finding in findings
        ],
        "chat": {
            "platforms": [name.replace("_", "-") for name in _CHAT if getattr(settings, name)],
            "error": chat or None,
        },
    }


def _plain(text: str) -> str:
    """What services say of themselves, without what could steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
