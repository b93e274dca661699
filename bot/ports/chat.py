"""A place where people talk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Incoming, Place
from bot.chat.reply import Reply

Handler: TypeAlias = Callable[[Incoming], Awaitable[Sequence[Reply]]]
"""What bootstrap hands to an adapter: one incoming in, replies that fit the platform out."""


Envelope: TypeAlias = Mapping[str, Any]
"""What a platform needs to answer an incoming later, after a restart too: plain JSON, such as an interaction token."""


class Inbox(Protocol):
    """Where a platform puts what it received."""

    async def accept(self, incoming: Incoming, envelope: Envelope) -> bool:
        """Keep it and answer it; False, when the same `incoming.id` of this platform was accepted before.

        `incoming.id` is unique among everything that this platform ever delivers, whatever the room.
        It is stored when this returns, so the platform may be told that it was received. Answers come later through
        `ChatPlatform.answer`, those of one conversation in order. Raises: Unavailable, when it could not be stored.
        """
        ...


class ChatPlatform(Protocol):
    """Receives what people say, hands it to the handler, and draws the replies."""

    @property
    def name(self) -> str:
        """ "terminal", "discord", ..."""
        ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def run(self) -> None:
        """Serve until cancelled or until the person leaves. Raises: Unavailable, Rejected."""
        ...

    async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
        """Answer what was accepted: edit, follow up, or acknowledge when there is nothing to say.

        Raises: Unavailable, when it may be tried again; Rejected, when it never will work.
        """
        ...

    async def working(self, incoming: Incoming, envelope: Envelope) -> None:
        """Show that an answer is being made, where the platform can; never raises."""
        ...

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        """Say something unasked, such as a notice. Raises: Unavailable, Rejected."""
        ...
