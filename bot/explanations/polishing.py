"""Asks a model for the sentences of a whole answer in one call, and keeps those that pass the check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.explanations.checking import ON_A_CARD, Length, checked
from bot.explanations.facts import CardFacts
from bot.ports.ai import TextModel
from bot.services.prompts import Prompt, fenced, load_prompt, read_object


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written. `job`: its prompt. `length`: of the words about one title."""

    job: str
    length: Length

    @property
    def prompt(self) -> Prompt:
        """The prompt, checked. Raises: ValueError."""
        return load_prompt(self.job)


CARDS = Task("explain", ON_A_CARD)
WHY = Task("why", Length(sentences=3, characters=450))
_LANGUAGES: Mapping[str, tuple[str, str]] = {
    "en": ("English", "Say “you”."),
    "de": ("German", "Say “du”, never “Sie”."),
    "fr": ("French", "Say “tu”, never “vous”; in a group say “vous” to all of them."),
}


def write_prompt(task: Task, cards: Sequence[CardFacts], language: str) -> str:
    """The whole question about these cards."""
    name, address = _LANGUAGES[language]
    return task.prompt.filled(language=name, address=address, data=fenced([_told(n, c) for n, c in _numbered(cards)]))


async def polish(
    task: Task,
    model: TextModel,
    cards: Sequence[CardFacts],
    language: str,
    *,
    timeout: float,  # noqa: ASYNC109 - handed on to the model
) -> tuple[str | None, ...]:
    """The words about each card, None for those that did not pass. One call, whatever the number of cards.

    Raises: Unavailable; ValueError, when the answer is not of the form asked for.
    """
    text = await model.complete(write_prompt(task, cards, language), schema=task.prompt.output, timeout=timeout)
    said = _sentences(read_object(text), len(cards))
    return tuple(checked(said.get(number), card, language, task.length) for number, card in _numbered(cards))


def _numbered(cards: Sequence[CardFacts]) -> list[tuple[int, CardFacts]]:
    return list(enumerate(cards, start=1))


def _told(number: int, card: CardFacts) -> dict[str, Any]:
    """What a model is told of a card."""
    told: dict[str, Any] = {"card": number, "title": card.title, "kind": card.kind, "facts": list(card.lines)}
    if card.wish:
        told["asked_for"] = card.wish
    return told


def _sentences(answer: Mapping[str, Any], count: int) -> dict[int, object]:
    """Card number → text; the first text for a card counts. Raises: ValueError."""
    entries = answer.get("sentences")
    if not isinstance(entries, list):
        raise ValueError("no sentences")  # noqa: TRY004 - of the text, not of an argument
    found: dict[int, object] = {}
    for entry in entries:
        if isinstance(entry, dict) and type(number := entry.get("card")) is int and 1 <= number <= count:
            found.setdefault(number, entry.get("text"))
    if not found:
        raise ValueError("no sentence for any card")
    return found
