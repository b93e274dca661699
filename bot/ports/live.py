"""What services tell by themselves, the moment that it happens.

Whatever they tell is a hint: what counts is read from the service itself. So a hint may come twice, late, out of order
or forged, and what is stored is always what a sync would have stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class PlayTold:
    """A play that ended or that now counts as watched. `account` and `item` are those of the media server `server`.

    `stopped`: it has ended; else it goes on. `kept`: the server's own history holds it, now or in a moment.
    """

    server: str
    account: str
    item: str
    stopped: bool = True
    kept: bool = True


@dataclass(frozen=True, slots=True)
class RatingTold:
    """Somebody rated something on this media server."""

    server: str


@dataclass(frozen=True, slots=True)
class LibraryTold:
    """Something came to, changed in or left the libraries of this media server; None: of some server, soon."""

    server: str | None = None


@dataclass(frozen=True, slots=True)
class RequestTold:
    """Something that may have been requested changed its state."""


Told: TypeAlias = PlayTold | RatingTold | LibraryTold | RequestTold


class Live(Protocol):
    """Takes what services tell."""

    async def tell(self, told: Sequence[Told]) -> None:
        """Returns once it is kept; it is followed up later. Raises: Unavailable, when it cannot be kept."""
        ...
