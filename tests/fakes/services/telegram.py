"""The Bot API on this machine: chats with messages that can be edited, people who press, updates that wait.

Every request and every answer is held against the official description; the limits and refusals that the description
tells in words are kept here. `FakeTelegram.people` is the driver of the shared scenarios.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlsplit

from tests.contracts.kit import Answer, Call, DescribedServer, load
from tests.fakes.services.telegram_markup import entity_text
from tests.fakes.services.telegram_state import (
    Chat,
    Refusal,
    Sent,
    allowed,
    decoded,
    keyboard_of,
    menu_of,
    opens,
    text_of,
)

TOKEN = "4242:a-secret-token_of_the_bot"
BOT = {"id": 4242, "is_bot": True, "first_name": "Recommendarr", "username": "recommendarr_bot"}
NOW = 1_790_000_000


class FakeTelegram:
    """One bot's side of Telegram."""

    def __init__(self) -> None:
        self.server = DescribedServer(load("telegram"))
        self.chats: dict[int, Chat] = {}
        self.updates: list[dict[str, Any]] = []
        self.confirmed = 0  # updates below this id were confirmed
        self.webhook: dict[str, Any] | None = None
        self.menus: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.toasts: list[dict[str, Any]] = []
        self.inline: list[dict[str, Any]] = []
        self.actions: list[dict[str, Any]] = []
        self.refusals: list[tuple[str, Refusal]] = []
        self.bad_photos: set[str] = set()
        self.open_queries: set[str] = set()
        self.change = 0
        self.changed = asyncio.Condition()
        self._update = 1000
        self._message = 0
        for name in [
            "getMe",
            "getUpdates",
            "setWebhook",
            "deleteWebhook",
            "getMyCommands",
            "setMyCommands",
            "getChat",
            "sendMessage",
            "sendPhoto",
            "editMessageText",
            "editMessageCaption",
            "editMessageMedia",
            "deleteMessage",
            "answerCallbackQuery",
            "answerInlineQuery",
            "sendChatAction",
        ]:
            self.server.route("POST", name)(self._handler(name))

    async def __aenter__(self) -> Self:
        await self.server.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.server.__aexit__(*error)

    @property
    def base_url(self) -> str:
        return self.server.url + "/bot"

    def refuse(self, method: str, code: int, description: str, **parameters: int) -> None:
        """Refuse the next call of a method."""
        self.refusals.append((method, Refusal(code, description, **parameters)))

    def chat(self, number: int, kind: str, title: str = "", **extra: Any) -> Chat:
        """A chat, made when it is new."""
        named = {"first_name": title} if kind == "private" else {"title": title}
        return self.chats.setdefault(number, Chat({"id": number, "type": kind, **named, **extra}))

    def sent(self, chat: int) -> list[Sent]:
        """The bot's messages that hang in a chat, the oldest first."""
        return [self.chats[chat].messages[number] for number in sorted(self.chats[chat].messages)]

    @property
    def pings(self) -> list[str]:
        """Everybody whom a message of the bot would notify by name."""
        return [
            entity_text(sent.text, entity)
            for chat in self.chats.values()
            for sent in chat.messages.values()
            for entity in sent.entities
            if entity["type"] in ("mention", "text_mention")
        ]

    def new_message_id(self) -> int:
        self._message += 1
        return self._message

    async def push(self, **content: Any) -> int:
        """Let an update arrive; its id. It is held against the description like every answer."""
        self._update += 1
        self.updates.append({"update_id": self._update, **content})
        await self.note()
        return self._update

    async def note(self) -> None:
        """Something changed."""
        async with self.changed:
            self.change += 1
            self.changed.notify_all()

    async def until(self, met: Any, seconds: float = 10.0) -> None:
        """Wait until a condition holds. Raises: TimeoutError."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(met)

    # The methods

    def _handler(self, name: str) -> Any:
        async def handle(call: Call) -> Answer:
            if call.params["token"] != TOKEN:
                return Refusal(401, "Unauthorized").answer
            for index, (method, refusal) in enumerate(self.refusals):
                if method == name:
                    del self.refusals[index]
                    return refusal.answer
            try:
                result = getattr(self, "_" + name)(decoded(call.form))
                if asyncio.iscoroutine(result):
                    result = await result
            except Refusal as refusal:
                return refusal.answer
            if name != "getUpdates":
                await self.note()
            return Answer({"ok": True, "result": result})

        return handle

    def _getMe(self, _given: Mapping[str, Any]) -> Any:
        return {
            **BOT,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }

    async def _getUpdates(self, given: Mapping[str, Any]) -> Any:
        if self.webhook is not None:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(given.get("offset", 0))
        self.updates = [update for update in self.updates if allowed(update, given.get("allowed_updates"))]
        if offset > self.confirmed:
            self.confirmed = offset
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            await self.note()
        try:
            await self.until(lambda: self.updates, int(given.get("timeout", 0)) or 0.001)
        except TimeoutError:
            return []
        return self.updates[:100]

    def _setWebhook(self, given: Mapping[str, Any]) -> Any:
        if urlsplit(given["url"]).scheme != "https":
            raise Refusal(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get("secret_token", "x")):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = dict(given)
        return True

    def _deleteWebhook(self, _given: Mapping[str, Any]) -> Any:
        self.webhook = None
        return True

    def _getMyCommands(self, given: Mapping[str, Any]) -> Any:
        return self.menus.get(menu_of(given), [])

    def _setMyCommands(self, given: Mapping[str, Any]) -> Any:
        commands = given["commands"]
        if len(commands) > 100 or not all(
            re.fullmatch(r"[a-z0-9_]{1,32}", c["command"]) and 1 <= len(c["description"]) <= 256 for c in commands
        ):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        self.menus[menu_of(given)] = commands
        return True

    def _getChat(self, given: Mapping[str, Any]) -> Any:
        chat = self._reachable(given["chat_id"])
        gifts = dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        )
        return {**chat.data, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}

    def _sendMessage(self, given: Mapping[str, Any]) -> Any:
        text, entities = text_of(given["text"], given, 4096)
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        return self._post(given, {"text": text, "entities": entities})

    def _sendPhoto(self, given: Mapping[str, Any]) -> Any:
        return self._post(given, self._photo(given["photo"], given))

    def _editMessageText(self, given: Mapping[str, Any]) -> Any:
        sent = self._editable(given)
        if "text" not in sent.data:
            raise Refusal(400, "Bad Request: there is no text in the message to edit")
        text, entities = text_of(given["text"], given, 4096)
        return self._changed(sent, {"text": text, "entities": entities}, given)

    def _editMessageCaption(self, given: Mapping[str, Any]) -> Any:
        sent = self._editable(given)
        if "photo" not in sent.data:
            raise Refusal(400, "Bad Request: there is no caption in the message to edit")
        text, entities = text_of(given.get("caption", ""), given, 1024)
        return self._changed(sent, {"photo": sent.data["photo"], "caption": text, "caption_entities": entities}, given)

    def _editMessageMedia(self, given: Mapping[str, Any]) -> Any:
        media = given["media"]
        return self._changed(self._editable(given), self._photo(media["media"], media), given)

    def _deleteMessage(self, given: Mapping[str, Any]) -> Any:
        sent = self._editable(given, wanted="delete")
        del self._reachable(given["chat_id"]).messages[sent.data["message_id"]]
        return True

    def _answerCallbackQuery(self, given: Mapping[str, Any]) -> Any:
        if given["callback_query_id"] not in self.open_queries:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(given.get("text", "")) > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        self.open_queries.discard(given["callback_query_id"])
        self.toasts.append({**given, "change": self.change + 1})
        return True

    def _answerInlineQuery(self, given: Mapping[str, Any]) -> Any:
        if given["inline_query_id"] not in self.open_queries:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        ids = [result["id"] for result in given["results"]]
        if len(ids) > 50 or len(set(ids)) < len(ids) or not all(1 <= len(i.encode()) <= 64 for i in ids):
            raise Refusal(400, "Bad Request: RESULT_ID_INVALID")
        for result in given["results"]:
            content = result["input_message_content"]
            text_of(content["message_text"], content, 4096)
        self.open_queries.discard(given["inline_query_id"])
        self.inline.append(dict(given))
        return True

    def _sendChatAction(self, given: Mapping[str, Any]) -> Any:
        self._reachable(given["chat_id"], given.get("message_thread_id"))
        self.actions.append(dict(given))
        return True

    # What they share

    def _reachable(self, number: int | str, thread: int | None = None) -> Chat:
        chat = self.chats.get(int(number))
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.moved_to is not None:
            raise Refusal(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to
            )
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if not chat.started:
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        if thread is not None and int(thread) not in chat.topics:
            raise Refusal(400, "Bad Request: message thread not found")
        return chat

    def _post(self, given: Mapping[str, Any], content: dict[str, Any]) -> Any:
        chat = self._reachable(given["chat_id"], given.get("message_thread_id"))
        data = {"message_id": self.new_message_id(), "date": NOW, "chat": chat.data, "from": BOT, **content}
        if "message_thread_id" in given:
            data |= {"message_thread_id": int(given["message_thread_id"]), "is_topic_message": True}
        if markup := keyboard_of(given):
            data["reply_markup"] = markup
        silent = bool(given.get("disable_notification", False))
        chat.messages[data["message_id"]] = Sent(data, self.change + 1, silent=silent)
        return data

    def _photo(self, photo: str, given: Mapping[str, Any]) -> dict[str, Any]:
        if photo in self.bad_photos or not opens(photo):
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        text, entities = text_of(given.get("caption", ""), given, 1024)
        size = {"file_id": photo, "file_unique_id": photo[-20:], "width": 300, "height": 450}
        return {"photo": [size], "caption": text, "caption_entities": entities}

    def _editable(self, given: Mapping[str, Any], wanted: str = "edit") -> Sent:
        sent = self._reachable(given["chat_id"]).messages.get(int(given["message_id"]))
        if sent is None:
            raise Refusal(400, f"Bad Request: message to {wanted} not found")
        if sent.frozen:
            raise Refusal(400, f"Bad Request: message can't be {wanted.removesuffix('e')}ed")
        return sent

    def _changed(self, sent: Sent, content: dict[str, Any], given: Mapping[str, Any]) -> Any:
        kept = {key: sent.data[key] for key in ("message_id", "date", "chat", "from")}
        kept |= {key: sent.data[key] for key in ("message_thread_id", "is_topic_message") if key in sent.data}
        markup = keyboard_of(given)
        data = {**kept, **content} | ({"reply_markup": markup} if markup else {})
        if data == {key: value for key, value in sent.data.items() if key != "edit_date"}:
            raise Refusal(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message",
            )
        sent.data, sent.edited, sent.changed = {**data, "edit_date": NOW + 1}, True, self.change + 1
        return sent.data
