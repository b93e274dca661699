"""The known-item evaluation: who counts, what is learnt where, and ties."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.known_item import Questions, evaluate_known_items, learn_questions, metrics
from engine.search.half_remembered import FEATURES, KnownDocument, KnownItemCatalogue

SIZE = 60
WORDS = [
    f"{first}{second}" for first in ("apple", "river", "stone", "cloud", "tiger", "piano") for second in "bcdfghklmn"
]


@pytest.fixture(scope="module")
def catalogue() -> KnownItemCatalogue:
    documents = [KnownDocument(f"Film {row}", f"{WORDS[row]} story", year=1950 + row, votes=row) for row in range(SIZE)]
    return KnownItemCatalogue.build(documents, np.eye(SIZE, dtype=np.float32))


def ask(count: int, seed: int) -> Questions:
    draw = np.random.default_rng(seed)
    answers = draw.integers(0, SIZE, count)
    texts = [f"I remember a movie\nabout {WORDS[answer]} from {1950 + answer}" for answer in answers.tolist()]
    vectors = np.eye(SIZE, dtype=np.float32)[answers] + 0.5 * draw.normal(size=(count, SIZE)).astype(np.float32)
    return Questions(texts, answers, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_metrics_worked_numbers() -> None:
    assert metrics(np.array([1, 5, 50, 500])) == pytest.approx(
        {"r@1": 0.25, "r@10": 0.5, "r@100": 0.75, "mrr": round((1 + 1 / 5 + 1 / 50 + 1 / 500) / 4, 5)}
    )
    assert metrics(np.array([], dtype=np.int64))["mrr"] == 0.0


def test_it_finds_what_was_described(catalogue: KnownItemCatalogue) -> None:
    calls: list[tuple[int, int]] = []
    report = evaluate_known_items(
        ask(40, 1), catalogue, ask(90, 2), progress=lambda done, total: calls.append((done, total))
    )
    found = report.to_json()
    assert found["answerable"] == 40
    assert found["learnt_from"] == 90
    assert set(report.weights) == set(FEATURES)
    assert metrics(report.ranks["fusion"])["r@1"] > 0.9
    assert calls[-1] == (40, 40)
    assert evaluate_known_items(ask(40, 1), catalogue, ask(90, 2)).to_json() == found


def test_questions_without_an_answer_in_the_catalogue_do_not_count(catalogue: KnownItemCatalogue) -> None:
    asked = ask(30, 3)
    asked.answers[[0, 4, 7]] = -1
    report = evaluate_known_items(asked, catalogue)
    assert report.to_json()["questions"] == 30
    assert len(report.lines) == 27
    assert report.lines[0] == 2
    # Learnt on the odd lines that can be answered: 15 less the first, the fifth; the eighth is even.
    assert report.learnt_from == 13


def test_a_tie_counts_against_the_answer() -> None:
    same = [KnownDocument("Twin", "apple story", year=1990, votes=5) for _ in range(3)]
    catalogue = KnownItemCatalogue.build(same, np.ones((3, 2), dtype=np.float32))
    vectors = np.ones((4, 2), dtype=np.float32)
    questions = Questions(["apple"] * 4, np.array([0, 1, 2, 0]), vectors)
    report = evaluate_known_items(questions, catalogue)
    assert all((ranks == 3).all() for ranks in report.ranks.values())


def test_nothing_to_learn_from(catalogue: KnownItemCatalogue) -> None:
    with pytest.raises(ValueError, match="nothing to learn"):
        learn_questions(ask(1, 0), catalogue)
