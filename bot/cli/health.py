"""`recommendarr health`: can this installation answer? For containers and monitors."""

from __future__ import annotations

import asyncio
import json
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.runtime import start
from bot.errors import Unavailable
from bot.i18n import gettext as _

if TYPE_CHECKING:
    from bot.settings import Settings

SECONDS = 10.0


def health(
    running: Annotated[
        bool, typer.Option("--running", help="Ask `recommendarr run` whether it serves, instead of looking by itself.")
    ] = False,
) -> None:
    """Check that the database opens and the model is installed; exit status 0 when all is well."""
    settings = start()
    if running and settings.web.enabled:
        typer.echo(_ask(settings))
        return
    titles, people = asyncio.run(_check(settings))
    typer.echo(f"ok: {titles} titles, {people} people")


async def _check(settings: Settings) -> tuple[int, int]:
    from adapters.models.weights import open_minilm  # noqa: PLC0415 - heavy
    from bot.bootstrap import open_core  # noqa: PLC0415

    open_minilm(settings.models_dir)
    async with open_core(settings) as core, core.uow() as uow:
        return await uow.titles.count(), len(await uow.members.all())


def _ask(settings: Settings) -> str:
    """What the web server says about every service. Raises: Unavailable, when it does not answer or cannot serve."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.web.host, settings.web.host)  # noqa: S104 - not bound
    connection = HTTPConnection(host, settings.web.port, timeout=SECONDS)
    try:
        connection.request("GET", "/ready")
        answer = connection.getresponse()
        said: dict[str, Any] = json.loads(answer.read(1 << 20))
        lines = [str(said["status"])]
        lines += [f"{name}: {each['problem'] or each['state']}" for name, each in said["services"].items()]
    except (OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError):
        raise Unavailable(
            "web",
            _("Nothing answers at {host}:{port}; is `recommendarr run` running?").format(
                host=host, port=settings.web.port
            ),
        ) from None
    finally:
        connection.close()
    text = "\n".join(lines)
    if answer.status != 200:
        raise Unavailable("recommendarr", text)
    return text
