"""Learning weights: the right signals win, nothing of the others' answers is looked at, the module can be read back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.evaluation.pipelines import workbench
from engine.evaluation.ratings import time_split
from engine.evaluation.rendering import render_tiers
from engine.evaluation.tuner import tune_blend
from engine.evaluation.tuning import Question, TuningConfig, learn_weights, make_question, question_ndcg
from engine.scoring.crowd import QualityScorer
from engine.scoring.weights import Tier
from tests.engine.evaluation.people import films, two_camps

NAMES = ("anti", "noise", "useful")


def questions(count: int = 60) -> list[Question]:
    """Answers have a high `useful`, a low `anti`, and any `noise`."""
    generator = np.random.default_rng(0)
    result = []
    for _ in range(count):
        signals = generator.random((50, 3)).astype(np.float32)
        worth = signals[:, 2] - 0.5 * signals[:, 0]
        result.append(Question(signals, (worth >= np.sort(worth)[-3]).astype(np.float64)))
    return result


def test_weights_follow_what_told_the_answers() -> None:
    weights = learn_weights(questions(), NAMES)
    assert weights["useful"] > 0.5
    assert weights["anti"] < -0.2
    assert abs(weights["noise"]) < 0.1
    assert sum(map(abs, weights.values())) == pytest.approx(1.0)
    learnt = np.array([weights[name] for name in NAMES])
    scores = [question_ndcg(question, learnt, 10) for question in questions()]
    assert np.mean(scores) > 0.9
    assert np.mean(scores) > np.mean(
        [question_ndcg(question, np.array([0.0, 1.0, 0.0]), 10) for question in questions()]
    )


def test_signs_are_kept_so_that_weights_can_be_explained() -> None:
    inverted = [Question(-question.signals, question.worth) for question in questions()]
    weights = learn_weights(inverted, NAMES)
    assert weights["useful"] == pytest.approx(0.0)
    assert weights["anti"] == pytest.approx(0.0)


def test_a_penalty_shrinks_nothing_to_favour_large_numbers() -> None:
    scaled = [
        Question(question.signals * np.array([1, 1, 0.01], dtype=np.float32), question.worth)
        for question in questions()
    ]
    plain, small = (
        learn_weights(questions(), NAMES, TuningConfig(0.01)),
        learn_weights(scaled, NAMES, TuningConfig(0.01)),
    )
    assert small["useful"] / small["anti"] == pytest.approx(100 * plain["useful"] / plain["anti"], rel=0.01)


def test_an_answer_that_few_know_is_worth_more() -> None:
    data, bench = two_camps(), workbench(films().catalogue)
    holdout = time_split(data.histories)
    request = bench.request(holdout.known[0], bench.knowledge(holdout.known, ()))
    question = make_question(request, {"quality": QualityScorer()}, holdout.answers[0], seed=0)
    assert question is not None
    worth = question.worth[question.answers]  # answers in the order of their rows, and votes grow with the row
    assert (np.diff(worth) < 0).all()
    assert worth.mean() == pytest.approx(1.0, abs=0.1)
    assert make_question(request, {"quality": QualityScorer()}, np.zeros(0, dtype=np.int64), seed=0) is None


def test_no_answers_are_an_error() -> None:
    with pytest.raises(ValueError, match="without answers"):
        learn_weights([], NAMES)


def test_the_blend_is_tuned_without_what_people_with_odd_ids_went_on_to_like() -> None:
    data = two_camps()
    bench = workbench(films().catalogue)
    tiers = tune_blend(data, bench, sizes=(1, 6))
    assert [tier.people for tier in tiers] == [1, 6, 24]
    assert all(sum(map(abs, tier.weights.values())) == pytest.approx(1.0) for tier in tiers)
    assert tiers[0].weights["ease"] == 0.0  # alone there is nobody to learn from
    assert tiers[-1].weights["transitions"] > 0.0
    # The last ratings of people with odd ids become dislikes: nothing may change.
    changed = tuple(
        replace(history, stars=np.where(np.arange(len(history)) >= 16, 1.0, history.stars)) if place % 2 else history
        for place, history in enumerate(data.histories)
    )
    assert tune_blend(replace(data, histories=changed), bench, sizes=(1, 6)) == tiers


def test_the_written_module_gives_the_weights_back() -> None:
    source = render_tiers([Tier(1, {"a": 0.75, "gone": 0.0}), Tier(610, {"a": 0.5, "b": -0.5})])
    namespace: dict[str, object] = {}
    exec(compile(source, "learned.py", "exec"), namespace)
    assert namespace["LEARNT"] == (Tier(1, {"a": 0.75}), Tier(610, {"a": 0.5, "b": -0.5}))
