"""Gives replies to the people they are for: in place, as new messages, in private, or as a notice over the chat.

Telegram cannot whisper in a group. A private answer goes to the person's own chat with the bot; who never opened one
gets a short message in the group with a button that does.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TypeAlias

import structlog
from telegram.constants import ChatAction

from adapters.chat.telegram.client import SERVICE, Refused, TelegramClient
from adapters.chat.telegram.encode import Drawing, Key, encode, toast
from adapters.chat.telegram.markup import render
from adapters.chat.telegram.outbox import Outbox, Shape, Target
from adapters.chat.telegram.request import Unreadable
from bot.chat.incoming import Incoming, Message, Place, Press
from bot.chat.reply import Reply
from bot.errors import RecommendarrError, Unavailable
from bot.i18n import gettext as _
from bot.ports.chat import DRAFT_LOST, Envelope

_REMEMBERED = 1000
_DRAFT = "draft"  # in an envelope: the message in which the answer grows
_ALERT = 80  # characters; a longer notice stays until it is closed

log = structlog.get_logger(__name__)

Step: TypeAlias = Callable[[], Awaitable[object]]


class Answering:
    """Answers and notices of one bot."""

    def __init__(self, client: TelegramClient) -> None:
        self._client = client
        self._outbox = Outbox(client)
        self._done: OrderedDict[str, int] = OrderedDict()  # messages sent of an answer that is not finished
        self._closed: set[str] = set()  # unfinished answers to people who never opened a private chat
        self._acknowledged: OrderedDict[str, None] = OrderedDict()

    async def answer(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> None:
        """Draw the replies. When it is called again after a failure, it goes on where it stopped.

        Raises: Unavailable, Rejected.
        """
        if await self._as_toast(incoming, envelope, replies):
            return
        await self._acknowledge(envelope)
        steps = self._steps(incoming, envelope, replies)
        for number in range(self._done.get(incoming.id, 0), len(steps)):
            await steps[number]()
            self._done[incoming.id] = number + 1
            if len(self._done) > _REMEMBERED:
                self._closed.discard(self._done.popitem(last=False)[0])
        self._done.pop(incoming.id, None)
        self._closed.discard(incoming.id)

    async def show(self, incoming: Incoming, envelope: Envelope, reply: Reply) -> Envelope:
        """Show what is said so far in a message that grows. Raises: Unavailable, Rejected."""
        (drawing, *_more) = encode(reply)
        to, draft = target(incoming.place), envelope.get(_DRAFT)
        if isinstance(draft, int):
            await self._outbox.grow(to.chat, draft, drawing)
            return envelope
        reply_to = envelope.get("message") if not incoming.place.private else None
        sent = await self._outbox.send(to, drawing, reply_to=reply_to, patient=False)
        if sent is None:
            raise Unavailable(SERVICE, _("Telegram cannot be reached right now."))
        return {**envelope, _DRAFT: sent}

    async def working(self, incoming: Incoming, envelope: Envelope) -> None:
        """Stop the button's spinner and show "typing"; never raises."""
        await self._acknowledge(envelope)
        to = target(incoming.place)
        bot = self._client.bot
        with suppress(RecommendarrError, Unreadable):
            await self._client.call_chat(
                to.chat, lambda chat: bot.send_chat_action(chat, ChatAction.TYPING, message_thread_id=to.thread)
            )

    async def send(self, place: Place, replies: Sequence[Reply]) -> None:
        """Say something unasked; private words only in a private place. Raises: Unavailable, Rejected."""
        if any(reply.private for reply in replies) and not place.private:
            raise Refused("a private notice has no place in a group")
        for reply in replies:
            for step in self._public(place, reply, reply_to=None, shape=None, first=True):
                await step()

    def _steps(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> list[Step]:
        """One for each message to be sent or edited."""
        place = incoming.place
        reply_to = envelope.get("message") if isinstance(incoming, Message) and not place.private else None
        shape = Shape(envelope["shape"]) if envelope.get("shape") in tuple(Shape) else None
        whispered = [reply for reply in replies if reply.private and not place.private]
        spoken = [reply for reply in replies if not reply.private or place.private]
        steps: list[Step] = []
        drawings = [drawing for reply in whispered for drawing in encode(reply)]
        for index, drawing in enumerate(drawings):
            steps.append(_later(self._whisper, incoming, drawing, index > 0))
        if drawings:
            steps.append(lambda: self._point(incoming, reply_to))
        for reply in spoken:
            steps += self._public(place, reply, reply_to=reply_to, shape=shape, first=not steps)
            reply_to = None
        if isinstance(draft := envelope.get(_DRAFT), int):
            to = target(place)
            opens = next(iter(encode(spoken[0])), None) if spoken and not whispered else None
            if opens is None or opens.photo or spoken[0].replaces is not None or envelope.get(DRAFT_LOST):
                return [_later(self._outbox.remove, to.chat, draft), *steps]
            steps[0] = _later(self._change, to, draft, opens, Shape.TEXT)
        return steps

    def _public(
        self, place: Place, reply: Reply, *, reply_to: int | None, shape: Shape | None, first: bool
    ) -> list[Step]:
        to = target(place)
        drawings = encode(reply)
        replaced = _replaced(place, reply)
        changed = next((i for i, drawing in enumerate(drawings) if drawing.card or drawing.keys), 0)
        steps: list[Step] = []
        for index, drawing in enumerate(drawings):
            loud = first and index == 0
            if replaced is not None and index == changed:
                steps.append(_later(self._change, to, replaced, drawing, shape))
            else:
                steps.append(_later(self._say, to, drawing, reply_to if index == 0 else None, not loud))
        return steps

    async def _say(self, to: Target, drawing: Drawing, reply_to: int | None, silent: bool) -> None:
        await self._outbox.send(to, drawing, reply_to=reply_to, silent=silent)

    async def _change(self, to: Target, message: int, drawing: Drawing, shape: Shape | None) -> None:
        if not await self._outbox.edit(to.chat, message, drawing, shape):
            await self._outbox.send(to, drawing, silent=True)

    async def _whisper(self, incoming: Incoming, drawing: Drawing, silent: bool) -> None:
        """Answer in the person's own chat; its number is that of the person."""
        if incoming.id in self._closed:
            return
        to = target(Place(incoming.place.platform, incoming.author.account, private=True))
        try:
            await self._outbox.send(to, drawing, silent=silent)
        except Refused as refused:
            log.info("a private answer could not be given", reason=refused.description)
            self._closed.add(incoming.id)

    async def _point(self, incoming: Incoming, reply_to: int | None) -> None:
        """Say in the group where the answer is, or how to get it."""
        url = f"https://t.me/{(await self._client.me()).username}"
        if incoming.id in self._closed:
            words = _("That answer is for your eyes only. Open a private chat with me, press Start, and ask me there.")
            key = Key(_("Open a private chat"), url=f"{url}?start=hello")
        elif isinstance(incoming, Press):
            return
        else:
            words = _("I have answered you in private.")
            key = Key(_("Open it"), url=url)
        note = Drawing(render(words), keys=((key,),))
        await self._outbox.send(target(incoming.place), note, reply_to=reply_to, silent=True)

    async def _as_toast(self, incoming: Incoming, envelope: Envelope, replies: Sequence[Reply]) -> bool:
        """A short answer to a press in a group is shown to that person alone, over the chat, and clutters nothing."""
        query = envelope.get("callback")
        if query is None or query in self._acknowledged or incoming.place.private or len(replies) != 1:
            return False
        text = toast(replies[0]) if replies[0].replaces is None or replies[0].private else None
        return text is not None and await self._acknowledge(envelope, text)

    async def _acknowledge(self, envelope: Envelope, text: str | None = None) -> bool:
        """Tell Telegram that a press was received, once; whether the person sees the text."""
        query = envelope.get("callback")
        if not isinstance(query, str) or query in self._acknowledged:
            return False
        self._acknowledged[query] = None
        if len(self._acknowledged) > _REMEMBERED:
            self._acknowledged.popitem(last=False)
        alert = text is not None and len(text) > _ALERT
        bot = self._client.bot
        try:
            await self._client.call(
                lambda: bot.answer_callback_query(query, text, show_alert=alert or None), patient=False
            )
        except Unreadable:
            return True
        except RecommendarrError as error:
            # After a few minutes it is too late; the answer itself comes as a message.
            log.info("a press could not be acknowledged", reason=str(error))
            return False
        return True


def target(place: Place) -> Target:
    """The chat of a place. Raises: Refused, when it is none of Telegram's."""
    try:
        return Target(int(place.room), int(place.thread) if place.thread else None)
    except ValueError:
        raise Refused("that is no chat of telegram") from None


def _replaced(place: Place, reply: Reply) -> int | None:
    reference = reply.replaces
    if reference is None or (reference.platform, reference.room) != (place.platform, place.room):
        return None
    return int(reference.message) if reference.message.isdecimal() else None


def _later(step: Callable[..., Awaitable[object]], *arguments: object) -> Step:
    return lambda: step(*arguments)
