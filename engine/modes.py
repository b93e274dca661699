"""What each mode scores: the taste alone, or the taste together with what was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.group import aggregate, fits
from engine.profile import TasteProfile
from engine.request import RankRequest, Scoring
from engine.scoring.blend import Scored
from engine.scoring.content import ContentScorer
from engine.scoring.crowd import FreshnessScorer
from engine.scoring.likeness import LikenessConfig, likeness
from engine.taste import Taste, TasteConfig, taste_scores
from engine.types import FloatArray, IntArray, Mode

NAMED = "named"  # a signal of the request: how strongly what the person liked is named with each item


@dataclass(frozen=True, slots=True)
class ModeConfig:
    """How much of the score is what was asked for; the rest is taste."""

    query: float = 0.65
    similar: float = 0.85
    because: float = 0.55
    fresh: float = 0.15  # grab
    named: float = 0.2  # grab: titles that a metadata service names with what the person liked
    likeness: LikenessConfig = field(default_factory=LikenessConfig)
    rewatch_full_days: float = 730.0  # rediscover: long enough ago


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scores of a mode; for a group `fits` is (members, rows) and `members` each one's own, else both are empty."""

    scored: Scored
    moved: dict[str, FloatArray]
    trust: float
    fits: FloatArray
    members: tuple[Taste, ...] = ()


def mode_scores(request: RankRequest, rows: IntArray, taste: TasteConfig, config: ModeConfig) -> Outcome:
    """Score `rows` as the request's mode asks."""
    if request.mode is Mode.GROUP:
        return _group(request, rows, taste, config)
    profile = request.profiles[0]
    personal = taste_scores(request, profile, rows, taste)
    if request.mode is Mode.REDISCOVER:
        return _rediscover(request, profile, personal, config)
    if request.mode in {Mode.SIMILAR, Mode.BECAUSE}:
        return _alike(request, personal, config)
    if request.mode is Mode.GRAB:
        return _grab(request, personal, config)
    return _asked(request, personal, config)


def _outcome(personal: Taste, scored: Scored) -> Outcome:
    return Outcome(scored, personal.moved, personal.trust, np.zeros((0, len(scored.rows))))


def _with(personal: Scored, name: str, values: FloatArray, share: float, parts: dict[str, FloatArray]) -> Scored:
    """`share` of the score is `values`; `parts` are shown as signals of their own without weight."""
    weights = {key: (1.0 - share) * weight for key, weight in personal.weights.items()}
    signals = {**personal.signals, **parts, name: values}
    return Scored(personal.rows, share * values + (1.0 - share) * personal.scores, signals, {**weights, name: share})


def _asked(request: RankRequest, personal: Taste, config: ModeConfig) -> Outcome:
    """A search in words on top of taste; without one, taste alone."""
    if request.query is None:
        return _outcome(personal, personal.scored)
    relevance = np.nan_to_num(request.query.relevance[personal.scored.rows].astype(np.float64))
    return _outcome(personal, _with(personal.scored, "query", relevance, config.query, {}))


def _alike(request: RankRequest, personal: Taste, config: ModeConfig) -> Outcome:
    resources = request.resources
    seeds = resources.catalogue.rows(request.seed_items)
    like = likeness(resources.catalogue, resources.features, seeds, personal.scored.rows, config.likeness)
    share = config.similar if request.mode is Mode.SIMILAR else config.because
    parts = {f"likeness_{name}": values for name, values in like.parts.items()}
    return _outcome(personal, _with(personal.scored, "likeness", like.total, share, parts))


def _grab(request: RankRequest, personal: Taste, config: ModeConfig) -> Outcome:
    """Taste, what is named with it, and freshness; what is not out yet counts little (votes tell that it is)."""
    resources = request.resources
    rows = personal.scored.rows
    taste = personal.scored
    if NAMED in request.signals:
        named = np.nan_to_num(request.signals[NAMED][rows].astype(np.float64))
        taste = _with(taste, NAMED, named, config.named, {})
    out = np.where(resources.catalogue.votes[rows] > 0, 1.0, 0.5)
    fresh = 0.5 * FreshnessScorer()(_scoring(request), rows) + 0.5 * resources.features.trending[rows]
    scored = _with(taste, "freshness", fresh, config.fresh, {"availability": out})
    return _outcome(personal, scored._replace(scores=scored.scores * out))


def _rediscover(request: RankRequest, profile: TasteProfile, personal: Taste, config: ModeConfig) -> Outcome:
    """Completion x time since x mood match (recommendarr 4.3)."""
    history, rows = profile.interactions, personal.scored.rows
    count = len(request.resources.catalogue)
    finished, days = np.zeros(count), np.zeros(count)
    finished[history.items] = np.where(np.isnan(history.completion), profile.preferences, history.completion)
    days[history.items] = history.age_days
    since = np.sqrt(np.clip(days / config.rewatch_full_days, 0.0, 1.0))[rows]
    mood = np.clip(ContentScorer()(_scoring(request), rows), 0.05, 1.0)
    if request.query is not None:
        mood = np.clip(request.query.relevance[rows].astype(np.float64), 0.05, 1.0)
    scores = finished[rows] * since * mood
    signals = {"completion": finished[rows], "time_since": since, "mood": mood, "days": days[rows]}
    return _outcome(personal, Scored(rows, scores, signals, {"completion": 0.3, "time_since": 0.4, "mood": 0.3}))


def _group(request: RankRequest, rows: IntArray, taste: TasteConfig, config: ModeConfig) -> Outcome:
    """Every member's scores as percentiles, then aggregated; adjustments are each member's own."""
    everyone = [taste_scores(request, profile, rows, taste) for profile in request.profiles]
    # Rounded, so that equal items get equal percentiles wherever they stand.
    rounded = np.round(np.stack([one.scored.scores for one in everyone]), 6)
    shares = fits(np.asarray(rounded, dtype=np.float64))
    together = aggregate(shares, request.aggregation)
    names = sorted({name for one in everyone for name in one.scored.signals})
    nothing = np.zeros(len(rows))
    signals = {
        name: np.asarray(np.mean([one.scored.signals.get(name, nothing) for one in everyone], axis=0)) for name in names
    }
    weights = {name: float(np.mean([one.scored.weights.get(name, 0.0) for one in everyone])) for name in names}
    scored = Scored(rows, together, signals, weights)
    if request.query is not None:
        relevance = np.nan_to_num(request.query.relevance[rows].astype(np.float64))
        scored = _with(scored, "query", relevance, config.query, {})
    return Outcome(scored, {}, min(one.trust for one in everyone), shares, tuple(everyone))


def _scoring(request: RankRequest) -> Scoring:
    return Scoring(request.resources.catalogue, request.resources.features, request.profiles[0])
