"""What the evaluations print: progress while they run, then a table or JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.errors import InvalidFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.cli.evaluation_data import Embed
    from bot.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


def data_folder() -> Path:
    """Where real data for measuring lie: `RECOMMENDARR_BENCH_DATA`, else beside the checkout. Raises: InvalidFile."""
    folder = Path(os.environ.get("RECOMMENDARR_BENCH_DATA") or "../shared/data")
    if not folder.is_dir():
        raise InvalidFile(f"There is no folder {folder}; name one with real data in RECOMMENDARR_BENCH_DATA.")
    return folder


def optional_data_folder() -> Path | None:
    """The same, or None where no folder was named and none lies there. Raises: InvalidFile for a wrong name."""
    return data_folder() if os.environ.get("RECOMMENDARR_BENCH_DATA") or Path("../shared/data").is_dir() else None


def embedder(settings: Settings) -> Embed:
    """Texts to vectors with the installed model, kept in the home for the next run. Raises: Unavailable, when used."""
    import asyncio  # noqa: PLC0415 - only when something is measured

    from adapters.models.minilm import MiniLmEmbedder  # noqa: PLC0415
    from bot.cli.evaluation_runs import kept  # noqa: PLC0415

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        model = MiniLmEmbedder(settings.models_dir)
        try:
            return asyncio.run(model.embed(texts))
        finally:
            model.close()

    return kept(embed, settings.shelf_dir)


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A bar per stage on a terminal, silence elsewhere."""
    from rich.console import Console  # noqa: PLC0415 - keeps --help quick
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    tasks: dict[str, Any] = {}
    with Bars(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bars:

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell


def finish(report: Mapping[str, Any], *, as_json: bool, output: Path | None) -> None:
    """Print the report as JSON or as tables, and keep it in a file if one is named. Raises: InvalidFile."""
    text = json.dumps(report, ensure_ascii=False, indent=1, sort_keys=False)
    if output is not None:
        try:
            output.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise InvalidFile(f"The report cannot be written to {output}: {error.strerror}.") from error
    if as_json:
        typer.echo(text)
    else:
        print_tables(report)


def print_tables(report: Mapping[str, Any]) -> None:
    """One table per group, a row per pipeline or a column per language; then what went wrong."""
    groups = report.get("kinds") or {str(report.get("task", "")): report}
    for name, group in groups.items():
        measured = group.get("pipelines")
        _print_table(str(name), _measured(group) if measured is None else measured)
    for mistake in report.get("mistakes", ()):
        typer.echo(json.dumps(mistake, ensure_ascii=False))


def _measured(group: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """A report that has no pipelines, by metric: a narrow terminal has room for few columns."""
    rows: dict[str, dict[str, Any]] = {}
    for name, figures in group.items():
        for metric, value in figures.items() if isinstance(figures, Mapping) else ():
            if _is_figure(value):
                rows.setdefault(str(metric), {})[str(name)] = value
    return rows


def _print_table(name: str, pipelines: Mapping[str, Mapping[str, Any]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - keeps --help quick
    from rich.table import Table  # noqa: PLC0415

    metrics = list(dict.fromkeys(key for row in pipelines.values() for key in row if _is_figure(row[key])))
    table = Table(title=name)
    table.add_column("")
    for metric in metrics:
        table.add_column(metric, justify="right")
    for pipeline, row in pipelines.items():
        table.add_row(pipeline, *(_figure(row, metric) for metric in metrics))
    Console().print(table)


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _figure(row: Mapping[str, Any], metric: str) -> str:
    """A figure with its interval, where it has one."""
    if metric not in row:
        return ""
    low, high = row.get("intervals", {}).get(metric, (None, None))
    if isinstance(row[metric], int):
        return f"{row[metric]:,}"
    return f"{row[metric]:.4f}" if low is None else f"{row[metric]:.4f} [{low:.3f}, {high:.3f}]"
