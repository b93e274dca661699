"""Votes of IMDb's public from a Parquet file of titles (columns tconst, averageRating, numVotes)."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from bot.errors import InvalidFile
from bot.i18n import gettext as _

_COLUMNS = ("tconst", "averageRating", "numVotes")


@dataclass(frozen=True, slots=True)
class Votes:
    """How a public voted for a title."""

    count: int
    average: float  # 1-10


def read_imdb_votes(path: Path, wanted: Set[str]) -> dict[str, Votes]:
    """The votes of those `wanted` IMDb ids ("tt0133093") that the file knows. Raises: InvalidFile."""
    import pyarrow as pa  # noqa: PLC0415 - loaded for these files alone
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.read_table(path, columns=list(_COLUMNS))
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0].rstrip(".")[:200]
        raise InvalidFile(
            _("{file} is not a list of IMDb titles with votes: {reason}.").format(file=path.name, reason=reason)
        ) from None
    columns = (table.column(name).to_pylist() for name in _COLUMNS)
    return {
        title: Votes(int(count), float(average))
        for title, average, count in zip(*columns, strict=True)
        if title in wanted and count and average
    }
