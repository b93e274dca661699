"""The tiers of explanations: a model in the house, a model elsewhere, and the templates that always answer.

A tier that fails, answers too late or not in the form asked for is passed over within the same turn and left alone for
a while. Whatever a model says is checked against the reasons; a sentence that does not pass is a template's.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

import structlog

from bot.errors import Unavailable
from bot.explanations.facts import CardFacts, card_facts, why_facts
from bot.explanations.memory import REFUSED, SentenceMemory, key_of
from bot.explanations.phrases import opening
from bot.explanations.polishing import CARDS, WHY, Task, polish
from bot.explanations.templates import TemplateExplainer
from bot.i18n import current_locale
from bot.model.recommendation import Answer, WhyAnswer
from bot.ports.ai import ChatModels, TextModel

log = structlog.get_logger(__name__)

ExplanationMode: TypeAlias = Literal["auto", "template", "llm"]
_PAUSE, _LONGEST_PAUSE = 60.0, 1800.0  # seconds that a failing model is left alone; doubled each time


@dataclass(frozen=True, slots=True)
class TierLimits:
    """Seconds that each tier may take in one turn, and the look for models."""

    local: float = 10.0
    remote: float = 6.0
    discovery: float = 2.0  # that a turn waits for the look for models


@dataclass(slots=True)
class _Circuit:
    """Which models are left alone, and until when."""

    monotonic: Callable[[], float]
    _until: dict[str, float] = field(default_factory=dict)
    _failures: Counter[str] = field(default_factory=Counter)

    def is_open(self, name: str) -> bool:
        return self.monotonic() < self._until.get(name, 0.0)

    def failed(self, name: str) -> None:
        pause = min(_PAUSE * 2.0 ** self._failures[name], _LONGEST_PAUSE)
        self._failures[name] += 1
        self._until[name] = self.monotonic() + pause

    def succeeded(self, name: str) -> None:
        self._failures.pop(name, None)
        self._until.pop(name, None)


class ExplanationChain(TemplateExplainer):
    """Explains with the best tier that answers. `members`: names that go to no model outside of the house."""

    def __init__(
        self,
        models: ChatModels,
        *,
        mode: ExplanationMode = "auto",
        limits: TierLimits | None = None,
        memory: SentenceMemory | None = None,
        members: Callable[[], Awaitable[Collection[str]]],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        for task in (CARDS, WHY):
            task.prompt  # noqa: B018 - one that cannot be used shows at the start
        self._models = models
        self._mode = mode
        self._limits = limits or TierLimits()
        self._memory = memory or SentenceMemory()
        self._members = members
        self._circuit = _Circuit(monotonic)
        self._look: asyncio.Task[Sequence[TextModel]] | None = None

    async def tell(self, answer: Answer, *, personal: bool, day: date | None = None) -> tuple[str, ...]:
        """One sentence per pick; never fails for want of a model."""
        templates = self.explain(answer, personal=personal, day=day)
        if self._mode == "template" or not answer.picks:
            return templates
        for model in await self._tiers():
            hidden = () if model.is_local else await self._members()
            cards = [card_facts(answer, pick, personal=personal, hidden=hidden) for pick in answer.picks]
            polished = await self._try(CARDS, model, cards)
            if polished is not None:
                return _merged(polished, templates)
        if self._mode == "llm":
            log.warning("no model wrote the explanations", reason="none is reachable or answered in time")
        return templates

    async def tell_why(self, answer: WhyAnswer, *, personal: bool, about_taste: bool = True) -> str | None:
        """A few sentences made of the reasons; None, when no tier wrote any that may be said."""
        if self._mode == "template" or answer.pick is None:
            return None
        facts = why_facts(answer.pick, personal=personal, about_taste=about_taste)
        for model in await self._tiers() if facts.lines else ():
            polished = await self._try(WHY, model, [facts])
            if polished is not None:
                return polished[0]
        return None

    def leave_alone(self, names: Collection[str]) -> None:
        """Models that have just failed elsewhere: an answer that waited for them once does not wait again."""
        for name in names:
            self._circuit.failed(name)

    async def close(self) -> None:
        """Stop looking for models."""
        if self._look is not None:
            self._look.cancel()
            await asyncio.wait({self._look})

    async def _tiers(self) -> Sequence[TextModel]:
        """At most the first model of each tier that is not being left alone, the house's own first."""
        usable = [model for model in await self._found() if not self._circuit.is_open(model.name)]
        local = [model for model in usable if model.is_local][:1]
        return [*local, *[model for model in usable if not model.is_local][:1]]

    async def _found(self) -> Sequence[TextModel]:
        """The models there are. A look that takes too long goes on for the turns to come: the first loads libraries."""
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(self._searched(), name="look for models")
        done, _pending = await asyncio.wait({self._look}, timeout=self._limits.discovery)
        if not done:
            log.info("models not found in time")
            return ()
        return self._look.result()

    async def _searched(self) -> Sequence[TextModel]:
        return await self._models.texts()

    async def _try(self, task: Task, model: TextModel, cards: Sequence[CardFacts]) -> tuple[str | None, ...] | None:
        """Words for each card, None for those that are a template's; None at all when the tier failed."""
        language, version = current_locale(), task.prompt.version
        keys = [key_of(card, model=model.name, language=language, version=version) for card in cards]
        known = {key: await self._memory.get(key) for key in keys}
        new = {key: card for key, card in zip(keys, cards, strict=True) if card.lines and known[key] is None}
        if new:
            written = await self._ask(task, model, list(new.values()), language)
            if written is None:
                return None
            found = {key: text or REFUSED for key, text in zip(new, written, strict=True)}
            await self._memory.put(found)
            known.update(found)
        return tuple(known[key] or None for key in keys)

    async def _ask(
        self, task: Task, model: TextModel, cards: list[CardFacts], language: str
    ) -> tuple[str | None, ...] | None:
        limit = self._limits.local if model.is_local else self._limits.remote
        try:
            # A second bound, for models that do not keep to the first.
            async with asyncio.timeout(limit):
                written = await polish(task, model, cards, language, timeout=limit)
        except (Unavailable, TimeoutError, ValueError) as error:
            self._circuit.failed(model.name)
            log.info("model left alone for a while", model=model.name, reason=str(error) or type(error).__name__)
            return None
        self._circuit.succeeded(model.name)
        return written


def _merged(polished: Sequence[str | None], templates: Sequence[str]) -> tuple[str, ...]:
    """The model's sentences, the templates' where there is none or where it would begin like one before it."""
    sentences: list[str] = []
    begun: set[str] = set()
    for text, template in zip(polished, templates, strict=True):
        chosen = text if text is not None and opening(text) not in begun else template
        begun.add(opening(chosen))
        sentences.append(chosen)
    return tuple(sentences)
