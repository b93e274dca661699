"""Affinities: how much somebody likes each genre, person and keyword, judged by what was liked and disliked."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.catalogue import Catalogue
from engine.columns import NameMatrix
from engine.features import CatalogueFeatures
from engine.interactions import Influence, Interactions
from engine.profile import Affinity
from engine.types import FloatArray, IntArray, SparseMatrix

_ON_OFFER = 0.05  # share of the catalogue from which a genre counts as always on offer
_UNUSED_AFTER = 20  # watches
_UNUSED_PENALTY = 0.2
_RARE = -0.5  # a genre that is rarely watched is not yet disliked
_INFLUENCE = 0.5
QUIZ_FADES = 10.0  # watches after which a quiz pick counts half
DAYPARTS = ("night", "morning", "afternoon", "evening")


class Weighted(NamedTuple):
    """Rows with a weight each, strongest first (ties by id)."""

    rows: IntArray
    weights: FloatArray


def daypart(hours: FloatArray) -> IntArray:
    """(n,) 0 night (22-4), 1 morning (4-12), 2 afternoon (12-18), 3 evening (18-22); -1 unknown."""
    part = np.searchsorted([4.0, 12.0, 18.0, 22.0], np.nan_to_num(hours) % 24.0, side="right") % 4
    return np.asarray(np.where(np.isnan(hours), -1, part), dtype=np.int64)


def genre_weights(genres: SparseMatrix, weighted: Weighted) -> FloatArray:
    """(n_genres,) summed weight; an item's weight is split among its genres."""
    rows = genres[weighted.rows]
    own = np.maximum(np.diff(rows.indptr), 1)
    return np.asarray(rows.T @ (weighted.weights / own), dtype=np.float64)


def genre_affinity(
    catalogue: Catalogue,
    features: CatalogueFeatures,
    codes: list[int],
    liked: Weighted,
    positive: FloatArray,
    negative: FloatArray,
    interactions: Interactions,
    unused: tuple[str, ...],
) -> FloatArray:
    """(n_genres,) -1..1: half how often, half how much oftener than on offer; dislikes and the quiz move it."""
    result = np.zeros(len(positive))
    total = positive.sum()
    if total > 0:
        offered = _offered(features, codes)
        lift = np.log((positive / total + 0.02) / (offered + 0.02))
        trust = len(liked.rows) / (len(liked.rows) + 5.0)
        result = trust * (0.5 * positive / positive.max() + 0.5 * np.maximum(np.tanh(lift), _RARE))
    if negative.sum() > 0:
        result -= 0.5 * negative / max(float(negative.sum()), float(total))
    fading = QUIZ_FADES / (QUIZ_FADES + len(interactions.items))
    place = {name: code for code, name in enumerate(catalogue.genres.names)}
    for name, weight in interactions.quiz_genres:
        if name in place:
            result[place[name]] += fading * weight
    for name in unused:
        result[place[name]] -= _UNUSED_PENALTY
    for entry in interactions.influences:
        if entry.subject == "genre" and entry.value in place:
            result[place[entry.value]] += _INFLUENCE if entry.effect == "boost" else -_INFLUENCE
    return np.clip(result, -1.0, 1.0)


def _offered(features: CatalogueFeatures, codes: list[int]) -> FloatArray:
    """(n_genres,) share of each genre among what these domains offer, split like the weights."""
    offered = features.genre_weights[codes].sum(axis=0)
    return np.asarray(offered / max(float(offered.sum()), 1e-9))


def unused_genres(catalogue: Catalogue, features: CatalogueFeatures, items: IntArray) -> tuple[str, ...]:
    """Genres that are always on offer in the domains somebody watches, and were never watched."""
    if len(items) < _UNUSED_AFTER:
        return ()
    domains = np.unique(catalogue.domains[items])
    offered = features.genre_counts[domains].sum(axis=0) / max(1, int(np.isin(catalogue.domains, domains).sum()))
    watched = np.asarray(features.genres[items].sum(axis=0)).ravel()
    codes = np.flatnonzero((offered >= _ON_OFFER) & (watched == 0))
    return tuple(catalogue.genres.names[code] for code in codes)


def people_affinity(
    column: NameMatrix, liked: Weighted, disliked: Weighted, influences: tuple[Influence, ...]
) -> Affinity:
    """Affinity per person: liked less disliked weight, over both plus one (one good film is not yet a love)."""
    good = np.asarray(column.values[liked.rows].T @ liked.weights, dtype=np.float64)
    bad = np.asarray(column.values[disliked.rows].T @ disliked.weights, dtype=np.float64)
    values = (good - bad) / (good + bad + 1.0)
    for entry in influences:
        code = column.code(entry.value) if entry.subject == "person" else None
        if code is not None:
            values[code] = np.clip(values[code] + (_INFLUENCE if entry.effect == "boost" else -_INFLUENCE), -1.0, 1.0)
    codes = np.flatnonzero(values).astype(np.int64)
    return Affinity(codes, values[codes])


def keyword_affinity(matrix: SparseMatrix, liked: Weighted, disliked: Weighted) -> Affinity:
    """The idf-weighted mean of the liked items' keywords less 0.3 of the disliked, at length 1."""
    values = np.asarray(matrix[liked.rows].T @ liked.weights, dtype=np.float64)
    if len(disliked.rows):
        values -= 0.3 * np.asarray(matrix[disliked.rows].T @ disliked.weights, dtype=np.float64)
    length = float(np.linalg.norm(values))
    codes = np.flatnonzero(values).astype(np.int64)
    return Affinity(codes, values[codes] / length if length > 0 else values[codes])


def daypart_genres(features: CatalogueFeatures, interactions: Interactions) -> FloatArray:
    """(4, n_genres) how much more than usual a genre is watched at that time of day, -1..1; 0 with few plays."""
    rows = features.genres[interactions.items]
    result = np.zeros((len(DAYPARTS), rows.shape[1]))
    parts = daypart(interactions.hour)
    known = parts >= 0
    if not known.any():
        return result
    usual = np.asarray(rows[known].sum(axis=0), dtype=np.float64).ravel() / known.sum()
    for part in range(len(DAYPARTS)):
        count = int((parts == part).sum())
        share = np.asarray(rows[parts == part].sum(axis=0), dtype=np.float64).ravel() / max(count, 1)
        result[part] = (share - usual) * count / (count + 5.0)
    return np.clip(result, -1.0, 1.0)
