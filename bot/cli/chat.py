"""`recommendarr chat`: a conversation on the terminal, line by line or in one go."""

from __future__ import annotations

import asyncio
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from bot.cli.runtime import start

if TYPE_CHECKING:
    from bot.settings import Settings

HOME_CONVERSATION = "home"


def chat(
    as_: Annotated[str, typer.Option("--as", metavar="NAME", help="Who you are.")],
    once: Annotated[
        list[str] | None, typer.Option("--once", metavar="TEXT", help="Say this and leave; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print replies as JSON, one object per line.")] = False,
    conversation: Annotated[
        str | None, typer.Option("--conversation", metavar="ID", help="Go on with the conversation of this name.")
    ] = None,
) -> None:
    """Talk to the bot in this terminal."""
    settings = start()
    asyncio.run(talk(settings, person=as_, once=once or [], as_json=as_json, conversation=conversation))


async def talk(
    settings: Settings, *, person: str, once: list[str], as_json: bool = False, conversation: str | None = None
) -> None:
    """Hold a conversation as a person until they leave, or say `once` and leave.

    Without `conversation`, what is said once stands for itself, and a longer talk goes on where it ended.
    Raises: NotFound, when there is nobody of that name.
    """
    from rich.console import Console  # noqa: PLC0415 - keeps --help quick

    from adapters.chat.terminal.decode import locale_of  # noqa: PLC0415
    from adapters.chat.terminal.encode import CAPABILITIES  # noqa: PLC0415
    from adapters.chat.terminal.repl import Terminal  # noqa: PLC0415
    from bot.bootstrap import open_application  # noqa: PLC0415

    for stream in (sys.stdin, sys.stdout):
        # A byte that is no text, or a letter that the terminal cannot show, must not end the conversation.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    async with open_application(settings) as application:
        member = await application.services.accounts.link_terminal(person, application.clock.now())
        said_once = bool(once) or as_json
        terminal = Terminal(
            handler=application.handler(CAPABILITIES),
            specs=application.specs,
            complete_title=application.title_completer(member),
            account=member.name,
            conversation=conversation or (f"once-{uuid4().hex}" if said_once else HOME_CONVERSATION),
            history=settings.home / "terminal-history",
            console=Console(),
            locale=locale_of(os.environ),
            as_json=as_json,
        )
        if once:
            for text in once:
                await terminal.say(text)
        else:
            await terminal.run()
