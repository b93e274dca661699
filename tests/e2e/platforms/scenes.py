"""What people say to the bot on every platform, and what they must get to see: declared once, played everywhere.

Expectations name what a person reads. Where platforms differ by nature the difference is declared: a step may be kept
to some of them (`only`), and `Sees.alone` is looked for where that platform whispers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

CHATS = frozenset({"discord", "telegram", "nextcloud-talk"})
EVERYWHERE = CHATS | {"terminal"}
BUTTONS = frozenset({"discord", "telegram"})  # can change a message in place
PAGERS = frozenset({"telegram"})  # show one card of several
# Where somebody reads what they asked for in a room and is for them alone, when they said it and when they gave a
# command; None: nowhere, they are sent to their private room.
WHISPERS: Mapping[str, tuple[str, str] | None] = {
    "discord": ("private", "room"),
    "telegram": ("private", "private"),
    "nextcloud-talk": None,
}


@dataclass(frozen=True, slots=True)
class Say:
    """Plain words or a typed command."""

    text: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Give:
    """A command as the platform gives it."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Push:
    """A button of the last message that had one of that label; `of`: on a message that somebody else was answered."""

    label: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """Nothing is done: what comes by itself is read. `comes`: it comes because what was asked for last is there."""

    comes: bool = False


Act: TypeAlias = Say | Give | Push | Waits


@dataclass(frozen=True, slots=True)
class Sees:
    """What must be read in the end: every word of `words`, none of `never`, at least so many cards.

    `alone`: by this person only. `edited`: on a message that was there before. `years`: of every card.
    `notes`: what is to be found by a pattern, its first group, and said later as `{name}`.
    """

    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    cards: int = 0
    buttons: tuple[str, ...] = ()
    alone: bool = False
    edited: bool = False
    years: range | None = None
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """Who does what where, and sees what."""

    who: str
    where: str
    does: Act
    sees: Sees
    only: frozenset[str] = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Scene:
    """A conversation from its beginning."""

    name: str
    steps: tuple[Step, ...]


def private(who: str, does: Act, sees: Sees, only: frozenset[str] = EVERYWHERE) -> Step:
    """A step in somebody's own conversation with the bot."""
    return Step(who, "private", does, sees, only)


def room(who: str, does: Act, sees: Sees, only: frozenset[str] = CHATS) -> Step:
    """A step in the shared room; terminals have none."""
    return Step(who, "room", does, sees, only)


STRANGER = "I do not know you yet"
PICKS = Sees(cards=1, buttons=("Why?", "Not for me"))

SCENES = (
    Scene(
        "a stranger hears how to be linked and nothing else",
        (
            private("zoe", Say("hello"), Sees((STRANGER,), never=("Anna", "Jonas"))),
            private("zoe", Say("/recommend"), Sees((STRANGER,), never=("Match",))),
            room("zoe", Say("something funny"), Sees((STRANGER,), alone=True), frozenset(BUTTONS)),
        ),
    ),
    Scene(
        "suggest, refine, go on, explain",
        (
            private("anna", Give("recommend"), Sees(("For you tonight, Anna",), cards=1, buttons=("Why?",))),
            private("anna", Push("Why?"), Sees((" %)",))),
            private("anna", Say("something funny from the 90s"), Sees(cards=1, years=range(1990, 2000))),
            private("anna", Say("more"), Sees(cards=1, years=range(1990, 2000))),
            private("anna", Say("a war film before 1970"), Sees(cards=1, years=range(1900, 1970))),
            private("anna", Say("why the first?"), Sees(("match",))),
        ),
    ),
    Scene(
        "leaf through the cards in place",
        (
            private("anna", Give("recommend"), Sees(cards=1, buttons=("▶",)), PAGERS),
            private("anna", Push("▶"), Sees(("2/5",), cards=1, edited=True), PAGERS),
            private("anna", Push("◀"), Sees(("1/5",), cards=1, edited=True), PAGERS),
        ),
    ),
    Scene(
        "say what one thinks of a title",
        (
            private("anna", Say("/search alien"), Sees(("Alien (1979)",), cards=1, buttons=("Seen it",))),
            private("anna", Push("Seen it"), Sees(("Seen it ✓",), edited=True), frozenset(BUTTONS)),
            private("anna", Push("Seen it"), Sees(("Alien",)), EVERYWHERE - BUTTONS),
            private("anna", Say("/like Blade Runner"), Sees(("Blade Runner",))),
            private("anna", Say("/hide Heat"), Sees(("Heat",))),
            private("anna", Say("/rate Alien 9"), Sees(("Alien", "9"))),
        ),
    ),
    Scene(
        "look something up, keep it, look back",
        (
            private("anna", Say("have we got Heat?"), Sees(("Heat (1995)", "in the library"), cards=1)),
            private("anna", Say("/watchlist add Alien"), Sees(("Alien (1979)", "watchlist"))),
            private("anna", Say("/watchlist"), Sees(("1 title", "Alien (1979)"), cards=1)),
            private("ben", Say("/watchlist"), Sees(never=("Alien",))),
            private("anna", Say("/history"), Sees(("watched",))),
            private("anna", Say("/search Qwxzv Bbrtk"), Sees(("Qwxzv",))),
        ),
    ),
    Scene(
        "what somebody may not see is not there for them",
        (
            private("cleo", Say("/search Alien"), Sees(never=("1979",))),
            private("cleo", Say("/recommend"), Sees(cards=1, never=("Fight Club", "Pulp Fiction"))),
        ),
    ),
    Scene(
        "everybody in their own language",
        (
            private("ben", Say("/recommend"), Sees(("Für dich heute Abend, Jonas",), cards=1, buttons=("Warum?",))),
            private(
                "ben", Say("etwas Lustiges aus den 90ern"), Sees(("lustig, 1990",), cards=1, years=range(1990, 2000))
            ),
            private("anna", Say("/settings language fr"), Sees(("Français",))),
            private("anna", Say("/recommend"), Sees(cards=1, buttons=("Pourquoi",))),
            private("anna", Say("quelque chose de drôle des années 90"), Sees(cards=1, years=range(1990, 2000))),
            private("anna", Say("/settings language en"), Sees(("Your settings", "English"))),
        ),
    ),
    Scene(
        "watch together",
        (
            room(
                "anna", Say("/recommend group @ben", ("ben",)), Sees(("Anna and Jonas", "new to all of you"), cards=1)
            ),
            room("anna", Say("something for me and @ben", ("ben",)), Sees(("Anna and Jonas",), cards=1)),
            private("anna", Say("/recommend group Jonas"), Sees(("Anna and Jonas",), cards=1), frozenset({"terminal"})),
        ),
    ),
    Scene(
        "what is private stays private in a room",
        (
            room("anna", Give("profile"), Sees(alone=True, words=("67 titles",))),
            room("anna", Give("history"), Sees(alone=True)),
            room("anna", Say("/recommend"), PICKS),
            room("ben", Push("Not for me", of="anna"), Sees(alone=True, words=("jemand anderen",)), frozenset(BUTTONS)),
        ),
    ),
)
