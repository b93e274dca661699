"""What a sync did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Progress = Callable[[str, str, int], None]
"""Called with the source, the stage and how much of it is done, in titles, people or plays."""


def no_progress(_source: str, _stage: str, _done: int) -> None:
    """For whoever does not watch."""


@dataclass(frozen=True, slots=True)
class StageResult:
    """One stage: how much was told, and what that changed ("new", "changed", "gone", "waiting")."""

    stage: str
    told: int = 0
    changes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceResult:
    """One source: its stages, the requests that were sent to it, and why it came to no end."""

    source: str
    stages: tuple[StageResult, ...] = ()
    requests: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class SyncSummary:
    """Everything that a sync did. `embedded`: titles that were newly understood; None, when that was left out."""

    sources: tuple[SourceResult, ...]
    seconds: float
    embedded: int | None = None

    @property
    def failed(self) -> tuple[SourceResult, ...]:
        """The sources that came to no end."""
        return tuple(source for source in self.sources if source.error is not None)


class Tally:
    """Counts while a stage runs."""

    def __init__(self, progress: Progress, source: str, stage: str) -> None:
        self._progress = progress
        self._source = source
        self._stage = stage
        self._told = 0
        self._changes: Counter[str] = Counter()

    def tell(self, number: int) -> None:
        """So many more were told."""
        self._told += number
        self._progress(self._source, self._stage, self._told)

    def change(self, what: str, number: int = 1) -> None:
        """So many changed."""
        self._changes[what] += number

    def result(self) -> StageResult:
        """What was counted."""
        return StageResult(self._stage, self._told, {what: n for what, n in self._changes.items() if n})
