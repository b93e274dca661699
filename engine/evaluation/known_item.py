"""Known-item search: which film does somebody half remember? ("tip of the tongue" questions)

Only questions whose answer the catalogue holds count. Rank = documents scored at or above the answer, so that a tie
counts against it. Plain BM25 on the same texts stands beside the fusion. What the fusion learns, it learns from
other questions; without such it takes the odd lines (counted from 1), and the even lines are what to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.search.adaptation import Adaptation
from engine.search.half_remembered import FEATURES, KnownItemCatalogue, QuestionModel, QuestionWords
from engine.search.logit import fit_conditional_logit
from engine.types import FloatArray, IntArray, Vectors

CUTS = (1, 10, 100)
NEGATIVES = 1_000
_ADAPTATION_SHARE = 2 / 3  # of the learning questions; the weights are learnt on the rest, which it never saw
_MEANING, _ADAPTED = FEATURES.index("meaning"), FEATURES.index("adapted")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions with the row of each answer, -1 where the catalogue does not hold it, and their vectors (n, d)."""

    texts: Sequence[str]
    answers: IntArray
    vectors: Vectors

    def answerable(self) -> Questions:
        """Those whose answer can be found."""
        return self.part(np.flatnonzero(self.answers >= 0))

    def part(self, places: IntArray) -> Questions:
        """Some of them."""
        return Questions([self.texts[place] for place in places], self.answers[places], self.vectors[places])


@dataclass(frozen=True, slots=True)
class KnownItemReport:
    """Ranks of the answers by method; `lines` (from 1) says on which line each question stands."""

    ranks: Mapping[str, IntArray]
    lines: IntArray
    questions: int
    documents: int
    learnt_from: int
    weights: Mapping[str, float]

    def to_json(self) -> dict[str, object]:
        """Plain values: `pipelines` by name, metrics by name over all lines, and under "even" over even ones."""
        even = self.lines % 2 == 0
        return {
            "task": "known-item",
            "questions": self.questions,
            "answerable": len(self.lines),
            "documents": self.documents,
            "learnt_from": self.learnt_from,
            "pipelines": {name: {**metrics(found), "even": metrics(found[even])} for name, found in self.ranks.items()},
            "weights": {name: round(value, 4) for name, value in self.weights.items()},
        }


def metrics(ranks: IntArray) -> dict[str, float]:
    """ "r@n" is the share of answers among the first n, "mrr" the mean reciprocal rank."""
    if not len(ranks):
        return {**{f"r@{cut}": 0.0 for cut in CUTS}, "mrr": 0.0}
    found = {f"r@{cut}": round(float((ranks <= cut).mean()), 5) for cut in CUTS}
    return {**found, "mrr": round(float((1.0 / ranks).mean()), 5)}


def evaluate_known_items(
    questions: Questions,
    catalogue: KnownItemCatalogue,
    learning: Questions | None = None,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> KnownItemReport:
    """Rank the answers by "bm25" (plain), "meaning" (cosine), and "fusion" (learnt on `learning` or the odd lines).

    Raises: ValueError if there is nothing to learn from.
    """
    lines = np.flatnonzero(questions.answers >= 0)
    asked = questions.part(lines)
    teaching = learning.answerable() if learning else questions.part(lines[lines % 2 == 0])
    model = learn_questions(teaching, catalogue, seed=seed, progress=progress)
    weights = np.array([model.weights[name] for name in FEATURES])
    near, adapted = _meaning(asked.vectors, catalogue, model.adaptation)
    found: dict[str, list[int]] = {"bm25": [], "meaning": [], "fusion": []}
    for place, (text, answer) in enumerate(zip(asked.texts, asked.answers.tolist(), strict=True)):
        features = catalogue.features(text, model.words)
        features[:, _MEANING], features[:, _ADAPTED] = near[place], adapted[place]
        found["bm25"].append(_rank(catalogue.plain_scores(text).astype(np.float64), answer))
        found["meaning"].append(_rank(near[place].astype(np.float64), answer))
        found["fusion"].append(_rank(features.astype(np.float64) @ weights, answer))
        if progress:
            progress(place + 1, len(asked.texts))
    ranks = {name: np.array(values, dtype=np.int64) for name, values in found.items()}
    return KnownItemReport(
        ranks, lines + 1, len(questions.texts), len(catalogue.documents), len(teaching.texts), model.weights
    )


def learn_questions(
    questions: Questions, catalogue: KnownItemCatalogue, *, seed: int = 0, progress: Progress | None = None
) -> QuestionModel:
    """Learn how questions speak: which words are chatter, how they map to documents, what each feature weighs.

    Raises: ValueError if there is nothing to learn from.
    """
    if len(questions.texts) < 2:
        raise ValueError("There is nothing to learn from.")
    known = QuestionWords.learn(questions.texts)
    draw = np.random.default_rng(seed)
    order = draw.permutation(len(questions.texts))
    cut = max(1, min(len(order) - 1, round(_ADAPTATION_SHARE * len(order))))
    first, rest = questions.part(order[:cut]), questions.part(order[cut:])
    adaptation = Adaptation.learn(first.vectors, first.answers, catalogue.embeddings, seed=seed)
    near, adapted = _meaning(rest.vectors, catalogue, adaptation)
    size = len(catalogue.documents)
    choices = []
    for place, (text, answer) in enumerate(zip(rest.texts, rest.answers.tolist(), strict=True)):
        features = catalogue.features(text, known)
        features[:, _MEANING], features[:, _ADAPTED] = near[place], adapted[place]
        choices.append(features[np.concatenate(([answer], draw.choice(size, min(NEGATIVES, size), replace=False)))])
        if progress:
            progress(place + 1, len(rest.texts))
    stacked = np.stack(choices)
    found = fit_conditional_logit(stacked, np.ones(stacked.shape[:2], dtype=np.bool_))
    # The weights were learnt on questions that the map had not seen; now it may learn from all of them.
    adaptation = Adaptation.learn(questions.vectors, questions.answers, catalogue.embeddings, seed=seed)
    return QuestionModel(known, adaptation, dict(zip(FEATURES, found.tolist(), strict=True)))


def _meaning(vectors: Vectors, catalogue: KnownItemCatalogue, adaptation: Adaptation) -> tuple[Vectors, Vectors]:
    """(n_questions, n_documents) cosines of centred vectors, without and with the correction."""
    documents = adaptation.documents(catalogue.embeddings)
    near = adaptation.questions(vectors, corrected=False) @ documents.T
    return near, adaptation.questions(vectors) @ documents.T


def _rank(scores: FloatArray, answer: int) -> int:
    return int((scores >= scores[answer]).sum())
