"""Language models by script, and answers for them to explain."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.errors import Unavailable
from bot.model.members import Member
from bot.model.recommendation import Answer, Ask, Mode, Pick, Reason, ReasonType
from bot.ports.ai import ChatModel, TextModel
from tests.bot.household import FILMS

ANNA = Member(1, "Anna")
LIKED = Reason(ReasonType.SIMILAR_TO, "9", "Rififi (1955)", 0.5)
GENRE = Reason(ReasonType.GENRE, "Crime", "Crime", 0.3)
DIRECTOR = Reason(ReasonType.PERSON, "director:Jane Doe", "Jane Doe", 0.2)

BEGINNINGS = ("Because you liked Rififi, try this", "With Rififi in mind, this fits", "Much like Rififi for you",
              "Another one near Rififi for you", "Close to Rififi and to you")  # fmt: skip


def answer(*reasons: Reason, mode: Mode = Mode.TONIGHT, count: int = 5, query: str | None = None) -> Answer:
    picks = tuple(Pick(title, 1.0, 90, "high", {}, reasons or (LIKED, GENRE)) for title in FILMS[:count])
    seed = FILMS[1] if mode is Mode.SIMILAR else None
    return Answer(Ask(mode, query=query), ANNA, "blend", picks, 1.0, seed=seed)


def sentences(*texts: str) -> str:
    """What a model answers that says these, one per card."""
    return json.dumps({"sentences": [{"card": n, "text": text} for n, text in enumerate(texts, start=1)]})


def well_said(prompt: str) -> str:
    """A sentence for each card of the prompt that may be said."""
    count = len(re.findall(r'"card": \d+,', prompt))
    return sentences(*(f"{BEGINNINGS[number % 5]}." for number in range(count)))


Script = str | Exception | Callable[[str], str]


class ScriptedText:
    """Answers by script, the last entry again and again; keeps what it was asked."""

    def __init__(self, *script: Script, name: str = "scripted", is_local: bool = True) -> None:
        self.name = name
        self.is_local = is_local
        self.prompts: list[str] = []
        self.schemas: list[Mapping[str, Any] | None] = []
        self._script = list(script) or [well_said]

    async def complete(self, prompt: str, *, schema: Mapping[str, Any] | None = None, timeout: float) -> str:  # noqa: ASYNC109
        self.prompts.append(prompt)
        self.schemas.append(schema)
        said = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        if isinstance(said, Exception):
            raise said
        return said(prompt) if callable(said) else said

    def data(self, call: int = -1) -> str:
        """What stood between the marks."""
        return self.prompts[call].split("<data>")[1].split("</data>")[0]


class Silent(ScriptedText):
    """Never answers, and keeps to no time-out."""

    async def complete(self, prompt: str, *, schema: Mapping[str, Any] | None = None, timeout: float) -> str:  # noqa: ASYNC109
        self.prompts.append(prompt)
        await asyncio.Event().wait()
        return ""


class Models:
    """`ChatModels` over scripted ones."""

    def __init__(self, *texts: ScriptedText) -> None:
        self.found: tuple[ScriptedText, ...] = texts
        self.looks = 0

    async def candidates(self) -> Sequence[ChatModel]:
        return ()

    async def texts(self) -> Sequence[TextModel]:
        self.looks += 1
        return self.found


def down() -> Unavailable:
    return Unavailable("models", "The model is away.")
