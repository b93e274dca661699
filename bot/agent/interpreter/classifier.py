"""Which intent a message has: a multinomial logistic regression over hashed features, learnt from the exemplars.

The weights lie beside the exemplars they were learnt from; `digest` tells whether they still belong together.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.agent.interpreter.features import DIMENSIONS
from bot.agent.interpreter.interpretation import Intent

WEIGHTS = "weights.npz"


@dataclass(frozen=True, slots=True)
class IntentClassifier:
    """`weights`: (DIMENSIONS, n_intents) float16; `bias`: (n_intents,) float32."""

    intents: tuple[Intent, ...]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]
    digest: str

    def probabilities(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n_intents,) probabilities, in the order of `intents`. `places`: from `features`."""
        scale = np.float32(1.0 / np.sqrt(max(len(places), 1)))
        logits = self.weights[places].astype(np.float32).sum(axis=0) * scale + self.bias
        powers = np.exp(logits - logits.max())
        return np.asarray(powers / powers.sum(), dtype=np.float32)

    @classmethod
    def load(cls) -> IntentClassifier:
        """The weights that the program comes with."""
        stored = resources.files(__package__).joinpath("data", WEIGHTS).read_bytes()
        with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
            intents = tuple(Intent(name) for name in arrays["intents"].tolist())
            return cls(intents, arrays["weights"], arrays["bias"], str(arrays["digest"]))

    def to_bytes(self) -> bytes:
        """What `load` reads."""
        written = io.BytesIO()
        np.savez_compressed(
            written,
            intents=np.array([str(intent) for intent in self.intents]),
            weights=self.weights,
            bias=self.bias,
            digest=np.array(self.digest),
        )
        return written.getvalue()


def learn(
    examples: Sequence[NDArray[np.int64]], intents: Sequence[Intent], weights: Sequence[float], *, digest: str
) -> IntentClassifier:
    """Learn from features, their intents and how much each example counts; takes some seconds."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - serving needs neither of the two
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # noqa: PLC0415

    values = np.concatenate([np.full(len(places), 1.0 / np.sqrt(max(len(places), 1))) for places in examples])
    ends = np.concatenate([[0], np.cumsum([len(places) for places in examples])])
    matrix = csr_matrix((values, np.concatenate(examples), ends), shape=(len(examples), DIMENSIONS))
    model = LogisticRegression(C=40.0, max_iter=300)
    model.fit(matrix, [str(intent) for intent in intents], sample_weight=np.asarray(weights))
    return IntentClassifier(
        tuple(Intent(str(name)) for name in model.classes_),
        model.coef_.T.astype(np.float16),
        model.intercept_.astype(np.float32),
        digest,
    )


def stored_weights() -> Path:
    """Where the weights lie that the program comes with."""
    return Path(__file__).with_name("data") / WEIGHTS


def digest_of(texts: Sequence[str]) -> str:
    """A digest of what weights were learnt from."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
