"""What the people of a request have seen, and what they can reach: the ground for keeping franchises in order."""

from __future__ import annotations

import numpy as np

from engine.filters import LIBRARY_MODES
from engine.request import RankRequest
from engine.reranking.franchise import next_parts
from engine.types import BoolArray, IntArray


def first_parts(request: RankRequest, rows: IntArray) -> IntArray:
    """(len(rows),) for each row the first part of its franchise that these people have not seen, or itself."""
    resources = request.resources
    return next_parts(
        resources.catalogue, resources.features.part_ranks, rows, seen_by_all(request), reachable(request)
    )


def seen_by_all(request: RankRequest) -> BoolArray:
    """(n_items,) what everybody has seen; the titles asked about count as seen."""
    count = len(request.resources.catalogue)
    seen = np.ones(count, dtype=np.bool_)
    for profile in request.profiles:
        own = np.zeros(count, dtype=np.bool_)
        own[profile.interactions.watched] = True
        own[profile.interactions.liked] = True
        seen &= own
    seen[request.resources.catalogue.rows(request.seed_items)] = True
    return seen


def reachable(request: RankRequest) -> BoolArray:
    """(n_items,) what these people may and can watch at all, whatever else they asked for."""
    catalogue = request.resources.catalogue
    result = np.ones(len(catalogue), dtype=np.bool_) if request.allowed is None else request.allowed.copy()
    if request.mode in LIBRARY_MODES and catalogue.libraries.names:
        result &= catalogue.in_any_library
    for profile in request.profiles:
        result[profile.interactions.hidden] = False
        result[profile.interactions.disliked] = False
    return result
