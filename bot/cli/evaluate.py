"""`recommendarr evaluate ...`: how good the recommendations are, on real data."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from bot.cli.evaluation_output import data_folder, embedder, finish, optional_data_folder, shown_progress
from bot.cli.runtime import start
from bot.errors import InvalidInput
from bot.i18n import gettext as _


class Through(StrEnum):
    """Who hears the dialogues of an evaluation."""

    INTERPRETER = "interpreter"
    AGENT = "agent"


app = typer.Typer(help="Measure the recommendations on real data.", no_args_is_help=True)

JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
OutputOption: TypeAlias = Annotated[Path | None, typer.Option("--output", help="Write the JSON to this file too.")]
SeedOption: TypeAlias = Annotated[int, typer.Option("--seed", help="The same seed gives the same figures.")]


@app.command("personal")
def personal(
    household: Annotated[
        int | None, typer.Option("--household", min=1, help="Random households of this many people, alone.")
    ] = None,
    strangers: Annotated[
        bool, typer.Option("--strangers", help="With what everybody outside the household knows as public knowledge.")
    ] = False,
    pipeline: Annotated[list[str] | None, typer.Option("--pipeline", help="Only this one; repeat for several.")] = None,
    rerank: Annotated[
        list[float] | None,
        typer.Option("--rerank", min=0, max=1, help="Reorder by embeddings too, with this weight of the old order."),
    ] = None,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """Hide the newest fifth of everybody's MovieLens ratings and try to rank what they liked."""
    from bot.cli.evaluation_runs import load, run_personal, sources_under  # noqa: PLC0415 - heavy

    settings = start()
    with shown_progress() as progress:
        rated = load(sources_under(data_folder()), embedder(settings))
        report = run_personal(
            rated,
            household=household,
            strangers=strangers,
            pipelines=pipeline or (),
            rerank_weights=tuple(dict.fromkeys(rerank or ())),
            seed=seed,
            progress=progress,
        )
    finish(report, as_json=as_json, output=output)


@app.command("group")
def group(
    size: Annotated[int, typer.Option("--size", min=2, max=8, help="Members of a group.")] = 4,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """Form random, similar and divergent groups and see how well, and how fairly, each aggregation serves them."""
    from bot.cli.evaluation_runs import run_group, sources_under  # noqa: PLC0415 - heavy

    start()
    with shown_progress() as progress:
        report = run_group(sources_under(data_folder()), size=size, seed=seed, progress=progress)
    finish(report, as_json=as_json, output=output)


@app.command("conversational")
def conversational(
    file: Annotated[Path, typer.Argument(help="Dialogues, one JSON object per line.")],
    catalogue: Annotated[Path, typer.Option("--catalogue", help="The films to choose from, one JSON object per line.")],
    through: Annotated[
        Through | None,
        typer.Option("--through", help="Let the product itself hear the dialogues, without a model or with one."),
    ] = None,
    samples: Annotated[
        int | None, typer.Option("--samples", min=1, help="With --through: so many lines, drawn by the seed.")
    ] = None,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """Rank the film that was recommended next in each dialogue."""
    import asyncio  # noqa: PLC0415 - only when something is measured

    from bot.cli.evaluation_conversations import run_conversational, run_through  # noqa: PLC0415 - heavy

    settings = start()
    if samples is not None and through is None:
        raise InvalidInput(_("--samples belongs to --through; without it the whole file is measured."))
    with shown_progress() as progress:
        if through is not None:
            report = asyncio.run(
                run_through(
                    settings, file, catalogue, optional_data_folder(),
                    through=through.value, samples=samples, seed=seed, progress=progress,
                )
            )  # fmt: skip
            finish(report, as_json=as_json, output=output)
            return
        report = run_conversational(
            file, catalogue, optional_data_folder(), embedder(settings), seed=seed, progress=progress
        )
    finish(report, as_json=as_json, output=output)


@app.command("known-item")
def known_item(
    file: Annotated[Path, typer.Argument(help="Questions, one JSON object per line.")],
    catalogue: Annotated[Path, typer.Option("--catalogue", help="Films to choose from, one JSON object per line.")],
    learn: Annotated[Path | None, typer.Option("--learn", help="Other questions to learn from.")] = None,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """Find the film that somebody half remembers."""
    from bot.cli.evaluation_questions import run_known_item  # noqa: PLC0415 - heavy

    settings = start()
    with shown_progress() as progress:
        report = run_known_item(
            file,
            catalogue,
            optional_data_folder(),
            embedder(settings),
            learn=learn,
            seed=seed,
            progress=progress,
        )
    finish(report, as_json=as_json, output=output)


@app.command("interpreter")
def interpreter(
    file: Annotated[Path, typer.Argument(help="Labelled messages, one JSON object per line.")],
    mistakes: Annotated[int, typer.Option("--mistakes", min=0, help="Show so many mistakes in full.")] = 0,
    as_json: JsonOption = False,
    output: OutputOption = None,
) -> None:
    """Understand labelled messages without a model: intents, slots and names, by language."""
    import asyncio  # noqa: PLC0415 - only when something is measured

    from bot.cli.evaluation_interpreter import measure, open_interpreter, read_labelled  # noqa: PLC0415 - heavy

    messages = read_labelled(file)
    report = measure(asyncio.run(open_interpreter(start())), messages, show=mistakes)
    finish(report, as_json=as_json, output=output)
