"""What administrators do with models: see how it stands, choose, fetch and remove."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

from adapters.models.chat.available import AvailableModels, use
from adapters.models.chat.failures import SERVICE
from adapters.models.chat.ledger import Ledger
from adapters.models.chat.ollama import OllamaServer
from bot.errors import InvalidInput, NotFound, Unavailable
from bot.i18n import gettext as _
from bot.ports.language_models import InstalledModel, LoadedModel, Pull, Standing

_NAME = re.compile(r"[A-Za-z0-9][\w.\-/:]{0,199}")


class LookedAfterModels:
    """`bot.ports.language_models.LanguageModels` over what is available."""

    def __init__(self, available: AvailableModels, server: OllamaServer | None, choice: Path, ledger: Ledger) -> None:
        self._available = available
        self._server = server
        self._choice = choice
        self._ledger = ledger

    async def standing(self) -> Standing:
        """How it all stands now."""
        installed: tuple[InstalledModel, ...] = ()
        loaded: tuple[LoadedModel, ...] = ()
        problem = None
        if self._server is not None:
            try:
                installed, loaded = await self._server.installed(), await self._server.loaded()
            except Unavailable as error:
                problem = str(error)
        used = next((model.name for model in await self._available.candidates()), None)
        wanted = await self._available.wanted()
        return Standing(self._server is not None, problem, installed, loaded, used, wanted, await self._ledger.spent())

    async def use(self, name: str | None) -> str | None:
        """Choose a model, or with None let the best one be chosen. See the port."""
        if name is not None:
            found = await self._installed(name)
            if found.embeds:
                raise InvalidInput(_("{name} makes vectors and cannot talk.").format(name=found.name))
            name = found.name
        await self._choose(name)
        return next((model.name for model in await self._available.candidates()), None)

    async def pull(self, name: str) -> AsyncIterator[Pull]:
        """Fetch a model. See the port."""
        server = self._need()
        if not _NAME.fullmatch(name):
            raise InvalidInput(_("That is no name of a model; they look like qwen2.5:7b."))
        async for step in server.pull(name):
            yield step
        self._available.look_again()

    async def remove(self, name: str) -> None:
        """Delete a model that does not talk. See the port."""
        server, found = self._need(), await self._installed(name)
        used = next((model.name for model in await self._available.candidates()), None)
        if used == f"ollama/{found.name}":
            sentence = _("{name} is the model that talks now; choose another one first.")
            raise InvalidInput(sentence.format(name=found.name))
        await server.remove(found.name)
        self._available.look_again()

    def _need(self) -> OllamaServer:
        if self._server is None:
            sentence = _("No Ollama server is set: RECOMMENDARR_AI__OLLAMA_URL, such as http://localhost:11434.")
            raise Unavailable(SERVICE, sentence)
        return self._server

    async def _installed(self, name: str) -> InstalledModel:
        for model in await self._need().installed():
            if model.name in (name, f"{name}:latest"):
                return model
        raise NotFound(_("The Ollama server has no model {name}.").format(name=name))

    async def _choose(self, name: str | None) -> None:
        try:
            await asyncio.to_thread(use, self._choice, name)
        except OSError as error:
            sentence = _("The choice cannot be kept in {file} ({reason}).")
            raise Unavailable(
                SERVICE, sentence.format(file=self._choice, reason=error.strerror or type(error).__name__)
            ) from None
        self._available.look_again()
