"""How a scenario plays people on any chat platform: each platform's fake service is a `ChatDriver`.

People and places have neutral names; a driver maps them to accounts and rooms of its platform. Places:
`"room"` is a shared room that the bot serves, `"private"` the person's own conversation with the bot, `"elsewhere"` a
room that it does not serve. What a person reads is drawn from what the platform's service received, never from what
the bot meant to send.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class DrawnButton:
    """Something to press on a message. `url`: it opens a page instead."""

    label: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """One title as a person reads it; `text` is everything on it below the title, without mark-up."""

    title: str
    text: str = ""
    link: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """One message of the bot as a person reads it.

    `id`: the platform's. `text`: what is written outside the cards, without mark-up. `private`: nobody else sees it.
    `edited`: it was changed after it was sent.
    """

    id: str
    text: str
    cards: tuple[DrawnCard, ...] = ()
    buttons: tuple[DrawnButton, ...] = ()
    private: bool = False
    edited: bool = False

    @property
    def everything(self) -> str:
        """All words on the message, for looking something up."""
        cards = (part for card in self.cards for part in (card.title, card.text))
        return "\n".join((self.text, *cards, *(button.label for button in self.buttons)))


class ChatDriver(Protocol):
    """People on one platform. Everything they do returns once the bot's side has received it."""

    @property
    def platform(self) -> str:
        """The platform's name in places and accounts: "discord", "telegram", "nextcloud-talk", "terminal"."""
        ...

    def account(self, user: str) -> str:
        """The account by which the bot knows the person, to link it before or during a scenario."""
        ...

    async def say(self, user: str, place: str, text: str, mentions: Sequence[str] = ()) -> None:
        """Write a message. In a room it is addressed to the bot in the platform's usual way; people in `mentions`,
        written `@name` in the text, are mentioned in the platform's way."""
        ...

    async def command(self, user: str, place: str, name: str, /, **options: Any) -> None:
        """Give a command: natively where the platform has commands, else typed. A tuple of names is people."""
        ...

    async def press(self, user: str, message: Drawn, label: str) -> None:
        """Press the button of that label; the first whose label begins with it."""
        ...

    async def react(self, user: str, message: Drawn, emoji: str) -> None:
        """Put a reaction on a message; only where `Capabilities.reactions` is true."""
        ...

    async def seen(self, user: str, place: str) -> list[Drawn]:
        """All that the bot has written there and this person can read now, the oldest first."""
        ...

    async def answers(self, user: str, place: str, at_least: int = 1) -> list[Drawn]:
        """What came or changed there since this person last did something, once it is so many messages.

        Raises: TimeoutError, after 10 seconds.
        """
        ...
