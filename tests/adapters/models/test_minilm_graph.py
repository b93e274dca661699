"""The fused graph computes what the model is defined to compute: checked against a plain numpy BERT."""

from __future__ import annotations

from math import erf
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from adapters.models.minilm_graph import HEADS, write_minilm
from tests.adapters.models.tiny import LAYERS, tensors

Array = NDArray[np.float64]


def normalise(values: Array, weights: dict[str, Array], name: str) -> Array:
    centred = values - values.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return np.asarray(scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"])


def linear(values: Array, weights: dict[str, Array], name: str) -> Array:
    return np.asarray(values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"])


def reference(tokens: list[int]) -> Array:
    """One text through BERT as published, without padding: (dimensions,) float64."""
    weights = {name: values.astype(np.float64) for name, values in tensors().items()}
    hidden = weights["embeddings.word_embeddings.weight"][tokens]
    hidden = hidden + weights["embeddings.position_embeddings.weight"][: len(tokens)]
    hidden = normalise(hidden + weights["embeddings.token_type_embeddings.weight"][0], weights, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        query, key, value = (
            linear(hidden, weights, f"{name}attention.self.{part}").reshape(len(tokens), HEADS, -1).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(1, 2) / np.sqrt(query.shape[-1])
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        attended = (shares / shares.sum(axis=-1, keepdims=True)) @ value
        attended = linear(attended.swapaxes(0, 1).reshape(len(tokens), -1), weights, f"{name}attention.output.dense")
        hidden = normalise(hidden + attended, weights, f"{name}attention.output.LayerNorm")
        inner = linear(hidden, weights, f"{name}intermediate.dense")
        inner = inner * 0.5 * (1 + np.vectorize(erf)(inner / np.sqrt(2)))
        hidden = normalise(hidden + linear(inner, weights, f"{name}output.dense"), weights, f"{name}output.LayerNorm")
    mean = hidden.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> onnxruntime.InferenceSession:
    folder = tmp_path_factory.mktemp("graph")
    write_minilm(tensors(), folder / "model.onnx", folder / "model.weights")
    return onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])


def test_padding_changes_nothing_and_the_values_are_right(session: onnxruntime.InferenceSession) -> None:
    texts = [[2, 4, 3], [2, 5, 6, 7, 4, 4, 5, 1, 3], [2, 3]]
    ids = np.zeros((3, 9), dtype=np.int32)
    mask = np.zeros((3, 9), dtype=np.int32)
    for row, tokens in enumerate(texts):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    (vectors,) = session.run(None, {"input_ids": ids, "attention_mask": mask})
    for vector, tokens in zip(vectors, texts, strict=True):
        assert vector == pytest.approx(reference(tokens), abs=2e-5)


def test_the_longest_text_fits(session: onnxruntime.InferenceSession) -> None:
    ids = np.resize(np.arange(1, 8, dtype=np.int32), (1, 256))
    (vectors,) = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
    assert vectors[0] == pytest.approx(reference(ids[0].tolist()), abs=2e-5)


def test_a_missing_tensor_is_an_error(tmp_path: Path) -> None:
    incomplete = tensors()
    del incomplete["encoder.layer.3.output.dense.weight"]
    with pytest.raises(KeyError):
        write_minilm(incomplete, tmp_path / "model.onnx", tmp_path / "model.weights")
