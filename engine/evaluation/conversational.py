"""Conversational recommendation: which film is recommended next, given what was said before.

Every answer is one sample: rank = candidates scored at or above it, those named already taken out, so that a tie
counts against the answer. Lines are counted from 1; what is learnt is learnt on odd lines, and figures are given
for the even lines and for all. Statistics over dialogues never include the dialogue that is being answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.search.blocks import TitleEntry
from engine.search.dialogue import Conversation, NamedTitle
from engine.search.dialogue_ranking import FEATURES, DialogueCatalogue, DialogueItem
from engine.search.dialogue_statistics import STATISTICS, DialogueStatistics
from engine.search.dialogue_weights import WEIGHTS
from engine.search.logit import fit_conditional_logit
from engine.search.titles import TitleIndex
from engine.types import FloatArray, IntArray, Vectors

CUTS = (1, 5, 10, 50)
NEGATIVES = 600
_ALL_FEATURES = (*FEATURES, *STATISTICS)
# By hand, to compare with: meaning and mentions as cosines, and log votes.
_PLAIN = {"meaning": 1.0, "mentions": 1.0, "votes": 1.0}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rank of every answer, and the line it stands on."""

    lines: IntArray  # from 1
    ranks: IntArray

    def metrics(self) -> dict[str, float]:
        """ "r@n" is the share of answers among the first n, "mrr" the mean reciprocal rank."""
        if not len(self.ranks):
            return {**{f"r@{cut}": 0.0 for cut in CUTS}, "mrr": 0.0}
        found = {f"r@{cut}": round(float((self.ranks <= cut).mean()), 5) for cut in CUTS}
        return {**found, "mrr": round(float((1.0 / self.ranks).mean()), 5)}

    def of_even_lines(self) -> Ranks:
        """The part that nothing was learnt on."""
        even = self.lines % 2 == 0
        return Ranks(self.lines[even], self.ranks[even])


@dataclass(frozen=True, slots=True)
class ConversationalReport:
    """Ranks by method, and what was asked."""

    ranks: Mapping[str, Ranks]
    conversations: int
    candidates: int
    missing: int  # answers that the catalogue does not hold
    weights: Mapping[str, Mapping[str, float]]

    def to_json(self) -> dict[str, object]:
        """Plain values: `pipelines` by name, metrics by name over all lines, and under "even" over even ones."""
        pipelines = {
            name: {**ranks.metrics(), "even": ranks.of_even_lines().metrics()} for name, ranks in self.ranks.items()
        }
        samples = len(next(iter(self.ranks.values())).ranks) if self.ranks else 0
        return {
            "task": "conversational",
            "conversations": self.conversations,
            "candidates": self.candidates,
            "samples": samples,
            "missing_answers": self.missing,
            "pipelines": pipelines,
            "weights": {
                name: {key: round(value, 4) for key, value in found.items()} for name, found in self.weights.items()
            },
        }


def evaluate_conversations(
    conversations: Sequence[Conversation],
    catalogue: DialogueCatalogue,
    said: Vectors,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> ConversationalReport:
    """Rank every answer with all methods.

    `said` is (n_conversations, d), the embedded `text_to_embed()` of each. Methods: "popularity" (votes), "plain"
    (meaning + mentions + votes, by hand), "fusion" (the weights that ship), "fusion-learnt" (weights of the odd
    lines) and "fusion-dialogues" (with statistics of the odd lines' dialogues).
    """
    learning = conversations[::2]
    statistics = DialogueStatistics.learn(learning, catalogue.row_of, len(catalogue.items))
    learnt = learn_weights(learning, catalogue, said[::2], statistics, seed=seed, progress=progress)
    methods: dict[str, Mapping[str, float]] = {
        "popularity": {"votes": 1.0}, "plain": _PLAIN, **({"fusion": WEIGHTS} if WEIGHTS else {}), **learnt,
    }  # fmt: skip
    matrix = np.array([[weights.get(name, 0.0) for name in _ALL_FEATURES] for weights in methods.values()])
    lines: list[int] = []
    ranks: list[IntArray] = []
    missing = 0
    for place, conversation in enumerate(conversations):
        rows = [catalogue.row_of.get(answer.key) for answer in conversation.answers]
        known = [row for row in rows if row is not None]
        missing += len(rows) - len(known)
        if known:
            features = _features(conversation, catalogue, said[place], statistics)
            scores = features.astype(np.float64) @ matrix.T
            scores[_named_already(conversation, catalogue)] = -np.inf
            lines += [place + 1] * len(known)
            ranks += [rank_of(scores, row) for row in known]
        if progress:
            progress(place + 1, len(conversations))
    table = np.array(ranks, dtype=np.int64).reshape(-1, len(methods))
    line_numbers = np.array(lines, dtype=np.int64)
    by_method = {name: Ranks(line_numbers, table[:, column]) for column, name in enumerate(methods)}
    return ConversationalReport(by_method, len(conversations), len(catalogue.items), missing, learnt)


def with_known_names(conversations: Iterable[Conversation], items: Sequence[DialogueItem]) -> list[Conversation]:
    """The same conversations, their titles known under the catalogue's names: equal names with the year, or one off.

    A name that the catalogue holds to the letter stays; one that nothing fits, or several titles fit, stays unknown.
    """
    index = TitleIndex.build(
        TitleEntry(row, (item.title,), item.year or None, item.votes) for row, item in enumerate(items)
    )
    held = {item.name for item in items}

    def known(named: NamedTitle) -> NamedTitle:
        if named.name in held or not (named.title or named.name):
            return named
        found = index.match(named.title or named.name, named.year)
        return named if found is None or found.item is None else replace(named, known_as=items[found.item].name)

    return [
        replace(
            conversation,
            mentioned=tuple(map(known, conversation.mentioned)),
            answers=tuple(map(known, conversation.answers)),
        )
        for conversation in conversations
    ]


def rank_of(scores: FloatArray, row: int) -> IntArray:
    """(n_methods,) for scores (n, n_methods): candidates at or above the row, itself included."""
    return np.asarray((scores >= scores[row]).sum(axis=0), dtype=np.int64)


def learn_weights(
    conversations: Sequence[Conversation],
    catalogue: DialogueCatalogue,
    said: Vectors,
    statistics: DialogueStatistics,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> dict[str, dict[str, float]]:
    """Weights without ("fusion-learnt") and with ("fusion-dialogues") the statistics, from the answers given.

    Each answer is a choice against `NEGATIVES` candidates drawn uniformly.
    """
    draw = np.random.default_rng(seed)
    choices: list[NDArray[np.float32]] = []
    valid: list[NDArray[np.bool_]] = []
    for place, conversation in enumerate(conversations):
        rows = [catalogue.row_of[answer.key] for answer in conversation.answers if answer.key in catalogue.row_of]
        if rows:
            features = _features(conversation, catalogue, said[place], statistics)
            taken = np.zeros(len(catalogue.items), dtype=bool)
            taken[[*rows, *_named_already(conversation, catalogue).tolist()]] = True
            for row in rows:
                drawn = draw.choice(len(taken), min(NEGATIVES, len(taken)), replace=False)
                choices.append(features[np.concatenate(([row], drawn))])
                valid.append(np.concatenate(([True], ~taken[drawn])))
        if progress:
            progress(place + 1, len(conversations))
    if not choices:
        return {}
    features, allowed = np.stack(choices), np.stack(valid)
    plain = fit_conditional_logit(features[:, :, : len(FEATURES)], allowed)
    full = fit_conditional_logit(features, allowed)
    return {
        "fusion-learnt": dict(zip(FEATURES, plain.tolist(), strict=True)),
        "fusion-dialogues": dict(zip(_ALL_FEATURES, full.tolist(), strict=True)),
    }


def _features(
    conversation: Conversation, catalogue: DialogueCatalogue, said: Vectors, statistics: DialogueStatistics
) -> NDArray[np.float32]:
    own = catalogue.features(conversation, said)
    told = statistics.features(conversation.dialogue, conversation.mention_weights(catalogue.row_of))
    return np.concatenate([own, told], axis=1)


def _named_already(conversation: Conversation, catalogue: DialogueCatalogue) -> IntArray:
    rows = {catalogue.row_of[title.key] for title in conversation.mentioned if title.key in catalogue.row_of}
    return np.array(sorted(rows), dtype=np.int64)
