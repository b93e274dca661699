"""Indexing from the command line, with progress on a terminal and silence elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.bootstrap import Core
    from bot.services.indexing import IndexReport


async def index(core: Core) -> IndexReport:
    """Embed what is new or changed, and lay the catalogue out for answering. Raises: Locked, Unavailable."""
    from rich.console import Console  # noqa: PLC0415 - keeps --help quick
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    from bot.bootstrap import lay_out, open_indexing  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    async with open_indexing(core) as indexing:
        with Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
            task = progress.add_task("Understanding titles", total=None)
            report = await indexing.run(lambda done, total: progress.update(task, completed=done, total=total))
    with console.status("Laying the catalogue out ..."):
        await lay_out(core)
    return report
