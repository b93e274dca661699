"""Conversations: how titles were meant, which genres were asked, and the features of candidates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from engine.scoring.ease import SparseWeights
from engine.search.dialogue import Conversation, NamedTitle, Turn, closeness
from engine.search.dialogue_ranking import FEATURES, Crowd, DialogueCatalogue, DialogueItem
from engine.search.dialogue_statistics import DialogueStatistics
from engine.search.dialogue_weights import WEIGHTS
from engine.search.lexicon import Lexicon

SPACE = ("Horror", "Science Fiction")
ITEMS = (
    DialogueItem("Alien (1979)", "Alien", 1979, SPACE, "A ship in space.", ("Ridley Scott",), 900, 8.5),
    DialogueItem("Aliens (1986)", "Aliens", 1986, ("Action", *SPACE[1:]), "More.", ("James Cameron",), 800, 8.4),
    DialogueItem("Gladiator (2000)", "Gladiator", 2000, ("Action", "Drama"), "Rome.", ("Ridley Scott",), 999, 8.5),
    DialogueItem("Notting Hill (1999)", "Notting Hill", 1999, ("Comedy",), "A bookseller.", ("Hugh Grant",), 300, 7.2),
    DialogueItem("Nobody Knows", "Nobody Knows"),
)
ROWS = {item.name: row for row, item in enumerate(ITEMS)}


def conversation(
    *turns: tuple[str, str], mentioned: tuple[str, ...] = (), answers: tuple[str, ...] = ()
) -> Conversation:
    return Conversation(
        "d1", tuple(Turn(*turn) for turn in turns), tuple(map(NamedTitle, mentioned)), tuple(map(NamedTitle, answers))
    )


@pytest.fixture(scope="module")
def catalogue() -> DialogueCatalogue:
    weights = csr_array((np.array([0.25], dtype=np.float32), ([0], [2])), shape=(4, 4))
    crowd = Crowd(SparseWeights(weights), np.array([10.0, 20.0, 30.0, 40.0]), np.array([0, 1, 2, 3, -1]))
    return DialogueCatalogue.build(ITEMS, np.eye(5, 4, dtype=np.float32), crowd)


def column(features: np.typing.NDArray[np.float32], name: str) -> list[float]:
    return [float(value) for value in features[:, FEATURES.index(name)]]


def test_who_said_it_when_and_how() -> None:
    said = conversation(
        ("user", "I loved Alien (1979)"),
        ("system", "Try Aliens (1986)"),
        ("user", "I hated Gladiator (2000)"),
        mentioned=("Alien (1979)", "Aliens (1986)", "Gladiator (2000)", "Notting Hill (1999)", "Unknown (2001)"),
    )
    assert said.mention_weights(ROWS) == pytest.approx({0: 0.85**2, 1: 0.85 * 0.6, 2: -0.5, 3: 0.3})


def test_the_words_without_the_titles() -> None:
    said = conversation(("user", "More like Alien (1979) please"), ("system", "ok"), mentioned=("Alien (1979)",))
    assert said.user_words().split() == ["More", "like", "please"]
    assert said.text_to_embed() == "More like Alien (1979) please"
    assert conversation().text_to_embed()


def test_genres_asked_and_refused() -> None:
    said = conversation(("user", "I like horror"), ("system", "and romance?"), ("user", "no romance, something funny"))
    assert said.asked_genres(Lexicon.of("en")) == pytest.approx({"Horror": 0.7, "Romance": -1.0, "Comedy": 1.0})


def test_closeness_of_years() -> None:
    assert closeness(np.array([1990.0, 2000.0, 0.0, 1900.0]), 1990.0).tolist() == [0.0, -1.0, -2.0, -4.0]


def test_features_of_a_conversation(catalogue: DialogueCatalogue) -> None:
    said = conversation(("user", "Alien (1979) was great, a comedy with Hugh Grant"), mentioned=("Alien (1979)",))
    features = catalogue.features(said, np.array([0, 0, 0, 1], dtype=np.float32))
    assert features.shape == (5, len(FEATURES))
    assert np.isfinite(features).all()
    assert column(features, "meaning") == [0.0, 0.0, 0.0, 1.0, 0.0]
    assert column(features, "mentions") == [1.0, 0.0, 0.0, 0.0, 0.0]
    assert column(features, "people") == [1.0, 0.0, 1.0, 0.0, 0.0]
    assert column(features, "named_people") == [0.0, 0.0, 0.0, 1.0, 0.0]
    assert column(features, "taste") == [0.0, 0.0, 0.5, 0.0, 0.0]
    assert column(features, "asked") == [0.0, 0.0, 0.0, 1.0, 0.0]
    assert column(features, "era") == pytest.approx([0.0, -0.7, -2.1, -2.0, -2.0])
    assert not any(column(features, "votes_alone"))


def test_without_mentions_votes_speak(catalogue: DialogueCatalogue) -> None:
    features = catalogue.features(conversation(("user", "anything")), np.zeros(4, dtype=np.float32))
    assert column(features, "votes_alone") == column(features, "votes")
    assert not any(column(features, "mentions"))


def test_without_a_crowd_and_without_items() -> None:
    bare = DialogueCatalogue.build(ITEMS, np.zeros((5, 4), dtype=np.float32))
    said = conversation(("user", "Alien (1979)"), mentioned=("Alien (1979)",))
    assert not any(column(bare.features(said, np.zeros(4, dtype=np.float32)), "taste"))
    empty = DialogueCatalogue.build((), np.zeros((0, 4), dtype=np.float32))
    assert empty.features(said, np.zeros(4, dtype=np.float32)).shape == (0, len(FEATURES))


def test_statistics_leave_the_own_dialogue_out() -> None:
    own = conversation(mentioned=("Alien (1979)",), answers=("Aliens (1986)",))
    other = Conversation("d2", (), (NamedTitle("Alien (1979)"),), (NamedTitle("Gladiator (2000)"),))
    statistics = DialogueStatistics.learn([own, other], ROWS, len(ITEMS))
    seen_by_other = statistics.features("d3", {0: 1.0})
    assert seen_by_other[:, 0] == pytest.approx(np.log1p([2, 1, 1, 0, 0]))
    assert seen_by_other[:, 1] == pytest.approx(np.log1p([0, 1, 1, 0, 0]))
    assert seen_by_other[1, 2] == pytest.approx(1 / (np.sqrt(2) + 2))
    seen_by_own = statistics.features("d1", {0: 1.0})
    assert seen_by_own[:, 0] == pytest.approx(np.log1p([1, 0, 1, 0, 0]))
    assert seen_by_own[1].tolist() == [0.0, 0.0, 0.0]
    assert seen_by_own[2, 2] == pytest.approx(1 / 3)


def test_every_weight_belongs_to_a_feature() -> None:
    assert set(WEIGHTS) == set(FEATURES)
