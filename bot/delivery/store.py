"""Items on their way through the inbox, and the inbox itself as rows."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

import structlog

from bot.chat.codec import decode_incoming, decode_reply, encode_incoming, encode_reply
from bot.chat.incoming import CommandCall, Incoming, Message, Place, Press
from bot.chat.reply import Reply
from bot.model.inbox import InboxRow, InboxState
from bot.ports.chat import Envelope
from bot.ports.storage import UnitOfWorkFactory

MAX_ID = 200

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Item:
    """One incoming in hand. `number` 0: it is not kept, since nothing would be lost with it."""

    incoming: Incoming
    envelope: Envelope
    received_at: datetime
    number: int = 0
    replies: tuple[Reply, ...] | None = None
    arrived: float = 0.0  # perf_counter

    @property
    def platform(self) -> str:
        """Where it came from, and where the answer goes."""
        return self.incoming.place.platform


def item_of(incoming: Incoming, envelope: Envelope, now: datetime) -> Item:
    """What has just arrived."""
    return Item(incoming, envelope, now, arrived=perf_counter())


def place_of(place: Place) -> str:
    """What keeps the order of answers: a room, or a thread of it."""
    return safe_key("|".join((place.platform, place.room, place.thread or "")))


def kind_of(incoming: Incoming) -> str:
    """The kind as metrics name it."""
    return {Message: "message", CommandCall: "command", Press: "press"}[type(incoming)]


def safe_key(text: str) -> str:
    """The text itself when a database keeps it as it is, else its digest."""
    if len(text) <= MAX_ID and text.isprintable():
        return text
    return "sha256:" + hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


class InboxStore:
    """Keeps items. Every method raises Unavailable when the database cannot be used."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def add(self, item: Item) -> bool:
        """Keep it, and its replies if it has any; False, when one of this id was kept before."""
        row = InboxRow(
            platform=item.platform,
            id=safe_key(item.incoming.id),
            place=place_of(item.incoming.place),
            payload=encode_incoming(item.incoming),
            envelope=dict(item.envelope),
            received_at=item.received_at,
            state=InboxState.RECEIVED if item.replies is None else InboxState.ANSWERED,
            replies=None if item.replies is None else [encode_reply(reply) for reply in item.replies],
        )
        async with self._uow() as uow:
            number = await uow.inbox.add(row)
            if number is None:
                return False
            await uow.commit()
        item.number = number
        return True

    async def answered(self, item: Item, replies: Sequence[Reply]) -> None:
        """Keep the replies, so that a kill after this sends them again instead of making new ones."""
        async with self._uow() as uow:
            await uow.inbox.answered(item.number, [encode_reply(reply) for reply in replies])
            await uow.commit()

    async def addressed(self, item: Item) -> None:
        """Keep the envelope as it is now."""
        async with self._uow() as uow:
            await uow.inbox.addressed(item.number, item.envelope)
            await uow.commit()

    async def finish(self, number: int, state: InboxState) -> None:
        """It is over with this one."""
        async with self._uow() as uow:
            await uow.inbox.finish(number, state)
            await uow.commit()

    async def take_up(self, now: datetime, *, max_attempts: int, known: Collection[int]) -> list[Item]:
        """What an earlier run left unfinished, in the order of arrival; each is counted as tried once more.

        What has been tried too often, or was written by a version that this one cannot read, is dropped.
        `known`: numbers that are in hand.
        """
        items: list[Item] = []
        async with self._uow() as uow:
            for row in await uow.inbox.unfinished():
                if row.number in known:
                    continue
                item = _item(row, now)
                if item is None or row.attempts >= max_attempts:
                    log.warning("inbox_row_dropped", platform=row.platform, number=row.number, attempts=row.attempts)
                    await uow.inbox.finish(row.number, InboxState.DROPPED)
                else:
                    items.append(item)
            await uow.inbox.attempt([item.number for item in items])
            await uow.commit()
        return items

    async def purge(self, before: datetime) -> int:
        """Forget finished rows that were received before then."""
        async with self._uow() as uow:
            purged = await uow.inbox.purge(before)
            await uow.commit()
        return purged


def _item(row: InboxRow, now: datetime) -> Item | None:
    """The item of a row; None when it cannot be read."""
    try:
        incoming = decode_incoming(row.payload)
        replies = None if row.replies is None else tuple(decode_reply(reply) for reply in row.replies)
    except ValueError:
        return None
    arrived = perf_counter() - max(0.0, (now - row.received_at).total_seconds())
    return Item(incoming, row.envelope, row.received_at, row.number, replies, arrived)
