"""Feature blocks, TF-IDF, lists and likeness: worked numbers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from engine.catalogue import CatalogueItem
from engine.interactions import Interaction, InteractionInput
from engine.request import Scoring
from engine.scoring.features import BlockConfig, FeaturesScorer, feature_blocks
from engine.scoring.likeness import LikenessConfig, likeness
from engine.scoring.lists import ListScorer, stand_in_lists
from engine.scoring.tfidf import tfidf
from engine.stems import continuation, title_stem
from tests.engine.worlds import World, world_of


def world() -> World:
    items = [
        CatalogueItem(id=0, name="Alien (1979)", year=1979, genres=("Horror",), directors=("Ann",), collection="Alien"),
        CatalogueItem(
            id=1, name="Aliens (1986)", year=1986, genres=("Horror",), directors=("Bob",), collection="Alien"
        ),
        CatalogueItem(id=2, name="Alien Zone (1978)", year=1978, genres=("Horror",)),
        CatalogueItem(id=3, name="Heat (1995)", year=1995, genres=("Crime",), directors=("Ann",)),
        CatalogueItem(id=4, name="Nothing known"),
    ]
    vectors = np.eye(5, 8, dtype=np.float32)
    vectors[2] = vectors[1] = vectors[0]
    return world_of(items, vectors)


def test_two_titles_share_what_their_blocks_share() -> None:
    here = world()
    config = BlockConfig(text=0.0)
    blocks = feature_blocks(here.catalogue, config=config)
    cosines = (blocks @ blocks.T).toarray()
    own = 1.4**2 + 1.0 + 0.8**2 + 0.5**2
    assert cosines[0, 1] == pytest.approx((1.4**2 + 1.0) / own, abs=1e-5)
    assert cosines[0, 3] == pytest.approx(0.8**2 / np.sqrt(own * (1.0 + 0.8**2 + 0.5**2)), abs=1e-5)
    assert cosines[0, 2] == pytest.approx((1.0 + 0.5**2) / np.sqrt(own * (1.0 + 0.5**2)), abs=1e-5)  # same bucket
    assert cosines[0, 0] == pytest.approx(1.0, abs=1e-5)
    assert cosines[4].max() == 0.0


def test_the_person_is_the_recency_weighted_mean_with_a_half_life_of_ninety_days() -> None:
    here = world()
    eye = csr_array(np.eye(5, dtype=np.float32))
    history = [Interaction(0, age_days=100.0, completion=1.0), Interaction(3, age_days=10.0, completion=1.0)]
    scoring = Scoring(here.catalogue, here.resources.features, here.profile(InteractionInput(history)))
    values = FeaturesScorer(eye)(scoring, np.arange(5))
    assert values == pytest.approx([0.5 / np.sqrt(1.25), 0, 0, 1.0 / np.sqrt(1.25), 0])


def test_tfidf_weighs_words_and_pairs_that_recur() -> None:
    matrix = tfidf(["space ship", "space ship ship", "a lonely wizard"]).toarray()
    weight = np.log(4 / 3) + 1
    # "space", "ship" and "space ship" recur; "ship ship" and the third text's words do not.
    assert sorted(matrix[0].tolist()) == pytest.approx([weight] * 3)
    assert matrix[1].max() == pytest.approx((1 + np.log(2)) * weight)
    assert not matrix[2].any()
    assert tfidf([]).shape == (0, 1)
    assert tfidf(["one", "two"]).shape == (2, 1)


def test_lists_count_the_watched_titles_that_lead_somewhere() -> None:
    here = world()
    lists = csr_array(np.array([[0, 1, 1, 0, 0], [0, 0, 1, 0, 0]] + [[0] * 5] * 3, dtype=np.float32))
    history = [Interaction(0, age_days=2.0, completion=1.0), Interaction(1, completion=0.05, abandoned=True)]
    scoring = Scoring(here.catalogue, here.resources.features, here.profile(InteractionInput(history)))
    assert ListScorer(lists)(scoring, np.arange(5)) == pytest.approx([0, 0.5, 1.0, 0, 0])
    assert ListScorer(lists, by_liking=True)(scoring, np.arange(5)) == pytest.approx([0, 1.0, 1.0, 0, 0])


def test_without_lists_the_nearest_stand_in() -> None:
    here = world()
    lists = stand_in_lists(here.catalogue, length=2).toarray()
    assert lists[0].tolist() == [0, 1, 1, 0, 0]
    assert lists.sum(axis=1).tolist() == [2.0] * 5
    together = csr_array(np.array([[0, 0, 0, 5, 9], *[[0] * 5] * 4], dtype=np.float32))
    assert stand_in_lists(here.catalogue, together, 1).toarray()[0].tolist() == [0, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Alien (1979)", "Aliens (1986)", 0.8),
        ("Alien (1979)", "Alien³ (1992)", 0.8),
        ("Rocky (1976)", "Rocky IV (1985)", 0.8),
        ("The Godfather (1972)", "The Godfather: Part II (1974)", 0.8),
        ("Alien (1979)", "Alien: Covenant (2017)", 0.4),
        ("Heat (1995)", "The Big Heat (1953)", 0.0),
        ("1917 (2019)", "300 (2006)", 0.0),
        ("", "Alien", 0.0),
    ],
)
def test_titles_of_a_franchise_begin_alike(one: str, other: str, expected: float) -> None:
    assert continuation(title_stem(one), title_stem(other)) == expected
    assert continuation(title_stem(other), title_stem(one)) == expected


def test_likeness_weighs_what_two_titles_share() -> None:
    here = world()
    found = likeness(here.catalogue, here.resources.features, np.array([0]), np.arange(5), LikenessConfig())
    config = LikenessConfig()
    assert sum(getattr(config, name) for name in found.parts) == pytest.approx(1.0)
    assert found.parts["franchise"].tolist() == [1.0, 1.0, 0.4, 0.0, 0.0]
    assert found.parts["people"].tolist() == pytest.approx([0.5, 0.0, 0.0, 0.5, 0.0])
    assert found.parts["era"][1] == pytest.approx(2 ** (-7 / 10))
    expected = config.text + config.genres + config.franchise + config.era * 2 ** (-7 / 10)
    assert found.total[1] == pytest.approx(expected)
    assert list(np.argsort(-found.total)[:3]) == [0, 1, 2]


def test_of_several_seeds_the_nearest_counts() -> None:
    here = world()
    features = here.resources.features
    both = likeness(here.catalogue, features, np.array([0, 3]), np.arange(5), LikenessConfig()).total
    each = [likeness(here.catalogue, features, np.array([s]), np.arange(5), LikenessConfig()).total for s in (0, 3)]
    assert both == pytest.approx(np.maximum(*each))
