"""Learning the weights of the blend from what people liked next.

A question is one person at one moment: the candidates' signals, and which of them the person went on to like. The
weights make the answers likely under a softmax over the candidates (the linear ranker of ListNet), with a quadratic
penalty. People with many answers count more, but only by the square root of their number; answers that few people know
count more than those that everybody comes to anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from engine.evaluation.metrics import ndcg, rank_rows
from engine.request import RankRequest, Scorer, Scoring
from engine.types import BoolArray, FloatArray, IntArray

_RARITY = 1.0  # an answer nobody voted for is worth e times the best known one
_BEST_PER_SIGNAL = 100
_OTHERS = 300
_ITERATIONS = 300
_SMALLEST_SPREAD = 1e-3  # a signal that hardly varies is not blown up


@dataclass(frozen=True, slots=True)
class Question:
    """Candidates with their signals, (n_candidates, n_signals), and what finding each is worth: 0 for a wrong one."""

    signals: npt.NDArray[np.float32]
    worth: FloatArray  # (n_candidates,)

    @property
    def answers(self) -> BoolArray:
        """(n_candidates,) which of them are answers."""
        return np.asarray(self.worth > 0.0)


@dataclass(frozen=True, slots=True)
class TuningConfig:
    """How weights are learnt."""

    penalty: float = 0.003  # per question, on the squared weights of signals scaled to deviation 1
    # Signals that may only speak against an item; all others only for it. Otherwise two signals that say nearly the
    # same get weights of opposite signs, which gains little and cannot be explained to anybody.
    against: frozenset[str] = frozenset({"anti", "unreleased"})


def make_question(request: RankRequest, scorers: Mapping[str, Scorer], answers: IntArray, seed: int) -> Question | None:
    """The signals of the candidates of one request, in the order of the sorted names; None without any answer.

    Candidates are the answers, the best by each signal and some drawn from the rest: a softmax over everything would
    learn the same from many times the numbers.
    """
    resources, profile = request.resources, request.profiles[0]
    scoring = Scoring(resources.catalogue, resources.features, profile)
    rows = np.setdiff1d(np.arange(len(resources.catalogue)), profile.interactions.watched)
    found = np.isin(rows, answers)
    if not found.any():
        return None
    columns = [np.nan_to_num(scorers[name](scoring, rows)) for name in sorted(scorers)]
    chosen = found.copy()
    for values in columns:
        top = min(_BEST_PER_SIGNAL, len(values))
        chosen[np.argpartition(-values, top - 1)[:top]] = True
    rest = np.flatnonzero(~chosen)
    generator = np.random.default_rng(seed)
    chosen[generator.choice(rest, size=min(_OTHERS, len(rest)), replace=False)] = True
    popularity = resources.features.popularity[rows]
    worth = np.where(found, np.exp(-_RARITY * (popularity - popularity[found].mean())), 0.0)
    return Question(np.stack([values[chosen] for values in columns], axis=1).astype(np.float32), worth[chosen])


def learn_weights(
    questions: Sequence[Question], names: Sequence[str], config: TuningConfig | None = None
) -> dict[str, float]:
    """The weight of each signal; the absolute values sum to 1. `names` are those of the columns, sorted.

    Raises: ValueError without any question.
    """
    config = config or TuningConfig()
    if not questions:
        raise ValueError("Weights cannot be learnt without answers.")
    signals = np.concatenate([question.signals for question in questions]).astype(np.float64)
    # On a common scale, so that the penalty does not favour signals that happen to have large numbers.
    spread = np.maximum(signals.std(axis=0), _SMALLEST_SPREAD)
    signals /= spread
    sizes = np.array([len(question.worth) for question in questions])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    mass = np.concatenate([question.worth / np.sqrt(question.worth.sum()) for question in questions])
    total = np.add.reduceat(mass, starts)

    def loss(weights: FloatArray) -> tuple[float, FloatArray]:
        scores = signals @ weights
        highest = np.maximum.reduceat(scores, starts)
        odds = np.exp(scores - np.repeat(highest, sizes))
        sums = np.add.reduceat(odds, starts)
        value = float((total * (highest + np.log(sums))).sum() - mass @ scores)
        gradient = signals.T @ (np.repeat(total / sums, sizes) * odds - mass)
        penalty = config.penalty * float(weights @ weights)
        return value / len(questions) + penalty, gradient / len(questions) + 2.0 * config.penalty * weights

    start = np.zeros(len(names))
    bounds = [(None, 0.0) if name in config.against else (0.0, None) for name in names]
    result = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": _ITERATIONS})
    weights = result.x / spread
    size = float(np.abs(weights).sum())
    return {name: float(weight / size) if size > 0 else 0.0 for name, weight in zip(names, weights, strict=True)}


def question_ndcg(question: Question, weights: FloatArray, n: int) -> float:
    """nDCG of the weighted candidates; a quick stand-in for the evaluation while comparing weights."""
    ranking = rank_rows(question.signals @ weights, np.zeros(0, dtype=np.int64), n)
    return ndcg(ranking, np.flatnonzero(question.answers).astype(np.int64), n)
