"""The product's pipelines as methods of an evaluation: the same filters, scorers and re-ranking that serve people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from engine.catalogue import Catalogue
from engine.evaluation.methods import Method, Ranker, by_scores
from engine.evaluation.ratings import LIKED_FROM, History
from engine.features import CatalogueFeatures, compute_features
from engine.interactions import Interaction, InteractionInput, build_interactions
from engine.pipeline import RecommendationPipeline
from engine.profile import ProfileConfig, TasteProfile
from engine.profiling import build_profile
from engine.request import RankRequest, Resources, Scorer
from engine.reranking.second_opinion import blended_order, speakers
from engine.scoring.community import Community, CommunityConfig, Past, learn_community
from engine.scoring.knowledge import Knowledge, gather
from engine.types import FloatArray, IntArray

PUBLIC = CommunityConfig(minimum_people=1, dense_below=0)  # needs no protection, and is kept sparse in its file
ScorersFor = Callable[[Sequence[History]], Callable[[int], Mapping[str, Scorer]]]  # visible people -> one's place


@dataclass(slots=True)
class Workbench:
    """What evaluations share: the catalogue, and each history's profile, which never depends on other people."""

    catalogue: Catalogue
    features: CatalogueFeatures
    catalogue_knowledge: Knowledge  # without a community
    config: ProfileConfig = field(default_factory=ProfileConfig)
    _profiles: dict[int, tuple[History, TasteProfile]] = field(default_factory=dict)

    def profile(self, history: History) -> TasteProfile:
        """The taste profile as of the history's last day."""
        held = self._profiles.get(id(history))
        if held is None or held[0] is not history:
            held = (history, self._build(history))
            self._profiles[id(history)] = held
        return held[1]

    def request(
        self, history: History, knowledge: Knowledge, n: int = 10, more: Mapping[str, Scorer] | None = None
    ) -> RankRequest:
        """What this person would ask on the last day of the history; `more` are scorers beside the learnt ones."""
        scorers = {**knowledge.scorers(history.today), **(more or {})}
        resources = Resources(self.catalogue, self.features, scorers, knowledge.people)
        return RankRequest(resources, (self.profile(history),), n=n)

    def knowledge(self, visible: Sequence[History], strangers: Sequence[History]) -> Knowledge:
        """What can be learnt: from strangers whose data is public, else from the visible people themselves."""
        community = learn(strangers, len(self.catalogue), PUBLIC) if strangers else learn(visible, len(self.catalogue))
        return replace(self.catalogue_knowledge, community=community, _today=None)

    def _build(self, history: History) -> TasteProfile:
        entries = [
            Interaction(id=int(self.catalogue.ids[row]), age_days=history.today - float(day), rating=2.0 * float(stars))
            for row, stars, day in zip(history.items, history.stars, history.days, strict=True)
        ]
        interactions = build_interactions(self.catalogue, InteractionInput(history=entries))
        return build_profile(self.catalogue, self.features, interactions, self.config)


def workbench(catalogue: Catalogue, config: ProfileConfig | None = None) -> Workbench:
    """A workbench for one catalogue, every item of which must be in a library to be recommended."""
    features = compute_features(catalogue)
    alone = gather(catalogue, learn((), len(catalogue)))
    return Workbench(catalogue, features, alone, config or ProfileConfig())


def pipeline_method(
    bench: Workbench, pipeline: RecommendationPipeline, *, served: bool = True, scorers: ScorersFor | None = None
) -> Method:
    """A pipeline as a method: the list that people are shown or, not `served`, the order of the bare scores.

    `scorers` makes what a pipeline needs beside the learnt signals.
    """

    def method(visible: Sequence[History], strangers: Sequence[History]) -> Ranker:
        knowledge = bench.knowledge(visible, strangers)
        more = scorers(visible) if scorers else _nothing

        def rank(place: int, n: int) -> IntArray:
            result = pipeline(bench.request(visible[place], knowledge, n, more(place)))
            return np.array([item.row for item in result.items], dtype=np.int64)

        def scores(place: int) -> FloatArray:
            return pipeline.scores(bench.request(visible[place], knowledge, more=more(place)))

        return rank if served else by_scores(visible, scores)

    return method


def reranked_method(bench: Workbench, pipeline: RecommendationPipeline, *, window: int, rank_weight: float) -> Method:
    """A pipeline whose best picks are put in order once more by closeness to the liked titles that speak for them."""
    vectors = bench.catalogue.embeddings

    def method(visible: Sequence[History], strangers: Sequence[History]) -> Ranker:
        knowledge = bench.knowledge(visible, strangers)

        def rank(place: int, n: int) -> IntArray:
            items = pipeline(bench.request(visible[place], knowledge, max(n, window))).items
            rows = np.array([item.row for item in items], dtype=np.int64)
            head = rows[:window]
            liked = bench.catalogue.dense(tuple(speakers([item.reasons for item in items[:window]])))
            if not len(liked):
                return rows[:n]
            order = blended_order(vectors[head] @ vectors[liked].mean(axis=0), rank_weight)
            return np.concatenate([head[order], rows[window:]])[:n]

        return rank

    return method


def _nothing(_place: int) -> Mapping[str, Scorer]:
    return {}


def learn(histories: Sequence[History], n_items: int, config: CommunityConfig | None = None) -> Community:
    """The community of these people."""
    pasts = [Past(history.items, history.stars >= LIKED_FROM, history.days) for history in histories]
    return learn_community(pasts, n_items, config)
