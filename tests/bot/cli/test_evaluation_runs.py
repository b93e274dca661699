"""From files to reports: MovieLens with facts from elsewhere, and every run that the command line offers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.models.public_knowledge import load_public_knowledge
from bot.cli.evaluation_data import RatedCatalogue, load_movielens
from bot.cli.evaluation_runs import (
    kept,
    personal_methods,
    run_group,
    run_personal,
    run_train_ease,
    run_tune,
    sources_under,
)
from bot.errors import InvalidFile, InvalidInput
from engine.evaluation.pipelines import workbench

PEOPLE, FILMS, SEEN = 12, 40, 12


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors that depend on the texts alone."""
    vectors = np.array([np.random.default_rng(len(text)).standard_normal(8) for text in texts], dtype=np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two camps of people who each rate their own films in order, in the usual layout."""
    folder = tmp_path / "ml-latest-small"
    folder.mkdir()
    films = [f'{10 * n},"Film {n}, The ({1980 + n})",{"Comedy" if n % 2 else "Horror|Thriller"}' for n in range(FILMS)]
    (folder / "movies.csv").write_text("\n".join(["movieId,title,genres", *films]) + "\n")
    links = [f"{10 * n},{1000 + n},{500 + n if n != 3 else ''}" for n in range(FILMS)]
    (folder / "links.csv").write_text("\n".join(["movieId,imdbId,tmdbId", *links]) + "\n")
    ratings = []
    for who in range(PEOPLE):
        for step in range(SEEN):
            film = 10 * ((who % 2 + 2 * (who // 2 + step)) % FILMS)
            ratings.append(f"{who + 1},{film},{4.5 if step % 3 else 3.0},{900_000_000 + 1000 * step}")
    (folder / "ratings.csv").write_text("\n".join(["userId,movieId,rating,timestamp", *ratings]) + "\n")
    (tmp_path / "tmdb").mkdir()
    (tmp_path / "tmdb" / "keywords.csv").write_text("id,keywords\n500,\"[{'id': 1, 'name': 'haunted house'}]\"\n")
    (tmp_path / "ml-1m").mkdir()
    lines = [f"{who + 1} {100 + (who % 2 + 2 * (who // 2 + step)) % FILMS}" for who in range(24) for step in range(10)]
    (tmp_path / "ml-1m" / "ml-1m_sas.txt").write_text("\n".join(lines) + "\n")
    return tmp_path


@pytest.fixture
def rated(root: Path) -> RatedCatalogue:
    sources = sources_under(root)
    return load_movielens(sources.movielens, tmdb_files=sources.tmdb, imdb_file=sources.imdb, embed=embed)


def test_films_stand_in_the_order_of_their_ids_with_facts_from_every_file(rated: RatedCatalogue) -> None:
    catalogue = rated.catalogue
    assert catalogue.ids.tolist() == sorted(catalogue.ids.tolist())
    assert catalogue.names[0] == "The Film 0 (1980)"
    assert catalogue.genres.of(0) == ("Horror", "Thriller")
    assert catalogue.keywords.of(0) == ("haunted house",)
    assert rated.tmdb_ids[[0, 3]].tolist() == [500, 0]
    assert "haunted house" in rated.documents[0]
    history = rated.ratings.histories[0]
    assert (np.diff(history.days) > 0).all()
    assert set(history.stars.tolist()) == {3.0, 4.5}
    assert rated.ratings.n_items == len(catalogue)


def test_the_personal_report_names_every_pipeline(rated: RatedCatalogue) -> None:
    told: list[str] = []
    report = run_personal(rated, progress=lambda name, _done, _total: told.append(name))
    pipelines = report["pipelines"]
    assert isinstance(pipelines, dict)
    expected = set(personal_methods(rated, workbench(rated.catalogue)))
    assert set(pipelines) == expected == set(told)
    assert {
        "popularity",
        "ease",
        "jellyfin-hybrid",
        "plex-content",
        "seenemall-mixer",
        "taste-profile",
        "blend",
    } <= expected
    assert pipelines["ease"]["ndcg@10"] > 0.0
    assert "blend_ahead" in pipelines["popularity"]
    json.dumps(report)


def test_households_with_and_without_strangers(rated: RatedCatalogue) -> None:
    alone = run_personal(rated, household=4, pipelines=("ease",), seed=3)
    assert (alone["household"], alone["strangers"]) == (4, False)
    helped = run_personal(rated, household=4, strangers=True, pipelines=("ease",), seed=3)
    assert helped["strangers"] is True
    assert alone["pipelines"] != helped["pipelines"]


@pytest.mark.parametrize(
    ("household", "pipelines", "message"),
    [(0, (), "one to 12 people"), (13, (), "one to 12 people"), (None, ("best",), "There is no “best”")],
)
def test_impossible_wishes(
    rated: RatedCatalogue, household: int | None, pipelines: tuple[str, ...], message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        run_personal(rated, household=household, pipelines=pipelines)


def test_groups_of_each_kind(root: Path) -> None:
    report = run_group(sources_under(root), size=2)
    kinds = report["kinds"]
    assert isinstance(kinds, dict)
    assert set(kinds) == {"random", "similar", "divergent"}
    assert "minimum ndcg@20" in kinds["random"]["pipelines"]["fairness"]
    with pytest.raises(InvalidInput, match="two to eight"):
        run_group(sources_under(root), size=9)


def test_tuning_gives_weights_a_module_and_figures(rated: RatedCatalogue) -> None:
    tiers, source, report = run_tune(rated)
    assert tiers[-1].people == PEOPLE
    assert "LEARNT" in source
    weights = report["weights"]
    assert isinstance(weights, dict)
    assert set(weights) == {str(tier.people) for tier in tiers}
    json.dumps(report)


def test_training_writes_what_people_know_by_tmdb_id(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "public.npz"
    summary = run_train_ease(root / "ml-latest-small", target)
    knowledge = load_public_knowledge(target)
    assert summary["people"] == knowledge.people == PEOPLE
    assert 503 not in knowledge.ids  # it has no TMDB id
    assert knowledge.ease.nnz > 0


def test_vectors_are_kept_for_the_same_texts(tmp_path: Path) -> None:
    calls: list[int] = []

    def counting(texts: Sequence[str]) -> NDArray[np.float32]:
        calls.append(len(texts))
        return embed(texts)

    once = kept(counting, tmp_path / "cache")
    assert np.array_equal(once(["a", "bb"]), once(["a", "bb"]))
    once(["a", "ccc"])
    assert calls == [2, 2]


def test_missing_data_are_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="RECOMMENDARR_BENCH_DATA"):
        sources_under(tmp_path)
