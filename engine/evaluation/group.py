"""Does a list serve everybody who watches together? Groups of people are drawn, and each member's future judges.

The protocol: each person's sequence is split in time, the first ceil(80 %) known. Groups are random, similar (every two
members correlate with .3 or more) or divergent (every two with less than .1); the correlation is Pearson's, over all
items, of knowing an item or not. Candidates are the items that no member knows; a member's answers are what the member
came to among those, and a group in which somebody has none is drawn again. All aggregations get the same scores of
the members.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.evaluation.metrics import mean_by_name, ndcg, rank_rows, recall
from engine.evaluation.personal import Progress, silent
from engine.evaluation.ratings import History, time_split
from engine.evaluation.report import MethodResult, Report
from engine.group import aggregate, fair_order, fits
from engine.scoring.community import interaction_matrix
from engine.types import Aggregation, BoolArray, FloatArray, IntArray, SparseMatrix

KINDS = ("random", "similar", "divergent")
SIMILAR_FROM, DIVERGENT_BELOW = 0.3, 0.1
DEPTH = 20
GROUPS = 400
SCORE_AVERAGE = "average of scores"  # a reference: the mean of the members' scores, each from 0 to 1
_TRIES = 200  # draws per group asked for

Scores = Callable[[int], FloatArray]  # person -> (n_items,)
Order = Callable[[FloatArray, int], IntArray]  # (members, candidates) scores, n -> places


@dataclass(frozen=True, slots=True)
class Group:
    """Members (places), the candidates and each member's answers among them."""

    members: IntArray
    candidates: IntArray
    answers: tuple[IntArray, ...]


def evaluate_group(
    histories: Sequence[History],
    n_items: int,
    learn_scores: Callable[[Sequence[History]], Scores],
    *,
    size: int = 4,
    count: int = GROUPS,
    seed: int = 0,
    progress: Progress = silent,
) -> dict[str, Report]:
    """One report per kind of group; `learn_scores` sees everybody's known part and gives a person's scores.

    Every later item is an answer, whatever its stars: watching is what is predicted. Raises: ValueError when there are
    no such groups.
    """
    holdout = time_split(histories, liked_from=None)
    scores = learn_scores(holdout.known)
    known = interaction_matrix([history.items for history in holdout.known], n_items)
    reports = {}
    for kind in KINDS:
        groups = draw_groups(known, holdout.answers, kind, size, count, seed)
        values: dict[str, list[dict[str, float]]] = {name: [] for name in orders()}
        for done, group in enumerate(groups):
            personal = np.stack([scores(int(member))[group.candidates] for member in group.members])
            for name, order in orders().items():
                values[name].append(_judge(group, group.candidates[order(personal, DEPTH)]))
            progress(kind, done + 1, len(groups))
        everybody = np.zeros(len(groups), dtype=np.int64)  # groups have no ids
        methods = {name: MethodResult(everybody, mean_by_name(entries)) for name, entries in values.items()}
        reports[kind] = Report("group", {"kind": kind, "size": size, "groups": len(groups)}, methods, seed)
    return reports


def orders() -> Mapping[str, Order]:
    """Every aggregation of the engine by name, and the plain average of scores as a reference."""
    result: dict[str, Order] = {SCORE_AVERAGE: _score_average}
    for how in Aggregation:
        result[str(how)] = _fair if how is Aggregation.FAIRNESS else _aggregated(how)
    return result


def draw_groups(
    known: SparseMatrix, answers: Sequence[IntArray], kind: str, size: int, count: int, seed: int
) -> list[Group]:
    """Groups of one kind, the same for a seed. Raises: ValueError when too few such groups are found."""
    correlation = pearson(known)
    generator = np.random.default_rng(seed)
    groups: list[Group] = []
    for _ in range(_TRIES * count):
        members = _draw_members(correlation, kind, size, generator)
        group = _group(known, answers, members) if members is not None else None
        if group is not None:
            groups.append(group)
        if len(groups) == count:
            return groups
    raise ValueError(f"There are too few {kind} groups of {size} people in these data.")


def pearson(known: SparseMatrix) -> npt.NDArray[np.float32]:
    """(n_people, n_people) correlation of the rows of ones in `known` (n_people, n_items); 0 for constant rows."""
    n_items = known.shape[1]
    together = (known @ known.T).toarray().astype(np.float64)
    counts = np.diagonal(together).copy()
    deviation = np.sqrt(counts * (n_items - counts))
    covariance = n_items * together - np.outer(counts, counts)
    scale = np.outer(deviation, deviation)
    result = np.divide(covariance, scale, out=np.zeros_like(covariance), where=scale > 0)
    return np.asarray(result, dtype=np.float32)


def _draw_members(
    correlation: npt.NDArray[np.float32], kind: str, size: int, generator: np.random.Generator
) -> IntArray | None:
    """One random person, then others who fit everybody so far; None at a dead end."""
    members = [int(generator.integers(len(correlation)))]
    while len(members) < size:
        fitting = _fitting(correlation[members], kind)
        fitting[members] = False
        possible = np.flatnonzero(fitting)
        if not len(possible):
            return None
        members.append(int(generator.choice(possible)))
    return np.array(members, dtype=np.int64)


def _fitting(correlation: npt.NDArray[np.float32], kind: str) -> BoolArray:
    if kind == "similar":
        return np.asarray((correlation >= SIMILAR_FROM).all(axis=0))
    if kind == "divergent":
        return np.asarray((correlation < DIVERGENT_BELOW).all(axis=0))
    return np.ones(correlation.shape[1], dtype=np.bool_)


def _group(known: SparseMatrix, answers: Sequence[IntArray], members: IntArray) -> Group | None:
    seen = np.unique(known[members].indices)
    left = tuple(np.setdiff1d(answers[int(member)], seen) for member in members)
    if not all(len(answer) for answer in left):
        return None
    return Group(members, np.setdiff1d(np.arange(known.shape[1]), seen), left)


def _judge(group: Group, ranking: IntArray) -> dict[str, float]:
    gains = [ndcg(ranking, answer, DEPTH) for answer in group.answers]
    recalls = [recall(ranking, answer, DEPTH) for answer in group.answers]
    return {
        f"ndcg@{DEPTH}": float(np.mean(gains)),
        f"minimum ndcg@{DEPTH}": float(np.min(gains)),
        "zero recall": float(np.mean([value == 0.0 for value in recalls])),
    }


def _score_average(scores: FloatArray, n: int) -> IntArray:
    low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
    scaled = (scores - low) / np.maximum(high - low, 1e-12)
    return rank_rows(scaled.mean(axis=0), np.zeros(0, dtype=np.int64), n)


def _aggregated(how: Aggregation) -> Order:
    return lambda scores, n: rank_rows(aggregate(fits(scores), how), np.zeros(0, dtype=np.int64), n)


def _fair(scores: FloatArray, n: int) -> IntArray:
    shares = fits(scores)
    pool = rank_rows(aggregate(shares, Aggregation.FAIRNESS), np.zeros(0, dtype=np.int64), 400)
    return pool[fair_order(shares[:, pool], pool, n, scores.shape[1])]
