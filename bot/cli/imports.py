"""`recommendarr import ...`: catalogues and histories from files of other services."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.runtime import start
from bot.i18n import ngettext

if TYPE_CHECKING:
    from bot.bootstrap import Core
    from bot.cli.import_progress import ImportProgress
    from bot.ports.imports import HistoryFile

app = typer.Typer(help="Import catalogues and histories from files.", no_args_is_help=True)

Embed = Annotated[
    bool, typer.Option("--embed/--no-embed", help="Index new titles for search by meaning when the import is done.")
]
Person = Annotated[str, typer.Option("--person", help="Whose history it is; created if nobody has this name.")]


@app.command("tmdb-csv")
def tmdb_csv(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Films, keywords, credits: CSV or Parquet.")],
    embed: Embed = True,
) -> None:
    """Import TMDB catalogues; the kind of each file is recognised by its columns."""
    from adapters.media.tmdb_csv import open_catalogues  # noqa: PLC0415 - quick `--help`

    opened = open_catalogues(files)

    async def work(core: Core, progress: ImportProgress) -> Iterable[str]:
        from bot.cli.import_summary import catalogue_lines  # noqa: PLC0415
        from bot.services.catalogue_import import CatalogueImport  # noqa: PLC0415

        importing = CatalogueImport(core.uow, core.settings.reports_dir, core.clock.now)
        return catalogue_lines(await importing.run(opened, progress))

    _run(work, embed=embed)


@app.command("movielens")
def movielens(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder with ratings.csv, links.csv, movies.csv.")],
    people: Annotated[int | None, typer.Option("--people", min=1, help="Only the first so many people.")] = None,
    embed: Embed = True,
) -> None:
    """Import MovieLens ratings; every person is named by their number."""
    from adapters.media.movielens import open_movielens  # noqa: PLC0415

    _history(open_movielens(folder, people=people), None, embed=embed)


@app.command("letterboxd")
def letterboxd(
    export: Annotated[Path, typer.Argument(metavar="ZIP|DIR", help="The export of a Letterboxd account.")],
    person: Person,
    embed: Embed = True,
) -> None:
    """Import a Letterboxd export: diary, ratings, films watched and liked."""
    from adapters.media.letterboxd import open_letterboxd  # noqa: PLC0415

    _history(open_letterboxd(export), person, embed=embed)


@app.command("imdb")
def imdb(
    export: Annotated[Path, typer.Argument(metavar="CSV", help="The list of ratings of an IMDb account.")],
    person: Person,
    watched: Annotated[
        bool, typer.Option("--watched", help="Titles without a rating were watched too, as in a list of check-ins.")
    ] = False,
    embed: Embed = True,
) -> None:
    """Import IMDb ratings or check-ins."""
    from adapters.media.imdb import open_imdb  # noqa: PLC0415

    _history(open_imdb(export, watched=watched), person, embed=embed)


def _history(file: HistoryFile, person: str | None, *, embed: bool) -> None:
    async def work(core: Core, progress: ImportProgress) -> Iterable[str]:
        from bot.cli.import_summary import history_lines  # noqa: PLC0415
        from bot.services.history_import import HistoryImport  # noqa: PLC0415

        importing = HistoryImport(core.uow, core.settings.reports_dir, core.clock.now)
        return history_lines(await importing.run(file, progress, person=person))

    _run(work, embed=embed)


def _run(work: Callable[[Core, ImportProgress], Awaitable[Iterable[str]]], *, embed: bool) -> None:
    """Import with progress, tell what came of it, then index. Exit status 130: interrupted."""
    from bot.bootstrap import open_core  # noqa: PLC0415 - heavy
    from bot.cli.import_progress import ImportProgress  # noqa: PLC0415
    from bot.cli.indexing import index  # noqa: PLC0415

    settings = start()
    progress = ImportProgress(sys.stderr)

    async def session() -> None:
        async with open_core(settings) as core:
            with progress:
                lines = await work(core, progress)
            for line in lines:
                typer.echo(line)
            if embed:
                progress.indexing()
                report = await index(core)
                if report.embedded:
                    typer.echo(
                        ngettext(
                            "{count} title was indexed for search by meaning.",
                            "{count} titles were indexed for search by meaning.",
                            report.embedded,
                        ).format(count=f"{report.embedded:,}")
                    )

    try:
        asyncio.run(session())
    except KeyboardInterrupt:
        typer.echo(progress.interrupted(), err=True)
        raise typer.Exit(130) from None
