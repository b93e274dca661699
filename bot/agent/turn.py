"""One turn of free text, as the conversation hands it over: who speaks, what came before, and how a command is run.

What the member may see is bound in `run`: every command applies it, whoever calls the command. Neither the interpreter
nor a model can widen it, because neither ever sees it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.chat.reply import Action, Reply
from bot.model.members import Clearance, Member
from bot.services.conversations import Memory

Run: TypeAlias = Callable[[Action], Awaitable[Reply]]
"""Runs a declared command for the member of this turn, as if they had typed it. Raises: UserFacing, Unavailable."""
Say: TypeAlias = Callable[[str], Awaitable[None]]
"""Shows what is said so far (Markdown), where the platform can edit; does nothing elsewhere."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`household`: names of the members; `others`: whether somebody else reads the answer."""

    text: str
    member: Member
    clearance: Clearance
    locale: str
    now: datetime
    memory: Memory
    commands: Collection[str]
    household: tuple[str, ...]
    others: bool
    conversation: str  # the key of this conversation
    run: Run
    say: Say | None = None
