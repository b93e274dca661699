"""Mood search: demands hold, topics decide, rankings are fused, and directions turn the answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.catalogue import Catalogue, CatalogueItem, build_catalogue
from engine.search import fusion
from engine.search.fusion import MoodSearch, percentile, reciprocal_rank_fusion
from engine.search.keywords import KeywordIndex
from engine.search.mood import MoodQuery, constraints_mask
from engine.search.parsing import MoodParser
from engine.types import Kind


@pytest.fixture(scope="module")
def search(catalogue: Catalogue, keyword_index: KeywordIndex) -> MoodSearch:
    return MoodSearch.build(catalogue, keyword_index)


def names(search: MoodSearch, query: MoodQuery, n: int = 5) -> list[str]:
    return [search.catalogue.names[row] for row in search(query).best(n)]


def test_fusion_worked_numbers() -> None:
    allowed = np.array([True, True, True, False])
    fused = reciprocal_rank_fusion(
        [np.array([3.0, 2.0, 1.0, 9.0]), np.array([0.0, 5.0, 5.0, 9.0])], [1.0, 2.0], allowed, constant=10.0
    )
    # Ranks 1, 2, 3; then two equal ones share rank 2, and nothing earns nothing.
    assert fused.tolist() == pytest.approx([1 / 11, 1 / 12 + 2 / 12, 1 / 13 + 2 / 12, 0.0])


def test_percentile_worked_numbers() -> None:
    allowed = np.array([True, True, False, True, True])
    assert percentile(np.array([3.0, 1.0, 9.0, 3.0, 5.0]), allowed).tolist() == [0.75, 0.25, 0.0, 0.75, 1.0]


def test_the_heist_film(search: MoodSearch, parser: MoodParser) -> None:
    query = parser.parse("a slow-burn heist film from the 70s, not a comedy")
    assert set(names(search, query, 2)) == {"Dog Day Afternoon (1975)", "The Getaway (1972)"}
    answer = search(query)
    assert answer.matched(int(answer.best(1)[0])) == "heist"


def test_a_topic_and_a_tone(search: MoodSearch, parser: MoodParser) -> None:
    assert names(search, parser.parse("zombies but funny"), 2) == [
        "Shaun of the Dead (2004)",
        "Dawn of the Dead (1978)",
    ]


def test_unwanted_topics_and_titles_never_come(search: MoodSearch, parser: MoodParser) -> None:
    found = names(search, parser.parse("something like Alien, no zombies"), 99)
    assert "Alien (1979)" not in found
    assert not any("of the Dead" in name for name in found)
    assert len(found) == len(search.catalogue) - 3


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (MoodQuery(kind="series"), set()),
        (MoodQuery(kind="anime"), set()),
        (MoodQuery(genres=("Comedy",), genres_not=("Crime", "Horror")), {6, 9}),
        (MoodQuery(genres=("Science Fiction", "Horror")), {4, 5}),
        (MoodQuery(year_max=1973), {2, 10, 14}),
        (MoodQuery(runtime_max=100), {7, 11}),
        (MoodQuery(language="ko"), {6}),
        (MoodQuery(country="FR"), {10}),
        (MoodQuery(languages_not=("en", "fr")), {6}),
        (MoodQuery(people=("Al Pacino",), people_not=("Michael Mann",)), {1}),
        (MoodQuery(titles=(3,), directions=("shorter", "older"), genres=("Crime",)), {1, 2, 10, 14}),
        (MoodQuery(titles=(13,), directions=("newer",)), set()),
        (MoodQuery(compared=(3, 6, 7), directions=("older",)), {1, 2, 3, 4, 5, 8, 9, 10, 14}),
        (MoodQuery(compared=(2, 12, 13), directions=("shorter",)), {1, 4, 5, 7, 8, 9, 10, 11, 14}),
        (MoodQuery(compared=(4, 5, 7), directions=("longer",)), {2, 3, 6, 12, 13}),
        # What was shown when it was said counts more than what was named before.
        (MoodQuery(titles=(3,), compared=(4, 5, 7), directions=("longer",)), {2, 6, 12, 13}),
        (MoodQuery(language="xx"), set()),
    ],
)
def test_constraints(catalogue: Catalogue, query: MoodQuery, expected: set[int]) -> None:
    assert set(catalogue.ids[constraints_mask(catalogue, query)].tolist()) == expected


def test_one_of_several_genres_will_do(catalogue: Catalogue) -> None:
    query = MoodQuery(
        genres=("Romance", "Comedy", "Action"), genres_either=(("Romance", "Comedy"), ("Action",)), year_min=1990
    )
    assert set(catalogue.ids[constraints_mask(catalogue, query)].tolist()) == {9, 12, 13}


def test_with_nothing_to_compare_with_shorter_is_less_than_usual(catalogue: Catalogue) -> None:
    mask = constraints_mask(catalogue, MoodQuery(directions=("shorter",)))
    middle = float(np.median(catalogue.runtimes))
    assert set(catalogue.ids[mask].tolist()) == set(catalogue.ids[catalogue.runtimes < middle].tolist())


def test_running_times_are_compared_within_a_kind() -> None:
    kinds = [Kind.SERIES, Kind.SERIES, Kind.SERIES, Kind.MOVIE, Kind.MOVIE, Kind.MOVIE]
    items = [
        CatalogueItem(id=number, name=str(number), kind=kind, runtime=minutes)
        for number, (kind, minutes) in enumerate(zip(kinds, [25, 24, 12, 90, 80, 60], strict=True), 1)
    ]
    small = build_catalogue(items, np.eye(6, dtype=np.float32))
    mask = constraints_mask(small, MoodQuery(compared=(1, 2, 4, 5), directions=("shorter",)))
    assert small.ids[mask].tolist() == [3, 6]


def test_unknown_facts_do_not_pass_a_demand(catalogue: Catalogue) -> None:
    unknown = MoodQuery(year_min=-5, year_max=0)
    assert not constraints_mask(catalogue, unknown).any()


def test_directions_move_the_target(catalogue: Catalogue, keyword_index: KeywordIndex) -> None:
    # The exemplar of "funny" lies where Notting Hill is, that of "serious" where Alien is.
    tones = {"funny": catalogue.embeddings[catalogue.row(9)], "serious": catalogue.embeddings[catalogue.row(4)]}
    search = MoodSearch.build(catalogue, keyword_index, tones)
    plain = search(MoodQuery(titles=(6,))).signals["dense"]
    funnier = search(MoodQuery(titles=(6,), directions=("funnier",))).signals["dense"]
    assert funnier[catalogue.row(9)] > plain[catalogue.row(9)]
    assert funnier[catalogue.row(4)] < plain[catalogue.row(4)]


def test_nearness_to_a_tone_is_kept_for_one_catalogue_and_within_bounds(
    catalogue: Catalogue, keyword_index: KeywordIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    tones = {"funny": catalogue.embeddings[catalogue.row(9)], "dark": catalogue.embeddings[catalogue.row(4)]}
    query = MoodQuery(tones=("funny",), tones_not=("dark",))
    search = MoodSearch.build(catalogue, keyword_index, tones)
    first, again = search(query), search(query)
    assert search.kept.keys() == {"funny", "dark"}
    np.testing.assert_array_equal(first.relevance, again.relevance)

    turned = replace(catalogue, embeddings=np.ascontiguousarray(catalogue.embeddings[::-1]))
    other = MoodSearch.build(turned, keyword_index, tones)(query)
    assert (other.signals["tone"] != first.signals["tone"]).any()

    monkeypatch.setattr(fusion, "KEPT_BYTES", catalogue.embeddings.shape[0] * 4)
    bounded = MoodSearch.build(catalogue, keyword_index, tones)
    np.testing.assert_array_equal(bounded(query).relevance, first.relevance)
    assert len(bounded.kept) == 1


def test_a_wish_in_words_and_nothing_at_all(search: MoodSearch, catalogue: Catalogue) -> None:
    wish = catalogue.embeddings[catalogue.row(11)]
    assert search(MoodQuery(rest="anything"), wish).signals["dense"].argmax() == catalogue.row(11)
    empty = search(MoodQuery())
    assert empty.allowed.all()
    assert 0.0 < empty.relevance.max() <= 1.0


def test_what_is_embedded() -> None:
    query = MoodQuery(genres=("Crime",), genres_not=("Comedy",), tones=("funny",), topics=("heist",), rest="paris")
    assert query.dense_text() == "Crime, heist, paris"
    assert MoodQuery(tones=("funny",), genres=("Crime",)).dense_text() == ""


def test_what_others_like_besides_counts_for_titles_named(search: MoodSearch, catalogue: Catalogue) -> None:
    affinity = np.zeros(len(catalogue))
    affinity[catalogue.row(11)] = 1.0
    near = search(MoodQuery(titles=(3,)), None, affinity).relevance[catalogue.row(11)]
    assert near > search(MoodQuery(titles=(3,))).relevance[catalogue.row(11)]
    without_titles = search(MoodQuery(genres=("Family",)), None, affinity)
    assert "affinity" not in without_titles.signals


@given(
    st.sampled_from(["Comedy", "Crime", "Horror", "Western"]),
    st.integers(1960, 2025),
    st.integers(60, 180),
    st.lists(st.sampled_from(["heist", "zombies", "space", "balloon"]), max_size=2),
    st.lists(st.sampled_from(["funny", "dark", "classic", "underrated", "epic", "slow", "kid-friendly"]), max_size=2),
)
@settings(max_examples=40, deadline=None)
def test_no_demand_is_ever_violated(
    search: MoodSearch, genre: str, year: int, minutes: int, topics: list[str], tones: list[str]
) -> None:
    query = MoodQuery(
        genres_not=(genre,), year_max=year, runtime_max=minutes, topics=tuple(topics), tones=tuple(tones), rest="dead"
    )
    answer = search(query)
    assert np.isfinite(answer.relevance).all()
    assert ((answer.relevance >= 0.0) & (answer.relevance <= 1.0)).all()
    for row in answer.best(20):
        assert genre not in search.catalogue.genres.of(int(row))
        assert search.catalogue.years[row] <= year
        assert search.catalogue.runtimes[row] <= minutes
