"""Franchise order: never a sequel before the first part that somebody has not seen."""

from __future__ import annotations

import numpy as np

from engine.catalogue import Catalogue
from engine.types import BoolArray, IntArray


def next_parts(catalogue: Catalogue, rows: IntArray, seen: BoolArray, reachable: BoolArray) -> IntArray:
    """(len(rows),) for each row the part to recommend in its place: itself, or the first unseen part before it.

    `seen` and `reachable` are (n_items,): what everybody concerned has seen, and what they may and can watch. Parts
    that cannot be reached are skipped, for waiting for them would bar the franchise for good.
    """
    result = rows.copy()
    collections = catalogue.collections[rows]
    for code in np.unique(collections[collections >= 0]):
        parts = np.flatnonzero(catalogue.collections == code)
        open_parts = parts[~seen[parts] & reachable[parts]]
        if len(open_parts):
            first = open_parts[_order(catalogue, open_parts)[0]]
            later = (collections == code) & comes_after(catalogue, rows, int(first))
            result[later] = first
    return result


def comes_after(catalogue: Catalogue, rows: IntArray, first: int) -> BoolArray:
    """(len(rows),) whether a part of the same collection comes after `first`."""
    keys = [_key(catalogue, int(row)) for row in rows]
    return np.array([key > _key(catalogue, first) for key in keys], dtype=np.bool_)


def _order(catalogue: Catalogue, parts: IntArray) -> list[int]:
    return sorted(range(len(parts)), key=lambda place: _key(catalogue, int(parts[place])))


def _key(catalogue: Catalogue, row: int) -> tuple[int, int, int, int]:
    """Sorts the parts: by year, an unknown one last, then by the order given; ids decide."""
    order, year = int(catalogue.collection_orders[row]), int(catalogue.years[row])
    return (order or 10_000, year or 10_000, int(catalogue.released_days[row]), int(catalogue.ids[row]))
