"""`recommendarr health`: can this installation answer? For containers and monitors."""

from __future__ import annotations

import asyncio

import typer

from bot.cli.runtime import start


def health() -> None:
    """Check that the database opens and the model is installed; exit status 0 when all is well."""
    titles, people = asyncio.run(_check())
    typer.echo(f"ok: {titles} titles, {people} people")


async def _check() -> tuple[int, int]:
    from adapters.models.weights import open_minilm  # noqa: PLC0415 - heavy
    from bot.bootstrap import open_core  # noqa: PLC0415

    settings = start()
    open_minilm(settings.models_dir)
    async with open_core(settings) as core, core.uow() as uow:
        return await uow.titles.count(), len(await uow.members.all())
