"""Learns the intents from the exemplars. Run by `recommendarr train interpreter`; answering reads the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.agent.interpreter.classifier import IntentClassifier, digest_of, learn
from bot.agent.interpreter.exemplars import Exemplar, braces, exemplars, source
from bot.agent.interpreter.features import features
from bot.agent.interpreter.interpretation import Intent
from bot.agent.interpreter.marking import mark
from engine.search.parsing import MoodParser
from engine.search.people import PeopleIndex
from engine.search.titles import TitleIndex

_UNSURE = 0.35  # what a variant counts for in which a title was not recognised
# Stands in for a title that is not recognised: words that are no language's.
_STRANGE = (("qua", "zorlin"), ("brixa",), ("the", "vantor", "mire"))


def learn_intents() -> IntentClassifier:
    """Learn from all exemplars; takes some seconds."""
    rows, intents, weights = [], [], []
    for intent, tokens, after_picks, weight in _examples(exemplars()):
        rows.append(features(tokens, after_picks=after_picks))
        intents.append(intent)
        weights.append(weight)
    return learn(rows, intents, weights, digest=current_digest())


def current_digest() -> str:
    """The digest of the exemplars and cues as they are now."""
    return digest_of([source()])


def _examples(given: Sequence[Exemplar]) -> Iterator[tuple[Intent, list[str], bool, float]]:
    parser = MoodParser.build(TitleIndex.build(()), PeopleIndex.build({}), lambda _word: False)
    for number, exemplar in enumerate(given):
        situations = (True, False) if exemplar.after_picks is None else (exemplar.after_picks,)
        tokens = _tokens(exemplar, parser)
        for after_picks in situations:
            weight = 1.0 / len(situations)
            yield exemplar.intent, tokens, after_picks, weight
            if "<title>" in tokens or "<person>" in tokens:
                yield exemplar.intent, _unrecognised(tokens, number), after_picks, _UNSURE * weight


def _tokens(exemplar: Exemplar, parser: MoodParser) -> list[str]:
    """The masked words, each piece between braces read on its own."""
    tokens: list[str] = []
    for text, kind in braces(exemplar.text):
        tokens += [f"<{kind}>"] if kind else mark(text, parser, language=exemplar.language).tokens()
    return tokens


def _unrecognised(tokens: list[str], number: int) -> list[str]:
    strange = _STRANGE[number % len(_STRANGE)]
    return [word for token in tokens for word in (strange if token in ("<title>", "<person>") else (token,))]
