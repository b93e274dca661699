"""Which models there are now: Ollama's is looked for again every few minutes, and the choice is a file that every
process of the installation reads, so that another model talks without a restart."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import structlog

from adapters.models.chat.failures import SERVICE, failures
from adapters.models.chat.ledger import Ledger, listener
from adapters.models.chat.ollama import OllamaServer, chosen
from adapters.models.chat.text import LangChainText
from bot.errors import Unavailable
from bot.i18n import gettext as _
from bot.ports.ai import ChatModel, TextModel

if TYPE_CHECKING:
    import httpx
    from langchain_core.language_models import BaseChatModel

Provider: TypeAlias = Literal["openai", "anthropic", "google"]
_CLASSES = {
    "openai": ("langchain_openai", "ChatOpenAI"),
    "anthropic": ("langchain_anthropic", "ChatAnthropic"),
    "google": ("langchain_google_genai", "ChatGoogleGenerativeAI"),
}
_DEFAULTS = {"openai": "gpt-4o-mini", "anthropic": "claude-haiku-4-5", "google": "gemini-2.5-flash"}
LOOK_AGAIN = 300.0  # seconds until Ollama's list is asked for again
LOOK_AGAIN_WHEN_DOWN = 30.0
MAX_TOKENS = 1024  # of one answer
CALL_SECONDS = 60.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ModelSources:
    """Where models come from. `model`: of Ollama or, with a provider alone, of the provider."""

    ollama_url: str | None = None
    model: str | None = None
    provider: Provider | None = None
    provider_model: str | None = None
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    choice: Path | None = None  # the file in which an administrator's choice is kept


class AvailableModels:
    """ChatModels from an Ollama server and a provider, in this order."""

    def __init__(
        self,
        sources: ModelSources,
        *,
        ledger: Ledger | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`ledger`: counts what the models use."""
        self._sources = sources
        self._ledger = ledger or Ledger()
        self._monotonic = monotonic
        self._server = OllamaServer(sources.ollama_url) if sources.ollama_url else None
        self._local: ChatModel | None = None
        self._remote = _remote(sources, self._ledger)
        self._look_at: float | None = None
        self._looked_for: tuple[str | None, int] | None = None
        self._looking = asyncio.Lock()
        self._texts: dict[str, LangChainText] = {}

    async def candidates(self) -> Sequence[ChatModel]:
        """In the order in which they are tried; empty when there is none."""
        local = await self._look() if self._server is not None else None
        return tuple(model for model in (local, self._remote) if model is not None)

    async def texts(self) -> Sequence[TextModel]:
        """The same models, for single texts."""
        models = await self.candidates()
        self._texts = {model.name: self._texts.get(model.name) or LangChainText(model) for model in models}
        return tuple(self._texts.values())

    async def wanted(self) -> str | None:
        """The model that an administrator chose, else the one of the settings."""
        return await asyncio.to_thread(_read_choice, self._sources.choice) or self._sources.model

    def look_again(self) -> None:
        """Ask the server at the next turn: what it has was changed."""
        self._look_at = None

    async def _look(self) -> ChatModel | None:
        async with self._looking:
            wanted = await self.wanted()
            looked_for = (wanted, await asyncio.to_thread(_changed, self._sources.choice))
            now = self._monotonic()
            if self._look_at is not None and now < self._look_at and looked_for == self._looked_for:
                return self._local
            assert self._server is not None
            try:
                found = chosen(await self._server.installed(), wanted)
            except Unavailable as error:
                log.info("no_ollama", reason=str(error))
                found, self._look_at = None, now + LOOK_AGAIN_WHEN_DOWN
            else:
                self._look_at = now + LOOK_AGAIN
            self._looked_for = looked_for
            name = found.name if found else None
            if name is None:
                self._local = None
            elif self._local is None or self._local.name != f"ollama/{name}":
                self._local = _ollama(self._server.url, name, self._ledger)
                log.info("model_chosen", model=self._local.name)
            return self._local


def use(choice: Path, name: str | None) -> None:
    """Keep an administrator's choice; None takes it back."""
    if name is None:
        choice.unlink(missing_ok=True)
        return
    choice.parent.mkdir(parents=True, exist_ok=True)
    beside = choice.with_suffix(".new")
    beside.write_text(name + "\n", encoding="utf-8")
    beside.replace(choice)


def _read_choice(choice: Path | None) -> str | None:
    try:
        return (choice.read_text(encoding="utf-8").strip()[:200] or None) if choice else None
    except (OSError, UnicodeDecodeError):
        return None


def _changed(choice: Path | None) -> int:
    """When the choice was written: choosing again, after a model was fetched, looks for it at once."""
    try:
        return choice.stat().st_mtime_ns if choice else 0
    except OSError:
        return 0


def _ollama(url: str, name: str, ledger: Ledger) -> ChatModel:
    def make() -> BaseChatModel:
        from langchain_ollama import ChatOllama  # noqa: PLC0415

        return ChatOllama(
            model=name,
            base_url=url,
            temperature=0.3,
            num_predict=MAX_TOKENS,
            callbacks=[listener(ledger, f"ollama/{name}")],
            client_kwargs={"timeout": CALL_SECONDS, "limits": _kept_open()},
        )

    return ChatModel(f"ollama/{name}", True, make, failures)


def _kept_open() -> httpx.Limits:
    """No connection outlives its answer: nobody closes the client when another model takes over."""
    import httpx  # noqa: PLC0415 - takes a while to load

    return httpx.Limits(max_keepalive_connections=0)


def _remote(sources: ModelSources, ledger: Ledger) -> ChatModel | None:
    provider, key = sources.provider, sources.api_key
    if provider is None or not key:
        return None
    name = sources.provider_model or _DEFAULTS[provider]

    def make() -> BaseChatModel:
        module, kind = _CLASSES[provider]
        try:
            made = getattr(importlib.import_module(module), kind)
        except ImportError:
            sentence = _("To use {provider}, install its extra: pip install 'recommendarr[{provider}]'.")
            raise Unavailable(SERVICE, sentence.format(provider=provider)) from None
        options: dict[str, Any] = {"model": name, "api_key": key, "timeout": CALL_SECONDS, "max_retries": 1}
        options["callbacks"] = [listener(ledger, f"{provider}/{name}")]
        if provider == "openai":
            import httpx  # noqa: PLC0415 - takes a while to load

            options["stream_usage"] = True  # else nothing is counted with another address
            options["http_async_client"] = httpx.AsyncClient(timeout=CALL_SECONDS, limits=_kept_open())
        if sources.base_url:
            options["base_url"] = sources.base_url
        options["max_output_tokens" if provider == "google" else "max_tokens"] = MAX_TOKENS
        opened: BaseChatModel = made(**options)
        return opened

    return ChatModel(f"{provider}/{name}", False, make, failures)
