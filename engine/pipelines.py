"""The pipelines by name: `blend`, the default, and the document systems built from the same parts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.pipeline import PipelineConfig, RecommendationPipeline
from engine.request import Scorer
from engine.scoring.affinity import GenreScorer, KeywordScorer, PeopleScorer
from engine.scoring.content import AntiScorer, CentroidScorer, ContentScorer
from engine.scoring.crowd import (
    ConfidenceScorer,
    FreshnessScorer,
    NoveltyScorer,
    PopularityScorer,
    QualityScorer,
    TrendingScorer,
)
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
    }


def build_pipeline(name: str = DEFAULT_PIPELINE, weights: Mapping[str, float] | None = None) -> RecommendationPipeline:
    """The pipeline of that name; `weights` replace the signal weights of `blend`. Raises: KeyError."""
    return RecommendationPipeline(_configs(weights or BLEND_WEIGHTS)[name])


def pipeline_names() -> tuple[str, ...]:
    """All names, the default first."""
    return tuple(_configs(BLEND_WEIGHTS))


def _configs(blend: Mapping[str, float]) -> dict[str, PipelineConfig]:
    known = scorers()
    taste_profile = {"centroid": 0.60, "genre": 0.25, "popularity": 0.05, "anti": -0.10}
    return {
        "blend": PipelineConfig("blend", TasteConfig(known, blend)),
        "taste-profile": PipelineConfig("taste-profile", TasteConfig(known, taste_profile), diversity=None),
    }
