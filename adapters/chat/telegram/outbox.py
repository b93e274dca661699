"""Sends drawings to a chat and edits those that hang there already."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from enum import StrEnum

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode

from adapters.chat.telegram.client import Refused, TelegramClient
from adapters.chat.telegram.encode import MAX_CAPTION, Drawing, Key
from adapters.chat.telegram.request import Unreadable

_REMEMBERED = 2000  # messages whose picture is known
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = ("message is not modified",)
_NO_TEXT = ("no text in the message",)
_NO_CHAT = (
    "chat not found",
    "not enough rights",
    "topic_closed",
    "have no rights",
    "user_is_blocked",
    "peer_id_invalid",
)
_NO_THREAD = ("thread not found", "topic_deleted", "topic_id_invalid")

log = structlog.get_logger(__name__)


class Shape(StrEnum):
    """What a message consists of; it decides how the message can be changed."""

    TEXT = "text"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes. `chat` is the id under which the chat was known first."""

    chat: int
    thread: int | None = None


class Outbox:
    """Messages on their way to Telegram."""

    def __init__(self, client: TelegramClient) -> None:
        self._client = client
        self._bot = client.bot
        self._photos: OrderedDict[tuple[int, int], str] = OrderedDict()

    async def send(
        self, to: Target, drawing: Drawing, *, reply_to: int | None = None, silent: bool = False, patient: bool = True
    ) -> int | None:
        """Send a message; its id, None when Telegram's answer could not be read. A picture that Telegram cannot fetch
        is left out. `patient`: flood control is sat out. Raises: Unavailable, Refused."""
        sent: Message | None
        try:
            sent = await self._send(to, drawing, reply_to, silent=silent, patient=patient)
        except Refused as refused:
            if to.thread is not None and refused.says(*_NO_THREAD):
                # The topic was deleted in the meantime; the answer goes to the group itself.
                return await self.send(Target(to.chat), drawing, reply_to=reply_to, silent=silent, patient=patient)
            if drawing.photo is None or refused.forbidden or refused.says(*_NO_CHAT):
                raise
            log.info("a poster was refused", reason=refused.description)
            sent = await self._send(to, replace(drawing, photo=None), reply_to, silent=silent, patient=patient)
        if drawing.photo and sent is not None and sent.photo:
            self._remember(to.chat, sent.message_id, drawing.photo)
        return None if sent is None else sent.message_id

    async def grow(self, chat: int, message: int, drawing: Drawing) -> None:
        """Put more words into a message. Raises: Unavailable, Refused."""
        try:
            await self._client.call_chat(
                chat,
                lambda now: self._bot.edit_message_text(
                    drawing.text.html,
                    chat_id=now,
                    message_id=message,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                ),
                again=True,
                patient=False,
            )
        except Refused as refused:
            if not refused.says(*_UNCHANGED):
                raise

    async def remove(self, chat: int, message: int) -> None:
        """Remove a message, if it is still there. Raises: Unavailable."""
        await self._retire(chat, message)

    async def edit(self, chat: int, message: int, drawing: Drawing, shape: Shape | None) -> bool:
        """Change a message in place; False, when that is impossible and a new one is needed.

        `shape`: what it consists of now, None when nobody knows. Raises: Unavailable, Refused (the chat is closed).
        """
        try:
            return await self._edit(chat, message, drawing, shape)
        except Refused as refused:
            if refused.says(*_UNCHANGED):
                return True
            if refused.forbidden or refused.says(*_NO_CHAT):
                raise
            if shape is None and refused.says(*_NO_TEXT):
                return await self.edit(chat, message, drawing, Shape.PHOTO)
            log.info("a message cannot be changed", reason=refused.description)
            await self._retire(chat, message)
            return False

    async def _send(
        self, to: Target, drawing: Drawing, reply_to: int | None, *, silent: bool, patient: bool
    ) -> Message | None:
        markup = keyboard(drawing.keys)
        answered = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to is not None else None

        async def make(chat: int) -> Message:
            if drawing.photo:
                return await self._bot.send_photo(
                    chat,
                    drawing.photo,
                    caption=drawing.text.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=markup,
                    message_thread_id=to.thread,
                    reply_parameters=answered,
                    disable_notification=silent or None,
                )
            return await self._bot.send_message(
                chat,
                drawing.text.html,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                message_thread_id=to.thread,
                reply_parameters=answered,
                link_preview_options=_NO_PREVIEW,
                disable_notification=silent or None,
            )

        try:
            return await self._client.call_chat(to.chat, make, patient=patient)
        except Unreadable:
            return None  # it hangs there, and saying it twice would be worse than not knowing its id

    async def _edit(self, chat: int, message: int, drawing: Drawing, shape: Shape | None) -> bool:
        markup = keyboard(drawing.keys)
        known = self._photos.get((chat, message))
        if drawing.photo is None and shape is Shape.PHOTO:
            if drawing.card or drawing.text.length > MAX_CAPTION:
                # A picture cannot be taken away, and that of another title must not stay.
                await self._retire(chat, message)
                return False
            await self._edit_caption(chat, message, drawing, markup)
        elif drawing.photo is None:
            await self._client.call_chat(
                chat,
                lambda now: self._bot.edit_message_text(
                    drawing.text.html,
                    chat_id=now,
                    message_id=message,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=markup,
                ),
                again=True,
            )
        elif known == drawing.photo:
            await self._edit_caption(chat, message, drawing, markup)
        else:
            media = InputMediaPhoto(drawing.photo, caption=drawing.text.html, parse_mode=ParseMode.HTML)
            await self._client.call_chat(
                chat,
                lambda now: self._bot.edit_message_media(media, chat_id=now, message_id=message, reply_markup=markup),
                again=True,
            )
            self._remember(chat, message, drawing.photo)
        return True

    async def _edit_caption(
        self, chat: int, message: int, drawing: Drawing, markup: InlineKeyboardMarkup | None
    ) -> None:
        await self._client.call_chat(
            chat,
            lambda now: self._bot.edit_message_caption(
                chat_id=now,
                message_id=message,
                caption=drawing.text.html,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
            ),
            again=True,
        )

    async def _retire(self, chat: int, message: int) -> None:
        """Remove a message that a new one takes the place of; when it is too old for that, it stays."""
        self._photos.pop((chat, message), None)
        try:
            await self._client.call_chat(
                chat, lambda now: self._bot.delete_message(chat_id=now, message_id=message), again=True
            )
        except Refused as refused:
            log.info("a message stays beside the one that follows it", reason=refused.description)

    def _remember(self, chat: int, message: int, photo: str) -> None:
        self._photos[(chat, message)] = photo
        if len(self._photos) > _REMEMBERED:
            self._photos.popitem(last=False)


def keyboard(rows: tuple[tuple[Key, ...], ...]) -> InlineKeyboardMarkup | None:
    """The rows as Telegram draws them; None when there are none."""
    drawn = [
        [InlineKeyboardButton(key.label, url=key.url, callback_data=key.token) for key in row if key.url or key.token]
        for row in rows
    ]
    kept = [row for row in drawn if row]
    return InlineKeyboardMarkup(kept) if kept else None
