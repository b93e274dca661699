"""`recommendarr recommend`: recommendations for one person or everybody, as a table or as JSON lines."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.runtime import start
from bot.errors import InvalidInput, NothingToRecommend
from bot.model.recommendation import Answer, Ask, Mode, Pick

if TYPE_CHECKING:
    from bot.bootstrap import Application
    from bot.model.members import Member


def recommend(
    person: Annotated[str | None, typer.Option(help="Who it is for.")] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="For everybody, one JSON object per line.")] = False,
    mode: Annotated[Mode, typer.Option(help="The kind of recommendation.")] = Mode.TONIGHT,
    query: Annotated[str | None, typer.Option(help="Mood in your own words, or the title for `similar`.")] = None,
    with_: Annotated[list[str] | None, typer.Option("--with", help="Who watches along; repeat for several.")] = None,
    n: Annotated[int, typer.Option("--n", min=1, max=500, help="How many titles.")] = 10,
    pipeline: Annotated[str | None, typer.Option(help="A named pipeline instead of the default.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Recommend titles, without a conversation."""
    if (person is None) == (not everyone):
        raise InvalidInput("Say either --person NAME or --everyone.")
    asyncio.run(_recommend(person, mode, query, tuple(with_ or ()), n, pipeline, as_json or everyone))


async def _recommend(
    person: str | None,
    mode: Mode,
    query: str | None,
    with_: tuple[str, ...],
    n: int,
    pipeline: str | None,
    as_json: bool,
) -> None:
    from bot.bootstrap import open_application  # noqa: PLC0415 - heavy

    async with open_application(start()) as application:
        services = application.services
        members = [await services.accounts.member_named(person)] if person else await services.accounts.all()
        if not members:
            raise InvalidInput("There is nobody to recommend to: import a history first.")
        companions = await services.accounts.members_named(with_)
        for member in members:
            ask = Ask(
                mode=mode,
                query=query if mode is not Mode.SIMILAR else None,
                seed=await _seed(application, member, mode, query),
                companions=tuple(companion.id for companion in companions if companion.id != member.id),
                limit=n,
                pipeline=pipeline,
            )
            await _one(application, member, ask, as_json=as_json, alone=person is not None)


async def _seed(application: Application, member: Member, mode: Mode, query: str | None) -> int | None:
    if mode not in (Mode.SIMILAR, Mode.BECAUSE):
        return None
    if not query:
        raise InvalidInput(f"The mode {mode} needs a title: --query TITLE.")
    clearance = await application.services.accounts.clearance(member)
    return (await application.services.titles.resolve(query, clearance)).id


async def _one(application: Application, member: Member, ask: Ask, *, as_json: bool, alone: bool) -> None:
    services = application.services
    clearance = await services.accounts.clearance(member)
    try:
        answer = await services.recommending.recommend(member, clearance, ask, now=application.clock.now())
    except NothingToRecommend:
        if alone and not as_json:
            raise
        answer = Answer(ask, member, ask.pipeline or application.settings.recommend.pipeline, (), 0.0, more=False)
    explanations = list(services.explainer.explain(answer, personal=True))
    if as_json:
        typer.echo(json.dumps(_record(answer, explanations), ensure_ascii=False))
    else:
        _print(answer, explanations)


def _record(answer: Answer, explanations: list[str]) -> dict[str, Any]:
    return {
        "person": answer.member.name,
        "mode": str(answer.ask.mode),
        "pipeline": answer.pipeline,
        "took_ms": round(answer.took_ms, 3),
        "items": [_item(pick, text) for pick, text in zip(answer.picks, explanations, strict=True)],
    }


def _item(pick: Pick, explanation: str) -> dict[str, Any]:
    return {
        "ref": str(pick.title.ref),
        "kind": str(pick.title.facts.kind),
        "title": pick.title.facts.title,
        "year": pick.title.facts.year,
        "score": round(pick.score, 6),
        "match": pick.match,
        "confidence": pick.confidence,
        "signals": {name: round(value, 6) for name, value in pick.signals.items()},
        "reasons": [
            {"type": reason.type, "key": reason.key, "name": reason.name, "weight": round(reason.weight, 6)}
            for reason in pick.reasons
        ],
        "explanation": explanation,
    }


def _print(answer: Answer, explanations: list[str]) -> None:
    from rich.console import Console  # noqa: PLC0415 - heavy
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=f"{answer.ask.mode} · {answer.member.name} · {answer.pipeline} · {answer.took_ms:.0f} ms")
    for column in ("#", "title", "match", "confidence", "why"):
        table.add_column(column)
    for rank, (pick, text) in enumerate(zip(answer.picks, explanations, strict=True), start=1):
        row = (str(rank), pick.title.name, f"{pick.match} %", pick.confidence, text)
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
