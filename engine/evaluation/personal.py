"""Does a method find what people liked next? All people at once, or many small households by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from engine.evaluation.methods import Method, Ranker
from engine.evaluation.metrics import coverage, intra_list_similarity, mean_by_name, ndcg, novelty, recall
from engine.evaluation.ratings import History, Holdout, RatingsData, draw_households, time_split
from engine.evaluation.report import MethodResult, Report
from engine.types import IntArray, Vectors

Progress = Callable[[str, int, int], None]  # what is being measured, done, of how many
SHORT, LONG = 10, 50
HOUSEHOLDS = 50


def silent(_what: str, _done: int, _total: int) -> None:
    """Progress for those who do not want to know."""


def evaluate_personal(
    data: RatingsData,
    methods: Mapping[str, Method],
    vectors: Vectors,
    *,
    seed: int = 0,
    progress: Progress = silent,
) -> Report:
    """Rank all items but the known ones for everybody who has answers; everybody's known part is visible.

    `vectors` (n_items, d) measure how alike a list's items are.
    """
    holdout = time_split(data.histories)
    people = holdout.answered
    judge = _Judge(holdout, vectors, data.n_items)
    results = {}
    for name, method in methods.items():
        rank = method(holdout.known, ())
        rankings, values = [], []
        for done, person in enumerate(people):
            rankings.append(rank(int(person), LONG))
            values.append(judge(rankings[-1], int(person)))
            progress(name, done + 1, len(people))
        results[name] = _result(data.ids[people], values, rankings, data.n_items)
    setting = {"people": len(people), "answers": int(sum(len(answer) for answer in holdout.answers))}
    return Report("personal", {**setting, "items": data.n_items}, results, seed)


def evaluate_households(
    data: RatingsData,
    methods: Mapping[str, Method],
    vectors: Vectors,
    *,
    size: int,
    count: int = HOUSEHOLDS,
    with_strangers: bool = False,
    seed: int = 0,
    progress: Progress = silent,
) -> Report:
    """The same for drawn households: only the members' known parts are visible.

    `with_strangers` also shows what everybody outside of the household knows, as public data. Raises: ValueError.
    """
    holdout = time_split(data.histories)
    judge = _Judge(holdout, vectors, data.n_items)
    homes = draw_households(len(data.histories), size, count, seed)
    results = {}
    for name, method in methods.items():
        people: list[int] = []
        rankings: list[IntArray] = []
        values: list[dict[str, float]] = []
        for done, home in enumerate(homes):
            rank = method([holdout.known[person] for person in home], _outside(holdout, home) if with_strangers else ())
            _rank_home(rank, home, holdout, judge, (people, rankings, values))
            progress(name, done + 1, len(homes))
        results[name] = _result(data.ids[people], values, rankings, data.n_items)
    setting = {"household": size, "households": count, "strangers": with_strangers, "items": data.n_items}
    return Report("personal", setting, results, seed)


def _outside(holdout: Holdout, home: IntArray) -> Sequence[History]:
    members = set(home.tolist())
    return [known for person, known in enumerate(holdout.known) if person not in members]


def _rank_home(
    rank: Ranker,
    home: IntArray,
    holdout: Holdout,
    judge: _Judge,
    found: tuple[list[int], list[IntArray], list[dict[str, float]]],
) -> None:
    """Add the members who have answers, their lists and values to `found`."""
    people, rankings, values = found
    for place, person in enumerate(home):
        if len(holdout.answers[person]):
            people.append(int(person))
            rankings.append(rank(place, LONG))
            values.append(judge(rankings[-1], int(person)))


class _Judge:
    """The metrics of one person's list."""

    def __init__(self, holdout: Holdout, vectors: Vectors, n_items: int) -> None:
        self._answers = holdout.answers
        self._vectors = vectors
        known = np.concatenate([np.zeros(0, dtype=np.int64), *(history.items for history in holdout.known)])
        counts = np.bincount(known, minlength=n_items)
        # One more person than there are knows everything, so that nothing is infinitely new.
        self._popularity = np.asarray((counts + 1.0) / (len(holdout.known) + 1.0), dtype=np.float64)

    def __call__(self, ranking: IntArray, person: int) -> dict[str, float]:
        answers = self._answers[person]
        return {
            f"ndcg@{SHORT}": ndcg(ranking, answers, SHORT),
            f"recall@{LONG}": recall(ranking, answers, LONG),
            f"novelty@{SHORT}": novelty(ranking, self._popularity, SHORT),
            f"similarity@{SHORT}": intra_list_similarity(ranking, self._vectors, SHORT),
        }


def _result(
    ids: IntArray, values: Sequence[dict[str, float]], rankings: Sequence[IntArray], n_items: int
) -> MethodResult:
    return MethodResult(ids, mean_by_name(values), {f"coverage@{SHORT}": coverage(rankings, n_items, SHORT)})
