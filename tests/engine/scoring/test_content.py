"""Content and affinity: several interests beat one mean, dislikes cost, strangers are neutral."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from engine.catalogue import CatalogueItem
from engine.interactions import Interaction, InteractionInput
from engine.request import Scorer, Scoring
from engine.scoring.affinity import GenreScorer, KeywordScorer, PeopleScorer
from engine.scoring.content import AntiScorer, CentroidScorer, ContentScorer
from engine.scoring.vectors import MeanScorer, NearestPeopleScorer, ShortTermScorer, person_vector
from engine.types import Domain, FloatArray
from tests.engine.worlds import World, world_of

EVERY = np.arange(8, dtype=np.int64)


def world() -> World:
    """Vectors on the axes: 0-2 and 6 on the first, 3-5 on the second, 7 between them."""
    vectors = np.zeros((8, 4), dtype=np.float32)
    vectors[[0, 1, 2, 6], 0] = 1.0
    vectors[3:6, 1] = 1.0
    vectors[7, :2] = np.sqrt(0.5)
    items = [
        CatalogueItem(
            id=n,
            genres=("War",) if vectors[n, 0] == 1 else ("Music", "Drama"),
            directors=("Ann",) if vectors[n, 0] == 1 else ("Bob",),
            keywords=("tank",) if vectors[n, 0] == 1 else ("song",),
            votes=100,
        )
        for n in range(8)
    ]
    return world_of(items, vectors)


def scoring(given: InteractionInput) -> Scoring:
    here = world()
    return Scoring(here.catalogue, here.resources.features, here.profile(given))


def watched(*ids: int) -> list[Interaction]:
    return [Interaction(item, age_days=50.0 - place, completion=1.0) for place, item in enumerate(ids)]


def test_content_is_the_best_cluster_less_a_share_of_the_anti_profile() -> None:
    here = scoring(InteractionInput(watched(0, 1, 2), disliked=[3]))
    values = ContentScorer(anti_weight=0.3)(here, EVERY)
    assert values[6] == pytest.approx(1.0)
    assert values[4] == 0.0
    assert values[7] == pytest.approx(np.sqrt(0.5) - 0.3 * np.sqrt(0.5))


def test_two_interests_are_both_served() -> None:
    both = scoring(InteractionInput(watched(0, 3, 1, 4, 2, 5)))
    multi, mean = ContentScorer(mass_power=0.0)(both, EVERY), CentroidScorer()(both, EVERY)
    assert multi[6] == pytest.approx(1.0, abs=1e-6)
    assert mean[6] < 0.8
    assert mean.argmax() == 7  # the mean prefers what lies between, which is neither
    assert multi.argmax() != 7


def test_a_small_interest_counts_a_little_less() -> None:
    here = scoring(InteractionInput(watched(0, 3, 1, 4, 2, 5)))
    films = here.profile.domains[Domain.FILMS]
    uneven = replace(films, masses=np.array([0.8, 0.2]))
    domains = {**here.profile.domains, Domain.FILMS: uneven}
    values = ContentScorer(mass_power=0.5)(replace(here, profile=replace(here.profile, domains=domains)), EVERY)
    assert sorted({round(float(value), 6) for value in values[:7]}) == [0.5, 1.0]


def test_the_anti_profile_alone() -> None:
    assert AntiScorer()(scoring(InteractionInput(watched(0), disliked=[3])), EVERY)[4] == pytest.approx(1.0)
    assert not AntiScorer()(scoring(InteractionInput(watched(0))), EVERY).any()


@pytest.mark.parametrize("scorer", [GenreScorer(), PeopleScorer(), KeywordScorer()])
def test_affinities_like_more_of_the_same_and_dislike_the_disliked(scorer: Scorer) -> None:
    values = scorer(scoring(InteractionInput(watched(0, 1, 2), disliked=[3, 4])), EVERY)
    assert values[6] > 0.2
    assert values[5] < 0
    assert (np.abs(values) <= 1.0).all()


@pytest.mark.parametrize(
    "scorer",
    [ContentScorer(), CentroidScorer(), AntiScorer(), GenreScorer(), PeopleScorer(), KeywordScorer(), MeanScorer(),
     ShortTermScorer()],
)  # fmt: skip
def test_an_unknown_person_is_neutral_and_a_row_scores_alike_alone(scorer: Scorer) -> None:
    assert not scorer(scoring(InteractionInput()), EVERY).any()
    here = scoring(InteractionInput(watched(0, 3, 1), disliked=[4]))
    alone = np.concatenate([scorer(here, EVERY[[row]]) for row in EVERY])
    assert alone == pytest.approx(scorer(here, EVERY))


def test_the_mean_counts_all_watched_alike() -> None:
    values = MeanScorer()(scoring(InteractionInput(watched(0, 1, 3))), EVERY)
    assert values[6] == pytest.approx(2 / np.sqrt(5))
    assert values[4] == pytest.approx(1 / np.sqrt(5))


def test_short_term_taste_halves_every_few_items_and_skips_the_disliked() -> None:
    here = scoring(InteractionInput(watched(0, 3), disliked=[]))
    values = ShortTermScorer(half_life_items=1.0)(here, EVERY)
    assert values[4] / values[6] == pytest.approx(2.0)
    only = scoring(InteractionInput(watched(0, 3), disliked=[3]))
    assert ShortTermScorer()(only, EVERY)[4] == 0.0
    assert person_vector(only.catalogue, scoring(InteractionInput(quiz=[4])).profile, 10.0)[1] == pytest.approx(1.0)


def nearest_people(minimum: int) -> FloatArray:
    vectors = np.zeros((4, 4), dtype=np.float32)
    vectors[:3, 0] = 1.0
    vectors[3, 1] = 1.0
    known = np.zeros((4, 8), dtype=np.float32)
    known[0:3, 6] = known[0:2, 7] = known[3, 5] = 1.0
    scorer = NearestPeopleScorer(vectors, csr_array(known), people=3, minimum_people=minimum)
    return scorer(scoring(InteractionInput(watched(0, 1))), EVERY)


def test_the_nearest_people_speak_by_what_they_watched() -> None:
    assert nearest_people(1).tolist() == pytest.approx([0, 0, 0, 0, 0, 0, 1.0, 2 / 3])


def test_a_title_that_few_know_is_not_given_away() -> None:
    assert nearest_people(3).tolist() == pytest.approx([0, 0, 0, 0, 0, 0, 1.0, 0])
