"""Counts what every model reads and writes: in memory for metrics, in a file for every process of the installation."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from filelock import FileLock, Timeout

from bot.ports.language_models import Spent

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler

KINDS = ("calls", "read", "written")
WRITE_EVERY = 10.0  # seconds
_LOCK_SECONDS = 2.0

log = structlog.get_logger(__name__)


class Ledger:
    """What models used, by model and kind. Without a file it is forgotten with the process."""

    def __init__(
        self,
        file: Path | None = None,
        prices: Mapping[str, tuple[float, float]] | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`prices`: of a million tokens read and written, by model, with its provider ("openai/x") or without."""
        self._file = file
        self._prices = dict(prices or {})
        self._monotonic = monotonic
        self._here: dict[tuple[str, str], int] = {}
        self._unwritten: dict[tuple[str, str], int] = {}
        self._write_at = float("-inf")

    def counted(self) -> Mapping[tuple[str, str], int]:
        """What this process used: (model, kind) to a number."""
        return dict(self._here)

    async def add(self, model: str, *, read: int, written: int) -> None:
        """One call of a model. Never raises."""
        for kind, number in zip(KINDS, (1, max(0, read), max(0, written)), strict=True):
            for counts in (self._here, self._unwritten):
                counts[model, kind] = counts.get((model, kind), 0) + number
        if self._file is not None and self._monotonic() >= self._write_at:
            await self.write()

    async def write(self) -> None:
        """Keep what is not kept yet. Never raises."""
        if self._file is None or not self._unwritten:
            return
        self._write_at = self._monotonic() + WRITE_EVERY
        added, self._unwritten = self._unwritten, {}
        try:
            await asyncio.to_thread(_add, self._file, added)
        except (OSError, Timeout) as error:
            log.warning("model_counts_not_kept", reason=type(error).__name__)
            for key, number in added.items():
                self._unwritten[key] = self._unwritten.get(key, 0) + number

    async def spent(self) -> tuple[Spent, ...]:
        """What the installation used until now, by model."""
        kept = await asyncio.to_thread(_read, self._file) if self._file else {}
        for key, number in self._unwritten.items():
            kept[key] = kept.get(key, 0) + number
        found = []
        for model in sorted({model for model, _kind in kept}):
            calls, read, written = (kept.get((model, kind), 0) for kind in KINDS)
            found.append(Spent(model, calls, read, written, self._cost(model, read, written)))
        return tuple(found)

    def _cost(self, model: str, read: int, written: int) -> float | None:
        price = self._prices.get(model) or self._prices.get(model.partition("/")[2])
        return (read * price[0] + written * price[1]) / 1e6 if price else None


def listener(ledger: Ledger, model: str) -> BaseCallbackHandler:
    """What an opened model calls at the end of each of its answers."""
    from langchain_core.callbacks import AsyncCallbackHandler  # noqa: PLC0415 - takes a while to load

    class Counting(AsyncCallbackHandler):
        async def on_llm_end(self, response: Any, **_about: Any) -> None:
            usage = [
                getattr(getattr(generation, "message", None), "usage_metadata", None) or {}
                for generations in response.generations
                for generation in generations
            ]
            read = sum(int(each.get("input_tokens") or 0) for each in usage)
            await ledger.add(model, read=read, written=sum(int(each.get("output_tokens") or 0) for each in usage))

    return Counting()


def _add(file: Path, added: Mapping[tuple[str, str], int]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_suffix(".lock"), timeout=_LOCK_SECONDS):
        kept = _read(file)
        for key, number in added.items():
            kept[key] = kept.get(key, 0) + number
        models: dict[str, dict[str, int]] = {}
        for (model, kind), number in kept.items():
            models.setdefault(model, {})[kind] = number
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps(models, indent=1), encoding="utf-8")
        beside.replace(file)


def _read(file: Path) -> dict[tuple[str, str], int]:
    """What the file says; a file that cannot be read says nothing."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return {(model, kind): int(kinds.get(kind, 0)) for model, kinds in said.items() for kind in KINDS}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
