"""`recommendarr models list|use|pull|remove`: the language models of an Ollama server, and what was used."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.runtime import start
from bot.errors import InvalidSettings
from bot.i18n import gettext as _
from bot.model.recommended_models import RECOMMENDED, Fit, fits, good_for

if TYPE_CHECKING:
    from bot.ports.language_models import LanguageModels, Spent, Standing

_GB = 1e9


def list_models(
    vram: Annotated[float | None, typer.Option(min=0, help="Gigabytes on the graphics card, to say what fits.")] = None,
) -> None:
    """List the language models: which are installed and in use, which are recommended, and what was used."""
    standing = asyncio.run(_open().standing())
    console = Console()
    if standing.problem:
        typer.echo(standing.problem, err=True)
    if standing.installed:
        console.print(_installed(standing))
    elif standing.server and not standing.problem:
        typer.echo(_("No model is installed. Fetch one: recommendarr models pull qwen2.5:7b"))
    used = _("Answers are given by {name}.").format(name=standing.used)
    typer.echo(used if standing.used else _("No model talks: plain words are understood without one."))
    if standing.server:
        console.print(_recommended(standing, vram))
    for line in map(told, standing.spent):
        typer.echo(line)
    if standing.problem and not standing.used:
        raise typer.Exit(1)


def use_model(
    name: Annotated[str | None, typer.Argument(help="An installed model, such as qwen2.5:7b.")] = None,
    best: Annotated[bool, typer.Option("--best", help="Take the choice back: the best one talks.")] = False,
) -> None:
    """Let this model talk from now on; a running bot takes it up with its next answer."""
    if (name is None) != best:
        raise InvalidSettings(_("Say either the name of a model or --best."))
    used = asyncio.run(_open().use(name))
    typer.echo(_("Answers are given by {name}.").format(name=used or "-"))


def pull_model(
    name: Annotated[str, typer.Argument(help="A model of Ollama's library, such as qwen2.5:7b.")],
    use: Annotated[bool, typer.Option(help="Let it talk when it is there.")] = True,
) -> None:
    """Fetch a model to the Ollama server; after an interruption, the same again goes on where it stopped."""
    asyncio.run(_pull(_open(), name, use=use))


def remove_model(
    name: Annotated[str, typer.Argument(help="An installed model that does not talk now.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a model from the Ollama server."""
    models = _open()
    if not yes:
        typer.confirm(_("Remove {name} from the Ollama server?").format(name=name), abort=True)
    asyncio.run(models.remove(name))
    typer.echo(_("{name} is removed.").format(name=name))


async def _pull(models: LanguageModels, name: str, *, use: bool) -> None:
    from rich.progress import (  # noqa: PLC0415 - quick `--help`
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    bars = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    with bars as progress:
        task = progress.add_task(name, total=None)
        async for step in models.pull(name):
            progress.update(task, completed=step.completed, total=step.total or None)
    typer.echo(_("{name} is installed.").format(name=name))
    embeds = {model.name for model in (await models.standing()).installed if model.embeds}
    if use and not {name, f"{name}:latest"} & embeds:
        typer.echo(_("Answers are given by {name}.").format(name=await models.use(name) or "-"))


def _open() -> LanguageModels:
    from bot.bootstrap_models import language_models  # noqa: PLC0415 - heavy

    found = language_models(start())
    if found is None:
        raise InvalidSettings(
            _("No language model is set: RECOMMENDARR_AI__OLLAMA_URL, such as http://localhost:11434.")
        )
    return found.care


def _installed(standing: Standing) -> Table:
    table = Table("", _("Model"), _("Parameters"), _("Quantization"), _("On disk"), _("In memory, on the card"))
    loaded = {model.name: model for model in standing.loaded}
    for model in standing.installed:
        memory = ""
        if model.name in loaded:
            there = loaded[model.name]
            memory = f"{there.size / _GB:.1f} GB, {there.on_card / _GB:.1f} GB"
        talks = "●" if standing.used == f"ollama/{model.name}" else ""
        billions = f"{model.billions:g} B" if model.billions else ""
        table.add_row(talks, model.name, billions, model.quantization, f"{model.size / _GB:.1f} GB", memory)
    return table


def _recommended(standing: Standing, card: float | None) -> Table:
    table = Table(_("Recommended"), _("Needs"), _("Quality"), _("Fits"), _("Good for"))
    there = {model.name for model in standing.installed}
    loaded = [(model.size, model.on_card) for model in standing.loaded]
    answers = {Fit.YES: _("yes"), Fit.NO: _("no"), Fit.UNKNOWN: "?"}
    for model in RECOMMENDED:
        fit = answers[fits(model.gigabytes, loaded, card)]
        name = f"{model.name} ✓" if model.name in there else model.name
        table.add_row(name, f"{model.gigabytes:g} GB", "★" * model.stars, fit, good_for(model.name))
    return table


def told(spent: Spent) -> str:
    """One model's use in one line."""
    line = _("{model}: {calls} calls, {read} tokens read, {written} written").format(
        model=spent.model, calls=spent.calls, read=spent.read, written=spent.written
    )
    return line if spent.cost is None else f"{line}, {_('cost {amount}').format(amount=f'{spent.cost:.4f}')}"
