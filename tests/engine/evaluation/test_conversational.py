"""The conversational evaluation: ranks, ties, lines, and what is learnt on which."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.conversational import Ranks, evaluate_conversations, rank_of, with_known_names
from engine.search.dialogue import Conversation, NamedTitle, Turn
from engine.search.dialogue_ranking import DialogueCatalogue, DialogueItem

SIZE = 40


@pytest.fixture(scope="module")
def catalogue() -> DialogueCatalogue:
    items = [
        DialogueItem(f"Film {row} ({1960 + row})", f"Film {row}", 1960 + row, ("Drama",), votes=row)
        for row in range(SIZE)
    ]
    return DialogueCatalogue.build(items, np.eye(SIZE, dtype=np.float32))


def talk(number: int, answer: int, mentioned: tuple[int, ...] = ()) -> Conversation:
    named = tuple(NamedTitle(f"Film {row} ({1960 + row})") for row in mentioned)
    return Conversation(
        f"d{number}", (Turn("user", "hello"),), named, (NamedTitle(f"Film {answer} ({1960 + answer})"),)
    )


def test_a_tie_counts_against_the_answer() -> None:
    scores = np.array([[1.0, 0.0], [1.0, 2.0], [3.0, 2.0], [-np.inf, 9.0]])
    assert rank_of(scores, 0).tolist() == [3, 4]
    assert rank_of(scores, 2).tolist() == [1, 3]


def test_metrics_worked_numbers() -> None:
    ranks = Ranks(np.array([1, 2, 2, 3]), np.array([1, 4, 11, 100]))
    assert ranks.metrics() == pytest.approx(
        {"r@1": 0.25, "r@5": 0.5, "r@10": 0.5, "r@50": 0.75, "mrr": round((1 + 1 / 4 + 1 / 11 + 1 / 100) / 4, 5)}
    )
    assert ranks.of_even_lines().ranks.tolist() == [4, 11]
    assert Ranks(np.array([], dtype=np.int64), np.array([], dtype=np.int64)).metrics()["r@10"] == 0.0


def test_popularity_and_mentions_taken_out(catalogue: DialogueCatalogue) -> None:
    # The most voted film is named already, so the next one stands first.
    said = np.zeros((2, SIZE), dtype=np.float32)
    report = evaluate_conversations([talk(1, SIZE - 2, (SIZE - 1,)), talk(2, SIZE - 3)], catalogue, said)
    assert report.ranks["popularity"].ranks.tolist() == [1, 3]
    assert report.ranks["popularity"].lines.tolist() == [1, 2]


def test_learning_finds_what_the_words_mean(catalogue: DialogueCatalogue) -> None:
    draw = np.random.default_rng(5)
    answers = draw.integers(0, SIZE, 80)
    conversations = [talk(number, int(answer)) for number, answer in enumerate(answers)]
    said = catalogue.embeddings[answers] + 0.3 * draw.normal(size=(80, SIZE)).astype(np.float32)
    calls: list[tuple[int, int]] = []
    report = evaluate_conversations(
        conversations, catalogue, said, progress=lambda done, total: calls.append((done, total))
    )
    even = report.ranks["fusion-learnt"].of_even_lines().metrics()
    assert even["r@1"] > 0.7
    assert even["r@1"] > report.ranks["popularity"].of_even_lines().metrics()["r@1"]
    assert calls[-1] == (80, 80)
    found = report.to_json()
    assert found["samples"] == 80
    assert evaluate_conversations(conversations, catalogue, said).to_json() == found


def test_answers_outside_the_catalogue_are_counted(catalogue: DialogueCatalogue) -> None:
    unknown = Conversation("d", (), (), (NamedTitle("Elsewhere (2000)"),))
    report = evaluate_conversations([unknown, talk(1, 3)], catalogue, np.zeros((2, SIZE), dtype=np.float32))
    assert report.missing == 1
    assert report.to_json()["samples"] == 1
    nothing = evaluate_conversations([], catalogue, np.zeros((0, SIZE), dtype=np.float32))
    assert nothing.to_json()["samples"] == 0


def test_names_are_matched_strictly(catalogue: DialogueCatalogue) -> None:
    named = (NamedTitle("film 3", "film 3", 1964), NamedTitle("film 3", "film 3", 1999), NamedTitle("nothing"))
    (conversation,) = with_known_names([Conversation("d", (), named)], catalogue.items)
    assert [mention.key for mention in conversation.mentioned] == ["Film 3 (1963)", "film 3", "nothing"]
