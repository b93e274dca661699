"""What is learnt from a community: its signals, its threshold, its trends, and its silence when nobody contributes."""

from __future__ import annotations

import numpy as np
import pytest

from engine.scoring import ease
from engine.scoring.community import CommunityConfig, Past, learn_community
from engine.scoring.ease import PeopleWeights, SparseWeights
from tests.engine.scoring.people import scoring_of, six_films


def past(*items: int, day: float = 0.0, liked: bool = True) -> Past:
    rows = np.array(items, dtype=np.int64)
    return Past(rows, np.full(len(rows), liked), np.full(len(rows), day))


def test_signals_speak_of_what_people_have_in_common() -> None:
    community = learn_community([past(0, 2, 4)] * 4 + [past(1, 3, 5)] * 4, 6)
    scorers = community.scorers(0.0)
    assert set(scorers) == {"ease", "transitions", "neighbours", "liked_here", "trending_here"}
    scoring = scoring_of(six_films(), 0)
    rows = np.array([2, 3, 4, 5])
    for name in ("ease", "transitions", "neighbours"):
        values = scorers[name](scoring, rows)
        assert min(values[0], values[2]) > 0.0 >= max(values[1], values[3]), name
        assert np.abs(values).max() <= 1.0
        assert scorers[name](scoring, rows[::-1]).tolist() == values[::-1].tolist()


@pytest.mark.parametrize("name", ["ease", "transitions", "neighbours"])
@pytest.mark.parametrize("dense_below", [0, 1_000])
def test_huge_catalogues_get_the_same_signals(name: str, dense_below: int, monkeypatch: pytest.MonkeyPatch) -> None:
    config = CommunityConfig(minimum_people=2, dense_below=dense_below)
    scorer = learn_community([past(0, 2, 4), past(0, 4, 2), past(0, 1), past(0, 1, 4)], 6, config).scorers(0.0)[name]
    for history in ((0,), (4, 1), (5,)):
        scoring = scoring_of(six_films(), *history)
        whole = scorer(scoring, np.arange(6))
        with monkeypatch.context() as patch:
            patch.setattr(ease, "_HUGE", 3)
            assert scorer(scoring, np.arange(6)) == pytest.approx(whole)
            assert scorer(scoring, np.array([5, 2])) == pytest.approx(whole[[5, 2]])


def test_two_people_are_not_enough_to_be_learnt_from() -> None:
    scoring = scoring_of(six_films(), 0)
    quiet = learn_community([past(0, 2, 4)] * 2, 6).scorers(0.0)
    open_data = learn_community([past(0, 2, 4)] * 2, 6, CommunityConfig(minimum_people=1)).scorers(0.0)
    for name in ("ease", "transitions", "neighbours"):
        assert not quiet[name](scoring, np.arange(6)).any(), name
        assert open_data[name](scoring, np.array([2]))[0] > 0.0, name


def test_trends_fade_and_never_know_the_future() -> None:
    community = learn_community([past(0, day=1000.0), past(1, day=1000.0 - 365.0), past(2, day=1001.0)], 4)
    assert community.recent_likes(1000.0) == pytest.approx([1.0, np.exp(-1.0), 0.0, 0.0])


def test_dislikes_are_no_trend() -> None:
    assert not learn_community([past(0, liked=False)], 2).likes.any()


def test_small_communities_are_exact_and_large_ones_sparse() -> None:
    people = [past(0, 1)] * 3
    assert isinstance(learn_community(people, 2).ease, PeopleWeights)
    assert isinstance(learn_community(people, 2, CommunityConfig(dense_below=2)).ease, SparseWeights)


def test_nobody_contributes() -> None:
    community = learn_community([], 6)
    scoring = scoring_of(six_films(), 0)
    assert community.people == 0
    for scorer in community.scorers(0.0).values():
        assert scorer(scoring, np.arange(6)).tolist() == [0.0] * 6
