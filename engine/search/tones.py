"""How well items fit a tone: by genre, by keyword, by meaning, and by facts where the tone is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import Catalogue
from engine.search.lexicon.exemplars import Exemplar
from engine.search.lexicon.genres import GENRE_EQUIVALENTS
from engine.types import FloatArray, IntArray

PRIOR_VOTES = 500.0
PRIOR_AVERAGE = 6.5
_SHARES = {"genre": 0.35, "keyword": 0.3, "meaning": 0.35}
_CLASSIC_YEAR = 1985
_GENRE_TONES = frozenset({"funny", "romantic", "scary", "kid-friendly", "adventurous"})


def quality(catalogue: Catalogue) -> FloatArray:
    """(n,) Bayesian mean of the votes, 0-1; titles without votes have the prior's mean."""
    votes = catalogue.votes.astype(np.float64)
    averages = np.where(catalogue.vote_averages > 0, catalogue.vote_averages, PRIOR_AVERAGE)
    return np.asarray((votes * averages + PRIOR_VOTES * PRIOR_AVERAGE) / (votes + PRIOR_VOTES) / 10.0)


def fame(catalogue: Catalogue) -> FloatArray:
    """(n,) log of the votes, 0-1."""
    logs = np.log1p(catalogue.votes.astype(np.float64))
    return np.asarray(logs / max(float(logs.max(initial=0.0)), 1e-9))


def tone_presence(
    catalogue: Catalogue,
    name: str,
    exemplar: Exemplar,
    shown: FloatArray,
    near: NDArray[np.floating] | None,
) -> FloatArray:
    """(n,) 0-1, how much an item has of a tone that nobody wants. A genre alone convicts nobody: horror need not be
    gory; but what is nothing but a comedy is funny."""
    presence = shown.copy()
    if near is not None:
        presence = np.maximum(presence, np.clip(6.0 * _spread(near) - 5.0, 0.0, 1.0))
    if name in _GENRE_TONES:
        presence = np.maximum(presence, 0.7 * catalogue.genres.has_any(exemplar.genres))
    return np.asarray(presence)


def kinship(catalogue: Catalogue, seeds: IntArray) -> FloatArray:
    """(n,) 0-1, how many rare keywords and genres an item shares with the titles named."""
    shared = np.zeros(len(catalogue), dtype=np.float64)
    keywords = catalogue.keywords.values
    if keywords.shape[1]:
        counts = np.bincount(keywords.indices, minlength=keywords.shape[1])
        wanted = np.asarray(keywords[seeds].sum(axis=0)).ravel() / max(len(seeds), 1)
        rarity = np.log1p(len(catalogue) / (1.0 + counts))
        shared += keywords @ (wanted * rarity)
        own = np.sqrt(np.diff(keywords.indptr) + 4.0)
        shared /= own * max(float((shared / own).max(initial=0.0)), 1e-9)
    genres = np.zeros(len(catalogue), dtype=np.float64)
    for seed in seeds.tolist():
        wanted_genres = catalogue.genres.words[seed]
        common = np.bitwise_count(catalogue.genres.words & wanted_genres).sum(axis=1)
        either = np.bitwise_count(catalogue.genres.words | wanted_genres).sum(axis=1)
        genres += common / np.maximum(either, 1)
    return np.asarray(0.5 * shared + 0.5 * genres / max(len(seeds), 1))


def tone_fit(
    catalogue: Catalogue,
    name: str,
    exemplar: Exemplar,
    shown: FloatArray,
    near: NDArray[np.floating] | None,
) -> FloatArray:
    """(n,) 0-1. `shown` is the evidence of the exemplar's keywords, `near` the cosine to its text, if there is one."""
    genre = _genres(catalogue, exemplar)
    meaning = np.zeros(len(catalogue)) if near is None else _spread(near)
    parts = {"genre": genre, "keyword": shown, "meaning": meaning}
    total = sum(_SHARES.values()) - (_SHARES["meaning"] if near is None else 0.0)
    fit = sum((_SHARES[part] * values for part, values in parts.items()), np.zeros(len(catalogue))) / total
    against = catalogue.genres.has_any(exemplar.genres_against) if exemplar.genres_against else None
    if against is not None:
        fit = np.where(against, 0.4 * fit, fit)
    return np.asarray(np.clip(_by_facts(catalogue, name, fit), 0.0, 1.0))


def _genres(catalogue: Catalogue, exemplar: Exemplar) -> FloatArray:
    if not exemplar.genres:
        return np.full(len(catalogue), 0.5)
    wanted = [(genre, *GENRE_EQUIVALENTS.get(genre, ())) for genre in exemplar.genres]
    counts = np.sum([catalogue.genres.has_any(names) for names in wanted], axis=0)
    return np.asarray(np.minimum(1.0, 0.35 * counts + 0.45 * (counts > 0)))


def _spread(near: NDArray[np.floating]) -> FloatArray:
    """Cosines lie close together; what counts is where an item stands among the others (logistic of the z-score)."""
    spread = float(near.std())
    if spread <= 0.0:
        return np.full(len(near), 0.5)
    return np.asarray(1.0 / (1.0 + np.exp(-1.5 * (near - near.mean()) / spread)), dtype=np.float64)


def _by_facts(catalogue: Catalogue, name: str, fit: FloatArray) -> FloatArray:
    """Tones that facts decide: a classic is old and known, an underrated title good and little known."""
    match name:
        case "classic":
            old = np.clip((_CLASSIC_YEAR + 15 - catalogue.years) / 30.0, 0.0, 1.0) * (catalogue.years > 0)
            return np.asarray(0.2 * fit + 0.8 * old * (0.4 * fame(catalogue) + 0.6 * _spread(quality(catalogue))))
        case "underrated":
            known = fame(catalogue)
            little = np.clip((0.75 - known) / 0.3, 0.0, 1.0) * (known > 0.2)
            good = np.clip((catalogue.vote_averages - 6.0) / 1.5, 0.0, 1.0)
            return np.asarray(0.2 * fit + 0.8 * little * good)
        case "kid-friendly":
            young = (catalogue.minimum_ages >= 0) & (catalogue.minimum_ages <= 6)
            return np.asarray(np.where(catalogue.minimum_ages > 12, 0.0, np.where(young, 0.5 + 0.5 * fit, fit)))
        case "epic":
            return np.asarray(fit * np.where(catalogue.runtimes >= 130, 1.0, 0.7))
        case "slow":
            return np.asarray(fit * np.where((catalogue.runtimes > 0) & (catalogue.runtimes < 85), 0.7, 1.0))
    return fit
