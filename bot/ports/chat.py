"""A place where people talk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeAlias

from bot.chat.capabilities import Capabilities
from bot.chat.incoming import Incoming, Place
from bot.chat.reply import Reply

Handler: TypeAlias = Callable[[Incoming], Awaitable[Sequence[Reply]]]
"""What bootstrap hands to an adapter: one incoming in, replies that fit the platform out."""


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

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        """Say something unasked, such as a notice. Raises: Unavailable, Rejected."""
        ...
