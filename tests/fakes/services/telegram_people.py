"""People on the fake Telegram: a `ChatDriver`, and the finer moves that Telegram's own tests need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.chat.command import CommandSpec
from bot.chat.parse import render
from tests.e2e.platforms.driver import Drawn, DrawnButton, DrawnCard
from tests.fakes.services.telegram import BOT, NOW, FakeTelegram
from tests.fakes.services.telegram_markup import entity_text, length
from tests.fakes.services.telegram_state import Chat, Sent

ROOM = -1001000000001
ELSEWHERE = -1001000000002
FIRST_PERSON = 5001
_COMMAND = re.compile(r"\s*([/!])([a-z]\w*)(@\w+)?(?=\s|$)")


class TelegramPeople:
    """People by neutral names. A private answer to something said in the room comes in the place "private"; one to a
    press in the room may come as a notice over the chat, which is seen in the room as a private message."""

    platform = "telegram"

    def __init__(self, telegram: FakeTelegram, specs: Sequence[CommandSpec[Any]] = ()) -> None:
        self.telegram = telegram
        self._specs = {spec.name: spec for spec in specs}
        self._people: dict[str, dict[str, Any]] = {}
        self._marks: dict[str, int] = {}
        telegram.chat(ROOM, "supergroup", "Film night")
        telegram.chat(ELSEWHERE, "supergroup", "Elsewhere")

    def person(self, user: str, *, language: str | None = "en", started: bool = True, **extra: Any) -> dict[str, Any]:
        """The account of somebody, made when it is new."""
        if user not in self._people:
            number = FIRST_PERSON + len(self._people)
            told = {"language_code": language} if language else {}
            named = {"first_name": user.capitalize(), "username": f"{user.lower()}_there"}
            self._people[user] = {"id": number, "is_bot": False, **named, **told, **extra}
            self.telegram.chat(number, "private", user.capitalize()).started = started
        return self._people[user]

    def account(self, user: str) -> str:
        """The number of somebody, which is also that of their private chat."""
        return str(self.person(user)["id"])

    def chat(self, user: str, place: str) -> Chat:
        """The chat behind the name of a place."""
        numbers = {"room": ROOM, "elsewhere": ELSEWHERE, "private": int(self.account(user))}
        return self.telegram.chats[numbers[place]]

    async def say(self, user: str, place: str, text: str, mentions: Sequence[str] = ()) -> None:
        """Write to the bot: in a room by its name, commands the way Telegram completes them."""
        if place != "private":
            command = _COMMAND.match(text)
            if command is None:
                text = f"@{BOT['username']} {text}"
            elif command[1] == "/" and not command[3]:
                text = f"{text[: command.end()]}@{BOT['username']}{text[command.end() :]}"
        await self.received(await self.write(user, place, text, mentions))

    async def command(self, user: str, place: str, name: str, /, **options: Any) -> None:
        """Type a command with its arguments."""
        args = {key.rstrip("_").replace("_", "-"): value for key, value in options.items()}
        people = [who for value in args.values() if isinstance(value, tuple) for who in value]
        await self.say(user, place, render(self._specs[name], args), people)

    async def press(self, user: str, message: Drawn, label: str) -> None:
        """Press a button."""
        chat, number = (int(part) for part in message.id.split(":")[:2])
        sent = self.telegram.chats[chat].messages[number]
        key = next(key for key in sent.keys if key["text"].startswith(label))
        await self.received(await self.tap(user, sent.data, key["callback_data"]))

    async def react(self, user: str, message: Drawn, emoji: str) -> None:
        """Not on Telegram: it has buttons."""
        raise NotImplementedError

    async def seen(self, user: str, place: str) -> list[Drawn]:
        """The bot's messages in the chat, then the notices that this person saw over it."""
        chat = self.chat(user, place)
        return [drawn for _changed, drawn in self._drawn(user, chat)]

    async def answers(self, user: str, place: str, at_least: int = 1) -> list[Drawn]:
        """What is new there since this person last did something."""
        chat, mark = self.chat(user, place), self._marks.get(user, 0)

        def new() -> list[Drawn]:
            return [drawn for changed, drawn in self._drawn(user, chat) if changed > mark]

        await self.telegram.until(lambda: len(new()) >= at_least)
        return new()

    # The finer moves

    async def write(
        self,
        user: str,
        place: str,
        text: str | None,
        mentions: Sequence[str] = (),
        *,
        thread: int | None = None,
        reply_to: dict[str, Any] | None = None,
        **extra: Any,
    ) -> int:
        """Write exactly this; the id of the update."""
        author = self.person(user)
        entities = list(self._entities(text or "", mentions))
        topic = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
        answered = (
            {"reply_to_message": {k: v for k, v in reply_to.items() if k != "reply_to_message"}} if reply_to else {}
        )
        message = {
            "message_id": self.telegram.new_message_id(),
            "date": NOW,
            "chat": self.chat(user, place).data,
            "from": author,
            "text": text,
            **({"entities": entities} if entities else {}),
            **topic,
            **answered,
            **extra,
        }
        self._marks[user] = self.telegram.change
        return await self.telegram.push(message={key: value for key, value in message.items() if value is not None})

    async def tap(self, user: str, message: dict[str, Any] | None, data: str) -> int:
        """Press something on a message, or on none; the id of the update."""
        query = f"query-{self.telegram.new_message_id()}"
        self.telegram.open_queries.add(query)
        self._marks[user] = self.telegram.change
        hung = {"message": message} if message else {"inline_message_id": "inline-1"}
        return await self.telegram.push(
            callback_query={"id": query, "from": self.person(user), "chat_instance": "1", "data": data, **hung}
        )

    async def type_inline(self, user: str, typed: str) -> str:
        """Type `@bot ...` in some chat; the id of the query."""
        query = f"inline-{self.telegram.new_message_id()}"
        self.telegram.open_queries.add(query)
        await self.telegram.push(
            inline_query={"id": query, "from": self.person(user), "query": typed, "offset": "", "chat_type": "group"}
        )
        return query

    async def received(self, update: int) -> None:
        """Wait until the bot has confirmed an update."""
        await self.telegram.until(lambda: self.telegram.confirmed > update)

    def _entities(self, text: str, mentions: Sequence[str]) -> Any:
        for name in mentions:
            for match in re.finditer(rf"@{re.escape(name)}\b", text):
                where = {"offset": length(text[: match.start()]), "length": length(match[0])}
                yield {"type": "text_mention", "user": self.person(name), **where}
        for match in re.finditer(rf"(?<!\w)@{BOT['username']}\b", text):
            yield {"type": "mention", "offset": length(text[: match.start()]), "length": length(match[0])}
        if command := re.match(r"/\w+(?:@\w+)?", text):
            yield {"type": "bot_command", "offset": 0, "length": length(command[0])}

    def _drawn(self, user: str, chat: Chat) -> list[tuple[int, Drawn]]:
        private = chat.data["type"] == "private"
        messages = [
            (sent.changed, draw(chat.id, sent, private=private)) for _number, sent in sorted(chat.messages.items())
        ]
        toasts = [
            (toast["change"], Drawn(f"toast:{toast['callback_query_id']}", toast["text"], private=True))
            for toast in self.telegram.toasts
            if toast.get("text") and not private
        ]
        return messages + toasts


def draw(chat: int, sent: Sent, *, private: bool) -> Drawn:
    """A message as a person reads it: a card has a poster, or a title alone on its first line and buttons."""
    buttons = tuple(DrawnButton(key["text"], key.get("url")) for key in sent.keys)
    first, _end, rest = sent.text.partition("\n")
    titles = [entity_text(sent.text, e) for e in sent.entities if e["type"] == "bold" and e["offset"] < 8]
    titled = any(re.fullmatch(r"(\d+\. )?" + re.escape(title), first) for title in titles)
    is_card = titled and rest[:1].strip() and any("callback_data" in key for key in sent.keys)
    identity = f"{chat}:{sent.data['message_id']}"
    if "photo" not in sent.data and not is_card:
        return Drawn(identity, sent.text, (), buttons, private, sent.edited)
    link = next((e["url"] for e in sent.entities if e["type"] == "text_link" and e["offset"] < 8), None)
    image = sent.data["photo"][0]["file_id"] if "photo" in sent.data else None
    card = DrawnCard(re.sub(r"^\d+\. ", "", first), rest, link, image)
    return Drawn(identity, "", (card,), buttons, private, sent.edited)
