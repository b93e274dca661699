"""The default embedder: all-MiniLM-L6-v2 on onnxruntime.

Texts are sorted by length and go through the model in batches of about as many tokens, padded to the longest of
the batch only. One thread of its own runs the model, a batch at a time, so that a person's query waits for one batch
of a long run and not for the run.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from adapters.models.minilm_graph import MAX_TOKENS
from adapters.models.weights import MINILM_ID, open_minilm
from bot.errors import Unavailable
from bot.i18n import gettext as _
from bot.ports.ai import EmbedderId

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TOKENS_PER_BATCH = 2048  # activations of one batch then fit the processor's cache
TEXTS_PER_TOKENISING = 512
MAX_CHARACTERS = 20_000  # far more than MAX_TOKENS tokens hold; keeps an endless text from the tokenizer


class MiniLmEmbedder:
    """Embedder on onnxruntime. The model is checked and opened by the first text."""

    def __init__(self, models_dir: Path, *, threads: int | None = None) -> None:
        """`threads`: of one product of matrices; all processors this process may use unless told."""
        self._models_dir = models_dir
        self._threads = threads or _processors()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedding")
        self._opened: tuple[Tokenizer, InferenceSession] | None = None

    @property
    def id(self) -> EmbedderId:
        """The model behind this embedder."""
        return MINILM_ID

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row per text, in order: (n_texts, 384) float32. Texts end at 256 tokens.

        Raises: Unavailable("models").
        """
        loop = asyncio.get_running_loop()
        vectors = np.empty((len(texts), MINILM_ID.dimensions), dtype=np.float32)
        tokens: list[NDArray[np.int32]] = []
        for start in range(0, len(texts), TEXTS_PER_TOKENISING):
            part = texts[start : start + TEXTS_PER_TOKENISING]
            tokens += await loop.run_in_executor(self._worker, self._tokenise, part)
        for rows in _batches([len(row) for row in tokens]):
            batch = [tokens[row] for row in rows]
            vectors[rows] = await loop.run_in_executor(self._worker, self._run, batch)
        return vectors

    def close(self) -> None:
        """Let the model go; what was asked for before is still answered."""
        self._worker.shutdown(wait=True)
        self._opened = None

    def _tokenise(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        tokenizer, _session = self._open()
        # A lone surrogate, which some chat clients send, has no UTF-8 form: it becomes a question mark.
        clean = [text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8") for text in texts]
        return [np.array(row.ids, dtype=np.int32) for row in tokenizer.encode_batch_fast(clean)]

    def _run(self, batch: Sequence[NDArray[np.int32]]) -> NDArray[np.float32]:
        _tokenizer, session = self._open()
        input_ids = np.zeros((len(batch), max(map(len, batch))), dtype=np.int32)
        attention_mask = np.zeros_like(input_ids)
        for row, tokens in enumerate(batch):
            input_ids[row, : len(tokens)] = tokens
            attention_mask[row, : len(tokens)] = 1
        (vectors,) = session.run(["embeddings"], {"input_ids": input_ids, "attention_mask": attention_mask})
        return np.asarray(vectors, dtype=np.float32)

    def _open(self) -> tuple[Tokenizer, InferenceSession]:
        """The tokenizer and the model; on the worker's thread only, so that they are opened once."""
        if self._opened is None:
            files = open_minilm(self._models_dir)
            self._opened = (_open_tokenizer(files.tokenizer), _open_session(files.graph, self._threads))
        return self._opened


def _batches(lengths: Sequence[int]) -> Iterator[NDArray[np.intp]]:
    """Row numbers of texts of about the same length, TOKENS_PER_BATCH tokens a batch, the longest first."""
    order = np.argsort(-np.asarray(lengths, dtype=np.intp), kind="stable")
    start = 0
    while start < len(order):
        size = max(1, TOKENS_PER_BATCH // lengths[order[start]])
        yield order[start : start + size]
        start += size


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _open_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer  # noqa: PLC0415 - heavy

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def _open_session(path: Path, threads: int) -> InferenceSession:
    import onnxruntime  # noqa: PLC0415 - heavy
    from onnxruntime.capi import onnxruntime_pybind11_state as errors  # noqa: PLC0415 - heavy

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    options.enable_cpu_mem_arena = False  # an arena keeps the memory of its largest batch for good
    # Waiting threads sleep: this process answers people on the same processors.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (errors.Fail, errors.InvalidGraph, errors.InvalidProtobuf, errors.RuntimeException) as error:
        raise Unavailable(
            "models",
            _("onnxruntime cannot open the embedding model ({reason}); run `recommendarr models install`.").format(
                reason=str(error)[:200]
            ),
        ) from error
