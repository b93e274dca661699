"""What a history makes of a person: moods, domains, dislikes, depth, influences."""

from __future__ import annotations

import numpy as np
import pytest

from engine.affinities import daypart
from engine.catalogue import CatalogueItem
from engine.clustering import mood_clusters, silhouette
from engine.interactions import Influence, Interaction, InteractionInput
from engine.profile import Decay, ProfileConfig, TasteProfile
from engine.profiling import history_weights
from engine.types import Domain, Kind, Vectors
from tests.engine.worlds import DIMENSIONS, World, world_of


def two_moods() -> World:
    """Twenty films: even ids near one direction and Horror, odd ids near another and Comedy; ten series; two anime."""
    rng = np.random.default_rng(0)
    vectors = rng.normal(0, 0.05, (32, DIMENSIONS))
    vectors[0:20:2, 0] += 1.0
    vectors[1:20:2, 1] += 1.0
    vectors[20:, 2] += 1.0
    films = [
        CatalogueItem(
            id=item,
            name=f"Film {item}",
            genres=("Horror",) if item % 2 == 0 else ("Comedy",),
            directors=("Ann",) if item % 2 == 0 else ("Bob",),
            keywords=("ghost",) if item % 2 == 0 else ("wedding",),
        )
        for item in range(20)
    ]
    series = [CatalogueItem(id=20 + n, kind=Kind.SERIES, domain=Domain.SERIES, genres=("Drama",)) for n in range(10)]
    anime = [CatalogueItem(id=30 + n, kind=Kind.SERIES, domain=Domain.ANIME) for n in range(2)]
    return world_of([*films, *series, *anime], _unit(vectors))


def _unit(vectors: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def watched(world: World, ids: list[int], config: ProfileConfig | None = None, **more: object) -> TasteProfile:
    history = [Interaction(item, age_days=float(100 - place), completion=1.0) for place, item in enumerate(ids)]
    return world.profile(InteractionInput(history, **more), config)  # type: ignore[arg-type]  # fields by name


def test_two_interests_become_two_clusters() -> None:
    profile = watched(two_moods(), list(range(16))).domains[Domain.FILMS]
    assert len(profile.clusters) == 2
    assert profile.masses == pytest.approx([0.5, 0.5], abs=0.1)
    assert [set(rows % 2) for rows in profile.cluster_items] in ([{0}, {1}], [{1}, {0}])
    assert np.linalg.norm(profile.clusters, axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)


def test_one_interest_stays_one_cluster() -> None:
    assert len(watched(two_moods(), list(range(0, 20, 2))).domains[Domain.FILMS].clusters) == 1


def test_there_are_never_more_clusters_than_allowed() -> None:
    rng = np.random.default_rng(1)
    points = _unit(np.repeat(np.eye(10), 6, axis=0) + rng.normal(0, 0.01, (60, 10)))
    labels = mood_clusters(points, np.ones(60), maximum=6)
    assert labels.max() + 1 == 6
    assert silhouette(points.astype(np.float64) @ points.T.astype(np.float64), np.repeat(np.arange(10), 6)) > 0.9


def test_domains_are_isolated_unless_shared() -> None:
    world = two_moods()
    history = [*range(0, 12, 2), 20, 21, 22]
    alone = watched(world, history)
    assert alone.domains[Domain.SERIES].count == 3
    assert alone.domains[Domain.SERIES].genres[world.catalogue.genres.names.index("Horror")] == 0.0
    pair = ProfileConfig(shared_domains=frozenset({frozenset({Domain.FILMS, Domain.SERIES})}))
    shared = watched(world, history, pair)
    assert shared.domains[Domain.SERIES].count == shared.domains[Domain.FILMS].count == 9
    assert shared.domains[Domain.ANIME].count == 0
    everything = watched(world, [*history, 30], ProfileConfig(shared_domains=ProfileConfig.all_pairs()))
    assert {profile.count for profile in everything.domains.values()} == {10}


def test_a_domain_without_history_borrows_moods_but_no_genres() -> None:
    profile = watched(two_moods(), list(range(16)))
    anime, films = profile.domains[Domain.ANIME], profile.domains[Domain.FILMS]
    assert anime.count == 0
    assert np.array_equal(anime.clusters, films.clusters)
    assert not anime.genres.any()


def test_what_was_left_early_makes_the_anti_profile_and_is_not_liked() -> None:
    world = two_moods()
    history = [Interaction(item, age_days=9.0, completion=1.0) for item in range(0, 12, 2)]
    history.append(Interaction(1, age_days=1.0, completion=0.1, abandoned=True))
    profile = world.profile(InteractionInput(history, disliked=[3], skipped=[(5, 3), (7, 2)]))
    assert profile.disliked.tolist() == [1, 3, 5]
    assert profile.disliked_weights.tolist() == [1.0, 1.0, 0.25]
    assert 1 not in profile.liked
    films = profile.domains[Domain.FILMS]
    assert films.anti @ world.catalogue.embeddings[1] > 0.9
    assert films.genres[world.catalogue.genres.names.index("Comedy")] < 0


def test_the_word_of_the_person_beats_the_behaviour() -> None:
    world = two_moods()
    history = [Interaction(0, completion=0.05, abandoned=True), Interaction(1, completion=1.0)]
    profile = world.profile(InteractionInput(history, liked=[0], disliked=[1]))
    assert 0 in profile.liked
    assert 1 not in profile.liked
    assert 1 in profile.disliked


def test_a_genre_always_on_offer_and_never_watched_counts_mildly_against_it() -> None:
    films = [CatalogueItem(id=n, genres=("War",) if n % 5 == 0 else ("Drama",)) for n in range(60)]
    world = world_of(films)
    ids = [n for n in range(40) if n % 5]
    assert watched(world, ids[:25]).unused_genres == ("War",)
    assert -0.5 < watched(world, ids[:25]).domains[Domain.FILMS].genres[1] < -0.2
    assert watched(world, ids[:19]).unused_genres == ()
    assert watched(world, [*ids[:24], 5]).unused_genres == ()


def test_people_are_liked_by_repetition() -> None:
    world = two_moods()
    profile = watched(world, [0, 2, 4, 6, 1])
    affinity = dict(
        zip(
            (world.catalogue.directors.names[c] for c in profile.directors.codes), profile.directors.values, strict=True
        )
    )
    assert affinity["Ann"] > affinity["Bob"] > 0


def test_decay_halves_by_watches_or_by_days_down_to_the_floor() -> None:
    ages = np.array([300.0, 20.0, 10.0, 0.0])
    by_watches = ProfileConfig(depth_days=None, decay=Decay("watches", half_life=1.0, floor=0.2))
    assert history_weights(ages, by_watches) == pytest.approx([0.2, 0.25, 0.5, 1.0])
    by_days = ProfileConfig(depth_days=None, decay=Decay("days", half_life=10.0, floor=0.1))
    assert history_weights(ages, by_days) == pytest.approx([0.1, 0.25, 0.5, 1.0])


def test_depth_counts_from_the_newest_and_never_empties_a_profile() -> None:
    ages = np.array([5_000.0, 4_500.0, 4_100.0, 4_000.0])
    still = Decay("days", half_life=1e9, floor=0.0)
    assert history_weights(ages, ProfileConfig(200.0, minimum_items=0, decay=still)) == pytest.approx([0, 0, 1, 1])
    assert history_weights(ages, ProfileConfig(200.0, minimum_items=3, decay=still)) == pytest.approx([0, 1, 1, 1])
    assert history_weights(ages, ProfileConfig(None, decay=still)) == pytest.approx([1, 1, 1, 1])
    assert len(history_weights(np.zeros(0), ProfileConfig())) == 0


def test_a_title_can_be_switched_off_and_turned_up() -> None:
    world = two_moods()
    off = watched(world, [0, 2, 1], influences=(Influence("title", "1", "suppress"),))
    assert 1 not in off.liked
    up, plain = watched(world, [0, 2], influences=(Influence("title", "2", "boost"),)), watched(world, [0, 2])
    assert up.liked_weights[0] == pytest.approx(2 * plain.liked_weights[0])


@pytest.mark.parametrize(("effect", "sign"), [("boost", 1), ("suppress", -1)])
def test_genres_and_people_can_be_turned_by_hand(effect: str, sign: int) -> None:
    world = two_moods()
    turned = (Influence("genre", "Comedy", effect), Influence("person", "Bob", effect))
    profile = watched(world, [0, 2, 4], influences=turned)
    assert np.sign(profile.domains[Domain.FILMS].genres[world.catalogue.genres.names.index("Comedy")]) == sign
    assert np.sign(profile.directors.values[world.catalogue.directors.names.index("Bob")]) == sign


def test_the_quiz_makes_a_profile_before_any_history() -> None:
    world = two_moods()
    profile = world.profile(InteractionInput(quiz=[0, 2, 4, 6, 8], quiz_genres=[("Comedy", -1.0)]))
    films = profile.domains[Domain.FILMS]
    assert profile.is_cold
    assert films.count == 5
    assert films.genres[world.catalogue.genres.names.index("Horror")] > 0
    assert films.genres[world.catalogue.genres.names.index("Comedy")] < 0


def test_nothing_makes_an_empty_profile() -> None:
    profile = two_moods().profile(InteractionInput())
    assert profile.watch_count == 0
    assert all(len(domain.clusters) == 0 for domain in profile.domains.values())


def test_hours_fall_into_parts_of_the_day() -> None:
    assert daypart(np.array([0.0, 3.9, 4.0, 12.0, 18.0, 22.0, 23.9, np.nan])).tolist() == [0, 0, 1, 2, 3, 0, 0, -1]


def test_genres_watched_at_night_are_known_as_such() -> None:
    world = two_moods()
    history = [Interaction(n, age_days=50.0 - n, hour=23.0 if n % 2 == 0 else 15.0, completion=1.0) for n in range(16)]
    profile = world.profile(InteractionInput(history))
    horror = world.catalogue.genres.names.index("Horror")
    assert profile.daypart_genres[0, horror] > 0.2
    assert profile.daypart_genres[2, horror] < -0.2
    assert not profile.daypart_genres[1].any()
