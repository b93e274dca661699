"""From a message to what it says: intent by the learnt weights, particulars by the engine's reading of the words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from bot.agent.interpreter.classifier import IntentClassifier
from bot.agent.interpreter.exemplars import carriers
from bot.agent.interpreter.features import features
from bot.agent.interpreter.interpretation import Intent, Interpretation, Slots
from bot.agent.interpreter.marking import Marked, mark
from bot.agent.interpreter.particulars import Particulars, Vocabulary, particulars
from engine.search.lexicon import guess_language
from engine.search.parsing import MoodParser


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside the words. `language`: what the person usually speaks; None: guess from the words alone.

    `household`: names of the people who are served here. `after_picks`: whether the last answer showed titles.
    """

    after_picks: bool = False
    language: str | None = None
    household: Collection[str] = field(default_factory=frozenset)
    this_year: int | None = None


@cache
def _classifier() -> IntentClassifier:
    return IntentClassifier.load()


class Interpreter:
    """Understands messages against one catalogue."""

    def __init__(self, parser: MoodParser, name: Callable[[int], str]) -> None:
        """`name`: item id → the catalogue's English name."""
        self._parser = parser
        self._name = name
        self._classifier = _classifier()

    def interpret(self, text: str, around: Surroundings = Surroundings()) -> Interpretation:
        """Never fails: what cannot be understood is `unknown`."""
        spoken = guess_language(text, around.language or "en")
        household = frozenset(name.casefold() for name in around.household)
        marked = mark(text, self._parser, language=spoken, household=household, this_year=around.this_year)
        tokens = marked.tokens()
        chances = self._classifier.probabilities(features(tokens, after_picks=around.after_picks))
        order = np.argsort(-chances)
        intent, runner_up = (self._classifier.intents[place] for place in order[:2])
        vocabulary = Vocabulary(self._parser.titles, self._name, carriers(spoken))
        found = particulars(intent, marked, vocabulary, spoken=around.language or spoken)
        intent, found = _settled(intent, found, marked, after_picks=around.after_picks)
        return Interpretation(
            text=text,
            language=spoken,
            intent=intent,
            slots=found.slots,
            confidence=float(chances[order[0]]),
            runner_up=runner_up,
            title_ids=found.title_ids,
            titles_not_ids=found.titles_not_ids,
        )


def _settled(intent: Intent, found: Particulars, marked: Marked, *, after_picks: bool) -> tuple[Intent, Particulars]:
    """What follows from definitions and needs no learning."""
    slots = found.slots
    words = [word for word in marked.sentence.words if not word.is_mark]
    if len(words) == 1 and (marked.ordinals or marked.numbers) and after_picks:
        which = marked.ordinals[0][1] if marked.ordinals else marked.numbers[0][1]
        return Intent.PICK, Particulars(Slots(ordinal=which))
    if intent in (Intent.RECOMMEND, Intent.MOOD) and not after_picks and slots.members:
        return Intent.GROUP, Particulars(replace(slots, mode=None), found.title_ids, found.titles_not_ids)
    return intent, found
