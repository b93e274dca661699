"""Discord with people in it: a `ChatDriver` over the played gateway and REST interface."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Self

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.contracts.kit import DescribedServer, load
from tests.e2e.platforms.driver import Drawn
from tests.fakes.services.discord.drawing import drawn, pressed
from tests.fakes.services.discord.gateway import Gateway
from tests.fakes.services.discord.rest import Rest
from tests.fakes.services.discord.world import (
    BOT_ID,
    ELSEWHERE,
    LOADING,
    ROOM,
    SERVED,
    THREAD,
    Asked,
    Json,
    Sent,
    World,
    asked_json,
    sent_json,
    user_json,
    written_json,
)

PATIENCE = 10.0  # seconds
_USER = 6


class FakeDiscord:
    """While it is entered, discord.py connects to it instead of to Discord.

    Places: "room" and "thread" in the served guild, "elsewhere" in another, "private".
    """

    platform = "discord"

    def __init__(self) -> None:
        self.world = World()
        self.gateway = Gateway(self.world)
        self.server = DescribedServer(load("discord"))
        self._changed = asyncio.Event()
        self.rest = Rest(self.world, self.server, self._notify)
        self._marks: dict[tuple[str, str], int] = {}
        self._before = (Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY)

    async def __aenter__(self) -> Self:
        self.server.raw("GET", "/gateway", self.gateway.serve)
        await self.server.__aenter__()
        url = yarl.URL(self.server.url)
        self.gateway.url = str(url.with_scheme("ws").with_path("/gateway"))
        Route.BASE = self.server.url
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self.gateway.url)
        return self

    async def __aexit__(self, *error: object) -> None:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self._before
        await self.server.__aexit__(*error)

    @property
    def guild(self) -> int:
        """The guild to be served."""
        return int(SERVED)

    def account(self, user: str) -> str:
        """See `ChatDriver`."""
        return self.world.person(user).id

    def channel(self, user: str, place: str) -> str:
        """The channel of a place, for one person."""
        shared = {"room": ROOM, "thread": THREAD, "elsewhere": ELSEWHERE}
        return shared.get(place) or self.world.direct_channel(self.account(user))

    async def say(self, user: str, place: str, text: str, mentions: Sequence[str] = ()) -> None:
        """See `ChatDriver`: in a room the bot is mentioned first."""
        for name in sorted(mentions, key=len, reverse=True):
            text = text.replace(f"@{name}", f"<@{self.account(name)}>")
        await self.write(user, place, text if place == "private" else f"<@{BOT_ID}> {text}", mentions)

    async def write(
        self, user: str, place: str, content: str, mentions: Sequence[str] = (), *, answers: Drawn | None = None,
        message_id: str | None = None, **more: Any,
    ) -> str:  # fmt: skip
        """Write exactly this, perhaps in reply to a message; `more` goes into the event as it is. Gives the id."""
        self._mark(user, place)
        person, channel = self.world.person(user), self.channel(user, place)
        own = place == "private" or self.gateway.reads_content or f"<@{BOT_ID}>" in content
        if answers is not None:
            replied = sent_json(self._sent(answers))
            reference = {"message_id": answers.id, "channel_id": channel, "type": 0}
            more = {"type": 19, "message_reference": reference, "referenced_message": replied, **more}
        mentioned = [self.world.person(name) for name in mentions]
        message_id = message_id or self.world.new_id()
        event = written_json(
            self.world, person, channel, message_id, content if own else "", mentioned if own else [], **more
        )
        await self.gateway.send("MESSAGE_CREATE", event)
        return message_id

    async def command(self, user: str, place: str, name: str, /, **options: Any) -> None:
        """See `ChatDriver`: as the client fills in the form that was declared."""
        self._mark(user, place)
        await self.until(lambda: any(command["name"] == name for command in self.world.commands))
        data = {"id": self.world.new_id(), "name": name, "type": 1, "options": self._filled(name, options)}
        people = [person for person in self.world.people.values() if person.id in str(data["options"])]
        data["resolved"] = {"users": {person.id: user_json(person) for person in people}}
        await self._acknowledged(await self.ask(user, place, 2, data))

    async def press(self, user: str, message: Drawn, label: str) -> None:
        """See `ChatDriver`."""
        sent = self._sent(message)
        place = next(p for p in ("room", "thread", "elsewhere", "private") if self.channel(user, p) == sent.channel)
        self._mark(user, place)
        await self._acknowledged(await self.ask(user, place, 3, pressed(sent, label), sent))

    async def react(self, user: str, message: Drawn, emoji: str) -> None:
        """See `ChatDriver`: the bot has no use for reactions here."""
        raise NotImplementedError

    async def complete(self, user: str, place: str, name: str, option: str, text: str) -> list[tuple[str, str]]:
        """What is offered while a title is typed, as (label, value)."""
        typed = {"name": option, "type": 3, "value": text, "focused": True}
        asked = await self.ask(user, place, 4, {"id": "1", "name": name, "type": 1, "options": [typed]})
        await self.until(lambda: asked.choices is not None)
        return [(choice["name"], choice["value"]) for choice in asked.choices or ()]

    async def ask(self, user: str, place: str, kind: int, data: Json, message: Sent | None = None) -> Asked:
        """Deliver an interaction."""
        person, channel = self.world.person(user), self.channel(user, place)
        asked = Asked(self.world.new_id(), f"token-{self.world.new_id()}", kind, person.id, channel, original=message)
        self.world.asked[asked.token] = asked
        await self.gateway.send("INTERACTION_CREATE", asked_json(self.world, asked, person, data, message))
        return asked

    async def seen(self, user: str, place: str) -> list[Drawn]:
        """See `ChatDriver`."""
        return [drawn(message) for message in self._visible(user, place)]

    async def answers(self, user: str, place: str, at_least: int = 1) -> list[Drawn]:
        """See `ChatDriver`."""
        since = self._marks.get((user, place), 0)

        def fresh() -> list[Sent]:
            return [message for message in self._visible(user, place) if message.changed > since]

        await self.until(lambda: len(fresh()) >= at_least)
        return [drawn(message) for message in fresh()]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to be so. Raises: TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def shows(self, user: str, place: str, condition: Callable[[list[Drawn]], bool]) -> list[Drawn]:
        """Wait until what a person sees is so."""
        await self.until(lambda: condition([drawn(message) for message in self._visible(user, place)]))
        return await self.seen(user, place)

    def end_interactions(self) -> None:
        """A quarter of an hour passes: no token is good any more."""
        for asked in self.world.asked.values():
            asked.over = True

    def assert_clean(self) -> None:
        """Nothing that Discord would refuse was sent, and nothing rang."""
        # discord.py writes this flag as a number; Discord takes that too.
        self.server.violations = [one for one in self.server.violations if "'with_response'" not in one]
        self.server.assert_clean()
        assert not self.rest.pings, self.rest.pings

    def _filled(self, name: str, options: dict[str, Any]) -> list[Json]:
        form = next(command for command in self.world.commands if command["name"] == name)
        declared = {option["name"]: option for option in form.get("options", [])}
        filled: list[Json] = []
        for given, value in options.items():
            option = given.rstrip("_").replace("_", "-")
            if isinstance(value, tuple):
                names = [f"{option}{number}" for number in range(1, len(value) + 1)]
                filled += [
                    {"name": n, "type": _USER, "value": self.account(v)} for n, v in zip(names, value, strict=True)
                ]
            else:
                known = option if option in declared else {"query": "mood"}.get(option, option)
                filled.append({"name": known, "type": declared[known]["type"], "value": value})
        assert {option["name"] for option in filled} <= set(declared)
        return filled

    def _visible(self, user: str, place: str) -> list[Sent]:
        channel, me = self.channel(user, place), self.account(user)
        return [
            message
            for message in self.world.sent
            if message.channel == channel
            and message.viewer in (None, me)
            and not message.deleted
            and not message.flags & LOADING
        ]

    def _sent(self, message: Drawn) -> Sent:
        return next(sent for sent in self.world.sent if sent.id == message.id)

    async def _acknowledged(self, asked: Asked) -> None:
        await self.until(lambda: asked.acknowledged is not None)

    def _mark(self, user: str, place: str) -> None:
        self._marks[(user, place)] = self.world.now

    def _notify(self) -> None:
        self._changed.set()
