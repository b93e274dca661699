"""A linear map that brings questions nearer to what they ask for, learnt from questions with known answers.

People describe films in other words than catalogues do. The map is the identity plus a correction W that maximises
the likelihood of the answer among drawn documents (softmax over scaled dot products), less a ridge penalty on W.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from engine.types import FloatArray, IntArray, Vectors

RIDGE = 15.0
SHARPNESS = 20.0
DRAWN = 3_000
STEPS = 30


@dataclass(frozen=True, slots=True)
class Adaptation:
    """Centres and a correction: a question q becomes unit((q - question_centre) (I + correction))."""

    question_centre: Vectors  # (d,)
    document_centre: Vectors  # (d,)
    correction: Vectors  # (d, d)

    @classmethod
    def centring(cls, questions: Vectors, documents: Vectors) -> Adaptation:
        """Without a correction: what all questions, and all documents, have in common is taken off."""
        width = documents.shape[1]
        centre = questions.mean(axis=0) if len(questions) else np.zeros(width, dtype=np.float32)
        common = documents.mean(axis=0) if len(documents) else np.zeros(width, dtype=np.float32)
        return cls(centre.astype(np.float32), common.astype(np.float32), np.zeros((width, width), dtype=np.float32))

    @classmethod
    def learn(cls, questions: Vectors, answers: IntArray, documents: Vectors, *, seed: int = 0) -> Adaptation:
        """From (n_questions, d), the row of each answer, and (n_documents, d). Takes half a minute for thousands."""
        centring = cls.centring(questions, documents)
        drawn = np.random.default_rng(seed).choice(len(documents), min(DRAWN, len(documents)), replace=False)
        centred = centring.documents(documents)
        asked = questions - centring.question_centre
        right, wrong = centred[answers], centred[drawn]
        # The answer itself may be among those drawn; there it is no wrong answer.
        same = answers[:, None] == drawn[None, :]
        width = documents.shape[1]

        def loss(flat: FloatArray) -> tuple[float, FloatArray]:
            correction = flat.reshape(width, width).astype(np.float32)
            moved = asked + asked @ correction
            scores = SHARPNESS * np.concatenate([(moved * right).sum(axis=1, keepdims=True), moved @ wrong.T], axis=1)
            scores[:, 1:][same] = -np.inf
            scores -= scores.max(axis=1, keepdims=True)
            shares = np.exp(scores)
            shares /= shares.sum(axis=1, keepdims=True)
            slope = SHARPNESS * (shares[:, 1:] @ wrong - (1.0 - shares[:, :1]) * right)
            value = RIDGE * float(flat @ flat) - float(np.log(shares[:, 0] + 1e-9).sum())
            return value, (asked.T @ slope).ravel().astype(np.float64) + 2.0 * RIDGE * flat

        found = minimize(loss, np.zeros(width * width), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
        correction = found.x.reshape(width, width).astype(np.float32)
        return cls(centring.question_centre, centring.document_centre, correction)

    def documents(self, documents: Vectors) -> Vectors:
        """(n, d) centred documents of unit length."""
        return _unit_rows(documents - self.document_centre)

    def questions(self, questions: Vectors, *, corrected: bool = True) -> Vectors:
        """(n, d) centred, and unless told otherwise corrected, questions of unit length."""
        centred = questions - self.question_centre
        return _unit_rows(centred + centred @ self.correction if corrected else centred)


def _unit_rows(matrix: NDArray[np.floating]) -> Vectors:
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9), dtype=np.float32)
