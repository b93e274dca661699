"""The pipelines by name: `blend`, the default, and the document systems built from the same parts."""

from __future__ import annotations

from collections.abc import Mapping

from engine.pipeline import PipelineConfig, RecommendationPipeline
from engine.request import Scorer
from engine.reranking.diversity import DiversityConfig
from engine.scoring.affinity import GenreScorer, KeywordScorer, PeopleScorer
from engine.scoring.content import AntiScorer, CentroidScorer, ContentScorer
from engine.scoring.context import ContextConfig
from engine.scoring.crowd import (
    ConfidenceScorer,
    FreshnessScorer,
    NoveltyScorer,
    PopularityScorer,
    QualityScorer,
    TrendingScorer,
)
from engine.scoring.era import EraScorer
from engine.scoring.features import RecordScorer
from engine.scoring.learned import LEARNT
from engine.scoring.lists import ListScorer
from engine.scoring.nearest import NearestScorer
from engine.scoring.vectors import MeanScorer, ShortTermScorer
from engine.taste import TasteConfig

DEFAULT_PIPELINE = "blend"


def scorers() -> dict[str, Scorer]:
    """Every scorer that needs nothing but the catalogue and the profile, by its signal's name."""
    return {
        "content": ContentScorer(),
        "nearest": NearestScorer(),
        "centroid": CentroidScorer(),
        "anti": AntiScorer(),
        "genre": GenreScorer(),
        "people": PeopleScorer(),
        "keywords": KeywordScorer(),
        "quality": QualityScorer(),
        "confidence": ConfidenceScorer(),
        "popularity": PopularityScorer(),
        "trending": TrendingScorer(),
        "novelty": NoveltyScorer(),
        "freshness": FreshnessScorer(),
        "era": EraScorer(),
        "mean_content": MeanScorer(),
        "short_term": ShortTermScorer(),
        "lists": ListScorer(),
        "features": RecordScorer(),
    }


def build_pipeline(name: str = DEFAULT_PIPELINE, weights: Mapping[str, float] | None = None) -> RecommendationPipeline:
    """The pipeline of that name; `weights` replace the learnt weights of `blend`. Raises: KeyError."""
    return RecommendationPipeline(_configs(weights)[name])


def pipeline_names() -> tuple[str, ...]:
    """All names, the default first."""
    return tuple(_configs(None))


def _configs(weights: Mapping[str, float] | None) -> dict[str, PipelineConfig]:
    known = scorers()
    blend = TasteConfig(known, tiers=LEARNT) if weights is None else TasteConfig(known, weights)
    still = ContextConfig(temporal_on=False, weather_on=False, events_on=False)

    def document(
        name: str, weights: Mapping[str, float], diversity: DiversityConfig | None = None, needs: tuple[str, ...] = ()
    ) -> PipelineConfig:
        """A document system: its own signals and weights, the filters and explanations of the house."""
        return PipelineConfig(name, TasteConfig(known, weights, context=still), diversity=diversity, needs=needs)

    return {
        "blend": PipelineConfig("blend", blend),
        "jellyfin-hybrid": document(
            "jellyfin-hybrid", {"mean_content": 0.40, "lists": 0.30, "quality": 0.20, "confidence": 0.10}
        ),
        "plex-content": document("plex-content", {"features": 1.0}),
        "seenemall-mixer": document(
            "seenemall-mixer",
            {"short_term": 0.50, "nearest_people": 0.30, "trending": 0.20, "novelty": 0.10},
            diversity=DiversityConfig(relevance=0.7, calibration=0.0),
        ),
        "taste-profile": document(
            "taste-profile", {"centroid": 0.60, "genre": 0.25, "popularity": 0.05, "anti": -0.10}
        ),
        "sequential": document("sequential", {"sequential": 1.0}, needs=("sequential",)),
    }
