"""Short cuts through large catalogues lead to the same picks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.candidates.batch import retrieve
from engine.candidates.cells import cells
from engine.candidates.compact import compact
from engine.candidates.selection import candidates
from engine.catalogue import CatalogueItem, build_catalogue
from engine.features import ScaleConfig, compute_features
from engine.filters import eligible_rows
from engine.interactions import Interaction, InteractionInput, build_interactions
from engine.pipelines import build_pipeline
from engine.profiling import build_profile
from engine.request import RankRequest, Resources
from engine.types import Filters, Mode, Vectors
from tests.engine.worlds import WEIGHTS

PIPELINE = build_pipeline(weights=WEIGHTS)
COUNT, DIMENSIONS, TOPICS = 3_000, 128, 40


def topical_vectors() -> Vectors:
    """Vectors around forty topics: like embeddings, they fill few of their dimensions."""
    rng = np.random.default_rng(0)
    topics = rng.standard_normal((TOPICS, DIMENSIONS))
    vectors = topics[np.arange(COUNT) % TOPICS] + 0.6 * rng.standard_normal((COUNT, DIMENSIONS))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def requests() -> tuple[RankRequest, RankRequest]:
    """The same question to a catalogue looked through exactly and to one with every short cut."""
    items = [CatalogueItem(id=n, year=1950 + n % 70, votes=n % 977, vote_average=6.0) for n in range(COUNT)]
    catalogue = build_catalogue(items, topical_vectors())
    history = [Interaction(TOPICS * n + topic, age_days=n, completion=1.0) for n in range(10) for topic in (3, 17)]
    interactions = build_interactions(catalogue, InteractionInput(history))
    both = []
    for scale in (ScaleConfig(), ScaleConfig(compact_from=100, cells_from=1_000)):
        features = compute_features(catalogue, scale=scale)
        profile = build_profile(catalogue, features, interactions)
        both.append(RankRequest(Resources(catalogue, features), (profile,)))
    return both[0], both[1]


def test_short_vectors_keep_similarities_to_a_taste() -> None:
    vectors = topical_vectors()
    short = compact(vectors, 48)
    taste = vectors[5::TOPICS][:10].mean(axis=0)
    taste /= np.linalg.norm(taste)
    exact = vectors @ taste
    near = short.similarities(taste)
    assert np.abs(near - exact).max() < 0.2
    assert len(set(np.argsort(-exact)[:50]) & set(np.argsort(-near)[:150])) == 50


def test_every_row_lies_in_one_cell_and_the_nearest_come_first() -> None:
    vectors = topical_vectors()
    short = compact(vectors)
    grid = cells(short, np.arange(COUNT, dtype=np.int64), 50)
    assert sorted(grid.rows) == list(range(COUNT))
    found = grid.nearest((vectors[[7]] @ short.basis).astype(np.float32), 300)
    topic = np.flatnonzero(np.arange(COUNT) % TOPICS == 7)
    assert len(found) < COUNT / 2
    assert np.isin(topic, found).mean() > 0.9


def test_cells_do_not_depend_on_the_order_of_the_rows() -> None:
    vectors = topical_vectors()
    order = np.random.default_rng(1).permutation(COUNT)
    ids = np.arange(COUNT, dtype=np.int64)
    one = cells(compact(vectors), ids, 20)
    two = cells(compact(vectors[order]), ids[order], 20)
    groups = [
        {frozenset(names[grid.rows[a:b]].tolist()) for a, b in zip(grid.starts, grid.starts[1:], strict=False)}
        for grid, names in ((one, ids), (two, ids[order]))
    ]
    shared = groups[0] & groups[1]
    assert len(shared) >= 18  # the last bits of the projection may move a few items at the borders


def test_only_promising_rows_are_scored(requests: tuple[RankRequest, RankRequest]) -> None:
    exact, quick = requests
    rows, _ = eligible_rows(exact)
    assert len(candidates(exact, rows)) == len(rows)
    wide = replace(quick.resources.features, famous=quick.resources.features.famous[:100])
    quick = replace(quick, resources=replace(quick.resources, features=wide))
    few = candidates(quick, rows)
    assert set(few.tolist()) <= set(rows.tolist())


@pytest.mark.parametrize("mode", [Mode.TONIGHT, Mode.SIMILAR, Mode.SHUFFLE])
def test_the_picks_are_the_same_with_and_without_short_cuts(
    requests: tuple[RankRequest, RankRequest], mode: Mode
) -> None:
    seeds = (2_000,) if mode is Mode.SIMILAR else ()
    exact, quick = (
        build_pipeline(weights=WEIGHTS)(replace(request, mode=mode, seed_items=seeds)) for request in requests
    )
    assert [item.id for item in exact.items] == [item.id for item in quick.items]
    assert [item.score for item in exact.items] == pytest.approx([item.score for item in quick.items], abs=1e-6)
    assert exact.eligible == quick.eligible


def test_filters_that_leave_few_are_looked_through_completely(requests: tuple[RankRequest, RankRequest]) -> None:
    _, quick = requests
    narrow = replace(quick, filters=Filters(year_max=1955))
    rows, _ = eligible_rows(narrow)
    assert 0 < len(rows) < 1_000
    assert np.array_equal(candidates(narrow, rows), rows)


def test_retrieval_for_many_finds_what_each_would_find_alone(requests: tuple[RankRequest, RankRequest]) -> None:
    exact, quick = requests
    for request in (exact, quick):
        resources = request.resources
        newcomer = build_profile(
            resources.catalogue, resources.features, build_interactions(resources.catalogue, InteractionInput())
        )
        found = retrieve(resources, [request.profiles[0], newcomer, request.profiles[0]], 200)
        assert [len(rows) for rows in found] == [200, 200, 200]
        assert np.array_equal(np.sort(found[0]), np.sort(found[2]))
        assert set(resources.features.famous[:200].tolist()) == set(found[1].tolist())
        topics, counts = np.unique(found[0] % TOPICS, return_counts=True)
        assert set(topics[np.argsort(-counts)[:2]].tolist()) == {3, 17}


def test_a_request_keeps_to_its_candidates(requests: tuple[RankRequest, RankRequest]) -> None:
    rows = np.arange(0, COUNT, 7, dtype=np.int64)
    result = PIPELINE(replace(requests[0], candidates=rows))
    assert result.items
    assert all(item.row % 7 == 0 for item in result.items)
    assert result.removed["candidates"] == COUNT - len(rows)
