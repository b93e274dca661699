"""Chat models by script: each call answers with the next entry, the last one again and again."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, TypeAlias

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field, PrivateAttr

from bot.ports.ai import ChatModel, TextModel

Line: TypeAlias = "str | Calls | Exception | asyncio.Event | list[str | Calls | Exception | asyncio.Event]"
"""Words, calls of tools, a failure, an event that is awaited for ever when nobody sets it, or several of them."""


class Calls(tuple[tuple[str, str], ...]):
    """Calls of tools as (name, arguments as JSON text, which may be malformed)."""


def calls(*made: tuple[str, str]) -> Calls:
    return Calls(made)


class ScriptedModel(BaseChatModel):
    """Speaks a script, in pieces of three characters; `heard` is what it was given."""

    script: list[Any]
    heard: list[list[BaseMessage]] = Field(default_factory=list)
    offered: list[str] = Field(default_factory=list)
    _numbers: Iterator[int] = PrivateAttr(default_factory=itertools.count)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **_options: Any) -> Any:
        self.offered[:] = [tool.name for tool in tools]
        return self

    def _generate(self, *_args: Any, **_options: Any) -> ChatResult:
        raise NotImplementedError("only asynchronously")

    async def _agenerate(self, messages: list[BaseMessage], *_args: Any, **_options: Any) -> ChatResult:
        text = "".join([str(chunk.message.content) async for chunk in self._astream(messages)])
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    async def _astream(
        self, messages: list[BaseMessage], *_args: Any, **_options: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        number = next(self._numbers)
        self.heard.append(list(messages))
        line = self.script[min(number, len(self.script) - 1)]
        for piece in line if isinstance(line, list) else [line]:
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, asyncio.Event):
                await piece.wait()
                continue
            if isinstance(piece, Calls):
                chunks = [
                    tool_call_chunk(name=name, args=args, id=f"call-{number}-{index}", index=index)
                    for index, (name, args) in enumerate(piece)
                ]
                yield ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=chunks, id=f"m{number}"))
                continue
            for start in range(0, len(piece), 3):
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece[start : start + 3], id=f"m{number}"))


class ScriptedModels:
    """ChatModels by script, tried in order; `writers` are those for single texts."""

    def __init__(self, *models: BaseChatModel, writers: Sequence[TextModel] = ()) -> None:
        self.writers = writers
        self.models = [_opened(number, model) for number, model in enumerate(models)]

    async def candidates(self) -> Sequence[ChatModel]:
        return tuple(self.models)

    async def texts(self) -> Sequence[TextModel]:
        return tuple(self.writers)


def _opened(number: int, model: BaseChatModel) -> ChatModel:
    return ChatModel(f"scripted/{number}", True, lambda: model)
