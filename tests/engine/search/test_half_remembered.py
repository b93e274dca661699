"""Half-remembered films: the words that count, the features, and the map from questions to documents."""

from __future__ import annotations

import numpy as np
import pytest

from engine.search.adaptation import Adaptation
from engine.search.half_remembered import (
    FEATURES,
    KnownDocument,
    KnownItemCatalogue,
    QuestionWords,
    question_vectors,
    texts_to_embed,
)

DOCUMENTS = (
    KnownDocument("Alien", "A crew meets a creature.", ("space", "alien"), ("Ridley Scott",), ("Horror",), 1979, 900),
    KnownDocument(
        "Babe", "A pig herds sheep.", ("talking animal",), ("Chris Noonan",), ("Family", "Comedy"), 1995, 100
    ),
    KnownDocument("Unknown", "", (), (), (), 0, 0),
)


@pytest.fixture(scope="module")
def catalogue() -> KnownItemCatalogue:
    return KnownItemCatalogue.build(DOCUMENTS, np.eye(3, 4, dtype=np.float32))


def column(catalogue: KnownItemCatalogue, question: str, name: str) -> list[float]:
    known = QuestionWords.learn(["movie with a pig", "movie with a ship", "movie"])
    return [float(value) for value in catalogue.features(question, known)[:, FEATURES.index(name)]]


def test_chatter_weighs_nothing() -> None:
    known = QuestionWords.learn(["a movie I saw", "a movie with pigs", "that movie"])
    assert known.rarity("movy") == 0.0  # the stem of "movie"
    assert known.rarity("pig") == pytest.approx(np.log(2) / 5)
    assert known.rarity("sheep") == pytest.approx(np.log(4) / 5)


def test_words_keywords_and_plain_search(catalogue: KnownItemCatalogue) -> None:
    assert catalogue.plain_scores("the pig and the sheep").argmax() == 1
    assert np.argmax(column(catalogue, "a talking animal that herds", "words")) == 1
    assert column(catalogue, "a talking animal", "keywords")[1] > 0.0
    assert not any(column(catalogue, "movie", "words"))
    assert not any(column(catalogue, "", "words"))


def test_years_genres_and_fame(catalogue: KnownItemCatalogue) -> None:
    assert column(catalogue, "from the 90s", "in_years") == [0.0, 1.0, 0.0]
    assert column(catalogue, "from the 90s", "off_years") == pytest.approx([-1.1, 0.0, 0.0])
    assert not any(column(catalogue, "no year said", "in_years"))
    assert column(catalogue, "a family comedy, not horror", "genres") == [0.0, 2.0, 0.0]
    votes = column(catalogue, "x", "votes")
    assert votes[0] > votes[1] > votes[2] == 0.0


def test_texts_and_vectors() -> None:
    whole, opening = texts_to_embed("  First line\nsecond " + "x" * 2_000)
    assert opening == "First line"
    assert len(whole) == 700
    assert all(texts_to_embed(""))
    mixed = question_vectors(np.array([[1.0, 0.0]], np.float32), np.array([[0.0, 1.0]], np.float32))
    assert mixed[0].tolist() == pytest.approx([1 / np.hypot(1, 0.6), 0.6 / np.hypot(1, 0.6)])


def test_the_map_learns_a_turned_space() -> None:
    draw = np.random.default_rng(1)
    documents = draw.normal(size=(300, 8)).astype(np.float32)
    turn = np.linalg.qr(draw.normal(size=(8, 8)))[0].astype(np.float32)
    answers = draw.integers(0, 300, 400)
    questions = documents[answers] @ turn + 0.1 * draw.normal(size=(400, 8)).astype(np.float32)
    learnt = Adaptation.learn(questions[:300], answers[:300], documents)

    def first(adaptation: Adaptation, *, corrected: bool) -> float:
        near = adaptation.questions(questions[300:], corrected=corrected) @ adaptation.documents(documents).T
        return float((near.argmax(axis=1) == answers[300:]).mean())

    assert first(learnt, corrected=True) > 0.8
    assert first(learnt, corrected=False) < 0.2


def test_centring_alone() -> None:
    documents = np.array([[2.0, 1.0], [2.0, -1.0]], dtype=np.float32)
    centred = Adaptation.centring(documents, documents)
    assert centred.documents(documents).tolist() == [[0.0, 1.0], [0.0, -1.0]]
    assert centred.questions(documents).tolist() == [[0.0, 1.0], [0.0, -1.0]]
    empty = np.zeros((0, 2), dtype=np.float32)
    assert Adaptation.centring(empty, empty).questions(documents).shape == (2, 2)
