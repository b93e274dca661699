"""Reads lines, hands them to the handler, prints the replies; a person at a prompt, or lines from a pipe."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from rich.console import Console
from rich.text import Text as RichText

from adapters.chat.terminal.commands import CommandCompleter, CompleteTitle
from adapters.chat.terminal.decode import PLATFORM, decode_line, room, speaker, wants_to_leave
from adapters.chat.terminal.encode import CAPABILITIES, encode, encode_json
from bot.chat.capabilities import Capabilities
from bot.chat.command import CommandSpec
from bot.chat.incoming import Place
from bot.chat.plain import one_line
from bot.chat.reply import Reply
from bot.i18n import gettext as _
from bot.i18n import use_locale
from bot.ports.chat import Handler


class Terminal:
    """A chat platform with one person in front of it."""

    def __init__(
        self,
        *,
        handler: Handler,
        specs: Sequence[CommandSpec[Any]],
        complete_title: CompleteTitle,
        account: str,
        conversation: str,
        history: Path | None,
        console: Console,
        lines: TextIO | None = None,
        locale: str | None = None,
        as_json: bool = False,
    ) -> None:
        """`history`: file of typed lines, None: not kept. `lines`: read from there; None: from standard input.

        `as_json`: replies are printed as one JSON object per line.
        """
        self._handler = handler
        self._completer = CommandCompleter(specs, complete_title)
        self._author = speaker(account, locale)
        self._place = room(conversation)
        self._history = history
        self._console = console
        self._lines = lines or sys.stdin
        self._as_json = as_json
        self._session = uuid4().hex  # ids of what is said never come again in another session
        self._said = 0

    @property
    def name(self) -> str:
        """The platform's name in accounts and places."""
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        """What a terminal can draw."""
        return CAPABILITIES

    async def run(self) -> None:
        """Talk until the person leaves: with a word, Ctrl-D, Ctrl-C, or at the end of the input."""
        with use_locale(self._author.locale):
            if self._lines.isatty() and not self._as_json:
                await self._talk()
            else:
                await self._read()

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:  # noqa: ARG002 - part of the port
        """Print replies; there is only one place."""
        if self._as_json:
            # Not through the console, which would wrap and colour.
            self._console.file.write(json.dumps(encode_json(replies), ensure_ascii=False) + "\n")
            self._console.file.flush()
            return
        for renderable in encode(replies):
            self._console.print(renderable)

    async def say(self, text: str) -> None:
        """Hand over one message and print what comes back."""
        self._said += 1
        replies = await self._handler(decode_line(text, f"{self._session}-{self._said}", self._place, self._author))
        await self.send(self._place, replies)

    async def _talk(self) -> None:
        welcome = _("You speak as {name}. Say what you are in the mood for; /help lists the commands, Ctrl-D leaves.")
        self._console.print(RichText(welcome.format(name=one_line(self._author.account)), style="bold"))
        session: PromptSession[str] = PromptSession(
            history=_open_history(self._history), completer=self._completer, complete_while_typing=False
        )
        while True:
            try:
                line = await session.prompt_async("> ")
            except (EOFError, KeyboardInterrupt):
                break
            if wants_to_leave(line):
                break
            if line.strip():
                await self.say(line)
        self._console.print(RichText(_("Goodbye."), style="dim"))

    async def _read(self) -> None:
        while line := await asyncio.to_thread(self._lines.readline):
            if wants_to_leave(line):
                return
            if line.strip():
                if not self._as_json:
                    self._console.print(RichText(f"> {one_line(line)}", style="dim"))
                await self.say(line)


def _open_history(path: Path | None) -> History:
    """The file of typed lines, readable by its owner only; in memory when it cannot be written."""
    if path is not None:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            return FileHistory(str(path))
    return InMemoryHistory()
