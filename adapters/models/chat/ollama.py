"""An Ollama server: which models it has, which of them are in memory, and fetching or removing one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.models.chat.failures import translated

if TYPE_CHECKING:
    from ollama import AsyncClient

_BILLIONS = re.compile(r"(\d+(?:\.\d+)?)\s*([bm])\b", re.IGNORECASE)
_QUICK = 5.0  # seconds for a list
_SILENCE = 120.0  # seconds without a word while a model is fetched
GOOD_ENOUGH = 7.0  # billions of parameters from which a model follows instructions and calls tools reliably


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model on the server. `size`: bytes on disk; `billions` of parameters, None when it does not tell."""

    name: str
    size: int
    billions: float | None
    family: str = ""

    @property
    def embeds(self) -> bool:
        """Whether it makes vectors and cannot talk."""
        return "bert" in self.family.casefold() or "embed" in self.name.casefold()


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in memory: bytes in all, and of those on the graphics card."""

    name: str
    size: int
    on_card: int


@dataclass(frozen=True, slots=True)
class Pull:
    """A step of fetching a model: bytes there and bytes in all, 0 when not yet known."""

    status: str
    completed: int
    total: int


class OllamaServer:
    """The server at `url`. Every method raises Unavailable("models")."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def installed(self) -> tuple[InstalledModel, ...]:
        """The models that it has, by name."""
        with translated("Ollama"):
            async with self._client(_QUICK) as client, asyncio.timeout(_QUICK):
                answer = await client.list()
        found = [
            InstalledModel(
                model.model,
                int(model.size or 0),
                _billions((model.details.parameter_size if model.details else None) or ""),
                (model.details.family if model.details else None) or "",
            )
            for model in answer.models
            if model.model
        ]
        return tuple(sorted(found, key=lambda model: model.name))

    async def loaded(self) -> tuple[LoadedModel, ...]:
        """The models in memory now."""
        with translated("Ollama"):
            async with self._client(_QUICK) as client, asyncio.timeout(_QUICK):
                answer = await client.ps()
        return tuple(LoadedModel(m.model or "", int(m.size or 0), int(m.size_vram or 0)) for m in answer.models)

    async def pull(self, name: str) -> AsyncIterator[Pull]:
        """Fetch a model, telling how far it is."""
        with translated(name):
            async with self._client(_SILENCE) as client:
                async for step in await client.pull(name, stream=True):
                    yield Pull(step.status or "", int(step.completed or 0), int(step.total or 0))

    async def remove(self, name: str) -> None:
        """Delete a model from the server."""
        with translated(name):
            async with self._client(_QUICK) as client:
                await client.delete(name)

    @asynccontextmanager
    async def _client(self, seconds: float) -> AsyncIterator[AsyncClient]:
        def make() -> AsyncClient:
            from ollama import AsyncClient  # noqa: PLC0415 - takes a while to load

            return AsyncClient(host=self.url, timeout=seconds)

        client = await asyncio.to_thread(make)
        try:
            yield client
        finally:
            await client.close()  # type: ignore[no-untyped-call]


def chosen(models: Sequence[InstalledModel], wanted: str | None = None) -> InstalledModel | None:
    """The one to talk with: the one wanted if it is there; else the smallest of at least 7 billion parameters, else the
    largest; None when there is none that talks."""
    talking = [model for model in models if not model.embeds]
    if wanted is not None:
        named = [model for model in talking if model.name in (wanted, f"{wanted}:latest")]
        if named:
            return named[0]
    able = [model for model in talking if (model.billions or 0) >= GOOD_ENOUGH]
    if able:
        return min(able, key=lambda model: (model.billions or 0, model.size, model.name))
    return max(talking, key=lambda model: (model.billions or 0, model.size, model.name), default=None)


def _billions(said: str) -> float | None:
    """ "8.0B" or "137M" as billions."""
    match = _BILLIONS.search(said)
    if match is None:
        return None
    return float(match[1]) / (1 if match[2].casefold() == "b" else 1000)
