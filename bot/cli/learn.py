"""`recommendarr tune`, `recommendarr train ...` and `recommendarr bench`: learning and timing, by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.evaluation_output import data_folder, embedder, finish, shown_progress
from bot.cli.runtime import start
from bot.errors import InvalidFile, InvalidInput

train = typer.Typer(help="Learn from public data what this server cannot know by itself.", no_args_is_help=True)


def tune(
    module: Annotated[
        Path | None, typer.Option("--write", help="Write the learnt weights to this Python module.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same weights.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    output: Annotated[Path | None, typer.Option("--output", help="Write the JSON to this file too.")] = None,
) -> None:
    """Learn the weights of the blend from the people with even ids of ml-latest-small, and say what they achieve."""
    from bot.cli.evaluation_runs import load, run_tune, sources_under  # noqa: PLC0415 - heavy

    settings = start()
    with shown_progress() as progress:
        rated = load(sources_under(data_folder()), embedder(settings))
        _tiers, source, report = run_tune(rated, seed=seed, progress=progress)
    if module is not None:
        _write(module, source)
    finish(report, as_json=as_json, output=output)


@train.command("ease")
def ease(
    folder: Annotated[Path | None, typer.Argument(help="A MovieLens folder; else ml-latest-small.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="The file to make; else the one in the home.")] = None,
) -> None:
    """Learn what strangers know together, keyed by TMDB id; every recommendation uses it from then on."""
    from bot.cli.evaluation_runs import run_train_ease  # noqa: PLC0415 - heavy

    settings = start()
    target = output or settings.public_knowledge_path
    target.parent.mkdir(parents=True, exist_ok=True)
    made = run_train_ease(folder or data_folder() / "ml-latest-small", target)
    typer.echo(f"{target}: what {made['people']} people know of {made['titles']} titles, {made['bytes']} bytes.")


@train.command("interpreter")
def interpreter(
    output: Annotated[
        Path | None, typer.Option("--output", help="The file to make; else the one that the program comes with.")
    ] = None,
) -> None:
    """Learn what plain words want from the sentences beside it; a developer runs it when these have changed."""
    from bot.agent.interpreter.classifier import stored_weights  # noqa: PLC0415 - heavy
    from bot.agent.interpreter.learning import learn_intents  # noqa: PLC0415

    start()
    learnt = learn_intents()
    target, stored = output or stored_weights(), learnt.to_bytes()
    try:
        target.write_bytes(stored)
    except OSError as error:
        raise InvalidFile(f"{target} cannot be written: {error.strerror or error}.") from error
    typer.echo(f"{target}: {len(learnt.intents)} intents, {len(stored)} bytes.")


def bench(
    titles: Annotated[
        list[int] | None, typer.Option("--titles", min=100, help="Titles in the catalogue; repeat for several sizes.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same catalogue.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    output: Annotated[Path | None, typer.Option("--output", help="Write the JSON to this file too.")] = None,
) -> None:
    """Time the engine against one matrix-vector product in the same run, at 3,400, 40,000 and 1,000,000 titles."""
    from bot.cli.bench_measure import SIZES, measure  # noqa: PLC0415 - heavy

    start()
    if titles and len(set(titles)) != len(titles):
        raise InvalidInput("Name each number of titles once.")
    report = measure(tuple(titles or SIZES), seed=seed, tell=lambda what: typer.echo(what, err=True))
    text = json.dumps(report, indent=1)
    if output is not None:
        _write(output, text + "\n")
    typer.echo(text if as_json else _lines(report))


def _lines(report: dict[str, object]) -> str:
    """The figures, a block per size."""
    sizes = report["titles"]
    assert isinstance(sizes, dict)
    blocks = [
        f"{size} titles\n" + "\n".join(f"  {k}: {v}" for k, v in figures.items()) for size, figures in sizes.items()
    ]
    return "\n".join([*blocks, f"ratios: {report['ratios']}", f"load before: {report['load_before']}"])


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidFile(f"{path} cannot be written: {error.strerror}.") from error
