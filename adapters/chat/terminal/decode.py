"""From a typed line to an incoming message."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.incoming import Author, Message, Place

PLATFORM = "terminal"
_LEAVE = frozenset(["exit", "quit", "bye", ":q", "/exit", "/quit", "/bye"])


def speaker(account: str, locale: str | None = None) -> Author:
    """Whoever sits at the terminal; the account is the member's name."""
    return Author(PLATFORM, account, account, locale)


def room(conversation: str) -> Place:
    """A conversation on the terminal; nobody else reads it."""
    return Place(PLATFORM, conversation, private=True)


def decode_line(line: str, id: str, place: Place, author: Author) -> Message:
    """One line as a message. Bytes that were no text arrive as question marks."""
    text = line.encode("utf-8", "replace").decode("utf-8").rstrip("\r\n")
    return Message(id, place, author, text)


def locale_of(environ: Mapping[str, str]) -> str | None:
    """The language of the terminal, as POSIX orders the variables; None when they name none."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if tag := environ.get(variable, "").split(".")[0].split("@")[0]:
            return None if tag in ("C", "POSIX") else tag
    return None


def wants_to_leave(line: str) -> bool:
    """Whether the line ends the conversation."""
    return line.strip().casefold() in _LEAVE
