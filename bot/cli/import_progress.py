"""How far an import is: a bar on a terminal, nothing elsewhere, and one sentence when it is interrupted."""

from __future__ import annotations

from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.i18n import gettext as _


class ImportProgress:
    """Shows the progress of files, one bar each, as a context manager."""

    def __init__(self, stream: TextIO) -> None:
        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=Console(file=stream),
            disable=not stream.isatty(),
        )
        self._tasks: dict[str, TaskID] = {}
        self._sizes: dict[str, int] = {}
        self._indexing = False
        self._current: tuple[str, int] | None = None  # name and position of the file in hand

    def start(self, name: str, size: int) -> None:
        """A file begins."""
        self._tasks[name] = self._bars.add_task(name, total=max(size, 1))
        self._sizes[name] = max(size, 1)
        self._current = (name, 0)

    def advance(self, name: str, position: int) -> None:
        """Everything up to here is stored."""
        self._bars.update(self._tasks[name], completed=min(position, self._sizes[name]))
        self._current = (name, position)

    def finish(self, name: str) -> None:
        """A file is stored as a whole."""
        self._bars.update(self._tasks[name], completed=self._sizes[name])
        self._current = None

    def indexing(self) -> None:
        """The files are stored; what follows is the index."""
        self._indexing = True

    def interrupted(self) -> str:
        """What to tell somebody who stopped the import."""
        if self._indexing:
            return _("Everything is imported; the index is not complete yet, and the same command completes it.")
        if self._current is None:
            return _("Stopped between two files; what was imported is kept, and the same command imports the rest.")
        name, position = self._current
        share = min(100 * position // self._sizes[name], 100)
        return _(
            "Stopped after {share} % of {file}; what was imported is kept, and the same command goes on from there."
        ).format(share=share, file=name)

    def __enter__(self) -> ImportProgress:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()
