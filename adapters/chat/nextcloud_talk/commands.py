"""Which words in a room are meant for the bot. Talk has no command menus; it hands a bot everything that is written.

In a room with several people the bot answers to its commands (`!recommend`; `/recommend` where Nextcloud lets it
through), to its name (`@Recommendarr something funny`, `Recommendarr: more`), to replies to what it wrote, and to a
bare number from whoever has a list of it open. In a private room it answers to everything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.chat.actions import read_label
from bot.chat.command import CommandSpec

_COMMAND = re.compile(r"\s*[/!]\s?([^\W\d_][\w-]*)(?=\s|$)")
_HELP = "/help"


class Addressing:
    """Decides for one bot; `name` is what people call it."""

    def __init__(self, name: str, specs: Sequence[CommandSpec[Any]]) -> None:
        self._names = frozenset(name for spec in specs for name in (spec.name, *spec.aliases))
        escaped = r"\s+".join(re.escape(word) for word in name.split()) or r"(?!)"
        self._called = re.compile(rf"(?<![\w@])@(?:{escaped}(?![\w-])|\"{escaped}\")[,:]?", re.IGNORECASE)
        self._spoken_to = re.compile(rf"\s*{escaped}\s*[,:]\s*", re.IGNORECASE)

    def read(self, text: str, *, private: bool, replies: bool, list_open: bool) -> str | None:
        """The words for the bot without its name; None when they are meant for somebody else.

        `replies`: the message answers one of the bot's. `list_open`: a bare number would mean something.
        """
        words = self._without_name(text)
        if words is not None:
            return words or _HELP
        if private or replies or self._is_command(text) or (list_open and read_label(text) is not None):
            return text
        return None

    def _without_name(self, text: str) -> str | None:
        """What is left when the bot's name is taken away; None when it is not there."""
        if match := self._spoken_to.match(text):
            return text[match.end() :].strip()
        words, times = self._called.subn(" ", text)
        return " ".join(words.split(" ")).strip() if times else None

    def _is_command(self, text: str) -> bool:
        """Whether it is one of our commands; other bots have their own."""
        match = _COMMAND.match(text)
        return match is not None and match[1].lower() in self._names
