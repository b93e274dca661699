"""Reads a long list by offset without missing anything when it shrinks or grows in between.

Each page begins with the last row of the page before it. When another row is found there, the list has shifted, and the
reading steps back until it finds rows that it knows. Rows may therefore be told twice, but none is passed over.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.errors import Unavailable
from bot.i18n import gettext as _

Row = TypeVar("Row")
_MOST_STEPS_BACK = 100


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Part of a list: its rows, and how long the list is in all (None: not told)."""

    rows: Sequence[Row]
    total: int | None = None


async def overlapping(
    service: str,
    fetch: Callable[[int, int], Awaitable[Slice[Row]]],
    key: Callable[[Row], Hashable],
    size: int,
) -> AsyncIterator[Sequence[Row]]:
    """All rows of a list, a page of at most `size` (at least 2) at a time; `fetch(start, size)` asks for a part.

    Raises: Unavailable, when the list changes so often that it cannot be read to its end.
    """
    start = steps_back = 0
    known: set[Hashable] = set()  # keys of the page before
    last: Hashable = None
    while True:
        part = await fetch(start, size)
        found = [key(row) for row in part.rows]
        # Right after a step back any row of the page before will do; going forward it has to be the last one.
        joined = start == 0 or (found[:1] == [last] if last is not None else not known.isdisjoint(found))
        fresh = part.rows[1:] if joined and last is not None else part.rows
        end = start + len(found)
        if not joined or (not fresh and end < (part.total or 0)):
            steps_back += 1
            if steps_back > _MOST_STEPS_BACK:
                raise Unavailable(service, _("A list of {service} keeps changing.").format(service=service))
            start, last = max(0, start - size), None
            continue
        if fresh:
            yield fresh
        if not fresh or _is_end(end, len(found), size, part.total):
            return
        known, last, start = set(found), found[-1], end - 1


def _is_end(end: int, got: int, size: int, total: int | None) -> bool:
    return end >= total if total is not None else got < size
