"""What the bot remembers of a room, in bounded memory: its own lists, and which messages people wrote.

Sending a message tells no id, and an event about a reaction tells the text of the message reacted to. So the bot knows
its own lists by their text. It must know them for sure: Talk before 22.0.9 names the author of the message, not the
person who reacted, so that a reaction to somebody's message would act for that person. Reactions to the question that
a list answered count only on servers that were seen to name the right one.
"""

from __future__ import annotations

import hashlib
import re
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_LISTS = 5000
_HEARD = 20_000
_TYPED_SECONDS = 600.0  # in which a bare number in a room is still meant for the bot
# As `bot.chat.fit` writes the numbers of cards and choices, and the labels of buttons.
_NUMBERED = re.compile(r"^(?:\*\*)?(\d{1,3})\\\.", re.MULTILINE)
_LABELLED = re.compile(r"`(\d{1,3})[a-z]`")


@dataclass(frozen=True, slots=True)
class OpenList:
    """The newest list that somebody got in a room: the digests of its messages, its numbers, the id of the message
    that asked for it (None: not known), and when it was given, in seconds."""

    digests: frozenset[str]
    numbers: frozenset[str]
    question: str | None
    given_at: float


class RoomMemory:
    """Lists by room and account, messages of people by room and id."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lists: OrderedDict[tuple[str, str], OpenList] = OrderedDict()
        self._heard: OrderedDict[tuple[str, str], None] = OrderedDict()

    def wrote(self, room: str, account: str, texts: Sequence[str], question: str | None) -> OpenList | None:
        """The bot answers somebody with these messages: the list that they are, if they are one; else the list before
        stays open."""
        numbered = {text: numbers_in(text) for text in texts}
        listing = [text for text, numbers in numbered.items() if numbers]
        if not listing:
            return None
        numbers = frozenset().union(*numbered.values())
        opened = OpenList(frozenset(map(digest, listing)), numbers, question, self._now())
        self._lists[room, account] = opened
        self._lists.move_to_end((room, account))
        if len(self._lists) > _LISTS:
            self._lists.popitem(last=False)
        return opened

    def heard(self, room: str, message: str) -> None:
        """A person wrote the message of that id."""
        self._heard[room, message] = None
        if len(self._heard) > _HEARD:
            self._heard.popitem(last=False)

    def was_heard(self, room: str, message: str) -> bool:
        """Whether a person wrote the message of that id."""
        return (room, message) in self._heard

    def has_list(self, room: str, account: str) -> bool:
        """Whether this person got a list a short while ago, so that a number alone is an answer to it."""
        opened = self._lists.get((room, account))
        return opened is not None and self._now() - opened.given_at < _TYPED_SECONDS

    def picks(self, room: str, account: str, message: str, text: str, number: str, *, honest: bool) -> bool:
        """Whether the reaction of this person to the message picks that number: it hangs on their own newest list, or
        on their question before it. `honest`: the server is known to name who reacts."""
        opened = self._lists.get((room, account))
        if opened is None or number not in opened.numbers:
            return False
        if message == opened.question:
            return honest
        return not self.was_heard(room, message) and digest(text) in opened.digests


def numbers_in(text: str) -> frozenset[str]:
    """The numbers that a message offers to choose from."""
    return frozenset((*_NUMBERED.findall(text), *_LABELLED.findall(text)))


def digest(text: str) -> str:
    """A fingerprint that does not mind how Nextcloud keeps spaces."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
