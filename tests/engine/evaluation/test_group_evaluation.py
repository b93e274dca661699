"""Group evaluation: the groups are what they are called, and the fair order serves the worst-off."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.group import SCORE_AVERAGE, draw_groups, evaluate_group, orders, pearson
from engine.evaluation.methods import familiar_scores
from engine.evaluation.ratings import time_split
from engine.scoring.community import interaction_matrix
from engine.types import Aggregation
from tests.engine.evaluation.people import FILMS, two_camps

DATA = two_camps(people=30)
HOLDOUT = time_split(DATA.histories, liked_from=None)
KNOWN = interaction_matrix([history.items for history in HOLDOUT.known], FILMS)


def test_pearson_is_numpys() -> None:
    expected = np.corrcoef(KNOWN.toarray())
    assert pearson(KNOWN) == pytest.approx(expected, abs=1e-6)
    constant = interaction_matrix([np.arange(4), np.array([1])], 4)
    assert pearson(constant)[0].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("kind", "size", "low", "high"), [("similar", 3, 0.3, 1.01), ("divergent", 2, -1.0, 0.1), ("random", 4, -1.0, 1.01)]
)
def test_groups_are_what_they_are_called(kind: str, size: int, low: float, high: float) -> None:
    groups = draw_groups(KNOWN, HOLDOUT.answers, kind, size, 20, seed=1)
    correlation = pearson(KNOWN)
    for group in groups:
        pairs = correlation[np.ix_(group.members, group.members)][np.triu_indices(size, 1)]
        assert ((pairs >= low) & (pairs < high)).all()
        assert len(set(group.members.tolist())) == size
        known = np.unique(KNOWN[group.members].indices)
        assert not np.isin(group.candidates, known).any()
        assert all(len(answer) and np.isin(answer, group.candidates).all() for answer in group.answers)
    again = draw_groups(KNOWN, HOLDOUT.answers, kind, size, 20, seed=1)
    assert [group.members.tolist() for group in groups] == [group.members.tolist() for group in again]


def test_groups_that_cannot_be_drawn_are_an_error() -> None:
    with pytest.raises(ValueError, match="too few similar groups of 12"):
        draw_groups(KNOWN, HOLDOUT.answers, "similar", 12, 2, seed=0)


def test_every_aggregation_is_compared_and_fairness_serves_the_worst_off() -> None:
    reports = evaluate_group(DATA.histories, FILMS, familiar_scores(FILMS), size=2, count=25)
    assert set(reports) == {"random", "similar", "divergent"}
    for report in reports.values():
        assert set(report.methods) == {SCORE_AVERAGE, *map(str, Aggregation)}
        for result in report.methods.values():
            assert (result.values["minimum ndcg@20"] <= result.values["ndcg@20"]).all()
    divergent = reports["divergent"].methods
    assert divergent["fairness"].mean("minimum ndcg@20") > divergent["average"].mean("minimum ndcg@20")


def test_orders_give_as_many_places_as_asked() -> None:
    scores = np.random.default_rng(0).random((3, 40))
    for order in orders().values():
        places = order(scores, 20)
        assert len(places) == len(set(places.tolist())) == 20
