"""A turn answered by a chat model with tools: LangChain's agent, its limits, and what may be said of what it says."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from bot.agent.grounding import Grounding, Known, sentences
from bot.agent.interpreter import Interpretation
from bot.agent.prompting import prompt
from bot.agent.results import Results, told
from bot.agent.talk import latest
from bot.agent.tools import Toolbox
from bot.agent.turn import Turn
from bot.errors import Unavailable
from bot.i18n import gettext as _
from bot.ports.ai import MAX_TEXT

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AnyMessage

MODEL_CALLS = 6
TOOL_CALLS = 8
MAX_SAID = 1200  # characters of checked words in one answer
MAX_CONTEXT = 6000  # tokens, about, of one turn; what is older in it is summarised
TALK = 800


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: `call` for one call of a model, after which the next model is tried; `turn` for all of it.

    `talk`: tokens of what was said before that a model is told as it was.
    """

    call: float = 15.0
    turn: float = 25.0
    talk: int = TALK


@dataclass(slots=True)
class Speech:
    """The words of a model as they arrive; what may be said of them is known sentence by sentence.

    `withheld`: whether nothing may be shown for now, whatever is said.
    """

    turn: Turn
    check: Callable[[str], str]
    withheld: Callable[[], bool] = lambda: False
    message: str | None = None
    raw: str = ""
    received: int = 0
    shown: str = ""
    _done: list[str] = field(default_factory=list)
    _read: int = 0
    _ended: bool = False  # whether a sentence may have ended that is not among those read

    async def hear(self, message: str | None, piece: str) -> None:
        """Another piece. Words of an earlier message, before a tool was called, are forgotten."""
        if not piece:
            return  # the end of a message comes under another id
        if message != self.message:
            self.message, self.raw, self._done, self._read, self._ended = message, "", [], 0, False
        self.count(len(piece))
        self.raw += piece
        self._ended = self._ended or _may_end(piece)
        if not self._ended:
            return
        # The last sentence may still go on: "Dr." or "1." look like an end.
        *whole, last = sentences(self.raw) or [""]
        if len(whole) > self._read:
            self._done += [said for sentence in whole[self._read :] if (said := self.check(sentence))]
            self._read, self._ended = len(whole), _may_end(last)
            await self._show()

    def count(self, characters: int) -> None:
        """Note how much was received, words or not. Raises: Unavailable, when it is more than anybody needs."""
        self.received += characters
        if self.received > MAX_TEXT:
            raise Unavailable("models", _("The model talks without end."))

    def words(self, *, cut_off: bool = False) -> str:
        """Everything that may be said, checked again as a whole; empty, when nothing may. `cut_off`: the model did not
        come to its end, so the last sentence counts only if it did."""
        raw = self.raw
        if cut_off and (pieces := sentences(raw)) and not _ENDED.search(pieces[-1]):
            raw = raw[: raw.rfind(pieces[-1])]
        return _cut(self.check(raw))

    async def _show(self) -> None:
        said = _cut(" ".join(self._done))
        if self.turn.say is not None and said and said != self.shown and not self.withheld():
            self.shown = said
            await self.turn.say(said)


_ENDED = re.compile(r"[.!?…][\"”»)\]*_]*$")


def _arguments(message: Any) -> int:
    """The characters of the tool calls in a message, or in a piece of one."""
    pieces: Any = getattr(message, "tool_call_chunks", None) or getattr(message, "tool_calls", None) or ()
    return sum([len(str(piece["args"] or "")) for piece in pieces])


def _may_end(piece: str) -> bool:
    return any(mark in piece for mark in ".!?…\n")


async def converse(
    turn: Turn,
    meant: Interpretation,
    models: Sequence[BaseChatModel],
    grounding: Grounding,
    limits: Limits,
    failures: tuple[type[Exception], ...] = (),
) -> tuple[Results, str]:
    """What the tools returned, and the words that may be said, perhaps none. `failures`: what the models may raise.

    A failure after a tool has returned ends in what it returned. Raises: Unavailable, for one before.
    """
    results = Results()
    shown = await _numbered(turn, results)
    speech = Speech(
        turn,
        lambda text: grounding.check(text, _known(turn, meant, results)),
        # What a model says about an answer for one pair of eyes has no place in a room, nor has what it said before.
        withheld=lambda: turn.others and results.is_private,
    )
    cut_off = False
    agent = _agent(turn, meant, models, results, shown, limits)
    try:
        async with asyncio.timeout(limits.turn):
            given = {"messages": _messages(turn, limits.talk)}
            stream = agent.astream(given, config={"recursion_limit": 60}, stream_mode="messages")
            async with aclosing(cast("AsyncGenerator[Any]", stream)) as pieces:
                async for message, about in pieces:
                    if message.type in ("AIMessageChunk", "ai") and about.get("langgraph_node") == "model":
                        speech.count(_arguments(message))
                        await speech.hear(message.id, str(message.text))
    except TimeoutError:
        cut_off = True
        if not results.has_answer:
            raise Unavailable("models", _("The model took too long.")) from None
    except Unavailable:
        cut_off = True
        if not results.has_answer:
            raise
    except (*_failures(), *failures) as error:
        cut_off = True
        if not results.has_answer:
            sentence = _("The model failed ({reason}).").format(reason=type(error).__name__)
            raise Unavailable("models", sentence) from error
    return results, speech.words(cut_off=cut_off)


def _agent(
    turn: Turn,
    meant: Interpretation,
    models: Sequence[BaseChatModel],
    results: Results,
    shown: str,
    limits: Limits,
) -> Any:
    """The agent of one turn. Building one takes a few milliseconds, and nothing of a turn outlives it."""
    from langchain.agents import create_agent  # noqa: PLC0415 - takes a while to load
    from langchain.agents.middleware import (  # noqa: PLC0415
        AgentMiddleware,
        ModelCallLimitMiddleware,
        ModelFallbackMiddleware,
        SummarizationMiddleware,
        ToolCallLimitMiddleware,
    )

    class CallTime(AgentMiddleware[Any, Any]):
        """Gives up on one call, so that the next model still has time."""

        async def awrap_model_call(self, request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
            async with asyncio.timeout(limits.call):
                return await handler(request)

    middleware: list[AgentMiddleware[Any, Any]] = [
        ModelCallLimitMiddleware(run_limit=MODEL_CALLS, exit_behavior="error"),
        ToolCallLimitMiddleware(run_limit=TOOL_CALLS),
        SummarizationMiddleware(model=models[0], trigger=("tokens", MAX_CONTEXT), keep=("messages", 8)),
    ]
    if models[1:]:
        middleware.append(ModelFallbackMiddleware(*models[1:]))
    said = turn.said
    instructions = prompt("agent").filled(
        {
            "language": {"de": "German (du)", "fr": "French (tu)"}.get(said.locale[:2], "English"),
            "shown": shown,
            "household": told({"names": sorted(said.household)[:30]}),
            "earlier": told({"summary": said.memory.summary}),
        }
    )
    tools = Toolbox(turn, meant, results).tools()
    return create_agent(models[0], tools, system_prompt=instructions, middleware=[*middleware, CallTime()])


def _messages(turn: Turn, budget: int) -> list[AnyMessage]:
    from langchain_core.messages import AIMessage, HumanMessage  # noqa: PLC0415 - takes a while to load

    before: list[AnyMessage] = []
    for asked, answered in latest(turn.said.memory.talk, budget):
        before += [HumanMessage(asked), AIMessage(answered)]
    return [*before, HumanMessage(turn.said.text)]


async def _numbered(turn: Turn, results: Results) -> str:
    """The titles of the answer before, which are numbered first, as data."""
    known = [(ref, await turn.name_of(ref)) for ref in turn.said.memory.shown[:10]]
    seen = [{"n": results.number(ref, name), "title": name} for ref, name in known if name is not None]
    return told({"results": seen})


def _known(turn: Turn, meant: Interpretation, results: Results) -> Known:
    names = {*turn.said.household, *results.facts}
    return Known(tuple(results.names), names, turn.said.text, turn.said.locale[:2] or meant.language)


def _cut(text: str) -> str:
    """At a sentence, when it is too long."""
    if len(text) <= MAX_SAID:
        return text
    kept = ""
    for sentence in sentences(text):
        if len(kept) + len(sentence) >= MAX_SAID:
            break
        kept = f"{kept} {sentence}".strip()
    return kept


def _failures() -> tuple[type[Exception], ...]:
    """What the agent raises, and Python's own errors, which models with unexpected answers end in."""
    from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError  # noqa: PLC0415
    from langchain_core.exceptions import LangChainException  # noqa: PLC0415

    return (ModelCallLimitExceededError, LangChainException, OSError, ValueError, RuntimeError, TypeError, LookupError)
