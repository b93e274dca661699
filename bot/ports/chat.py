"""A place where people talk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, runtime_checkable

from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Incoming, Place
from bot.chat.reply import Reply

Handler: TypeAlias = Callable[[Incoming], Awaitable[Sequence[Reply]]]
"""What bootstrap hands to an adapter: one incoming in, replies that fit the platform out."""
Say: TypeAlias = Callable[[str], Awaitable[None]]
"""Shows what an answer says so far (Markdown, from its beginning) while it is being made; returns at once."""


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


@runtime_checkable
class Drafting(ChatPlatform, Protocol):
    """A `ChatPlatform` on which an answer can be watched as it is made: one message that grows."""

    async def show(self, incoming: Incoming, envelope: Envelope, reply: Reply) -> Envelope:
        """Show the words so far: the first time as a new message, then by changing that one. Never in private.

        The envelope to go on with, plain JSON like the one before; `answer` finishes the message by it, or removes it.
        With `DRAFT_LOST` in it the message may still change under the hands of a call that was given up, so `answer`
        removes it. Flood control is not sat out. Raises: Unavailable, Rejected.
        """
        ...


DRAFT_LOST = "draft_lost"
