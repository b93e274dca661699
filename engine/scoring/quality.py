"""Signals from the votes of the crowd: the Bayesian mean, and how far the number of votes can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.types import FloatArray

# log-interpolated points (votes, confidence), jellyfin-pipeline 3.4
_VOTES = np.array([1.0, 100.0, 500.0, 2_000.0, 10_000.0, 50_000.0])
_CONFIDENCE = np.array([0.0, 0.50, 0.67, 0.80, 0.90, 0.97])
_MAXIMUM = 0.98
_EXTREME_HIGH = 9.0
_EXTREME_LOW = 4.0
_EXTREME_PENALTY = 0.30
_EXTREME_FADES_AT = 2_000.0  # votes from which an extreme rating is believed
_CULT_RATING = (8.5, 9.0)
_CULT_VOTES = (500.0, 3_000.0)
_CULT_BONUS = 1.05


@dataclass(frozen=True, slots=True)
class QualityConfig:
    """The prior of the Bayesian mean: as many votes as make an item "established"."""

    prior_votes: float = 500.0
    default_mean: float = 6.818  # without any rated item


def bayesian_mean(averages: FloatArray, votes: FloatArray, prior_mean: float, prior_votes: float) -> FloatArray:
    """(n,) 0-10: the averages pulled towards `prior_mean` as by `prior_votes` more votes; no votes: the prior."""
    return np.asarray((averages * votes + prior_mean * prior_votes) / (votes + prior_votes))


def vote_confidence(votes: FloatArray, averages: FloatArray) -> FloatArray:
    """(n,) 0-.98: how much is known about the items.

    Logarithmic in the votes; extreme averages (above 9 or below 4) with few votes lose up to 30 %, fading out until
    2,000 votes; 8.5 to 9 with 500 to 3,000 votes gains 5 % (a cult title).
    """
    known = np.interp(np.log(np.maximum(votes, 1.0)), np.log(_VOTES), _CONFIDENCE)
    extreme = (averages > _EXTREME_HIGH) | ((averages < _EXTREME_LOW) & (votes > 0))
    fading = np.clip(1.0 - votes / _EXTREME_FADES_AT, 0.0, 1.0)
    known = np.where(extreme, known * (1.0 - _EXTREME_PENALTY * fading), known)
    cult = (averages >= _CULT_RATING[0]) & (averages <= _CULT_RATING[1])
    cult &= (votes >= _CULT_VOTES[0]) & (votes <= _CULT_VOTES[1])
    return np.asarray(np.minimum(np.where(cult, known * _CULT_BONUS, known), _MAXIMUM))
