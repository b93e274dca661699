"""Free text, answered: by a model where there is one; where there is none or it fails, by the interpreter at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.agent.acting import Do
from bot.agent.grounding import Grounding
from bot.agent.modelled import Limits, converse
from bot.agent.results import Results
from bot.agent.talk import Summaries
from bot.agent.turn import Turn
from bot.agent.understanding import Understanding
from bot.chat.plain import one_line, unescape
from bot.chat.reply import Card, Reply, Text
from bot.errors import Unavailable
from bot.i18n import gettext as _
from bot.ports.ai import ChatModel, ChatModels
from bot.services.catalogue_view import CatalogueView

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_LONGEST_KEPT = 400  # characters of what was said, and of what was answered

log = structlog.get_logger(__name__)


class Conversationalist:
    """With no model it does what the interpreter does."""

    def __init__(
        self,
        understanding: Understanding,
        view: Callable[[], Awaitable[CatalogueView]],
        models: ChatModels | None = None,
        limits: Limits = Limits(),  # noqa: B008 - a frozen value
        summaries: Summaries | None = None,
        failed: Callable[[Collection[str]], None] = lambda _names: None,
    ) -> None:
        """`summaries`: sums up what was said longest ago; without them it is left out. `failed`: told the names of
        models that have just failed, before the interpreter answers in their place."""
        self._understanding = understanding
        self._view = view
        self._models = models
        self._limits = limits
        self._summaries = summaries
        self._failed = failed
        self._opened: dict[str, tuple[ChatModel, BaseChatModel]] = {}

    async def answer(self, turn: Turn) -> Do:
        """What to do about a message, or the answer. Raises: InvalidInput, Unavailable."""
        candidates = await self._models.candidates() if self._models is not None else ()
        if candidates:
            try:
                reply = await self._modelled(turn, candidates)
            except Unavailable as error:
                names = [model.name for model in candidates]
                log.warning("model_failed", models=names, reason=str(error))
                self._failed(names)
            else:
                if reply is not None:
                    return reply
        return await self._understanding.answer(turn.said)

    async def _modelled(self, turn: Turn, candidates: Sequence[ChatModel]) -> Reply | None:
        models = await self._open(candidates)
        if self._summaries is not None:
            self._summaries.take_up(turn.conversation)
            turn = replace(turn, said=replace(turn.said, memory=turn.conversation.memory))
        meant = await self._understanding.interpret(turn.said)
        view = await self._view()
        failures = tuple(failure for model in candidates for failure in model.failures())
        results, words = await converse(turn, meant, models, Grounding(view.index), self._limits, failures)
        reply = results.reply(words or None)
        if reply is None:
            return None
        if not words and not reply.private and isinstance(reply.parts[0], Card):
            reply = replace(reply, parts=(Text(_("Here is what I found.")), *reply.parts))
        _remember(turn, words, results)
        if self._summaries is not None:
            self._summaries.look_after(turn.conversation)
        return reply

    async def _open(self, candidates: Sequence[ChatModel]) -> list[BaseChatModel]:
        """Those that can be opened. Raises: Unavailable, when none can."""
        opened: list[BaseChatModel] = []
        failure: Unavailable | None = None
        for model in candidates:
            kept = self._opened.get(model.name)
            if kept is None or kept[0] is not model:
                try:
                    kept = (model, await asyncio.to_thread(model.open))
                except Unavailable as error:
                    failure = error
                    continue
                self._opened[model.name] = kept
            opened.append(kept[1])
        if not opened:
            raise failure or Unavailable("models", _("There is no model to talk with."))
        return opened


def _remember(turn: Turn, words: str, results: Results) -> None:
    """Keep what was said for the turns to come; what was private is not kept."""
    said = one_line(turn.said.text, _LONGEST_KEPT)
    answered = one_line(unescape(words), _LONGEST_KEPT) or ("…" if results.has_answer else "")
    turn.conversation.memory = turn.conversation.memory.after_talk((said, answered))
