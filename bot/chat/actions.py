"""Numbers for everything in a reply that can be chosen by typing: cards, answers, and buttons as `2b`.

Cards and the answers of choices share one running number over the whole reply, so that "2" means one thing only;
the buttons of a card are its number and a letter. Whoever draws the numbers and whoever reads the answer use this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from bot.chat.reply import Action, Button, Card, Choice, Choices, Part, Text

TURN = "turn"  # the page of a card that stands for several
FOLD = "fold"  # the reasons that a card shows
_LABEL = re.compile(r"\s*[\[(#]?\s*(\d{1,3})\s*([a-z])?\s*[\])]?\s*[.!]?\s*", re.IGNORECASE)


def turns_pages(card: Card) -> bool:
    """Whether the card stands for several, which its buttons turn to."""
    return any(isinstance(button.press, Action) and button.press.name == TURN for button in card.buttons)


@dataclass(frozen=True, slots=True)
class Numbered:
    """One thing to choose. A card itself has no action: its number means the title. `label` is `2` or `2b`."""

    label: str
    at: tuple[int, int | None]  # position of the part in the reply, and of the button or option in the part
    target: Card | Button | Choice

    @property
    def token(self) -> str | None:
        """The token behind it, once it has one."""
        return None if isinstance(self.target, Card) else self.target.token


def numbered(parts: Iterable[Part]) -> Iterator[Numbered]:
    """Everything that can be chosen, in the order in which it is shown. Links open by themselves and have no label."""
    number = 0
    for position, part in enumerate(parts):
        if isinstance(part, Card):
            number = number + 1 if part.number is None else part.number
            yield Numbered(str(number), (position, None), part)
            pressable = [(i, button) for i, button in enumerate(part.buttons) if isinstance(button.press, Action)]
            for letter, (index, button) in zip(ascii_lowercase, pressable, strict=False):
                yield Numbered(f"{number}{letter}", (position, index), button)
        elif isinstance(part, Choices):
            for index, option in enumerate(part.options):
                number += 1
                yield Numbered(str(number), (position, index), option)
        else:
            assert isinstance(part, Text)


def read_label(text: str) -> str | None:
    """The label that a whole message consists of: "2", "2b", " 2B. ", "(3)"; None when it is anything else."""
    match = _LABEL.fullmatch(text[:20])
    if match is None or len(text) > 20:
        return None
    return str(int(match[1])) + (match[2] or "").lower()
