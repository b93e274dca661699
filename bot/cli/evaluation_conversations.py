"""What `recommendarr evaluate conversational` does: read dialogues and candidates, rank every answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import typer

from adapters.media.imdb_votes import read_imdb_votes
from bot.cli.evaluation_crowd import read_crowd
from bot.cli.evaluation_data import Embed
from bot.cli.evaluation_files import read_lines
from bot.errors import Unavailable
from bot.i18n import gettext as _
from engine.evaluation.conversational import evaluate_conversations, with_known_names
from engine.evaluation.personal import Progress, silent
from engine.evaluation.records import conversation, dialogue_item, item_text
from engine.search.dialogue_ranking import Crowd, DialogueCatalogue, DialogueItem

if TYPE_CHECKING:
    from bot.bootstrap import Application
    from bot.commands.context import Services
    from bot.settings import Settings


def run_conversational(
    file: Path,
    catalogue: Path,
    data_root: Path | None,
    embed: Embed,
    *,
    seed: int = 0,
    progress: Progress = silent,
) -> dict[str, object]:
    """The report of `evaluate conversational`: metrics by method, over all lines and over the even ones.

    `data_root` is where IMDb's votes and MovieLens lie; without them nothing is known about how known a film is, or
    about who else watched it, and a note says so. Raises: InvalidFile, naming the line; Unavailable.
    """
    spoken = read_lines(file, conversation)
    candidates = load_candidates(catalogue, data_root, embed)
    conversations = with_known_names(spoken, candidates.items)
    said = embed([each.text_to_embed() for each in conversations])
    report = evaluate_conversations(
        conversations, candidates, said, seed=seed, progress=partial(progress, "conversations")
    ).to_json()
    return {key: value for key, value in report.items() if key != "weights"}


async def run_through(
    settings: Settings,
    file: Path,
    catalogue: Path,
    data_root: Path | None,
    *,
    through: str,
    samples: int | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> dict[str, object]:
    """The report of `evaluate conversational --through interpreter|agent`: ranks, intervals, turns, milliseconds.

    `samples`: so many lines, drawn by `seed`. Raises: InvalidSettings, for an agent without a model; InvalidFile,
    naming the line; Unavailable.
    """
    from bot.bootstrap import open_application  # noqa: PLC0415 - heavy
    from bot.cli.evaluation_dialogues import Recorder, measure  # noqa: PLC0415
    from bot.cli.evaluation_home import furnish, settings_for  # noqa: PLC0415

    there = settings_for(settings, catalogue, with_model=through == "agent")
    items = [item for _imdb_id, item in read_lines(catalogue, _candidate)]
    spoken = list(enumerate(with_known_names(read_lines(file, conversation), items), 1))
    if samples is not None and samples < len(spoken):
        drawn = np.random.default_rng(seed).choice(len(spoken), samples, replace=False)
        spoken = [spoken[place] for place in sorted(drawn.tolist())]
    names = await furnish(there, catalogue, data_root, progress)
    recorder = Recorder()

    def recorded(services: Services) -> Services:
        return replace(services, recommending=recorder.around(services.recommending))

    async with open_application(there, recorded) as application:
        model = await _model(application) if through == "agent" else None
        report = await measure(application, recorder, spoken, names, through=through, seed=seed, progress=progress)
    return report if model is None else {**report, "model": model}


async def _model(application: Application) -> str:
    """The model that answers. Raises: Unavailable, when none is there."""
    models = await application.language.available.candidates() if application.language else ()
    if not models:
        raise Unavailable("models", _("The configured language model cannot be reached, or there is none."))
    return models[0].name


def load_candidates(path: Path, data_root: Path | None, embed: Embed) -> DialogueCatalogue:
    """The catalogue file, with votes and what strangers watched where `data_root` has them. Raises: InvalidFile."""
    lines = read_lines(path, _candidate)
    imdb_ids = [imdb_id for imdb_id, _item in lines]
    items = _with_votes(lines, data_root)
    crowd = read_crowd(data_root, imdb_ids) if data_root else None
    if crowd is None:
        typer.echo(
            _("There is no MovieLens data on these films, so what strangers watched counts for nothing."), err=True
        )
        crowd = Crowd.nothing(len(items))
    return DialogueCatalogue.build(items, embed([item_text(item) for item in items]), crowd)


def _candidate(record: Mapping[str, Any]) -> tuple[str, DialogueItem]:
    return str(record.get("imdb_id") or ""), dialogue_item(record)


def _with_votes(lines: Sequence[tuple[str, DialogueItem]], data_root: Path | None) -> list[DialogueItem]:
    files = sorted((data_root / "imdb").glob("*.parquet")) if data_root else []
    if not files:
        typer.echo(_("There are no votes of IMDb, so all films count as equally known."), err=True)
        return [item for _id, item in lines]
    votes = read_imdb_votes(files[0], {imdb_id for imdb_id, _item in lines if imdb_id})
    return [
        replace(item, votes=votes[imdb_id].count, average=votes[imdb_id].average) if imdb_id in votes else item
        for imdb_id, item in lines
    ]
