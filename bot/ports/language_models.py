"""Looking after language models: which there are, which one talks, fetching and removing, and what they have used."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model on the server. `size`: bytes on disk; `billions` of parameters, None when it does not tell."""

    name: str
    size: int
    billions: float | None
    family: str = ""
    quantization: str = ""

    @property
    def embeds(self) -> bool:
        """Whether it makes vectors and cannot talk."""
        return "bert" in self.family.casefold() or "embed" in self.name.casefold()


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in memory: bytes in all, and of those on the graphics card."""

    name: str
    size: int
    on_card: int


@dataclass(frozen=True, slots=True)
class Pull:
    """A step of fetching a model: bytes there and bytes in all, 0 when not yet known."""

    status: str
    completed: int
    total: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What a model has used: calls, tokens read and written, and their price where one is set."""

    model: str
    calls: int
    read: int
    written: int
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it all stands. `problem`: why the server cannot be asked; `used`: who is asked first, as "ollama/qwen2.5:7b"
    or "openai/gpt-4o-mini"; `wanted`: what was chosen; `server`: whether there is one to fetch models to."""

    server: bool
    problem: str | None
    installed: tuple[InstalledModel, ...]
    loaded: tuple[LoadedModel, ...]
    used: str | None
    wanted: str | None
    spent: tuple[Spent, ...]


class LanguageModels(Protocol):
    """What administrators do with language models."""

    async def standing(self) -> Standing:
        """Never raises: what cannot be asked is said in `problem`."""
        ...

    async def use(self, name: str | None) -> str | None:
        """Let this installed model talk from now on, in every process; None: the best one again. Returns its full name.

        Raises: NotFound, InvalidInput, for one that only makes vectors; Unavailable.
        """
        ...

    def pull(self, name: str) -> AsyncIterator[Pull]:
        """Fetch a model, telling how far it is. Raises: InvalidInput, for what is no name; Unavailable."""
        ...

    async def remove(self, name: str) -> None:
        """Delete an installed model. Raises: NotFound; InvalidInput, for the one that talks now; Unavailable."""
        ...
