"""The memory of one person in one place: what was asked last, what was shown, what a number means.

It ages out, is bounded in size, and is stored as plain JSON, so that it survives a restart and an older version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bot.chat.incoming import Place
from bot.model.conversations import Conversation
from bot.model.recommendation import Ask, Mode
from bot.model.titles import Kind
from bot.ports.storage import UnitOfWorkFactory

MEMORY_LIFETIME = timedelta(hours=12)
MAX_EXCLUDED = 500
MAX_SHOWN = 50
MAX_NUMBERS = 300
MAX_KEY = 180
MAX_LIKED = 10  # titles that somebody speaks well of; of more, the latest count
MAX_TALK = 40  # exchanges that wait to be summed up; beyond, the oldest are forgotten

Exchange: TypeAlias = tuple[str, str]
"""What a person said in free words, and what was answered."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a turn needs to know about the turns before.

    `shown`: references of the titles of the last answer, in order, so that "the second" means something.
    `liked`: title ids that the person spoke well of; they shape what comes next here, and are written nowhere else.
    `excluded`: title ids shown since the request began, for "more". `numbers`: label → token of the last answer.
    """

    ask: Ask | None = None
    shown: tuple[str, ...] = ()
    excluded: tuple[int, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    focus: str | None = None  # reference of the title that was talked about last
    liked: tuple[int, ...] = ()  # the latest last
    talk: tuple[Exchange, ...] = ()  # the latest last
    summary: str = ""  # of what was said before `talk`

    def after_talk(self, exchange: Exchange) -> Memory:
        """Remember what was said and answered."""
        return replace(self, talk=(*self.talk, exchange)[-MAX_TALK:])

    def summed_up(self, before: str, talk: tuple[Exchange, ...], summary: str) -> Memory:
        """With a summary in the place of the first exchanges, if these are the ones, and come after `before`."""
        if self.summary != before or not talk or self.talk[: len(talk)] != talk:
            return self
        return replace(self, summary=summary, talk=self.talk[len(talk) :])

    def after_answer(self, ask: Ask, titles: tuple[tuple[int, str], ...]) -> Memory:
        """Remember a new answer: the request and the titles shown, as (id, reference)."""
        excluded = tuple(dict.fromkeys((*ask.exclude, *(title_id for title_id, _ref in titles))))
        return replace(
            self,
            ask=replace(ask, exclude=frozenset(), liked=()),
            shown=tuple(ref for _title_id, ref in titles)[:MAX_SHOWN],
            excluded=excluded[-MAX_EXCLUDED:],
            focus=None,
        )

    def with_focus(self, ref: str) -> Memory:
        """Remember which title is talked about."""
        return replace(self, focus=ref)

    def with_opinion(self, title_id: int, *, good: bool) -> Memory:
        """Remember that a title was praised, or is not praised any more."""
        others = tuple(each for each in self.liked if each != title_id)
        return replace(self, liked=(*others, title_id)[-MAX_LIKED:] if good else others)

    def with_numbers(self, numbers: Mapping[str, str], *, new_list: bool) -> Memory:
        """Remember what typed labels mean. A new list of cards replaces everything; a question replaces the plain
        numbers, while the buttons of the cards before it (`2b`) stay."""
        asked = any(label.isdigit() for label in numbers)
        kept = {
            label: token for label, token in self.numbers.items() if not new_list and not (asked and label.isdigit())
        }
        return replace(self, numbers={**kept, **numbers})


class OpenConversation:
    """A conversation for the length of one turn; a command replaces `memory` to remember something."""

    __slots__ = ("ended", "key", "member_id", "memory")

    def __init__(self, key: str, member_id: int, memory: Memory) -> None:
        self.key = key
        self.member_id = member_id
        self.memory = memory
        self.ended = False  # nothing of it is kept


class ConversationsService:
    """Loads and saves memories."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def open(self, place: Place, member_id: int, now: datetime) -> OpenConversation:
        """The memory of this member in this place; empty when it is new, too old or cannot be read."""
        key = conversation_key(place, member_id)
        async with self._uow() as uow:
            stored = await uow.conversations.load(key)
        fresh = stored is not None and stored.updated_at is not None and now - stored.updated_at < MEMORY_LIFETIME
        memory = _from_json(stored.state) if stored is not None and fresh else Memory()
        return OpenConversation(key, member_id, memory)

    async def save(self, conversation: OpenConversation, now: datetime) -> None:
        """Keep the memory for the next turn."""
        state = _to_json(conversation.memory)
        async with self._uow() as uow:
            await uow.conversations.save(Conversation(conversation.key, conversation.member_id, state, now))
            await uow.commit()

    async def sum_up(self, key: str, before: str, talk: tuple[Exchange, ...], summary: str) -> bool:
        """Put a summary in the place of exchanges; False, when the conversation has gone, or gone on, meanwhile.

        Nothing that was forgotten comes back by this, and no conversation lives longer for it.
        """
        async with self._uow() as uow:
            stored = await uow.conversations.load(key)
            if stored is None or stored.updated_at is None:
                return False
            memory = _from_json(stored.state)
            changed = memory.summed_up(before, talk, summary)
            if changed is memory:
                return False
            done = await uow.conversations.amend(replace(stored, state=_to_json(changed)))
            await uow.commit()
        return done

    async def purge(self, now: datetime) -> int:
        """Forget what has aged out; returns the number of rows deleted."""
        async with self._uow() as uow:
            deleted = await uow.conversations.purge(now - MEMORY_LIFETIME)
            await uow.commit()
        return deleted


def conversation_key(place: Place, member_id: int) -> str:
    """Platform, room, thread and member as one string of at most 180 characters."""
    key = "|".join((place.platform, place.room, place.thread or "", str(member_id)))
    if len(key) <= MAX_KEY and "\x00" not in key:
        return key
    return f"{place.platform[:40]}|sha256:{hashlib.sha256(key.encode(errors='replace')).hexdigest()}|{member_id}"


def _to_json(memory: Memory) -> dict[str, Any]:
    ask = None
    if memory.ask is not None:
        ask = {
            name: value for name, value in asdict(memory.ask).items() if name != "exclude" and value not in (None, ())
        }
    numbers = dict(list(memory.numbers.items())[:MAX_NUMBERS])
    return {
        "ask": ask,
        "shown": list(memory.shown),
        "excluded": list(memory.excluded),
        "numbers": numbers,
        "focus": memory.focus,
        "liked": list(memory.liked),
        "talk": [list(exchange) for exchange in memory.talk],
        "summary": memory.summary,
    }


def _from_json(state: Mapping[str, Any]) -> Memory:
    """Read a memory back; one that another version wrote and this one cannot read is forgotten."""
    try:
        return Memory(
            ask=_ask(state["ask"]) if state.get("ask") else None,
            shown=tuple(str(ref) for ref in state["shown"]),
            excluded=tuple(int(title_id) for title_id in state["excluded"]),
            numbers={str(label): str(token) for label, token in state["numbers"].items()},
            focus=state.get("focus"),
            liked=tuple(int(title_id) for title_id in state.get("liked", ())),
            talk=tuple((str(said), str(answered)) for said, answered in state.get("talk", ())),
            summary=str(state.get("summary", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return Memory()


def _ask(stored: Mapping[str, Any]) -> Ask:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
    }
    fields["mode"] = Mode(fields["mode"])
    if "kind" in fields:
        fields["kind"] = Kind(fields["kind"])
    return Ask(**fields)
