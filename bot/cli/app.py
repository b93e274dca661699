"""The command line: mounts the groups of commands and turns our own errors into one sentence and an exit status.

Groups import what is heavy inside their commands, so that `recommendarr --help` stays quick.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from bot.cli import chat, demo, doctor, evaluate, health, imports, learn, models, recommend, sync, users
from bot.cli.run import run as serve
from bot.errors import RecommendarrError

app = typer.Typer(
    name="recommendarr",
    help="Recommends films and series to the people of a home media server, and says why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("run")(serve)
app.command("chat")(chat.chat)
app.command("recommend")(recommend.recommend)
app.command("demo")(demo.demo)
app.command("sync")(sync.sync)
app.command("health")(health.health)
app.command("doctor")(doctor.doctor)
app.command("tune")(learn.tune)
app.command("bench")(learn.bench)
app.add_typer(imports.app, name="import")
app.add_typer(models.app, name="models")
app.add_typer(users.app, name="users")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(learn.train, name="train")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"recommendarr {version('recommendarr')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Options that come before the command."""


def run() -> None:
    """Run the command line. Exit status 1: an error of our own, told in one sentence; 130: interrupted."""
    try:
        app()
    except RecommendarrError as error:
        print(str(error), file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print("Interrupted; what was stored until now is kept.", file=sys.stderr)
        raise SystemExit(130) from None
