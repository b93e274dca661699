"""One person's score for items: the blend, the cold start while there is little history, and what adjusts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.cold_start import popularity_scores, trust
from engine.profile import TasteProfile
from engine.request import RankRequest, Scorer, Scoring
from engine.scoring.adjustments import AdjustmentConfig, adjustments
from engine.scoring.blend import Scored, blend, mixed
from engine.scoring.context import ContextConfig, context_nudges
from engine.scoring.weights import Tier, weights_for
from engine.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class TasteConfig:
    """Which signals count how much. Only relative weights matter; a signal that is absent counts nothing.

    With `tiers` the weights are those learnt for about as many people as the request's knowledge rests on.
    """

    scorers: Mapping[str, Scorer]
    weights: Mapping[str, float] = field(default_factory=dict)
    tiers: tuple[Tier, ...] = ()
    adjustment: AdjustmentConfig = field(default_factory=AdjustmentConfig)
    context: ContextConfig = field(default_factory=ContextConfig)


@dataclass(frozen=True, slots=True)
class Taste:
    """A person's scores, what moved them, and how far the taste can be relied on."""

    scored: Scored
    moved: dict[str, FloatArray]  # already in the scores
    trust: float

    def at(self, places: IntArray) -> Taste:
        """The same for some places only."""
        return Taste(self.scored.at(places), {name: values[places] for name, values in self.moved.items()}, self.trust)


def taste_scores(request: RankRequest, profile: TasteProfile, rows: IntArray, config: TasteConfig) -> Taste:
    """Score `rows` for one person."""
    resources = request.resources
    scoring = Scoring(resources.catalogue, resources.features, profile)
    share = trust(profile)
    parts: dict[str, tuple[float, Scored]] = {}
    if share > 0:
        scorers = {**config.scorers, **resources.scorers}
        weights = weights_for(resources.people, config.tiers) if config.tiers else config.weights
        parts["taste"] = (share, blend(scoring, rows, scorers, weights, request.signals))
    if share < 1:
        parts["cold"] = (1.0 - share, popularity_scores(scoring, rows))
    scored = mixed(parts)
    moved = adjustments(request, profile.interactions, rows, config.adjustment)
    moved.update(context_nudges(scoring, request.context, rows, config.context))
    scores = scored.scores + sum(moved.values(), np.zeros(len(rows)))
    return Taste(scored._replace(scores=scores), moved, share)
