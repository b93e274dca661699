"""One turn of free text, as the conversation hands it over: what was said, and how a command is run.

What the member may see is bound in `run`: every command applies it, whoever calls the command. Neither the interpreter
nor a model can widen it, because neither ever sees it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.agent.understanding import Said
from bot.chat.reply import Action, Reply
from bot.ports.chat import Say
from bot.services.conversations import OpenConversation

Run: TypeAlias = Callable[[Action], Awaitable[Reply]]
"""Runs a declared command for the member of this turn, as if they had typed it. Raises: UserFacing, Unavailable."""
NameOf: TypeAlias = Callable[[str], Awaitable[str | None]]
"""The name of a title by its reference; None, when the member may not see it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`others`: whether somebody else reads the answer. `conversation`: its memory may be replaced. `say`: shows what
    is said so far where the platform can edit; None elsewhere."""

    said: Said
    conversation: OpenConversation
    run: Run
    name_of: NameOf
    others: bool = False
    say: Say | None = None
