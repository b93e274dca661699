"""People at terminals: a `ChatDriver` over the real terminal platform. There is only one kind of place."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from adapters.chat.terminal.encode import CAPABILITIES
from adapters.chat.terminal.repl import Terminal
from bot.bootstrap import Application
from bot.chat.parse import render
from bot.chat.plain import unescape
from tests.e2e.platforms.driver import Drawn, DrawnButton, DrawnCard


async def nothing(_text: str) -> Sequence[tuple[str, str]]:
    """Completes no title."""
    return ()


class TerminalPeople:
    """Everybody has a terminal of their own; who presses something types its label."""

    platform = "terminal"

    def __init__(self, application: Application) -> None:
        self._application = application
        self._specs = {spec.name: spec for spec in application.specs}
        self._terminals: dict[str, tuple[Terminal, io.StringIO]] = {}
        self._shown: dict[str, list[Drawn]] = {}
        self._marks: dict[str, int] = {}
        self._labels: dict[str, dict[str, str]] = {}  # message → button → what is typed for it

    def account(self, user: str) -> str:
        """The name of the member."""
        return user

    async def say(self, user: str, place: str, text: str, mentions: Sequence[str] = ()) -> None:
        """Type a line."""
        assert place == "private"
        if user not in self._terminals:
            self._terminals[user] = self._open(user)
        terminal, screen = self._terminals[user]
        shown = self._shown.setdefault(user, [])
        self._marks[user] = len(shown)
        await terminal.say(text)
        shown += [self._drawn(f"{user}-{len(shown)}", json.loads(line)) for line in screen.getvalue().splitlines()]
        screen.seek(0)
        screen.truncate()

    async def command(self, user: str, place: str, name: str, /, **options: Any) -> None:
        """Type a command."""
        args = {key.rstrip("_").replace("_", "-"): value for key, value in options.items()}
        await self.say(user, place, render(self._specs[name], args))

    async def press(self, user: str, message: Drawn, label: str) -> None:
        """Type what stands before the label."""
        labels = self._labels[message.id]
        await self.say(user, "private", next(typed for text, typed in labels.items() if text.startswith(label)))

    async def react(self, user: str, message: Drawn, emoji: str) -> None:
        """Not on a terminal."""
        raise NotImplementedError

    async def seen(self, user: str, place: str) -> list[Drawn]:
        """Everything on the screen."""
        return list(self._shown.get(user, ()))

    async def answers(self, user: str, place: str, at_least: int = 1) -> list[Drawn]:
        """What the last line brought."""
        found = self._shown.get(user, [])[self._marks.get(user, 0) :]
        if len(found) < at_least:
            raise TimeoutError
        return found

    def _open(self, user: str) -> tuple[Terminal, io.StringIO]:
        screen = io.StringIO()
        terminal = Terminal(
            handler=self._application.handler(CAPABILITIES),
            specs=self._application.specs,
            complete_title=nothing,
            account=user,
            conversation=f"home of {user}",
            history=None,
            console=Console(file=screen),
            locale="en",
            as_json=True,
        )
        return terminal, screen

    def _drawn(self, id: str, said: dict[str, Any]) -> Drawn:
        texts: list[str] = []
        cards: list[DrawnCard] = []
        labels = self._labels[id] = {}
        for part in said["parts"]:
            if part["type"] == "card":
                facts = " ".join(f"{fact['label']} {fact['value']}" for fact in part["facts"])
                text = "\n".join((part["subtitle"], facts, unescape(part["body"]))).replace("**", "")
                cards.append(DrawnCard(part["title"], text, part.get("link"), part.get("image_url")))
                pressed = part["buttons"]
            else:
                texts.append(unescape(part.get("markdown") or part.get("prompt") or "").replace("**", ""))
                pressed = part.get("options", ())
            for button in pressed:
                if button["answer"]:
                    labels.setdefault(button["label"], button["answer"])
        buttons = tuple(DrawnButton(label) for label in labels)
        return Drawn(id, "\n\n".join(texts), tuple(cards), buttons, private=True)
