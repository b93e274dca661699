"""Proof of who somebody is on a media server, without ever seeing a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.ports.media import ServerUser


@dataclass(frozen=True, slots=True)
class SignInCode:
    """A sign-in that was begun: what the person types or opens, and the `secret` with which it is finished."""

    code: str
    secret: str
    url: str | None = None
    lifetime: int = 900  # seconds


class SignIn(Protocol):
    """Plex PIN sign-in, Jellyfin Quick Connect. Raises: Unavailable, Rejected."""

    @property
    def source(self) -> str:
        """The media server whose accounts it proves, such as "plex"."""
        ...

    async def begin(self) -> SignInCode: ...

    async def finish(self, secret: str) -> ServerUser | None:
        """Who it is, once the person has agreed; None before.

        The token that the server hands out is used for this one question and then given back or forgotten; it is
        neither stored nor logged. Raises: NotFound, when the sign-in is too old or unknown; NotAllowed, when the
        account has no access to the server that is served here.
        """
        ...
