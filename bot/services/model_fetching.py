"""Fetches language models one after another, beside whatever else is done, and tells those who asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from bot.chat.incoming import Place
from bot.chat.plain import escape
from bot.chat.reply import Reply, Text
from bot.errors import RecommendarrError, Unavailable
from bot.i18n import gettext as _
from bot.i18n import use_locale
from bot.ports.language_models import LanguageModels

MOST_WAITING = 10

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Fetch:
    """A model that somebody asked for. `place`: where they are told, None: nowhere."""

    name: str
    place: Place | None
    locale: str | None


class ModelFetching:
    """What a kill interrupts is not taken up by itself: asked for again, the server goes on where it stopped."""

    def __init__(self, models: LanguageModels) -> None:
        self._models = models
        self._waiting: asyncio.Queue[Fetch] = asyncio.Queue(MOST_WAITING)
        self._progress: dict[str, float] = {}
        self.runs = False

    @property
    def progress(self) -> dict[str, float]:
        """How much of each model is there, 0 to 1; what only waits is at 0."""
        return dict(self._progress)

    def ask(self, fetch: Fetch) -> None:
        """Fetch a model soon; one that is being fetched already is not fetched twice.

        Raises: Unavailable, when nobody works here or too many wait.
        """
        if not self.runs:
            sentence = _("Models cannot be fetched from here; use `recommendarr models pull {name}`.")
            raise Unavailable("models", sentence.format(name=fetch.name))
        if fetch.name in self._progress:
            return
        try:
            self._waiting.put_nowait(fetch)
        except asyncio.QueueFull:
            raise Unavailable("models", _("Too many models are being fetched already; try again later.")) from None
        self._progress[fetch.name] = 0.0

    async def run(self, tell: Callable[[Place, Reply], Awaitable[None]]) -> None:
        """Fetch until cancelled. `tell` may raise our errors."""
        self.runs = True
        try:
            while True:
                fetch = await self._waiting.get()
                with use_locale(fetch.locale):
                    said = await self._fetch(fetch)
                    if fetch.place is not None:
                        try:
                            await tell(fetch.place, Reply((Text(said),)))
                        except RecommendarrError as error:
                            log.warning("model_fetched_but_not_told", model=fetch.name, error=str(error))
        finally:
            self.runs = False
            self._progress.clear()
            self._waiting = asyncio.Queue(MOST_WAITING)

    async def _fetch(self, fetch: Fetch) -> str:
        """Fetch one and let it talk; what to say of it."""
        name = fetch.name
        try:
            async for step in self._models.pull(name):
                if step.total:
                    self._progress[name] = min(1.0, step.completed / step.total)
            await self._models.use(name)
        except RecommendarrError as error:
            log.warning("model_not_fetched", model=name, error=str(error))
            return _("{name} could not be fetched: {reason}").format(name=escape(name), reason=escape(str(error)))
        finally:
            self._progress.pop(name, None)
        log.info("model_fetched", model=name)
        return _("{name} is there now and gives the answers.").format(name=escape(name))
