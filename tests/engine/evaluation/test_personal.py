"""Personal evaluation: the references, the pipelines, households and what a report says."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine.evaluation.methods import ease_method, popularity_method
from engine.evaluation.personal import evaluate_households, evaluate_personal
from engine.evaluation.pipelines import pipeline_method, workbench
from engine.evaluation.ratings import History, time_split
from engine.evaluation.rivals import features_for, lists_for, nearest_people_for
from engine.pipelines import build_pipeline
from engine.scoring.history import Recency
from engine.types import IntArray
from tests.engine.evaluation.people import FILMS, films, two_camps

DATA = two_camps()
WORLD = films()
VECTORS = WORLD.vectors


def test_an_oracle_is_perfect_and_the_blind_find_nothing() -> None:
    answers = time_split(DATA.histories).answers

    def oracle(visible: object, strangers: object) -> object:
        def rank(place: int, n: int) -> IntArray:
            return answers[place][:n]

        return rank

    def blind(visible: list[History], strangers: object) -> object:
        return lambda place, n: np.setdiff1d(np.arange(FILMS), np.union1d(answers[place], visible[place].items))[:n]

    report = evaluate_personal(DATA, {"oracle": oracle, "blind": blind}, VECTORS)  # type: ignore[dict-item]  # bare
    assert report.methods["oracle"].mean("ndcg@10") == pytest.approx(1.0)
    assert report.methods["oracle"].mean("recall@50") == pytest.approx(1.0)
    assert report.methods["blind"].mean("recall@50") == 0.0
    assert report.difference("oracle", "blind", "ndcg@10").low == pytest.approx(1.0)


def test_learning_beats_popularity_where_taste_decides() -> None:
    methods = {"popularity": popularity_method(FILMS), "ease": ease_method(FILMS, 5.0, Recency(5.0, 0.3))}
    report = evaluate_personal(DATA, methods, VECTORS)
    assert report.methods["ease"].mean("recall@50") >= report.methods["popularity"].mean("recall@50")
    assert report.difference("ease", "popularity", "ndcg@10").low > 0.0


def test_every_pipeline_runs_and_nobody_is_shown_what_they_know() -> None:
    bench = workbench(WORLD.catalogue)
    scorers = {
        "jellyfin-hybrid": lists_for(WORLD.catalogue),
        "plex-content": features_for(WORLD.catalogue, None),
        "seenemall-mixer": nearest_people_for(bench),
    }
    for name in ("blend", "taste-profile", *scorers):
        rank = pipeline_method(bench, build_pipeline(name), scorers=scorers.get(name))(DATA.histories, ())
        ranking = rank(3, 50)
        assert len(ranking) == FILMS - len(DATA.histories[3]), name
        assert not np.isin(ranking, DATA.histories[3].items).any(), name


def test_served_lists_and_bare_scores_agree_on_the_first() -> None:
    bench = workbench(WORLD.catalogue)
    served, bare = (
        pipeline_method(bench, build_pipeline("taste-profile"), served=served)(DATA.histories, ())(0, 5)
        for served in (True, False)
    )
    assert served[0] == bare[0]


def test_households_see_their_members_and_strangers_only_when_told() -> None:
    seen: list[tuple[int, int]] = []

    def spy(visible: list[History], strangers: list[History]) -> object:
        seen.append((len(visible), len(strangers)))
        return lambda place, n: np.arange(n)

    for with_strangers in (False, True):
        evaluate_households(DATA, {"spy": spy}, VECTORS, size=6, count=3, with_strangers=with_strangers)  # type: ignore[dict-item]  # bare
    assert seen == [(6, 0)] * 3 + [(6, 18)] * 3


def test_a_report_is_the_same_for_a_seed_and_plain_json() -> None:
    methods = {"popularity": popularity_method(FILMS), "ease": ease_method(FILMS, 5.0, None)}
    first, second = (
        evaluate_households(DATA, methods, VECTORS, size=6, count=4, seed=7).to_json(against="ease") for _ in range(2)
    )
    assert json.dumps(first) == json.dumps(second)
    pipelines = first["pipelines"]
    assert isinstance(pipelines, dict)
    assert set(pipelines["popularity"]) == {
        "ndcg@10", "recall@50", "novelty@10", "similarity@10", "coverage@10", "intervals", "odd_ids", "ease_ahead",
    }  # fmt: skip
    assert "ease_ahead" not in pipelines["ease"]
    low, high = pipelines["ease"]["intervals"]["ndcg@10"]
    assert low <= pipelines["ease"]["ndcg@10"] <= high


def test_progress_is_told_for_every_method() -> None:
    told: list[tuple[str, int, int]] = []
    evaluate_personal(DATA, {"popularity": popularity_method(FILMS)}, VECTORS, progress=lambda *step: told.append(step))
    assert told[0] == ("popularity", 1, 24)
    assert told[-1] == ("popularity", 24, 24)
