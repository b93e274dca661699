"""What people say, before anybody knows who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message sent earlier, to be edited or answered."""

    platform: str
    room: str
    message: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said. `private` means that nobody else reads it."""

    platform: str
    room: str
    thread: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Author:
    """Who said it, as the platform tells."""

    platform: str
    account: str
    name: str
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in a message: the text that stands for them, and their account."""

    text: str
    account: str
    name: str


@dataclass(frozen=True, slots=True)
class Message:
    """Plain words, a typed command or a typed number."""

    id: str
    place: Place
    author: Author
    text: str
    mentions: tuple[Mention, ...] = ()
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class CommandCall:
    """A command with its arguments by parameter name, still as the platform or the parser read them."""

    id: str
    place: Place
    author: Author
    name: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Press:
    """A button, by its token. `message`: the message it hangs on, so that the answer can change it in place."""

    id: str
    place: Place
    author: Author
    token: str
    message: MessageRef | None = None


Incoming: TypeAlias = Message | CommandCall | Press
