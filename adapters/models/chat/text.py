"""One prompt in, one text out, over any chat model of LangChain."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, cast

from adapters.models.chat.failures import SERVICE, translated
from bot.errors import Unavailable
from bot.i18n import gettext as _
from bot.ports.ai import MAX_TEXT, ChatModel

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk


class LangChainText:
    """TextModel over a ChatModel; opened by the first prompt."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._opened: BaseChatModel | None = None

    @property
    def name(self) -> str:
        """How it is told from others."""
        return self._model.name

    @property
    def is_local(self) -> bool:
        """Whether the prompt stays in the household."""
        return self._model.is_local

    async def complete(
        self,
        prompt: str,
        *,
        schema: Mapping[str, Any] | None = None,
        timeout: float,  # noqa: ASYNC109 - of the port
    ) -> str:
        """What the model answers, cut at `MAX_TEXT`. Raises: Unavailable("models")."""
        with translated(self.name):
            async with asyncio.timeout(timeout):
                if self._opened is None:
                    self._opened = await asyncio.to_thread(self._model.open)
                text = await self._read(self._opened, prompt, schema)
        if not text.strip():
            raise Unavailable(SERVICE, _("The model {name} answered nothing.").format(name=self.name))
        return text

    async def _read(self, model: BaseChatModel, prompt: str, schema: Mapping[str, Any] | None) -> str:
        asked, options = _structured(model, prompt, schema)
        pieces: list[str] = []
        length = 0
        # Closed at once when enough was read: an endless answer must not go on being sent.
        async with aclosing(cast("AsyncGenerator[AIMessageChunk]", model.astream(asked, **options))) as stream:
            async for chunk in stream:
                piece = str(chunk.text)
                pieces.append(piece[: MAX_TEXT - length])
                length += len(pieces[-1])
                if length >= MAX_TEXT:
                    break
        return "".join(pieces)


def _structured(model: BaseChatModel, prompt: str, schema: Mapping[str, Any] | None) -> tuple[str, dict[str, Any]]:
    """The prompt, and what the provider is told about the form of the answer."""
    if schema is None:
        return prompt, {}
    if model._llm_type == "chat-ollama":
        return prompt, {"format": dict(schema)}
    return f"{prompt}\n\nAnswer with one JSON object of this schema and nothing else:\n{json.dumps(dict(schema))}", {}
