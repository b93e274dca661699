"""What other conversations teach: which titles people bring up at all, and which they bring up together.

Statistics of a conversation never contain the dialogue that it is part of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from engine.search.dialogue import Conversation
from engine.types import FloatArray, IntArray, SparseMatrix

STATISTICS = ("brought_up", "answered", "together")
_SHRINKAGE = 2.0  # dialogues: two titles that met once are no pair yet


@dataclass(frozen=True, slots=True)
class DialogueStatistics:
    """Counts over dialogues; a dialogue counts a title once."""

    named: FloatArray  # (n,) dialogues that name it, as a mention or as an answer
    answers: FloatArray  # (n,) times it was the answer
    pairs: SparseMatrix  # (n, n) dialogues that name both
    own: Mapping[str, tuple[IntArray, IntArray]]  # dialogue -> rows named, rows answered (repeated)

    @classmethod
    def learn(
        cls, conversations: Iterable[Conversation], row_of: Mapping[str, int], n_items: int
    ) -> DialogueStatistics:
        """Count over conversations; titles that the catalogue does not hold are left out."""
        named: dict[str, set[int]] = {}
        answered: dict[str, list[int]] = {}
        for conversation in conversations:
            rows = named.setdefault(conversation.dialogue, set())
            given = answered.setdefault(conversation.dialogue, [])
            rows.update(row_of[mention.key] for mention in conversation.mentioned if mention.key in row_of)
            given += [row_of[answer.key] for answer in conversation.answers if answer.key in row_of]
            rows.update(given)
        dialogues = list(named)
        places = [(place, row) for place, name in enumerate(dialogues) for row in sorted(named[name])]
        lines, columns = zip(*places, strict=True) if places else ((), ())
        incidence = csr_array((np.ones(len(places)), (lines, columns)), shape=(len(dialogues), n_items))
        every_answer = [row for rows in answered.values() for row in rows]
        return cls(
            named=np.asarray(incidence.sum(axis=0), dtype=np.float64).ravel(),
            answers=np.bincount(np.asarray(every_answer, dtype=np.int64), minlength=n_items).astype(np.float64),
            pairs=csr_array(incidence.T @ incidence),
            own={
                name: (np.array(sorted(named[name]), dtype=np.int64), np.array(answered[name], dtype=np.int64))
                for name in dialogues
            },
        )

    def features(self, dialogue: str, weights: Mapping[int, float]) -> NDArray[np.float32]:
        """(n, 3) for a conversation with these mention weights, its own dialogue left out; see `STATISTICS`."""
        own_named, own_answers = self.own.get(dialogue, (np.zeros(0, np.int64), np.zeros(0, np.int64)))
        named, answers = self.named.copy(), self.answers.copy()
        named[own_named] -= 1.0
        np.subtract.at(answers, own_answers, 1.0)
        together = np.zeros(len(named))
        mine = set(own_named.tolist())
        for row, weight in weights.items():
            if weight <= 0.0:
                continue
            counts = self.pairs[[row]].toarray().ravel()
            if row in mine:
                counts[own_named] -= 1.0
            expected = np.sqrt(max(float(named[row]), 1.0) * np.maximum(named, 1.0)) + _SHRINKAGE
            together += weight * counts / expected
        return np.stack([np.log1p(named), np.log1p(answers), together], axis=1).astype(np.float32)
