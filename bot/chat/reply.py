"""What the bot says, before a platform draws it.

`Text.markdown`, `Card.body` and `Choices.prompt` are Markdown whose outside parts are already escaped; every other
string is plain text, to be taken literally.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from bot.chat.incoming import MessageRef as MessageRef


@dataclass(frozen=True, slots=True)
class Action:
    """Something the bot does when pressed: a declared command with JSON-able arguments by parameter name.

    `anyone`: everybody in the place may press it, not only the person it was made for. `once`: it works one time.
    `card`: the stored card that its button hangs on, so that the answer can change it.
    """

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    anyone: bool = False
    once: bool = False
    card: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A page to open."""

    url: str


class Style(StrEnum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what pressing it does. `token` is filled in by `bot.services.actions` before a platform sees it."""

    label: str
    press: Action | Link
    style: Style = Style.SECONDARY
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several numbered answers."""

    label: str
    press: Action
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or several."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A short labelled value on a card, such as Match 97 %."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """One title. `ref` is its reference as in `movie:603`.

    `number`: its place in the list that an earlier answer showed; None: cards of a reply are numbered as they come.
    """

    ref: str
    title: str
    subtitle: str = ""
    body: str = ""
    image_url: str | None = None
    facts: tuple[Fact, ...] = ()
    link: str | None = None
    buttons: tuple[Button, ...] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """A question with the answers to choose from."""

    prompt: str
    options: tuple[Choice, ...]


Part: TypeAlias = Text | Card | Choices


@dataclass(frozen=True, slots=True)
class Reply:
    """Parts in order. `private`: for the asker's eyes only. `replaces`: edit that message instead of sending one."""

    parts: tuple[Part, ...]
    private: bool = False
    replaces: MessageRef | None = None
