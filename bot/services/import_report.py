"""The report of an import: a CSV file that lists every row that was not stored as it stood, and why.

It is written before the rows of the same batch become durable, so that nothing durable is missing from it; what a
killed run wrote beyond its last durable batch is taken out again when the import resumes.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

from bot.errors import Unavailable
from bot.i18n import gettext as _
from bot.ports.imports import Flaw, Record

_COLUMNS = ("record", "file", "line", "finding", "reason", "title", "year", "candidates")
# A spreadsheet would read a cell that begins like this as a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class ImportReport:
    """Collects findings and writes them at `flush`, which blocks: call it in a thread."""

    def __init__(self, folder: Path, source: str, name: str, digest: str) -> None:
        stem = re.sub(r"[^\w-]+", "-", name, flags=re.ASCII).strip("-")[:60] or "file"
        self.path = folder / f"{source}-{stem}-{digest[:8]}.csv"
        self.counts: Counter[Flaw] = Counter()
        self._pending: list[tuple[object, ...]] = []

    def add(
        self,
        record: Record[Any],
        flaw: Flaw,
        reason: str,
        *,
        title: str = "",
        year: int | None = None,
        candidates: str = "",
    ) -> None:
        """List one record."""
        self.counts[flaw] += 1
        cells = (record.number, record.file, record.line, flaw.value, reason, title, year or "", candidates)
        self._pending.append(tuple(_safe(cell) if isinstance(cell, str) else cell for cell in cells))

    def resume(self, records: int) -> None:
        """Keep what an earlier run said about the first `records` records; 0 begins a new report.

        Raises: Unavailable, if the folder cannot be written.
        """
        kept = self._read(records) if records else []
        for row in kept:
            self.counts[Flaw(row[3])] += 1
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self.path, error) from None
        self._pending = [tuple(row) for row in kept]
        self.flush()

    def flush(self) -> None:
        """Write what was collected. An import without findings leaves no file. Raises: Unavailable."""
        if not self._pending:
            return
        try:
            fresh = not self.path.exists()
            with self.path.open("a", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                if fresh:
                    writer.writerow(_COLUMNS)
                writer.writerows(self._pending)
        except OSError as error:
            raise _unwritable(self.path, error) from None
        self._pending = []

    def _read(self, records: int) -> list[list[str]]:
        try:
            with self.path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unwritable(self.path, error) from None
        findings = {flaw.value for flaw in Flaw}
        # The last row may be torn.
        whole = (row for row in rows[1:] if len(row) == len(_COLUMNS) and row[0].isdigit() and row[3] in findings)
        return [row for row in whole if int(row[0]) <= records]


def _safe(cell: str) -> str:
    cell = _CONTROL.sub(" ", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unwritable(path: Path, error: OSError) -> Unavailable:
    return Unavailable(
        "reports",
        _("The report {path} cannot be written: {reason}.").format(path=path, reason=error.strerror or error),
    )
