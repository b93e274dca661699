"""How much each title of a history says about what comes next: how it was liked, and how long ago."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.profile import TasteProfile
from engine.types import FloatArray

_AVERAGE_RATING = 7.0  # of 10: counts as 1
_WORST, _BEST = 1.0 / _AVERAGE_RATING, 10.0 / _AVERAGE_RATING


@dataclass(frozen=True, slots=True)
class Recency:
    """`floor` + exp(-newer titles / `items`): what came last counts most, the rest never less than `floor`."""

    items: float = 5.0
    floor: float = 0.3

    def weights(self, count: int) -> FloatArray:
        """(count,) for a history in time order, oldest first."""
        return np.asarray(self.floor + np.exp(-np.arange(count - 1, -1, -1) / self.items))


def liking(profile: TasteProfile) -> FloatArray:
    """(n_history,) how much each title was liked, 1 for an average one: the own rating over 7, else the preference."""
    ratings = profile.interactions.rating
    guessed = _WORST + (_BEST - _WORST) * profile.preferences
    return np.where(np.isnan(ratings), guessed, ratings / _AVERAGE_RATING)
