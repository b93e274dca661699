"""Nearest: how close an item comes to any one title that somebody liked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.candidates.themes import LIKED, nearest_liked
from engine.request import Scoring
from engine.similarity import EXACT_ROWS
from engine.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class NearestScorer:
    """The largest cosine, by themes, to a liked title; 0..1.

    One title in common says more than lying near the middle of a mood: an item is watched for what it is like, not for
    what everything liked is like on average.
    """

    def __call__(self, scoring: Scoring, rows: IntArray) -> FloatArray:
        """(len(rows),) 0..1, 0 without likings."""
        profile, themes = scoring.profile, scoring.features.themes
        if len(rows) > EXACT_ROWS and len(scoring.catalogue) <= scoring.features.approximate_from:
            return nearest_liked(themes, profile.liked)[rows].astype(np.float64)
        liked = themes[profile.liked[:LIKED]]
        if not len(liked):
            return np.zeros(len(rows))
        exact = np.float64 if len(rows) <= EXACT_ROWS else np.float32
        close = (themes[rows].astype(exact) @ liked.T.astype(exact)).max(axis=1)
        return np.asarray(np.clip(close, 0.0, 1.0), dtype=np.float64)
