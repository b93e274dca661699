"""People on the fake Nextcloud: a `ChatDriver`. What they read is the Markdown of messages, taken apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.chat.command import CommandSpec
from bot.chat.parse import render
from bot.chat.plain import unescape
from tests.e2e.platforms.driver import Drawn, DrawnButton, DrawnCard
from tests.fakes.services.nextcloud_talk import BOT_NAME, FakeNextcloud, Said

SERVER = "home"
ROOM = "filmn1ght"
ELSEWHERE = "e1sewhere"
PEOPLE = ("anna", "ben", "cleo", "zoe", "mallory", "dora")
_CARD = re.compile(r"^\*\*(\d+)\\\.\*\* \*\*(.+)\*\*$")
_BUTTON = re.compile(r"`(\d{1,3}[a-z])` ([^·\n]+)")
_CHOICE = re.compile(r"^(\d{1,3})\\?\. (?!\*\*)(.+)$", re.MULTILINE)
_LINK = re.compile(r"^https?://\S+$")


def private_room(user: str) -> str:
    """The token of the room in which somebody is alone with the bot."""
    return f"a1one{user.lower()}"


PRIVATE_ROOMS = tuple(private_room(user) for user in PEOPLE)


class TalkPeople:
    """People by neutral names. There are no buttons: who presses one types what stands before it, as `2b`."""

    platform = "nextcloud-talk"

    def __init__(self, cloud: FakeNextcloud, specs: Sequence[CommandSpec[Any]] = ()) -> None:
        self.cloud = cloud
        self._specs = {spec.name: spec for spec in specs}
        self._marks: dict[str, int] = {}

    def account(self, user: str) -> str:
        """Server and user id."""
        return f"{SERVER}/{user}"

    def room(self, user: str, place: str) -> str:
        """The token behind the name of a place."""
        return {"room": ROOM, "elsewhere": ELSEWHERE, "private": private_room(user)}[place]

    async def say(self, user: str, place: str, text: str, mentions: Sequence[str] = ()) -> None:
        """Write a message; in a room it begins with the bot's name, unless it is a command."""
        command = text.lstrip()[:1] in ("!", "/")
        await self.write(user, place, text if command or place == "private" else f"@{BOT_NAME} {text}", mentions)

    async def write(
        self, user: str, place: str, text: str, mentions: Sequence[str] = (), reply_to: Said | None = None
    ) -> Said:
        """Write exactly this."""
        parameters = {}
        for number, name in enumerate(mentions, start=1):
            key = f"mention-user{number}"
            text = re.sub(rf"@{re.escape(name)}\b", f"{{{key}}}", text)
            parameters[key] = {"type": "user", "id": name, "name": name.capitalize(), "mention-id": name}
        self._marks[user] = self.cloud.change
        room = self.room(user, place)
        return await self.cloud.write(
            f"users/{user}", room, text, name=user.capitalize(), parameters=parameters, reply_to=reply_to
        )

    async def command(self, user: str, place: str, name: str, /, **options: Any) -> None:
        """Type a command with its arguments."""
        args = {key.rstrip("_").replace("_", "-"): value for key, value in options.items()}
        people = [who for value in args.values() if isinstance(value, tuple) for who in value]
        await self.say(user, place, render(self._specs[name], args, prefix="!"), people)

    async def press(self, user: str, message: Drawn, label: str) -> None:
        """Type what is written before the label."""
        said = self.cloud.messages[int(message.id)]
        typed = next(typed for typed, written in _pressable(said.text) if written.startswith(label))
        self._marks[user] = self.cloud.change
        await self.cloud.write(f"users/{user}", said.room, typed, name=user.capitalize())

    async def react(self, user: str, message: Drawn, emoji: str) -> None:
        """Put a reaction on a message."""
        self._marks[user] = self.cloud.change
        await self.cloud.react(f"users/{user}", self.cloud.messages[int(message.id)], emoji)

    async def seen(self, user: str, place: str) -> list[Drawn]:
        """The bot's messages in the room."""
        return [draw(said) for said in self.cloud.sent(self.room(user, place))]

    async def answers(self, user: str, place: str, at_least: int = 1) -> list[Drawn]:
        """What is new there since this person last did something."""
        room, mark = self.room(user, place), self._marks.get(user, 0)

        def new() -> list[Said]:
            return [said for said in self.cloud.sent(room) if said.change > mark]

        await self.cloud.until(lambda: len(new()) >= at_least)
        return [draw(said) for said in new()]


def draw(said: Said) -> Drawn:
    """A message as a person reads it: its numbered headings are cards, its typed labels are buttons."""
    cards, text = [], []
    for paragraph in said.text.split("\n\n"):
        lines = paragraph.split("\n")
        heading = _CARD.fullmatch(lines[0])
        if heading is None:
            text.append(_plain(paragraph))
            continue
        link = next((line for line in lines if _LINK.fullmatch(line)), None)
        body = [line for line in lines[1:] if line != link and not _BUTTON.search(line)]
        cards.append(DrawnCard(_plain(heading[2]), _plain("\n".join(body)), link))
    buttons = tuple(_buttons(said.text))
    return Drawn(str(said.id), "\n\n".join(text), tuple(cards), buttons, said.room in PRIVATE_ROOMS)


def _buttons(text: str) -> Iterator[DrawnButton]:
    return (DrawnButton(written) for _typed, written in _pressable(text))


def _pressable(text: str) -> Iterator[tuple[str, str]]:
    """What is typed for it, and what it says: buttons first, then the choices of a list."""
    for match in (*_BUTTON.finditer(text), *_CHOICE.finditer(text)):
        yield match[1], unescape(match[2].strip())


def _plain(markdown: str) -> str:
    return unescape(re.sub(r"(?<!\\)[*`]", "", markdown)).replace("\u2060", "")
