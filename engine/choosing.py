"""Choosing from the pool: drawn, fair, spread over genres, or varied, as the mode asks."""

from __future__ import annotations

import numpy as np

from engine.catalogue import DOMAINS
from engine.group import fair_order
from engine.pool import Pool
from engine.request import RankRequest, Scoring
from engine.reranking.diversity import DiversityConfig, diversify, genre_spread
from engine.sampling import weighted_draw
from engine.scoring.nearest import NearestScorer
from engine.types import Aggregation, FloatArray, IntArray, Mode

_DIVERSE = frozenset({Mode.TONIGHT, Mode.MOOD, Mode.GROUP, Mode.GRAB, Mode.BECAUSE, Mode.REDISCOVER})
_KNOWN_A_LITTLE = 0.5  # trust below which variety of genres comes first
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
    if request.mode is Mode.SHUFFLE:
        drawn = weighted_draw(scores, request.resources.catalogue.ids[rows], n, request.seed)
        return [int(place) for place in places[drawn]]
    if request.mode is Mode.GROUP and request.aggregation is Aggregation.FAIRNESS and request.query is None:
        fair = fair_order(pool.outcome.fits[:, places], request.resources.catalogue.ids[rows], n, pool.eligible)
        return [int(place) for place in places[fair]]
    if config is None or request.mode not in _DIVERSE:
        return [int(place) for place in places[:n]]
    few = places[: config.pool]
    shares = _shares(request, scored.rows[few])
    if pool.outcome.trust < _KNOWN_A_LITTLE and request.query is None:
        genres = shares[:, : len(request.resources.catalogue.genres.names)] * 2.0
        spread = few[genre_spread(scores[: len(few)], genres, n, len(few))]
        return [int(place) for place in [*spread, *places[len(few) : n]]]
    vectors = request.resources.catalogue.embeddings[scored.rows[few]]
    if request.mode in _CALIBRATED:
        target, close = _target(request, scored.rows[few]), _closeness(request, scored.rows[few])
        order = diversify(scores[: len(few)], vectors, shares, target, n, config, close)
    else:
        order = diversify(scores[: len(few)], vectors, shares, np.zeros(shares.shape[1]), n, config)
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


def _closeness(request: RankRequest, rows: IntArray) -> FloatArray:
    """(len(rows),) closeness to the nearest liked title; the mean over a group."""
    resources = request.resources
    scorings = [Scoring(resources.catalogue, resources.features, profile) for profile in request.profiles]
    return np.asarray(np.mean([NearestScorer()(scoring, rows) for scoring in scorings], axis=0))


def _shares(request: RankRequest, rows: IntArray) -> FloatArray:
    """(len(rows), n_genres + n_domains) half an item's genres, evenly, and half its domain."""
    resources = request.resources
    genres = resources.features.genres[rows].toarray().astype(np.float64)
    genres /= np.maximum(genres.sum(axis=1, keepdims=True), 1.0)
    domains = np.eye(len(DOMAINS))[resources.catalogue.domains[rows]]
    return np.hstack([genres, domains]) / 2.0


def _target(request: RankRequest, rows: IntArray) -> FloatArray:
    """(n_genres + n_domains,) the shares that the people's likings would give a list drawn from these rows.

    Domains that the rows do not offer are left out; without likings in the others there is nothing to aim at.
    """
    catalogue = request.resources.catalogue
    offered = np.bincount(catalogue.domains[rows], minlength=len(DOMAINS)) > 0
    targets = []
    for profile in request.profiles:
        codes = catalogue.domains[profile.liked]
        liked = np.bincount(codes, weights=profile.liked_weights, minlength=len(DOMAINS)) * offered
        genres = np.stack([profile.domains[domain].genre_shares for domain in DOMAINS])
        if liked.sum() > 0:
            domains = liked / liked.sum()
            targets.append(np.concatenate([domains @ genres, domains]) / 2.0)
    return np.asarray(np.mean(targets, axis=0)) if targets else np.zeros(len(catalogue.genres.names) + len(DOMAINS))
