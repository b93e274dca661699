"""Likeness of items to given titles: what they share in story, franchise, keywords, people and genres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.catalogue import Catalogue
from engine.features import CatalogueFeatures
from engine.similarity import similarities
from engine.stems import continuation
from engine.types import FloatArray, IntArray, SparseMatrix


@dataclass(frozen=True, slots=True)
class LikenessConfig:
    """The weights of what two titles can share; they sum to 1."""

    text: float = 0.36  # cosine of the embeddings
    keywords: float = 0.15
    genres: float = 0.13
    people: float = 0.09
    franchise: float = 0.14  # the same collection, or a title that continues the other's
    era: float = 0.05  # halves every ten years apart
    renown: float = 0.08  # log votes: of two titles equally alike, the better known


@dataclass(frozen=True, slots=True)
class Likeness:
    """(rows,) 0-1 each part before weighing, and the sum."""

    total: FloatArray
    parts: dict[str, FloatArray]


def likeness(
    catalogue: Catalogue, features: CatalogueFeatures, seeds: IntArray, rows: IntArray, config: LikenessConfig
) -> Likeness:
    """How like the seeds the rows are: the best over the seeds for each part."""
    parts = {
        "text": np.clip(similarities(catalogue.embeddings, rows, catalogue.embeddings[seeds]), 0.0, 1.0),
        "keywords": _cosines(features.keywords, seeds, rows),
        "genres": _cosines(features.genre_rows, seeds, rows),
        "people": 0.5 * _cosines(features.directors, seeds, rows) + 0.5 * _cosines(features.cast, seeds, rows),
        "franchise": np.stack([_franchise(catalogue, features, int(seed), rows) for seed in seeds], axis=1),
        "renown": np.repeat(features.popularity[rows][:, None], len(seeds), axis=1),
        "era": np.stack([_era(catalogue, int(seed), rows) for seed in seeds], axis=1),
    }
    weights = {name: getattr(config, name) for name in parts}
    total = sum((weights[name] * values for name, values in parts.items()), np.zeros((len(rows), len(seeds))))
    best = total.argmax(axis=1)
    picked = np.arange(len(rows))
    return Likeness(total[picked, best], {name: values[picked, best] for name, values in parts.items()})


def _cosines(matrix: SparseMatrix, seeds: IntArray, rows: IntArray) -> FloatArray:
    """(rows, seeds) cosine of unit rows."""
    columns = [np.asarray((matrix @ matrix[[seed]].toarray()[0])[rows], dtype=np.float64) for seed in seeds]
    return np.stack(columns, axis=1)


def _franchise(catalogue: Catalogue, features: CatalogueFeatures, seed: int, rows: IntArray) -> FloatArray:
    """1 for the same collection; else by the titles: .8 for the same words but numbers, .4 if one begins like it."""
    result = np.zeros(len(rows))
    stem = features.title_stems[seed]
    if stem:
        for place in np.flatnonzero(features.title_heads[rows] == features.title_heads[seed]):
            result[place] = continuation(stem, features.title_stems[rows[place]])
    code = catalogue.collections[seed]
    if code >= 0:
        result[catalogue.collections[rows] == code] = 1.0
    return result


def _era(catalogue: Catalogue, seed: int, rows: IntArray) -> FloatArray:
    years = catalogue.years.astype(np.float64)
    if years[seed] <= 0:
        return np.zeros(len(rows))
    return np.asarray(np.where(years[rows] > 0, np.exp2(-np.abs(years[rows] - years[seed]) / 10.0), 0.0))
