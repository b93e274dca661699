"""MiniLM as an ONNX graph: the published tensors, laid out for the fused operators of onnxruntime.

The graph ends in pooling, so that one row per text leaves it instead of one per token. The tensors go to a file of
their own beside the graph: onnxruntime maps that file, and rows of the vocabulary that no text uses stay on disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

LAYERS = 6
HEADS = 12
MAX_TOKENS = 256
EPSILON = 1e-12
OPSET = 17
FUSED = "com.microsoft"

Tensors = Mapping[str, NDArray[np.float32]]


class _Graph:
    """Collects nodes and initializers."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper  # noqa: PLC0415 - needed while installing only

        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any) -> str:
        from onnx import helper  # noqa: PLC0415 - needed while installing only

        self.nodes.append(helper.make_node(operator, inputs, [output], output, domain=domain, **attributes))
        return output


def write_minilm(tensors: Tensors, graph_path: Path, weights_path: Path) -> None:
    """Write the graph and, beside it in the same folder, its weights.

    Inputs of the graph: `input_ids` and `attention_mask`, both (n_texts, n_tokens) int32, padded on the right.
    Output: `embeddings`, (n_texts, n_dimensions) float32, mean over the tokens, L2-normalised.
    Raises: KeyError, when a tensor is missing.
    """
    import onnx  # noqa: PLC0415 - needed while installing only
    from onnx import TensorProto, helper  # noqa: PLC0415 - needed while installing only

    graph = _Graph()
    hidden = _embeddings(graph, tensors)
    for layer in range(LAYERS):
        hidden = _layer(graph, tensors, layer, hidden)
    _pooling(graph, hidden)

    shape = ["n_texts", "n_tokens"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "minilm",
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT32, shape),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT32, shape),
            ],
            [
                helper.make_tensor_value_info(
                    "embeddings", TensorProto.FLOAT, ["n_texts", tensors["embeddings.LayerNorm.weight"].size]
                )
            ],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)],
        ir_version=8,
        producer_name="recommendarr",
    )
    onnx.save_model(
        model,
        str(graph_path),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=weights_path.name,
        size_threshold=1024,
    )


def _embeddings(graph: _Graph, tensors: Tensors) -> str:
    # Every text is a single segment, so the vector of segment 0 is part of each position's vector.
    positions = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    graph.nodes.append(
        _embed_node(
            words=graph.constant("embeddings.words", tensors["embeddings.word_embeddings.weight"]),
            positions=graph.constant("embeddings.positions", positions[:MAX_TOKENS]),
            scale=graph.constant("embeddings.scale", tensors["embeddings.LayerNorm.weight"]),
            shift=graph.constant("embeddings.shift", tensors["embeddings.LayerNorm.bias"]),
        )
    )
    return "embeddings.out"


def _embed_node(*, words: str, positions: str, scale: str, shift: str) -> onnx.NodeProto:
    from onnx import helper  # noqa: PLC0415 - needed while installing only

    return helper.make_node(
        "EmbedLayerNormalization",
        ["input_ids", "", words, positions, "", scale, shift],
        ["embeddings.out", "embeddings.mask"],
        "embeddings.out",
        domain=FUSED,
        epsilon=EPSILON,
    )


def _layer(graph: _Graph, tensors: Tensors, layer: int, hidden: str) -> str:
    source, name = f"encoder.layer.{layer}.", f"layer{layer}."
    # Published as (out, in) for each of query, key and value; Attention takes (in, 3 x out).
    parts = [source + f"attention.self.{part}." for part in ("query", "key", "value")]
    weight = np.concatenate([tensors[part + "weight"].T for part in parts], axis=1)
    bias = np.concatenate([tensors[part + "bias"] for part in parts])
    attended = graph.node(
        "Attention",
        [
            hidden,
            graph.constant(name + "qkv.weight", weight),
            graph.constant(name + "qkv.bias", bias),
            "attention_mask",
        ],
        name + "attention",
        domain=FUSED,
        num_heads=HEADS,
    )
    projected = _product(graph, tensors, source + "attention.output.dense", attended, name + "projection")
    hidden = _add_and_normalise(graph, tensors, source + "attention.output.", projected, hidden, name + "attended")
    widened = _product(graph, tensors, source + "intermediate.dense", hidden, name + "widened")
    widening_bias = graph.constant(name + "widened.bias", tensors[source + "intermediate.dense.bias"])
    # BiasGelu is the exact Gelu (by the error function), which this model was trained with.
    active = graph.node("BiasGelu", [widened, widening_bias], name + "active", domain=FUSED)
    narrowed = _product(graph, tensors, source + "output.dense", active, name + "narrowed")
    return _add_and_normalise(graph, tensors, source + "output.", narrowed, hidden, name + "out")


def _product(graph: _Graph, tensors: Tensors, source: str, left: str, name: str) -> str:
    return graph.node("MatMul", [left, graph.constant(name + ".weight", tensors[source + ".weight"].T)], name)


def _add_and_normalise(graph: _Graph, tensors: Tensors, source: str, addition: str, residual: str, name: str) -> str:
    return graph.node(
        "SkipLayerNormalization",
        [
            addition,
            residual,
            graph.constant(name + ".scale", tensors[source + "LayerNorm.weight"]),
            graph.constant(name + ".shift", tensors[source + "LayerNorm.bias"]),
            graph.constant(name + ".bias", tensors[source + "dense.bias"]),
        ],
        name,
        domain=FUSED,
        epsilon=EPSILON,
    )


def _pooling(graph: _Graph, hidden: str) -> None:
    """The mean over the tokens, L2-normalised: dividing by the number of tokens cancels out, so it is a sum."""
    mask = graph.node("Cast", ["attention_mask"], "pooling.mask", to=1)
    rows = graph.node("Unsqueeze", [mask, graph.constant("pooling.axis", np.array([1]))], "pooling.rows")
    sums = graph.node("MatMul", [rows, hidden], "pooling.sums")
    flat = graph.node("Squeeze", [sums, "pooling.axis"], "pooling.flat")
    graph.node("LpNormalization", [flat], "embeddings", axis=-1, p=2)
