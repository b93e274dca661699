"""Candidate selection: above two hundred thousand eligible items, only the promising ones are scored."""

from __future__ import annotations

import numpy as np

from engine.request import RankRequest
from engine.types import IntArray, Mode

_PER_VECTOR = 2_500
_ASKED = 10_000


def candidates(request: RankRequest, rows: IntArray) -> IntArray:
    """The eligible rows worth scoring: near a mood or a seed, famous, or what a search found; all of few rows.

    Where the catalogue is small, or filters leave few, that is `rows` itself.
    """
    features, catalogue = request.resources.features, request.resources.catalogue
    short, grid = features.compact, features.cells
    if short is None or grid is None or len(rows) <= features.approximate_from or request.mode is Mode.REDISCOVER:
        return rows
    vectors = [
        cluster for profile in request.profiles for domain in profile.domains.values() for cluster in domain.clusters
    ]
    seeds = catalogue.rows(request.seed_items)
    vectors.extend(catalogue.embeddings[seeds])
    promising = np.zeros(len(catalogue), dtype=np.bool_)
    promising[features.famous] = True
    promising[seeds] = True
    if vectors:
        near = np.unique(np.stack(vectors), axis=0) @ short.basis
        promising[grid.nearest(near.astype(np.float32), _PER_VECTOR)] = True
    if request.query is not None:
        relevance = request.query.relevance[rows]
        found = np.argpartition(-relevance, min(_ASKED, len(rows) - 1))[:_ASKED]
        promising[rows[found]] = True
    return rows[promising[rows]]
