"""The benchmark's made-up world, and that every figure comes out (their values are for a quiet machine to tell)."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.cli import bench_measure
from bot.cli.bench_measure import measure
from bot.cli.bench_world import build_world, keyword_documents, title_entries


def test_a_world_is_the_same_for_a_seed_and_like_a_real_catalogue() -> None:
    world, again = build_world(800, people=3, seed=4), build_world(800, people=3, seed=4)
    catalogue = world.catalogue
    assert catalogue.names == again.catalogue.names
    assert np.array_equal(catalogue.embeddings, again.catalogue.embeddings)
    assert np.linalg.norm(catalogue.embeddings, axis=1) == pytest.approx(np.ones(800), abs=1e-5)
    assert np.median(catalogue.votes) < catalogue.votes.mean()  # few are well known
    assert [len(person.items) for person in world.people] == [200] * 3
    assert world.resources.people == 3
    assert len(title_entries(catalogue)) == len(keyword_documents(catalogue)) == 800


def test_every_figure_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_measure, "SMALL", 500)
    monkeypatch.setattr(bench_measure, "LARGE", 700)
    for name, few in (("_REPEATS", 3), ("_USERS", 8), ("_QUERIES", 10)):
        monkeypatch.setattr(bench_measure, name, few)
    told: list[str] = []
    report = measure((500, 700), tell=told.append)
    titles = report["titles"]
    assert isinstance(titles, dict)
    assert set(titles) == {"500", "700"}
    for figures in titles.values():
        assert all(np.isfinite(value) and value > 0 for value in figures.values())
        assert figures["title_typo_found"] > 0.8
    assert "keyword_search_ms" in titles["500"]
    assert set(report["ratios"]) == {"recommendation_large_to_small"}  # type: ignore[call-overload]
    assert told[0] == "500 titles: building"
    json.dumps(report)
