"""Franchise order: never a sequel before the first part that somebody has not seen."""

from __future__ import annotations

import numpy as np

from engine.catalogue import Catalogue
from engine.types import BoolArray, IntArray


def part_ranks(catalogue: Catalogue) -> IntArray:
    """(n_items,) places in the order in which parts follow each other; only comparable within a collection.

    By the order given, an unknown one last; then by year and day of release; ids decide.
    """
    last = 1_000_000
    orders = np.where(catalogue.collection_orders > 0, catalogue.collection_orders, last)
    years = np.where(catalogue.years > 0, catalogue.years, last)
    order = np.lexsort((catalogue.ids, catalogue.released_days, years, orders))
    ranks = np.empty(len(catalogue), dtype=np.int64)
    ranks[order] = np.arange(len(catalogue))
    return ranks


def next_parts(
    catalogue: Catalogue, ranks: IntArray, rows: IntArray, seen: BoolArray, reachable: BoolArray
) -> IntArray:
    """(len(rows),) for each row the part to recommend in its place: itself, or the first unseen part before it.

    `seen` and `reachable` are (n_items,): what everybody concerned has seen, and what they may and can watch. Parts
    that cannot be reached are skipped, for waiting for them would bar the franchise for good.
    """
    if not catalogue.collection_names:
        return rows
    first = np.full(len(catalogue.collection_names), len(catalogue), dtype=np.int64)
    unseen = np.flatnonzero(~seen & reachable & (catalogue.collections >= 0))
    np.minimum.at(first, catalogue.collections[unseen], ranks[unseen])
    collections = catalogue.collections[rows]
    late = (collections >= 0) & (ranks[rows] > first[collections])
    row_of_rank = np.empty(len(catalogue), dtype=np.int64)
    row_of_rank[ranks] = np.arange(len(catalogue))
    result = rows.copy()
    result[late] = row_of_rank[first[collections[late]]]
    return result
