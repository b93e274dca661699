"""The pipelines by name: `blend`, the default, and the document systems built from the same parts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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
from engine.scoring.features import RecordScorer
from engine.scoring.lists import ListScorer
from engine.scoring.vectors import MeanScorer, ShortTermScorer
from engine.taste import TasteConfig

DEFAULT_PIPELINE = "blend"
BLEND_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "content": 0.40,
        "genre": 0.10,
        "people": 0.08,
        "keywords": 0.10,
        "quality": 0.12,
        "popularity": 0.15,
        "confidence": 0.05,
        "ease": 0.50,
        "neighbours": 0.15,
        "graph": 0.10,
    }
)


def scorers() -> dict[str, Scorer]:
    """Every scorer that needs nothing but the catalogue and the profile, by its signal's name."""
    return {
        "content": ContentScorer(),
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
        "mean_content": MeanScorer(),
        "short_term": ShortTermScorer(),
        "lists": ListScorer(),
        "features": RecordScorer(),
    }


def build_pipeline(name: str = DEFAULT_PIPELINE, weights: Mapping[str, float] | None = None) -> RecommendationPipeline:
    """The pipeline of that name; `weights` replace the signal weights of `blend`. Raises: KeyError."""
    return RecommendationPipeline(_configs(weights or BLEND_WEIGHTS)[name])


def pipeline_names() -> tuple[str, ...]:
    """All names, the default first."""
    return tuple(_configs(BLEND_WEIGHTS))


def _configs(blend: Mapping[str, float]) -> dict[str, PipelineConfig]:
    known = scorers()
    still = ContextConfig(temporal_on=False, weather_on=False, events_on=False)

    def document(
        name: str, weights: Mapping[str, float], diversity: DiversityConfig | None = None, needs: tuple[str, ...] = ()
    ) -> PipelineConfig:
        """A document system: its own signals and weights, the filters and explanations of the house."""
        return PipelineConfig(name, TasteConfig(known, weights, context=still), diversity=diversity, needs=needs)

    return {
        "blend": PipelineConfig("blend", TasteConfig(known, blend)),
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
