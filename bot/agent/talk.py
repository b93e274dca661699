"""What was said before, within a budget of tokens: the latest exchanges as they were, the older ones summed up.

Summing up is done by a model after the answer, never before it. Where that fails, the older exchanges are left out of
what the model is told, and the next answer tries again. A summary belongs to one person in one conversation.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.chat.plain import one_line
from bot.errors import Unavailable
from bot.i18n import current_locale
from bot.ports.ai import ChatModels
from bot.services.conversations import ConversationsService, Exchange, Memory, OpenConversation
from bot.services.prompts import Prompt, fenced, load_prompt, read_object

LONGEST_SUMMARY = 600  # characters
_SECONDS = 60.0  # that a model may take; nobody waits for it
_CHARACTERS = 3  # of a token, about; German and French need more tokens than English
_MESSAGE = 4  # tokens around each message
_KEPT = 0.4  # of the budget stays as it was when the rest is summed up
_REMEMBERED = 1000
_LANGUAGES = {"de": "German", "fr": "French"}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Summary:
    """`talk` said after `before` was summed up. `text`: what stands for all of it from now on."""

    before: str
    talk: tuple[Exchange, ...]
    text: str


def tokens_of(exchange: Exchange) -> int:
    """About how many tokens an exchange takes."""
    return sum(len(said) // _CHARACTERS + _MESSAGE for said in exchange)


def latest(talk: Sequence[Exchange], budget: float) -> tuple[Exchange, ...]:
    """The latest exchanges that fit, the last one in any case."""
    kept, used = 0, 0
    for exchange in reversed(talk):
        used += tokens_of(exchange)
        if kept and used > budget:
            break
        kept += 1
    return tuple(talk[len(talk) - kept :])


def summing_up() -> Prompt:
    """The prompt, checked. Raises: ValueError."""
    return load_prompt("summarise")


class Summaries:
    """Sums up older exchanges beside the turns. `budget`: tokens of exchanges that are kept as they were."""

    def __init__(self, models: ChatModels, conversations: ConversationsService, budget: int) -> None:
        self._models = models
        self._conversations = conversations
        self._budget = budget
        self._running: dict[str, asyncio.Task[None]] = {}
        self._ready: OrderedDict[str, _Summary] = OrderedDict()
        # A model in the house has people to answer; it sums up one conversation at a time.
        self._one_by_one = asyncio.Lock()

    def take_up(self, conversation: OpenConversation) -> None:
        """Put a summary into the memory that was made while another turn had it in hand."""
        made = self._ready.pop(conversation.key, None)
        if made is not None:
            conversation.memory = conversation.memory.summed_up(made.before, made.talk, made.text)

    def look_after(self, conversation: OpenConversation) -> None:
        """Have the older exchanges summed up, when all of them are over the budget. Returns at once."""
        memory, key = conversation.memory, conversation.key
        if key in self._running or sum(map(tokens_of, memory.talk)) <= self._budget:
            return
        older = memory.talk[: len(memory.talk) - len(latest(memory.talk, self._budget * _KEPT))]
        task = asyncio.create_task(self._sum_up(key, memory, older), name="sum up a conversation")
        self._running[key] = task
        task.add_done_callback(lambda _task: self._running.pop(key, None))

    async def settled(self) -> None:
        """Everything that was to be summed up is, or has failed."""
        while self._running:
            await asyncio.wait(set(self._running.values()))

    async def close(self) -> None:
        """Stop; what is not done is done after a later answer."""
        for task in self._running.values():
            task.cancel()
        await self.settled()

    async def _sum_up(self, key: str, memory: Memory, older: tuple[Exchange, ...]) -> None:
        try:
            async with self._one_by_one:
                text = await self._ask(memory.summary, older)
            made = _Summary(memory.summary, older, text)
            # A turn that is under way now will write what it read; the next one takes this up.
            self._ready[key] = made
            if len(self._ready) > _REMEMBERED:
                self._ready.popitem(last=False)
            await self._conversations.sum_up(key, made.before, made.talk, made.text)
        except (Unavailable, TimeoutError, ValueError) as error:
            log.info("conversation_not_summed_up", reason=str(error) or type(error).__name__)

    async def _ask(self, before: str, older: Sequence[Exchange]) -> str:
        """The summary of one that was there and what came after it. Raises: Unavailable, TimeoutError, ValueError."""
        data = {"summary": before, "exchanges": [{"person": said, "you": answered} for said, answered in older]}
        task = summing_up()
        asked = task.filled(language=_LANGUAGES.get(current_locale(), "English"), data=fenced(data))
        failure: Exception = ValueError("no model")
        for model in await self._models.texts():
            try:
                async with asyncio.timeout(_SECONDS):
                    answer = read_object(await model.complete(asked, schema=task.output, timeout=_SECONDS))
            except (Unavailable, TimeoutError, ValueError) as error:
                failure = error
                continue
            if isinstance(text := answer.get("summary"), str) and (line := one_line(text, LONGEST_SUMMARY)):
                return line
            failure = ValueError("no summary")
        raise failure
