"""What the bot remembers of a room, in bounded memory: its own lists, and which messages people wrote.

Sending a message tells no id, and an event about a reaction tells the text of the message reacted to. So the bot knows
its own lists by their text. It must know them for sure: Nextcloud Talk before 22.0.9 and 23 names the author of the
message, not the person who reacted, so that a reaction to somebody's message would act for that person.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass

_LISTS = 5000
_HEARD = 20_000
# As `bot.chat.fit` writes the numbers of cards and choices, and the labels of buttons.
_NUMBERED = re.compile(r"^(?:\*\*)?(\d{1,3})\\\.", re.MULTILINE)
_LABELLED = re.compile(r"`(\d{1,3})[a-z]`")


@dataclass(frozen=True, slots=True)
class OpenList:
    """The newest list that somebody got in a room: the digests of its messages, and its numbers."""

    digests: frozenset[str]
    numbers: frozenset[str]


class RoomMemory:
    """Lists by room and account, messages of people by room and id."""

    def __init__(self) -> None:
        self._lists: OrderedDict[tuple[str, str], OpenList] = OrderedDict()
        self._heard: OrderedDict[tuple[str, str], None] = OrderedDict()

    def wrote(self, room: str, account: str, texts: list[str]) -> None:
        """The bot answers somebody with these messages; without a number in them, the list before stays open."""
        numbered = {text: numbers_in(text) for text in texts}
        listing = [text for text, numbers in numbered.items() if numbers]
        if listing:
            numbers = frozenset().union(*numbered.values())
            self._lists[room, account] = OpenList(frozenset(map(digest, listing)), numbers)
            self._lists.move_to_end((room, account))
            if len(self._lists) > _LISTS:
                self._lists.popitem(last=False)

    def heard(self, room: str, message: str) -> None:
        """A person wrote the message of that id."""
        self._heard[room, message] = None
        if len(self._heard) > _HEARD:
            self._heard.popitem(last=False)

    def has_list(self, room: str, account: str) -> bool:
        """Whether a number from this person would mean something."""
        return (room, account) in self._lists

    def picks(self, room: str, account: str, message: str, text: str, number: str) -> bool:
        """Whether the reaction of this person to the message picks that number: it hangs on their own newest list."""
        opened = self._lists.get((room, account))
        if opened is None or (room, message) in self._heard:
            return False
        return number in opened.numbers and digest(text) in opened.digests


def numbers_in(text: str) -> frozenset[str]:
    """The numbers that a message offers to choose from."""
    return frozenset((*_NUMBERED.findall(text), *_LABELLED.findall(text)))


def digest(text: str) -> str:
    """A fingerprint that does not mind how Nextcloud keeps spaces."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
