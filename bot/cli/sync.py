"""`recommendarr sync`: bring people, titles and histories to what the servers and services say."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.runtime import start
from bot.errors import InvalidSettings
from bot.i18n import gettext as _
from bot.i18n import ngettext

if TYPE_CHECKING:
    from bot.services.sync import StageResult, SyncSummary
    from bot.settings import Settings


def sync(
    only: Annotated[str | None, typer.Option(metavar="NAME", help="Sync one source, such as plex.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read everything again, not only what is new.")] = False,
    permissions: Annotated[bool, typer.Option("--permissions", help="Only people and what they may see.")] = False,
    no_embed: Annotated[bool, typer.Option("--no-embed", help="Leave the understanding of new titles out.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Take over people, access, libraries, histories, metadata and requests. May be interrupted and repeated."""
    summary = asyncio.run(_sync(start(), only, full=full, permissions=permissions, embed=not no_embed))
    if as_json:
        typer.echo(json.dumps(asdict(summary), ensure_ascii=False))
    else:
        for line in lines_of(summary):
            typer.echo(line)
    if summary.failed:
        raise typer.Exit(1)


async def _sync(settings: Settings, only: str | None, *, full: bool, permissions: bool, embed: bool) -> SyncSummary:
    from rich.console import Console  # noqa: PLC0415 - keeps --help quick
    from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from bot.bootstrap import open_core  # noqa: PLC0415
    from bot.bootstrap_sources import open_sources  # noqa: PLC0415
    from bot.bootstrap_sync import open_sync  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TextColumn("{task.completed}"))
    bars = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), disable=not sys.stderr.isatty())
    tasks: dict[tuple[str, str], TaskID] = {}

    def advance(source: str, stage: str, done: int) -> None:
        if (source, stage) not in tasks:
            tasks[source, stage] = bars.add_task(f"{source}: {stage_name(stage)}", total=None)
        bars.update(tasks[source, stage], completed=done)

    async with open_core(settings) as core, open_sources(settings, core.clock) as sources:
        if not sources.names:
            raise InvalidSettings(_("No media server is configured: set RECOMMENDARR_PLEX__URL, for example."))
        service = open_sync(core, sources)
        with bars:
            if permissions:
                return await service.permissions(progress=advance)
            return await service.run(only=only, full=full, embed=embed, progress=advance)


def lines_of(summary: SyncSummary) -> list[str]:
    """The summary as people read it."""
    lines = []
    for source in summary.sources:
        told = [words_of(stage) for stage in source.stages]
        requests = ngettext("{number} request", "{number} requests", source.requests).format(number=source.requests)
        if told or source.requests:
            lines.append(f"{source.source}: {'; '.join([*told, requests])}")
        if source.error:
            lines.append(f"{source.source}: {source.error}")
    if summary.embedded:
        embedded = ngettext("Embedded {number} title.", "Embedded {number} titles.", summary.embedded)
        lines.append(embedded.format(number=summary.embedded))
    lines.append(_("Synced in {seconds} seconds.").format(seconds=f"{summary.seconds:.1f}"))
    return lines


def words_of(stage: StageResult) -> str:
    """One stage: what was told and what that changed."""
    changes = ", ".join(f"{number} {_changes()[what]}" for what, number in stage.changes.items())
    return f"{stage.told} {stage_name(stage.stage)} ({changes or _('nothing new')})"


def stage_name(stage: str) -> str:
    """What a stage is about."""
    return {
        "people": _("people"),
        "titles": _("titles"),
        "plays": _("plays"),
        "ratings": _("ratings"),
        "metadata": _("descriptions"),
        "requests": _("requested titles"),
    }[stage]


def _changes() -> dict[str, str]:
    return {
        "new": _("new"),
        "changed": _("changed"),
        "gone": _("gone"),
        "waiting": _("waiting for their title or person"),
        "doubtful": _("missing, to be confirmed by the next sync"),
        "doubled": _("told twice and dropped"),
        "described": _("described"),
        "unknown": _("unknown to the service"),
        "joined": _("similar titles joined"),
    }
