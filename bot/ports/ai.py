"""Embedding and the vectors it makes; language models."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MAX_TEXT = 20_000  # characters of one answer of a language model; what comes after is not read


@dataclass(frozen=True, slots=True)
class EmbedderId:
    """Which model made a vector. Vectors of two different ids are never compared."""

    name: str  # "all-MiniLM-L6-v2"
    version: str  # digest of the weights, shortened; changes when the vectors would
    dimensions: int


class Embedder(Protocol):
    """Turns text into vectors."""

    @property
    def id(self) -> EmbedderId:
        """The model behind this embedder."""
        ...

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row per text, in order: (n_texts, dimensions) float32. Runs off the event loop.

        Raises: Unavailable("models"), with the command that mends it.
        """
        ...


@dataclass(frozen=True, slots=True)
class VectorSnapshot:
    """A consistent generation of all title vectors, memory-mapped; what answering reads."""

    title_ids: NDArray[np.int64]  # (n,) ascending
    vectors: NDArray[np.float32]  # (n, dimensions) L2-normalised, read-only
    embedder: EmbedderId
    generation: str
    catalogue_version: int | None = None  # `Titles.version()` that it was made from; None when nobody said


class VectorStore(Protocol):
    """The durable store of title vectors, and its memory-mapped snapshot."""

    def writing(self) -> AbstractAsyncContextManager[None]:
        """Hold the writer's lock. Raises: Locked, when another process holds it."""
        ...

    async def digests(self, embedder: EmbedderId) -> Mapping[int, str]:
        """Title id → digest of the text that was embedded, for every vector of this embedder."""
        ...

    async def upsert(
        self,
        embedder: EmbedderId,
        title_ids: Sequence[int],
        digests: Sequence[str],
        vectors: NDArray[np.float32],
    ) -> None:
        """Store vectors, replacing those of the same titles. Only within `writing()`."""
        ...

    async def delete(self, embedder: EmbedderId, title_ids: Sequence[int]) -> None:
        """Forget vectors; unknown ids are no error. Only within `writing()`."""
        ...

    def pages(
        self, embedder: EmbedderId, size: int = 2000
    ) -> AsyncIterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """All vectors, a page at a time."""
        ...

    async def rebuild_snapshot(self, embedder: EmbedderId, *, catalogue_version: int | None = None) -> VectorSnapshot:
        """Write a new generation from the store and make it the current one atomically. Only within `writing()`."""
        ...

    async def snapshot(self, embedder: EmbedderId) -> VectorSnapshot | None:
        """The current generation if it was made by this embedder, else None. Never opens the durable store."""
        ...


class TextModel(Protocol):
    """A language model that turns one prompt into one text."""

    @property
    def name(self) -> str:
        """How it is told from others, as in "ollama/llama3.1:8b"."""
        ...

    @property
    def is_local(self) -> bool:
        """Whether what it is given stays on machines of the household."""
        ...

    async def complete(self, prompt: str, *, schema: Mapping[str, Any] | None = None, timeout: float) -> str:  # noqa: ASYNC109
        """What the model answers, at most `MAX_TEXT` characters. `schema`: a JSON schema of an object; the answer is
        then asked to be such JSON, which the caller checks. `timeout`: seconds in all.

        Raises: Unavailable("models"), for every failure, the time-out included.
        """
        ...


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A chat model that may answer people. `open` makes it, which loads libraries: call it off the event loop.

    `open` raises: Unavailable("models"), naming the extra to install. `failures`: what the opened model may raise
    beside Python's own errors; its library's classes have roots of their own.
    """

    name: str
    is_local: bool
    open: Callable[[], BaseChatModel]
    failures: Callable[[], tuple[type[Exception], ...]] = tuple


class ChatModels(Protocol):
    """Which models there are to talk with."""

    async def candidates(self) -> Sequence[ChatModel]:
        """In the order in which they are tried; empty, when there is none now. Never raises."""
        ...

    async def texts(self) -> Sequence[TextModel]:
        """The same models, for single texts."""
        ...
