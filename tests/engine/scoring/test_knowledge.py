"""The signals of one installation on a day."""

from __future__ import annotations

import numpy as np

from engine.scoring.community import Past, learn_community
from engine.scoring.knowledge import gather
from tests.engine.scoring.people import scoring_of, six_films

DAY = 15_000.0  # early in 2011
ROWS = np.arange(6)


def test_every_signal_is_there_and_within_its_range() -> None:
    world = six_films()
    pasts = [Past(np.array([0, 1, 2]), np.array([True, False, True]), np.array([1.0, 2.0, 3.0]))] * 4
    knowledge = gather(world.catalogue, learn_community(pasts, 6))
    assert knowledge.people == 4
    scorers = knowledge.scorers(DAY)
    learnt = {"ease", "transitions", "neighbours", "liked_here", "trending_here"}
    assert set(scorers) == learnt | {"fame", "era", "recent", "recent_decade", "unreleased"}
    for name, scorer in scorers.items():
        values = scorer(scoring_of(world, 0), ROWS)
        assert values.shape == (6,), name
        assert np.isfinite(values).all(), name
        assert np.abs(values).max() <= 1.0, name


def test_another_day_brings_other_signals_and_the_same_day_the_same() -> None:
    world = six_films()
    knowledge = gather(world.catalogue, learn_community([], 6))
    scoring = scoring_of(world, 0)
    morning, evening, later = (
        knowledge.scorers(day)["unreleased"](scoring, ROWS) for day in (DAY, DAY + 0.9, DAY + 2_000)
    )
    assert morning.tolist() == evening.tolist() == [0.0] * 5 + [1.0]
    assert not later.any()


def test_what_a_caller_changes_stays_with_the_caller() -> None:
    knowledge = gather(six_films().catalogue, learn_community([], 6))
    knowledge.scorers(DAY).clear()
    assert "fame" in knowledge.scorers(DAY)
