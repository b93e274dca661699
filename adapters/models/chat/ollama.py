"""An Ollama server: which models it has, which of them are in memory, and fetching or removing one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from adapters.models.chat.failures import SERVICE, translated
from bot.errors import Unavailable
from bot.i18n import gettext as _
from bot.ports.language_models import InstalledModel, LoadedModel, Pull

if TYPE_CHECKING:
    from ollama import AsyncClient

_BILLIONS = re.compile(r"(\d+(?:\.\d+)?)\s*([bm])\b", re.IGNORECASE)
_MISSING = 404
_QUICK = 5.0  # seconds for a list
_SILENCE = 120.0  # seconds without a word while a model is fetched
GOOD_ENOUGH = 7.0  # billions of parameters from which a model follows instructions and calls tools reliably


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
                (model.details.quantization_level if model.details else None) or "",
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
        """Fetch a model, telling how far it is; what was fetched before is not fetched again."""
        layers: dict[str, tuple[int, int]] = {}
        status = ""
        with translated(name), _unknown(name):
            async with self._client(_SILENCE) as client:
                async for step in await client.pull(name, stream=True):
                    status = step.status or ""
                    if step.total:
                        layers[step.digest or status] = (int(step.completed or 0), int(step.total))
                    yield Pull(
                        status,
                        sum(done for done, _all in layers.values()),
                        sum(size for _done, size in layers.values()),
                    )
        if status != "success":
            sentence = _("Fetching {name} was cut off; the same again goes on from there.")
            raise Unavailable(SERVICE, sentence.format(name=name))

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


@contextmanager
def _unknown(name: str) -> Iterator[None]:
    """Say in plain words that there is no such model to fetch."""
    from ollama import ResponseError  # noqa: PLC0415 - takes a while to load

    try:
        yield
    except ResponseError as error:
        if error.status_code == _MISSING or "file does not exist" in error.error:
            sentence = _("Ollama finds no model called {name}.")
            raise Unavailable(SERVICE, sentence.format(name=name)) from None
        raise


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
