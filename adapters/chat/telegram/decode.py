"""From an update to what was said: who, where, and whether it is meant for the bot at all."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeAlias

import structlog
from telegram import CallbackQuery, Chat, MaybeInaccessibleMessage, Message, MessageEntity, Update, User

from adapters.chat.telegram.outbox import Shape
from bot.chat.incoming import Author, Incoming, Mention, MessageRef, Place, Press
from bot.chat.incoming import Message as Said

PLATFORM = "telegram"
MAX_PAYLOAD = 64  # of a deep link; letters, digits, _ and -
_COMMAND = re.compile(r"\s*[/!]\s?([^\W\d_][\w-]*)(?:@(\w+))?(?=\s|$)")
_START = re.compile(r"/start\s+([A-Za-z0-9_-]{1,64})\s*")
_REFERENCE = re.compile(r"(movie|series)_(\d{1,18}|[a-z]{1,20}-[A-Za-z0-9-]{1,30})")
_SERVED_PRIVATELY = frozenset(["link", "help"])  # commands that a deep link may give; none of them writes

_MAX_TOLD = 1000
_MAX_MET = 5000

log = structlog.get_logger(__name__)

Envelope: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Received:
    """Something for the bot, and what is needed to answer it."""

    incoming: Incoming
    envelope: Envelope


class Decoder:
    """Reads updates for one bot."""

    def __init__(
        self, bot_id: str, *, served: Collection[int], names: Collection[str], first_id: Callable[[int], int]
    ) -> None:
        """`served`: ids of the groups to answer in. `names`: of all commands. `first_id`: of a chat that has moved."""
        self._bot_id = bot_id
        self._served = frozenset(served)
        self._names = frozenset(names)
        self._first_id = first_id
        self._told: set[int] = set()
        self._names_of_people: OrderedDict[str, User] = OrderedDict()

    def decode(self, update: Update, me: User) -> Received | None:
        """What was said or pressed; None when it is not for the bot. Edited messages and channel posts never are."""
        if update.message is not None:
            return self._message(update, update.message, me)
        if update.callback_query is not None:
            return self._press(update, update.callback_query)
        return None

    def serves(self, chat: Chat) -> bool:
        """Whether the bot answers there: in private, and in the groups that the settings name."""
        if chat.type == Chat.PRIVATE:
            return True
        if chat.type not in (Chat.GROUP, Chat.SUPERGROUP):
            return False
        if {chat.id, self._first_id(chat.id)} & self._served:
            return True
        if chat.id not in self._told and len(self._told) < _MAX_TOLD:
            # Once for each group, for the owner who looks for its number.
            self._told.add(chat.id)
            log.info("a group is not served; RECOMMENDARR_TELEGRAM__CHATS names those that are", chat=chat.id)
        return False

    def _message(self, update: Update, message: Message, me: User) -> Received | None:
        author = message.from_user
        if author is None or author.is_bot or message.sender_chat is not None or not self.serves(message.chat):
            return None
        self._meet(author)
        text = message.text or message.caption or ""
        if not text.strip():
            return None
        private = message.chat.type == Chat.PRIVATE
        if message.via_bot is not None:
            said = _chosen_title(message, me) if message.via_bot.id == me.id else None
        else:
            said = self._addressed(message, text, me, private=private)
        if said is None:
            return None
        thread = message.message_thread_id if message.is_topic_message else None
        place = Place(PLATFORM, str(self._first_id(message.chat.id)), str(thread) if thread else None, private)
        answered = message.reply_to_message
        return Received(
            Said(
                self._id(update),
                place,
                decode_author(author),
                said,
                self._mentions(message, me),
                str(answered.message_id) if answered is not None and not _opened_topic(answered) else None,
            ),
            {"message": message.message_id},
        )

    def _addressed(self, message: Message, text: str, me: User, *, private: bool) -> str | None:
        """The words meant for the bot, without its name; None when they are meant for somebody else."""
        name = (me.username or "").lower()
        if command := _COMMAND.match(text):
            if command[2] is not None and command[2].lower() != name:
                return None
            if not private and command[2] is None and self._known(command[1]) is None and not _calls(message, me):
                return None  # another bot's
            return self._command(command, text, private=private)
        if private:
            return text
        words = re.sub(rf"(?<![\w@])@{re.escape(name)}\b", "", text, flags=re.IGNORECASE).strip() if name else text
        if words != text.strip() or _calls(message, me):
            return words or "/help"
        answered = message.reply_to_message
        replies = answered is not None and answered.from_user is not None and answered.from_user.id == me.id
        return text if replies and answered is not None and not _opened_topic(answered) else None

    def _command(self, command: re.Match[str], text: str, *, private: bool) -> str:
        """The command as core writes it: without the bot's name, a deep link as the command that it stands for."""
        written = f"/{self._known(command[1]) or command[1]}{text[command.end() :]}"
        if private and (start := _START.fullmatch(written)):
            return self._linked(start[1])
        return written

    def _linked(self, payload: str) -> str:
        """What a deep link asks for; links come from anywhere, so it may only ask for something to read."""
        if payload in _SERVED_PRIVATELY & self._names:
            return f"/{payload}"
        word, _underscore, rest = payload.partition("_")
        reference = _REFERENCE.fullmatch(rest)
        return f"/search {reference[1]}:{reference[2]}" if word == "search" and reference else "/start"

    def _known(self, name: str) -> str | None:
        """The command of that name; Telegram writes `_` where ours has `-`."""
        lowered = name.lower()
        return next((known for known in (lowered, lowered.replace("_", "-")) if known in self._names), None)

    def _press(self, update: Update, query: CallbackQuery) -> Received | None:
        if query.from_user.is_bot or not query.data:
            return None
        envelope: Envelope = {"callback": query.id}
        author = decode_author(query.from_user)
        self._meet(query.from_user)
        message = query.message
        if message is None:
            # Pressed on something posted elsewhere through the bot: there is no chat, so the answer is private.
            place = Place(PLATFORM, author.account, private=True)
            return Received(Press(self._id(update), place, author, query.data), envelope)
        if not self.serves(message.chat):
            return None
        private = message.chat.type == Chat.PRIVATE
        room = str(self._first_id(message.chat.id))
        if not isinstance(message, Message) or not message.is_accessible:
            # Too old to be shown to the bot, and so to be changed.
            return Received(Press(self._id(update), Place(PLATFORM, room, None, private), author, query.data), envelope)
        thread = str(message.message_thread_id) if message.is_topic_message and message.message_thread_id else None
        envelope["shape"] = shape_of(message)
        reference = MessageRef(PLATFORM, room, str(message.message_id))
        return Received(
            Press(self._id(update), Place(PLATFORM, room, thread, private), author, query.data, reference), envelope
        )

    def _mentions(self, message: Message, me: User) -> tuple[Mention, ...]:
        """People named in the text whose account is known; who only has a name here stays a name in the text."""
        kinds: list[str | None] = [MessageEntity.TEXT_MENTION, MessageEntity.MENTION]
        found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
        people: dict[str, Mention] = {}
        for entity, words in found.items():
            user = entity.user or self._names_of_people.get(words.removeprefix("@").lower())
            if user is not None and user.id != me.id and not user.is_bot:
                people[words] = Mention(words, str(user.id), user.full_name)
        return tuple(people.values())

    def _meet(self, user: User) -> None:
        """Remember who has which user name: Telegram tells no account with `@name`, only with who writes."""
        if user.username:
            self._names_of_people[user.username.lower()] = user
            self._names_of_people.move_to_end(user.username.lower())
            if len(self._names_of_people) > _MAX_MET:
                self._names_of_people.popitem(last=False)

    def _id(self, update: Update) -> str:
        # Another bot's updates have numbers of their own.
        return f"{self._bot_id}:{update.update_id}"


def decode_author(user: User) -> Author:
    """A person as Telegram tells; the account is their number, which is also that of their private chat."""
    return Author(PLATFORM, str(user.id), user.full_name, user.language_code)


def shape_of(message: MaybeInaccessibleMessage) -> str | None:
    """Text or photo; None when it cannot be seen."""
    if not isinstance(message, Message) or not message.is_accessible:
        return None
    return str(Shape.PHOTO if message.photo else Shape.TEXT)


def title_link(bot_name: str, ref: str) -> str | None:
    """A deep link that opens the bot on a title; None when the reference does not fit one."""
    payload = "search_" + ref.replace(":", "_", 1)
    fits = len(payload) <= MAX_PAYLOAD and _REFERENCE.fullmatch(payload.removeprefix("search_")) is not None
    return f"https://t.me/{bot_name}?start={payload}" if fits else None


def _chosen_title(message: Message, me: User) -> str | None:
    """A title posted through the bot's inline mode: its link says which."""
    prefix = f"https://t.me/{me.username}?start=search_"
    links = [e.url or "" for e in (*message.entities, *message.caption_entities) if e.type == MessageEntity.TEXT_LINK]
    for link in links:
        reference = _REFERENCE.fullmatch(link.removeprefix(prefix))
        if reference and link.startswith(prefix):
            return f"/search {reference[1]}:{reference[2]}"
    return None


def _calls(message: Message, me: User) -> bool:
    """Whether the bot is mentioned, by name or by a mention that carries its number."""
    found = message.parse_entities() if message.text else message.parse_caption_entities()
    name = f"@{me.username}".lower()
    return any(
        (entity.type == MessageEntity.MENTION and words.lower() == name)
        or (entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id)
        for entity, words in found.items()
    )


def _opened_topic(message: Message) -> bool:
    """Every message in a topic answers, in form, the one that opened the topic."""
    return message.forum_topic_created is not None
