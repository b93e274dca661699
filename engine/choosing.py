"""Choosing from the pool: drawn, fair, spread over genres, or varied, as the mode asks."""

from __future__ import annotations

import numpy as np

from engine.group import fair_order
from engine.pool import Pool
from engine.request import RankRequest
from engine.reranking.diversity import DiversityConfig, diversify, genre_spread
from engine.sampling import weighted_draw
from engine.types import Aggregation, FloatArray, IntArray, Mode

_DIVERSE = frozenset({Mode.TONIGHT, Mode.MOOD, Mode.GROUP, Mode.GRAB, Mode.BECAUSE, Mode.REDISCOVER})
_CALIBRATED = frozenset({Mode.TONIGHT, Mode.GRAB, Mode.GROUP})  # where nothing else was asked for


def choose(request: RankRequest, pool: Pool, first: IntArray, config: DiversityConfig | None) -> list[int]:
    """The places of the answer in the pool, in order.

    `first` is (pool,) the row to recommend in the place of each; without `config` the scores decide alone.
    """
    places, scores = _in_order(pool, first)
    n = max(0, min(request.n, len(places)))
    if n == 0:
        return []
    scored = pool.outcome.scored
    rows = scored.rows[places]
    genres = request.resources.features.genres
    if request.mode is Mode.SHUFFLE:
        drawn = weighted_draw(scores, request.resources.catalogue.ids[rows], n, request.seed)
        return [int(place) for place in places[drawn]]
    if request.mode is Mode.GROUP and request.aggregation is Aggregation.FAIRNESS and request.query is None:
        fair = fair_order(pool.outcome.fits[:, places], request.resources.catalogue.ids[rows], n, pool.eligible)
        return [int(place) for place in places[fair]]
    if config is None or request.mode not in _DIVERSE:
        return [int(place) for place in places[:n]]
    few = places[: config.pool]
    shares = genres[scored.rows[few]].toarray().astype(np.float64)
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1.0)
    if pool.outcome.trust == 0.0 and request.query is None:
        spread = few[genre_spread(scores[: len(few)], shares, n, len(few))]
        return [int(place) for place in [*spread, *places[len(few) : n]]]
    vectors = request.resources.catalogue.embeddings[scored.rows[few]]
    target = _calibration_target(request, rows) if request.mode in _CALIBRATED else np.zeros(shares.shape[1])
    order = diversify(scores[: len(few)], vectors, shares, target, n, config)
    return [int(place) for place in [*few[order], *places[len(few) : n]]]


def _in_order(pool: Pool, first: IntArray) -> tuple[IntArray, FloatArray]:
    """Places of the pool, best first, with what each is worth: a first part is worth what its sequel scores.

    Where a filter has removed the first part, the sequel goes too.
    """
    scored = pool.outcome.scored
    place_of = {int(row): place for place, row in enumerate(scored.rows)}
    worth: dict[int, float] = {}
    for row, score in zip(first, scored.scores, strict=True):
        place = place_of.get(int(row))
        if place is not None:
            worth.setdefault(place, float(score))
    return np.fromiter(worth, dtype=np.int64), np.fromiter(worth.values(), dtype=np.float64)


def _calibration_target(request: RankRequest, rows: IntArray) -> FloatArray:
    """(n_genres,) the profile's genre shares in the domain most of the pool belongs to; the mean over a group."""
    codes = np.bincount(request.resources.catalogue.domains[rows])
    targets = [list(profile.domains.values())[int(codes.argmax())].genre_shares for profile in request.profiles]
    return np.asarray(np.mean(targets, axis=0))
