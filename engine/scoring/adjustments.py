"""What moves a score after the blend: hides, skips, influences turned by hand, rules of the house."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.interactions import Interactions
from engine.request import RankRequest
from engine.similarity import closest
from engine.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class AdjustmentConfig:
    """Sizes of the adjustments, on a score between 0 and 1."""

    hide_days: float = 122.0  # a hide lasts four months
    hide_threshold: float = 0.6
    hide_weight: float = 0.3
    tired_after: int = 3  # times shown and never touched
    tired_penalty: float = 0.25
    shown_penalty: float = 0.03  # for each time before that
    title_influence: float = 1.0  # “recommend it anyway” outweighs everything else


def hide_penalty(similarity: FloatArray, config: AdjustmentConfig) -> FloatArray:
    """What lying `similarity` close to a hidden title costs: (s - .5) x 2 x .3 above .6, else nothing."""
    costs = (similarity - 0.5) * 2.0 * config.hide_weight
    return np.asarray(np.where(similarity > config.hide_threshold, np.minimum(costs, config.hide_weight), 0.0))


def fatigue(counts: FloatArray, config: AdjustmentConfig) -> FloatArray:
    """What having been shown that often without a touch costs."""
    some = config.shown_penalty * np.minimum(counts, config.tired_after - 1)
    return np.asarray(np.where(counts >= config.tired_after, config.tired_penalty, some))


def adjustments(
    request: RankRequest, interactions: Interactions, rows: IntArray, config: AdjustmentConfig
) -> dict[str, FloatArray]:
    """(len(rows),) what to add to the scores, by name; only those that apply."""
    catalogue = request.resources.catalogue
    result: dict[str, FloatArray] = {}
    hidden = interactions.hidden[interactions.hidden_age_days < config.hide_days]
    if len(hidden):
        close = closest(catalogue.embeddings, rows, catalogue.embeddings[hidden], request.resources.features.compact)
        result["hidden_similar"] = -hide_penalty(close, config)
    if len(interactions.skipped):
        counts = np.zeros(len(catalogue))
        counts[interactions.skipped] = interactions.skip_counts
        result["shown"] = -fatigue(counts[rows], config)
    moved = np.zeros(len(catalogue))
    for entry in interactions.influences:
        if entry.item_id is not None and entry.effect in {"boost", "suppress"}:
            sign = 1.0 if entry.effect == "boost" else -1.0
            moved[catalogue.rows((entry.item_id,))] += sign * config.title_influence
    if moved.any():
        result["influence"] = moved[rows]
    if request.rules.boosts:
        result["rules"] = request.rules.boost(catalogue, rows)
    return result
