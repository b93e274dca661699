"""Sends what the bot says: through the interaction that asks, else as a message in the channel or to the person.

An interaction can be answered for 15 minutes, by whoever holds its token, so after a restart too. When it is over,
or was never acknowledged, the answer goes to the channel; one for a single pair of eyes goes to that person directly.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from adapters.chat.discord.decode import PLATFORM, Letter, channel_of
from adapters.chat.discord.encode import Outgoing, encode
from adapters.chat.discord.failures import SERVICE, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, Refused
from adapters.chat.discord.rest import Rest
from bot.chat.incoming import Incoming, Message, MessageRef, Place
from bot.chat.reply import Reply, Text
from bot.errors import Rejected
from bot.i18n import gettext as _
from bot.i18n import use_locale

_EPHEMERAL = 64
_REMEMBERED = 1000
_FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = _FOLLOW_UP + "/messages/@original"
_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = _MESSAGES + "/{message_id}"


@dataclass(slots=True)
class _Turn:
    """How far an answer has come, so that trying again does not repeat what was sent.

    `opened`: the placeholder of a command is used up. `over`: the interaction takes no more answers.
    """

    sent: int = 0
    opened: bool = False
    over: bool = False
    told: bool = False


class Outbox:
    """All that leaves for Discord, except acknowledgements."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._turns: OrderedDict[str, _Turn] = OrderedDict()
        self._acknowledged: OrderedDict[str, asyncio.Future[bool]] = OrderedDict()
        self._direct: OrderedDict[str, str] = OrderedDict()

    def expect(self, incoming_id: str) -> asyncio.Future[bool] | None:
        """To be resolved when the interaction is acknowledged (False: it was not); None for one seen before."""
        if incoming_id in self._acknowledged:
            return None
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        _remember(self._acknowledged, incoming_id, future)
        return future

    async def answer(self, incoming: Incoming, letter: Letter, replies: Sequence[Reply]) -> None:
        """Send the replies; called again, go on where it failed. Raises: Unavailable, Rejected."""
        turn = self._turns.get(incoming.id) or _Turn()
        _remember(self._turns, incoming.id, turn)
        acknowledged = self._acknowledged.get(incoming.id)
        if letter.kind != "message" and acknowledged is not None and not await acknowledged:
            turn.over = True
        with use_locale(incoming.author.locale):
            messages = encode(replies)
            if letter.draft and turn.sent == 0:
                messages = await self._in_place(letter, messages)
            for message in messages[turn.sent :]:
                await self._deliver(incoming, letter, turn, message)
                turn.sent += 1
            if letter.kind == "command" and not turn.opened and not turn.over:
                await self._remove_placeholder(letter)
        self._turns.pop(incoming.id, None)

    async def show(self, incoming: Incoming, letter: Letter, reply: Reply) -> Letter:
        """Show what is said so far, in a message that grows. Raises: Unavailable, Rejected."""
        (message, *_more) = encode([reply])
        if letter.draft:
            await self._rest.call(
                "PATCH", _MESSAGE, message.payload(), channel_id=letter.channel, message_id=letter.draft
            )
            return letter
        # Another mark than those of the answer: after a kill the same message is found, and never taken for the answer.
        nonce = _nonce(incoming, _Turn(), "d")
        sent = await self._post(letter.channel, message, nonce=nonce, answers=_answered(incoming, _Turn()))
        return replace(letter, draft=sent)

    async def _in_place(self, letter: Letter, messages: list[Outgoing]) -> list[Outgoing]:
        """The first message takes the place of what was shown while it was made, or that is removed."""
        first = messages[0] if messages else None
        if first is None or letter.draft_lost or first.replaces is not None or any(one.private for one in messages):
            await self._withdraw(letter)
            return messages
        first.replaces = MessageRef(PLATFORM, letter.channel, letter.draft)
        return messages

    async def _withdraw(self, letter: Letter) -> None:
        """Remove what was shown while the answer was made."""
        with suppress(Refused):  # it is gone already
            await self._rest.call("DELETE", _MESSAGE, channel_id=letter.channel, message_id=letter.draft)

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        """Say something unasked. A private place is named by its channel or by the person. Raises: see `answer`."""
        for message in encode(replies):
            if message.private and not place.private:
                raise Rejected(SERVICE, _("A private notice needs a direct message."))
            if message.replaces is not None and await self._edited(message):
                continue
            try:
                await self._post(self._direct.get(place.room, channel_of(place)), message)
            except Refused as error:
                if not place.private or error.code != UNKNOWN_CHANNEL:
                    raise
                await self._post(await self._direct_channel(place.room), message)

    async def say(self, letter: Letter, sentence: str) -> None:
        """One sentence in the channel of a letter. Raises: Unavailable, Rejected."""
        for message in encode([Reply((Text(sentence),))]):
            await self._post(letter.channel, message)

    async def typing(self, letter: Letter) -> None:
        """Show that something is being written. Raises: Unavailable, Rejected."""
        await self._rest.call("POST", "/channels/{channel_id}/typing", channel_id=letter.channel)

    async def _deliver(self, incoming: Incoming, letter: Letter, turn: _Turn, message: Outgoing) -> None:
        if letter.kind != "message" and not turn.over:
            try:
                await self._through_interaction(letter, turn, message)
            except Refused as error:
                if not error.is_over:
                    raise
                turn.over = True
            else:
                return
        if (message.private or letter.whisper) and not incoming.place.private:
            await self._whisper(incoming, letter, turn, message)
        elif message.replaces is None or not await self._edited(message):
            if message.replaces is not None and message.replaces.message == letter.draft:
                await self._withdraw(letter)
            await self._post(letter.channel, message, nonce=_nonce(incoming, turn), answers=_answered(incoming, turn))

    async def _through_interaction(self, letter: Letter, turn: _Turn, message: Outgoing) -> None:
        alone = message.private or letter.whisper
        # A private answer never goes into a message that everybody sees.
        if message.replaces is not None and (letter.whisper or not message.private):
            mine = letter.kind == "press" and message.replaces.message == letter.message
            if await (self._edited_original(letter, message) if mine else self._edited(message)):
                return
        if letter.kind == "command" and not turn.opened:
            if alone and not letter.whisper:
                # The placeholder is for everybody; what follows it in its place would be so too.
                await self._remove_placeholder(letter)
                turn.opened = True
            else:
                await self._through(letter, "PATCH", _ORIGINAL, message.payload())
                turn.opened = True
                return
        payload = {**message.payload(), **({"flags": _EPHEMERAL} if alone else {})}
        await self._through(letter, "POST", _FOLLOW_UP, payload)

    async def _through(self, letter: Letter, method: str, path: str, json: Any = None) -> None:
        query = {"wait": "true"} if method == "POST" else None
        await self._rest.call(
            method, path, json, query=query, webhook_id=letter.application, webhook_token=letter.token
        )

    async def _edited_original(self, letter: Letter, message: Outgoing) -> bool:
        """Change the message whose button was pressed; False when it is gone."""
        try:
            await self._through(letter, "PATCH", _ORIGINAL, message.payload())
        except Refused as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            return False
        return True

    async def _edited(self, message: Outgoing) -> bool:
        """Change an earlier message of the bot; False when that is impossible, and a new one is called for."""
        assert message.replaces is not None
        channel, number = message.replaces.room, message.replaces.message
        try:
            await self._rest.call("PATCH", _MESSAGE, message.payload(), channel_id=channel, message_id=number)
        except Refused:
            return False
        return True

    async def _remove_placeholder(self, letter: Letter) -> None:
        try:
            await self._through(letter, "DELETE", _ORIGINAL)
        except Refused as error:
            if not error.is_over:
                raise

    async def _post(
        self, channel: str, message: Outgoing, *, nonce: str | None = None, answers: str | None = None
    ) -> str:
        """A new message; its id. Discord ignores a second one of the same `nonce` for some minutes."""
        payload: dict[str, Any] = message.payload()
        if nonce is not None:
            payload |= {"nonce": nonce, "enforce_nonce": True}
        if answers is not None:
            payload["message_reference"] = {"message_id": answers, "fail_if_not_exists": False}
            payload["allowed_mentions"] = {"parse": [], "replied_user": False}
        sent = await self._rest.call("POST", _MESSAGES, payload, channel_id=channel)
        return str(sent["id"])

    async def _whisper(self, incoming: Incoming, letter: Letter, turn: _Turn, message: Outgoing) -> None:
        """Write to the person alone; where they asked in the open, say there that it was done, or could not be."""
        told = _("I have answered you in a direct message.")
        try:
            await self._post(await self._direct_channel(letter.user), message, nonce=_nonce(incoming, turn))
        except Refused as error:
            if error.status != 403:
                raise
            told = _("That answer is for your eyes only, and you do not take direct messages from me.")
        if not turn.told:
            turn.told = True
            for notice in encode([Reply((Text(told),))]):
                answers = letter.message if letter.kind == "message" else None
                await self._post(letter.channel, notice, nonce=_nonce(incoming, turn, "n"), answers=answers)

    async def _direct_channel(self, user: str) -> str:
        if user not in self._direct:
            channel = await self._rest.call("POST", "/users/@me/channels", {"recipient_id": user})
            _remember(self._direct, user, str(channel["id"]))
        return self._direct[user]


def _nonce(incoming: Incoming, turn: _Turn, mark: str = "") -> str:
    """The same for the same message of the same answer, after a restart too; at most 25 characters."""
    return f"{incoming.id}-{mark}{turn.sent}"[-25:]


def _answered(incoming: Incoming, turn: _Turn) -> str | None:
    """The message that the first one of an answer refers to; nobody has to wonder where two talk."""
    asked = isinstance(incoming, Message) and not incoming.place.private
    return incoming.id if asked and turn.sent == 0 else None


def _remember(memory: OrderedDict[str, Any], key: str, value: object) -> None:
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > _REMEMBERED:
        memory.popitem(last=False)
