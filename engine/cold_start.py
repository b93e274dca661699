"""Cold start: what to say to somebody with (nearly) no history."""

from __future__ import annotations

import numpy as np

from engine.profile import TasteProfile
from engine.request import Scoring
from engine.scoring.affinity import GenreScorer
from engine.scoring.blend import Scored
from engine.types import FloatArray, IntArray

_QUIZ_COUNTS = 2.0  # a quiz pick says as much as two watches


def trust(profile: TasteProfile) -> float:
    """0-1: how far the taste can be relied on; 1 from ten watches or five quiz picks on, 0 for an unknown person."""
    told = len(profile.interactions.quiz) + len(profile.interactions.liked)
    known = profile.watch_count + _QUIZ_COUNTS * told
    return min(1.0, known / max(1, profile.config.cold_below)) if len(profile.liked) else 0.0


def popularity_scores(scoring: Scoring, rows: IntArray) -> Scored:
    """What most people know and like, bent towards genres that were weighed in the quiz."""
    popularity, quality = scoring.features.popularity[rows], scoring.features.quality[rows]
    signals: dict[str, FloatArray] = {"popularity": popularity, "quality": quality}
    weights = {"popularity": 0.5, "quality": 0.5}
    if scoring.profile.interactions.quiz_genres:
        signals["genre"] = GenreScorer()(scoring, rows)
        weights = {"popularity": 0.35, "quality": 0.35, "genre": 0.3}
    scores = sum((weights[name] * signals[name] for name in signals), np.zeros(len(rows)))
    return Scored(rows, scores, signals, weights)
