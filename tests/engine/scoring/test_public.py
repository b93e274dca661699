"""Public knowledge: out of one catalogue and into another by TMDB id."""

from __future__ import annotations

import numpy as np
import pytest

from engine.scoring.community import Community, CommunityConfig, Past, learn_community
from engine.scoring.public import PublicKnowledge, publish, settle

OPEN = CommunityConfig(minimum_people=1, dense_below=0)
IDS = np.array([603, 11, 0, 862, 27205])


def strangers() -> Community:
    rows = np.array([0, 1, 2, 3])
    return learn_community([Past(rows, rows < 3, rows * 1.0), Past(rows[1:], rows[1:] > 1, rows[1:] * 1.0)], 5, OPEN)


def test_knowledge_keeps_what_has_an_id() -> None:
    knowledge = publish(strangers(), IDS)
    assert knowledge.ids.tolist() == [11, 603, 862, 27205]
    assert knowledge.likes.tolist() == [1.0, 1.0, 1.0, 0.0]
    before = strangers().transitions.matrix.toarray()
    assert knowledge.transitions.toarray()[1, 0] == pytest.approx(before[0, 1])  # from 603 to 11


def test_another_catalogue_gets_the_same_weights_for_the_same_titles() -> None:
    community = strangers()
    other = np.array([0, 862, 999, 11, 603, 5])
    settled = settle(publish(community, IDS), other)
    rows, came_from = np.array([1, 3, 4]), np.array([3, 1, 0])
    for name in ("ease", "transitions", "neighbours"):
        here, there = getattr(settled, name).matrix.toarray(), getattr(community, name).matrix.toarray()
        assert here[np.ix_(rows, rows)] == pytest.approx(there[np.ix_(came_from, came_from)]), name
        assert not here[[0, 2, 5]].any(), name
    assert settled.likes.tolist() == [0.0, 1.0, 0.0, 1.0, 1.0, 0.0]
    assert settled.people == 2
    assert not settled.recent_likes(0.0).any()


def test_an_empty_catalogue_and_one_that_knows_none_of_it() -> None:
    knowledge = publish(strangers(), IDS)
    assert settle(knowledge, np.zeros(0, dtype=np.int64)).ease.scores(  # nothing to ask about
        np.zeros(0, dtype=np.int64), np.zeros(0)
    ).shape == (0,)
    assert settle(knowledge, np.array([1, 2, 0, 0])).transitions.matrix.nnz == 0


def test_what_cannot_be_published() -> None:
    with pytest.raises(ValueError, match="share a TMDB id"):
        publish(strangers(), np.array([1, 1, 2, 3, 4]))
    with pytest.raises(TypeError, match="sparse"):
        publish(learn_community([Past(np.array([0]), np.array([True]), np.zeros(1))], 5), IDS)


def test_nobody_knows_nothing() -> None:
    knowledge = publish(learn_community([], 5, OPEN), IDS)
    assert isinstance(knowledge, PublicKnowledge)
    assert settle(knowledge, IDS).ease.scores(np.array([0]), np.ones(1)).tolist() == [0.0] * 5
